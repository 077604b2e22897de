/* What is asked of git repositories that are there already, and of git's configuration. libgit2 is
 * started by the first call that needs it, since its start is slow, and left running. */
#ifndef AIS_GIT_GIT_H
#define AIS_GIT_GIT_H

#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* init.defaultBranch of the user's configuration, or "main" where it is unset, unreadable or no
 * valid branch name. *branch is the caller's (ais_free). */
int ais_git_default_branch(char **branch, struct ais_error *err);

/* user.name and user.email, "" where unset. Both are the caller's (ais_free). */
int ais_git_user(char **name, char **email, struct ais_error *err);

/* The work tree (or bare repository) that holds the folder `path`, or NULL in *root where there is
 * none. *root is the caller's (ais_free). */
int ais_git_discover(const char *path, char **root, struct ais_error *err);

/* The files below the folder `root` of a work tree: tracked ones that are there, and untracked ones
 * that no ignore rule names. Submodules and repositories inside are left out; symbolic links are
 * named like files. Sorted by path, relative to `root`; released by ais_git_names_release. *found
 * is false where `root` is in no work tree, or is itself ignored there. */
struct ais_git_names {
    char **paths;
    size_t count;
};
int ais_git_work_files(const char *root, struct ais_git_names *names, bool *found,
                       struct ais_error *err);
void ais_git_names_release(struct ais_git_names *names);

/* The time of HEAD's commit in seconds since 1970; *found is false on an unborn branch. */
int ais_git_head_time(const char *root, long long *time, bool *found, struct ais_error *err);

#endif
