/* The objects of someone else's repository, read from the bytes of its files. No repository is
 * opened, so that no configuration, hook, attribute, alternate or replacement of it has a say; each
 * object is believed only after its id was computed from its bytes. */
#ifndef AIS_GIT_OBJECTS_H
#define AIS_GIT_OBJECTS_H

#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "git/pack.h"

#include <stdbool.h>
#include <stdint.h>

/* files[count] are the regular files below `.git/`, by paths without that, sorted; borrowed. `left`
 * bytes may still be unpacked, which bounds the time that a hostile repository takes. */
struct ais_objects {
    const struct ais_file *files;
    size_t count;
    const char *shown; /* what errors call the repository; borrowed */
    uint64_t left;
    struct ais_pack_file *packs;
    size_t pack_count;
};

/* A pack and its index, both inside files. */
struct ais_pack_file {
    const uint8_t *pack, *index;
    size_t pack_size, index_size;
    uint32_t count;
};

/* Finds the packs. Released by ais_objects_release. */
int ais_objects_open(struct ais_objects *objects, const struct ais_file *files, size_t count,
                     const char *shown, struct ais_error *err);
void ais_objects_release(struct ais_objects *objects);

/* The bytes of the file `path`, or NULL. */
const struct ais_file *ais_objects_file(const struct ais_objects *objects, const char *path);

/* Reads the object into *out, which it initialises (ais_buf_release). 1, or 0 where it is not
 * there, or -1 where it is damaged, of another type, or more than may be unpacked (AIS_FAILED). */
int ais_objects_read(struct ais_objects *objects, const struct ais_oid *oid,
                     enum ais_object_type type, struct ais_buf *out, struct ais_error *err);

/* An id of 40 digits at `text`; false where there is none. */
bool ais_oid_parse(const char *text, size_t size, struct ais_oid *oid);

#endif
