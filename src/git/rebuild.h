/* A repository made anew from what HEAD reaches, as it is packed with a project. */
#ifndef AIS_GIT_REBUILD_H
#define AIS_GIT_REBUILD_H

#include "git/image.h"

/* Makes the image of the repository whose work tree's top is `root`: HEAD and the branch that it is
 * on, the commits, trees and blobs that it reaches, and an index of its tree. The same HEAD gives
 * the same bytes on every machine. No repository there, no commit yet, a shallow one, submodules
 * and links in HEAD's tree are AIS_FAILED. Released by ais_image_release, also after an error. */
int ais_git_rebuild(struct ais_image *image, const char *root, struct ais_error *err);

#endif
