/* A git pack in the making: objects stored without compression, and its index. */
#ifndef AIS_GIT_PACK_H
#define AIS_GIT_PACK_H

#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AIS_OID_BYTES = 20, AIS_OID_HEX = 41 };

struct ais_oid {
    uint8_t bytes[AIS_OID_BYTES];
};

enum ais_object_type { AIS_COMMIT_OBJECT = 1, AIS_TREE_OBJECT = 2, AIS_BLOB_OBJECT = 3 };

struct ais_packed {
    struct ais_oid oid;
    uint32_t offset, crc;
};

/* `slots` finds an object by its id: open addressing, 0 for an empty slot, else the number plus
 * one. */
struct ais_pack {
    struct ais_buf bytes;
    struct ais_packed *objects;
    size_t count, capacity;
    size_t *slots, slot_count;
};

/* Released by ais_pack_release, also after an error. */
int ais_pack_init(struct ais_pack *pack, struct ais_error *err);
void ais_pack_release(struct ais_pack *pack);

/* Adds an object unless it is there already; its id in *oid. */
int ais_pack_add(struct ais_pack *pack, enum ais_object_type type, const void *data, size_t size,
                 struct ais_oid *oid, struct ais_error *err);

/* Whether the object was added. */
bool ais_pack_has(const struct ais_pack *pack, const struct ais_oid *oid);
/* An object ready to be put into any pack: what ais_pack_add would write. Owned. */
struct ais_ready {
    struct ais_oid oid;
    uint32_t crc;
    void *bytes;
    size_t size;
};
int ais_ready_make(struct ais_ready *ready, enum ais_object_type type, const void *data,
                   size_t size, struct ais_error *err);
void ais_ready_release(struct ais_ready *ready);
/* Adds it unless it is there already. */
int ais_pack_add_ready(struct ais_pack *pack, const struct ais_ready *ready, struct ais_error *err);

/* Ends the pack: its bytes are whole after this. Writes its index (version 2) to `index`, and the
 * checksum that names both to *name. Sorts the objects: none can be added any more. */
int ais_pack_finish(struct ais_pack *pack, struct ais_buf *index, struct ais_oid *name,
                    struct ais_error *err);

/* Numbers as git's files hold them: the most significant byte first. */
void ais_put32(struct ais_buf *buf, uint32_t number);
/* Appends the SHA-1 of all that stands in the buffer. */
void ais_put_checksum(struct ais_buf *buf, struct ais_oid *checksum);

/* The id of an object. */
void ais_object_id(enum ais_object_type type, const void *data, size_t size, struct ais_oid *oid);
void ais_oid_hex(const struct ais_oid *oid, char hex[AIS_OID_HEX]);

#endif
