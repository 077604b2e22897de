/* What the files of this room that use libgit2 share. */
#ifndef AIS_GIT_GIT_PARTS_H
#define AIS_GIT_GIT_PARTS_H

#include "base/error.h"

#include <git2.h>

/* Opens the repository that holds the folder `root`, or leaves NULL where there is none. */
int ais_git_open(const char *root, git_repository **repository, struct ais_error *err);

/* "PATH: git cannot WHAT: REASON", with libgit2's reason. */
int ais_git_fail(const char *path, const char *what, struct ais_error *err);

#endif
