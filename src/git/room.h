/* What the files of this room share. */
#ifndef AIS_GIT_ROOM_H
#define AIS_GIT_ROOM_H

#include "base/error.h"
#include "git/pack.h"

#include <git2.h>

/* A repository with a work tree: `root` is its top folder, without a '/' at its end. */
struct ais_repo {
    git_repository *git;
    char *root;
};

/* Starts libgit2; may be called again. */
int ais_git_start(struct ais_error *err);

/* "PATH: git cannot WHAT: libgit2's reason"; always -1. */
int ais_git_fail(const char *path, const char *what, struct ais_error *err);

/* Opens the repository that holds `root`, or leaves NULL where there is none. One that another user
 * owns is refused, as git does it. */
int ais_git_open(git_repository **repository, const char *root, struct ais_error *err);

git_oid ais_git_oid(const struct ais_oid *id);
struct ais_oid ais_git_id(const git_oid *oid);

#endif
