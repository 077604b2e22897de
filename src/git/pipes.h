/* A pipe or a device where git expects a file makes whoever reads it wait, or read without end. */
#ifndef AIS_GIT_PIPES_H
#define AIS_GIT_PIPES_H

#include "base/error.h"

/* Fails where the repository that holds `folder` has one: anywhere below its .git, or as a
 * .gitignore or .gitattributes of its work tree. Links are followed to what they name. */
int ais_git_check_pipes(const char *folder, struct ais_error *err);

#endif
