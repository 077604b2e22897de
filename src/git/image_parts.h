/* What a `.git` folder is made of, for those who fill it. */
#ifndef AIS_GIT_IMAGE_PARTS_H
#define AIS_GIT_IMAGE_PARTS_H

#include "git/image.h"
#include "git/pack.h"

/* Appends git's index, version 2, of files[count] (their paths and modes), which are sorted. The
 * sizes and times of all files are zero, so that git compares contents the first time, and nothing
 * of the machine stands in it. */
void ais_image_put_index(struct ais_buf *index, const struct ais_file *files,
                         const struct ais_oid *blobs, size_t count);

/* Lists the files of the image, whose pack, indexes and commit_id are there, in the order of their
 * paths. `branch` is where HEAD points; NULL for HEAD at the commit itself. */
int ais_image_list(struct ais_image *image, const char *branch, bool pristine,
                   const struct ais_oid *pack_name, struct ais_error *err);

#endif
