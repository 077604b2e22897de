#include "git/repo.h"

#include "base/mem.h"
#include "base/path.h"
#include "git/room.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SYMBOLIC_MAX = 5 }; /* references that name each other, one after the other */

git_oid ais_git_oid(const struct ais_oid *id) {
    git_oid oid;
    git_oid_fromraw(&oid, id->bytes);
    return oid;
}

struct ais_oid ais_git_id(const git_oid *oid) {
    struct ais_oid id;
    memcpy(id.bytes, oid->id, sizeof id.bytes);
    return id;
}

/* The repository must be the one whose `.git` lies in its work tree: core.worktree of a hostile
 * configuration can name any folder of the machine. */
static int check_home(git_repository *git, const char *folder, struct ais_error *err) {
    git_buf found = {0};
    struct stat st;
    const char *top = git_repository_workdir(git);
    char *inside = ais_path_join(top, ".git");
    bool home = !inside || (lstat(inside, &st) == 0 && !S_ISLNK(st.st_mode) &&
                            git_repository_discover(&found, top, 0, NULL) == 0 &&
                            strcmp(found.ptr, git_repository_path(git)) == 0);
    int rc = inside ? 0 : ais_fail_memory(err);
    if (!home)
        rc =
            ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = folder},
                        "the work tree lies elsewhere than its .git (core.worktree is set, or "
                        ".git is a link: a file with the line \"gitdir: FOLDER\" may stand there)");
    git_buf_dispose(&found);
    ais_free(inside);
    return rc;
}

struct ais_repo *ais_repo_open(const char *folder, struct ais_error *err) {
    const struct ais_place at = {.path = folder};
    struct ais_repo *repo = ais_calloc(1, sizeof *repo);
    size_t size;
    if (!repo) {
        ais_fail_memory(err);
        return NULL;
    }
    if (ais_git_start(err) < 0 || ais_git_open(&repo->git, folder, err) < 0)
        goto failed;
    if (!repo->git) {
        ais_fail_at(err, AIS_FAILED, at,
                    "lies in no git repository (a project keeps what it was made from in its git "
                    "history)");
        goto failed;
    }
    if (git_repository_is_bare(repo->git)) {
        ais_fail_at(err, AIS_FAILED, at, "is a bare repository (clone it, and work in the clone)");
        goto failed;
    }
    if (check_home(repo->git, folder, err) < 0)
        goto failed;
    size = strlen(git_repository_workdir(repo->git));
    repo->root = ais_strndup(git_repository_workdir(repo->git), size > 1 ? size - 1 : size);
    if (repo->root)
        return repo;
    ais_fail_memory(err);
failed:
    ais_repo_free(repo);
    return NULL;
}

void ais_repo_free(struct ais_repo *repo) {
    if (!repo)
        return;
    git_repository_free(repo->git);
    ais_free(repo->root);
    ais_free(repo);
}

const char *ais_repo_root(const struct ais_repo *repo) {
    return repo->root;
}

const char *ais_repo_folder(const struct ais_repo *repo) {
    return git_repository_path(repo->git);
}

int ais_repo_head(const struct ais_repo *repo, struct ais_oid *id, bool *found,
                  struct ais_error *err) {
    git_oid oid;
    int rc = git_reference_name_to_id(&oid, repo->git, "HEAD");
    *found = rc == 0;
    if (rc < 0 && rc != GIT_ENOTFOUND && rc != GIT_EUNBORNBRANCH)
        return ais_git_fail(repo->root, "read HEAD", err);
    if (*found)
        *id = ais_git_id(&oid);
    return 0;
}

int ais_repo_find(const struct ais_repo *repo, const char *name, struct ais_oid *id, int64_t *time,
                  struct ais_error *err) {
    git_object *found = NULL, *commit = NULL;
    int rc = git_revparse_single(&found, repo->git, name);
    if (rc == 0)
        rc = git_object_peel(&commit, found, GIT_OBJECT_COMMIT);
    if (rc == 0) {
        *id = ais_git_id(git_object_id(commit));
        *time = git_commit_time((git_commit *)commit);
    }
    git_object_free(found);
    git_object_free(commit);
    return rc < 0 ? ais_fail_at(err, AIS_USAGE, (struct ais_place){.path = repo->root},
                                "no commit there is called \"%s\"", name)
                  : 0;
}

