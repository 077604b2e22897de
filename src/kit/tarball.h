/* A kit as tar.gz: the tar is the one that archive/archive.h makes of the same files in the same
 * order, byte for byte; its digest is taken on the way. */
#ifndef AIS_KIT_TARBALL_H
#define AIS_KIT_TARBALL_H

#include "base/hash.h"
#include "kit/shared.h"

/* An archive that is begun: its bytes so far, and all that going on takes. */
struct ais_tar_state {
    struct ais_buf bytes;
    struct ais_gzip gzip;
    struct sha256_ctx digest;
    json_t *folders;
};

struct ais_tarball {
    const char *top; /* the folder that all files stand in */
    int64_t time;    /* of all members */
    const struct ais_file *files;
    size_t count;
    const struct ais_image *image; /* whose pack is among the files, or NULL */
    struct ais_shared *shared;
    const struct ais_tar_state *begins; /* what stands before the files, or NULL */
};

/* Begins an archive with the files. Released by ais_tar_state_release, also after an error. */
int ais_tarball_begin(const struct ais_tarball *tarball, struct ais_tar_state *state,
                      struct ais_error *err);
void ais_tar_state_release(struct ais_tar_state *state);

/* Appends the whole archive to `out`; the digest of the uncompressed tar in `digest`. */
int ais_tarball_make(const struct ais_tarball *tarball, struct ais_buf *out,
                     char digest[AIS_SHA256_HEX], struct ais_error *err);

#endif
