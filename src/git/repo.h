/* A repository that is there already, with a work tree: its state, its commits and where HEAD is.
 * Everything read here was written by others. */
#ifndef AIS_GIT_REPO_H
#define AIS_GIT_REPO_H

#include "base/error.h"
#include "git/pack.h"

#include <stdbool.h>
#include <stdint.h>

struct ais_repo;

/* Opens the repository that holds `folder`. AIS_FAILED where there is none, where it is bare, where
 * another user owns it, and where its work tree lies elsewhere than its `.git`. The caller frees
 * it. */
struct ais_repo *ais_repo_open(const char *folder, struct ais_error *err);
void ais_repo_free(struct ais_repo *repo);

/* The top folder of the work tree, and the `.git` of it; borrowed. */
const char *ais_repo_root(const struct ais_repo *repo);
const char *ais_repo_folder(const struct ais_repo *repo);

/* The commit of HEAD; *found is false where there is none yet. */
int ais_repo_head(const struct ais_repo *repo, struct ais_oid *id, bool *found,
                  struct ais_error *err);
/* The commit that git takes `name` for: a branch, a tag, an id or its beginning, "HEAD~3".
 * AIS_USAGE where there is none. */
int ais_repo_find(const struct ais_repo *repo, const char *name, struct ais_oid *id, int64_t *time,
                  struct ais_error *err);
/* "refs/heads/main", the caller's (ais_free); NULL in *ref where HEAD is on no branch. */
int ais_repo_branch(const struct ais_repo *repo, char **ref, struct ais_error *err);
/* What is under way there ("a merge", "a rebase", ...), or NULL. */
const char *ais_repo_busy(const struct ais_repo *repo);
bool ais_repo_is_shallow(const struct ais_repo *repo);

/* A commit as it is walked over; borrowed for the call. */
struct ais_repo_commit {
    struct ais_oid id, tree;
    int64_t time;
    const char *message;
};

/* Calls `visit` for `from` and its ancestors, no commit before all of its children, the younger
 * first where there is a choice: it returns 1 to end the walk, 0 to go on, or -1 with *err set. At
 * most `most` commits are walked over; a shallow history ends where it is cut off. */
int ais_repo_walk(const struct ais_repo *repo, const struct ais_oid *from, size_t most,
                  int (*visit)(void *payload, const struct ais_repo_commit *commit,
                               struct ais_error *err),
                  void *payload, struct ais_error *err);

/* The tree of a commit. */
int ais_repo_commit_tree(const struct ais_repo *repo, const struct ais_oid *commit,
                         struct ais_oid *tree, struct ais_error *err);

struct ais_person {
    const char *name, *email;
};

/* A commit in the making. `author` NULL is the user's own identity, which git's configuration
 * names; AIS_FAILED where it does not. */
struct ais_repo_making {
    struct ais_oid tree;
    struct ais_oid parents[2];
    size_t parent_count;
    const struct ais_person *author;
    int64_t time;
    const char *message;
};

/* Writes the commit object; no reference moves. */
int ais_repo_commit(const struct ais_repo *repo, const struct ais_repo_making *making,
                    struct ais_oid *id, struct ais_error *err);

/* Moves the reference `ref` from `from` (NULL: from whatever it is) to `to`, with a line in its
 * log. AIS_FAILED where it stands elsewhere. */
int ais_repo_move(const struct ais_repo *repo, const char *ref, const struct ais_oid *from,
                  const struct ais_oid *to, const char *log, struct ais_error *err);

#endif