int ais_repo_branch(const struct ais_repo *repo, char **ref, struct ais_error *err) {
    git_reference *head = NULL, *next = NULL;
    const char *name;
    int rc = -1;
    *ref = NULL;
    if (git_reference_lookup(&head, repo->git, "HEAD") < 0)
        return ais_git_fail(repo->root, "read HEAD", err);
    for (unsigned i = 0; git_reference_type(head) == GIT_REFERENCE_SYMBOLIC; i++) {
        name = git_reference_symbolic_target(head);
        rc = git_reference_lookup(&next, repo->git, name);
        if (i == SYMBOLIC_MAX || (rc < 0 && rc != GIT_ENOTFOUND)) {
            rc = ais_git_fail(repo->root, "read HEAD", err);
            goto out;
        }
        if (rc == GIT_ENOTFOUND || git_reference_type(next) == GIT_REFERENCE_DIRECT) {
            bool branch = strncmp(name, "refs/heads/", 11) == 0;
            *ref = branch ? ais_strdup(name) : NULL;
            rc = branch && !*ref ? ais_fail_memory(err) : 0;
            goto out;
        }
        git_reference_free(head);
        head = next;
        next = NULL;
    }
    rc = 0;
out:
    git_reference_free(head);
    git_reference_free(next);
    return rc;
}

const char *ais_repo_busy(const struct ais_repo *repo) {
    switch (git_repository_state(repo->git)) {
    case GIT_REPOSITORY_STATE_NONE:
        return NULL;
    case GIT_REPOSITORY_STATE_MERGE:
        return "a merge";
    case GIT_REPOSITORY_STATE_REVERT:
    case GIT_REPOSITORY_STATE_REVERT_SEQUENCE:
        return "a revert";
    case GIT_REPOSITORY_STATE_CHERRYPICK:
    case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE:
        return "a cherry-pick";
    case GIT_REPOSITORY_STATE_BISECT:
        return "a bisect";
    default:
        return "a rebase";
    }
}

bool ais_repo_is_shallow(const struct ais_repo *repo) {
    return git_repository_is_shallow(repo->git) == 1;
}

int ais_repo_commit_tree(const struct ais_repo *repo, const struct ais_oid *commit,
                         struct ais_oid *tree, struct ais_error *err) {
    git_oid oid = ais_git_oid(commit);
    git_commit *found = NULL;
    if (git_commit_lookup(&found, repo->git, &oid) < 0)
        return ais_git_fail(repo->root, "read a commit", err);
    *tree = ais_git_id(git_commit_tree_id(found));
    git_commit_free(found);
    return 0;
}

/* The identity that commits are made with; the caller's (git_signature_free). */
static git_signature *signature(const struct ais_repo *repo, const struct ais_person *person,
                                int64_t time, struct ais_error *err) {
    git_signature *made = NULL, *own = NULL;
    if (person) {
        if (git_signature_new(&made, person->name, person->email, time, 0) < 0)
            ais_git_fail(repo->root, "name the author", err);
        return made;
    }
    if (git_signature_default(&own, repo->git) < 0) {
        ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = repo->root},
                    "git does not know who you are (git config --global user.name NAME, and "
                    "user.email ADDRESS)");
        return NULL;
    }
    if (git_signature_new(&made, own->name, own->email, time, own->when.offset) < 0)
        ais_git_fail(repo->root, "name the author", err);
    git_signature_free(own);
    return made;
}

int ais_repo_commit(const struct ais_repo *repo, const struct ais_repo_making *making,
                    struct ais_oid *id, struct ais_error *err) {
    git_signature *who = signature(repo, making->author, making->time, err);
    git_oid tree_id = ais_git_oid(&making->tree), made;
    git_commit *parents[2] = {NULL, NULL};
    git_tree *tree = NULL;
    int rc = -1;
    if (!who)
        goto out;
    if (git_tree_lookup(&tree, repo->git, &tree_id) < 0) {
        ais_git_fail(repo->root, "read a tree", err);
        goto out;
    }
    for (size_t i = 0; i < making->parent_count; i++) {
        git_oid parent = ais_git_oid(&making->parents[i]);
        if (git_commit_lookup(&parents[i], repo->git, &parent) < 0) {
            ais_git_fail(repo->root, "read a commit", err);
            goto out;
        }
    }
    if (git_commit_create(&made, repo->git, NULL, who, who, NULL, making->message, tree,
                          making->parent_count, (void *)parents) < 0) {
        ais_git_fail(repo->root, "write a commit", err);
        goto out;
    }
    *id = ais_git_id(&made);
    rc = 0;
out:
    git_commit_free(parents[0]);
    git_commit_free(parents[1]);
    git_tree_free(tree);
    git_signature_free(who);
    return rc;
}

int ais_repo_move(const struct ais_repo *repo, const char *ref, const struct ais_oid *from,
                  const struct ais_oid *to, const char *log, struct ais_error *err) {
    git_reference *moved = NULL;
    git_oid now, before;
    int rc;
    now = ais_git_oid(to);
    if (from) {
        before = ais_git_oid(from);
        rc = git_reference_create_matching(&moved, repo->git, ref, &now, 1, &before, log);
    } else {
        rc = git_reference_create(&moved, repo->git, ref, &now, 1, log);
    }
    git_reference_free(moved);
    if (rc == GIT_EMODIFIED)
        return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = repo->root},
                           "%s was moved by someone else meanwhile (run it again)", ref);
    return rc < 0 ? ais_git_fail(repo->root, "move a branch", err) : 0;
}
