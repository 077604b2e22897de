/* What the kits of a cohort share: files that don't differ are made into git objects and compressed
 * once. A kit's bytes are the same with and without it. */
#ifndef AIS_KIT_SHARED_H
#define AIS_KIT_SHARED_H

#include "archive/archive.h"
#include "archive/gzip.h"
#include "base/file.h"
#include "git/image.h"

/* Above this many bytes nothing more is kept, so that memory does not grow with the cohort. */
enum { AIS_SHARED_BYTES_MAX = 24 << 20 };

/* A file that is shared. `member` is what stands in the archive from its header on, `object` what
 * stands in the pack; both are made when they are first needed (raw: 0 before). */
struct ais_shared_file {
    struct ais_file file; /* with a path of its own */
    struct ais_ready ready;
    struct ais_segment member, object;
    char *head; /* of the member */
    size_t head_size;
};

struct ais_shared {
    struct ais_shared_file **slots;
    size_t count, slot_count, bytes;
    struct ais_deflater *well, *quick; /* for what is shared, and for what is one kit's */
    struct ais_ender *ender;
};

int ais_shared_init(struct ais_shared *shared, struct ais_error *err);
void ais_shared_release(struct ais_shared *shared);

/* The shared form of a steady file, or NULL where it has none: each kit does the work then. */
struct ais_shared_file *ais_shared_find(struct ais_shared *shared, const struct ais_file *file);

/* The same for ais_image_make_shared; payload is the ais_shared. */
const struct ais_ready *ais_shared_ready(void *payload, const struct ais_file *file);
/* The shared file that a ready object belongs to. */
struct ais_shared_file *ais_shared_of(const struct ais_ready *ready);

/* Takes note of `size` bytes more; false where there are too many. */
bool ais_shared_take(struct ais_shared *shared, size_t size);

#endif
