/* Git bundles of a history that grows by one commit at a time: git clones the first, and pulls what
 * is new from each later one. Objects are stored, so that the same steps give the same bytes. */
#ifndef AIS_GIT_BUNDLE_H
#define AIS_GIT_BUNDLE_H

#include "git/image.h"

/* The step that a bundle takes. `before` is the bundle that stood there, one that ais_bundle_make
 * made, or of size 0. Everything is borrowed. */
struct ais_bundle_step {
    const struct ais_image *image;   /* of a root commit; its trees and blobs are taken */
    const struct ais_image *base;    /* whose pack has the other blobs, or NULL */
    const struct ais_commit *commit; /* what is committed on top; its time gives way to the tip's */
    const char *before;
    size_t before_size;
    const char *shown; /* what errors call the bundle */
};

/* Appends to `out`: the bundle before, if its last commit holds the image's tree; else that with
 * one commit more, no older than its parent; else, where there was none, the image's own commit.
 * The id of the last commit in `tip`. AIS_FAILED where `before` is damaged, or not of this program.
 */
int ais_bundle_make(const struct ais_bundle_step *step, struct ais_buf *out, char tip[AIS_OID_HEX],
                    struct ais_error *err);

#endif
