/* A repository in which nothing was committed yet. */
#ifndef AIS_GIT_FRESH_H
#define AIS_GIT_FRESH_H

#include "base/error.h"

/* Makes the folder `git`, a descriptor of an empty one, the `.git` of a work tree whose HEAD is on
 * `branch`. `shown` is what errors call it. */
int ais_git_lay(int git, const char *branch, const char *shown, struct ais_error *err);

#endif
