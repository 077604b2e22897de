/* The work tree as a tree. Git's own rules for line ends hold, so that a checkout with
 * core.autocrlf is no difference; no program that a configuration names is run. */
#ifndef AIS_GIT_COMPARE_H
#define AIS_GIT_COMPARE_H

#include "git/files.h"
#include "git/repo.h"

#include <stddef.h>

/* The files of the work tree: those that are tracked, and those that no ignore rule names; not
 * those of submodules and repositories inside. With `write` their blobs are written (into memory
 * after ais_git_only_look); else the blob of a file whose path is not in `known` is left zero, and
 * the file unread. Released by ais_git_files_release, also after an error. */
int ais_compare_work(const struct ais_repo *repo, const struct ais_git_files *known, bool write,
                     struct ais_git_files *files, struct ais_error *err);

/* Calls `visit` for each path whose file differs: `before` or `after` is NULL where there is none.
 */
int ais_compare_files(const struct ais_git_files *from, const struct ais_git_files *to,
                      int (*visit)(void *payload, const struct ais_git_file *before,
                                   const struct ais_git_file *after, struct ais_error *err),
                      void *payload, struct ais_error *err);

/* Two trees, of which what lies below `path` ("" for all) is compared. */
struct ais_compared {
    struct ais_oid from, to;
    const char *path;
};

/* Writes the differences as a patch that git apply takes. *count gets the number of files. */
int ais_compare_patch(const struct ais_repo *repo, const struct ais_compared *compared,
                      int (*write)(void *payload, const char *text, size_t size,
                                   struct ais_error *err),
                      void *payload, size_t *count, struct ais_error *err);

/* How many lines of a file were added and taken away; of a binary one none are counted. */
struct ais_counts {
    const char *path;
    bool binary;
    size_t added, removed;
};

/* Calls `visit` for each file that differs. */
int ais_compare_count(const struct ais_repo *repo, const struct ais_compared *compared,
                      int (*visit)(void *payload, const struct ais_counts *counts,
                                   struct ais_error *err),
                      void *payload, struct ais_error *err);

/* Calls `visit` for each tracked file that differs from HEAD: in what is staged, or, without
 * `staged`, in either. */
int ais_compare_head(const struct ais_repo *repo, bool staged,
                     int (*visit)(void *payload, const char *path, struct ais_error *err),
                     void *payload, struct ais_error *err);

/* Calls `visit` for each tracked file that git was told not to look at (git update-index
 * --assume-unchanged or --skip-worktree, sparse checkouts): the other functions here take such a
 * file for the index's, whatever it holds. */
int ais_compare_hidden(const struct ais_repo *repo,
                       int (*visit)(void *payload, const char *path, struct ais_error *err),
                       void *payload, struct ais_error *err);

#endif
