/* A kit as tar.gz: the tar is the one that archive/archive.h makes of the same files, byte for
 * byte; its digest is taken on the way. */
#ifndef AIS_KIT_TARBALL_H
#define AIS_KIT_TARBALL_H

#include "base/hash.h"
#include "kit/shared.h"

struct ais_tarball {
    const char *top; /* the folder that all files stand in */
    int64_t time;    /* of all members */
    const struct ais_file *files;
    size_t count;
    const struct ais_image *image; /* whose pack is among the files, or NULL */
    struct ais_shared *shared;
};

/* Appends the archive to `out`; the digest of the uncompressed tar in `digest`. */
int ais_tarball_make(const struct ais_tarball *tarball, struct ais_buf *out,
                     char digest[AIS_SHA256_HEX], struct ais_error *err);

#endif
