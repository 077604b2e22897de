#include "git/pack.h"

#include "base/mem.h"

#include <libdeflate.h>
#include <nettle/sha1.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STORED_MAX = 65535, FIRST_SLOTS = 1024 };
static const size_t pack_bytes_max = 0x7fffffff; /* offsets above take another table */

void ais_put32(struct ais_buf *buf, uint32_t number) {
    const uint8_t bytes[] = {(uint8_t)(number >> 24), (uint8_t)(number >> 16),
                             (uint8_t)(number >> 8), (uint8_t)number};
    ais_buf_add(buf, bytes, sizeof bytes);
}

void ais_put_checksum(struct ais_buf *buf, struct ais_oid *checksum) {
    struct sha1_ctx ctx;
    sha1_init(&ctx);
    sha1_update(&ctx, buf->size, (const uint8_t *)ais_buf_text(buf));
    sha1_digest(&ctx, sizeof checksum->bytes, checksum->bytes);
    ais_buf_add(buf, checksum->bytes, sizeof checksum->bytes);
}

void ais_oid_hex(const struct ais_oid *oid, char hex[AIS_OID_HEX]) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < AIS_OID_BYTES; i++) {
        hex[2 * i] = digits[oid->bytes[i] >> 4];
        hex[2 * i + 1] = digits[oid->bytes[i] & 15];
    }
    hex[AIS_OID_HEX - 1] = '\0';
}

int ais_pack_init(struct ais_pack *pack, struct ais_error *err) {
    *pack = (struct ais_pack){.bytes = AIS_BUF(pack_bytes_max)};
    pack->slots = ais_calloc(FIRST_SLOTS, sizeof *pack->slots);
    if (!pack->slots)
        return ais_fail_memory(err);
    pack->slot_count = FIRST_SLOTS;
    ais_buf_str(&pack->bytes, "PACK");
    ais_put32(&pack->bytes, 2);
    ais_put32(&pack->bytes, 0); /* the number of objects, when it is known */
    return 0;
}

void ais_pack_release(struct ais_pack *pack) {
    ais_buf_release(&pack->bytes);
    ais_free(pack->objects);
    ais_free(pack->slots);
    *pack = (struct ais_pack){0};
}

void ais_object_id(enum ais_object_type type, const void *data, size_t size, struct ais_oid *oid) {
    static const char *const names[] = {"", "commit", "tree", "blob"};
    struct sha1_ctx ctx;
    char text[40];
    int n = snprintf(text, sizeof text, "%s %zu", names[type], size);
    sha1_init(&ctx);
    sha1_update(&ctx, (size_t)n + 1, (const uint8_t *)text); /* with its NUL */
    sha1_update(&ctx, size, data);
    sha1_digest(&ctx, sizeof oid->bytes, oid->bytes);
}

/* The slot of the id: where it is, or the empty one where it belongs. */
static size_t *find_slot(const struct ais_pack *pack, const struct ais_oid *oid) {
    size_t at;
    memcpy(&at, oid->bytes, sizeof at);
    for (at %= pack->slot_count;; at = (at + 1) % pack->slot_count) {
        size_t *slot = &pack->slots[at];
        if (*slot == 0 || memcmp(&pack->objects[*slot - 1].oid, oid, sizeof *oid) == 0)
            return slot;
    }
}

bool ais_pack_has(const struct ais_pack *pack, const struct ais_oid *oid) {
    return *find_slot(pack, oid) != 0;
}

static int more_slots(struct ais_pack *pack) {
    size_t count = pack->slot_count * 2, *slots = ais_calloc(count, sizeof *slots);
    if (!slots)
        return -1;
    ais_free(pack->slots);
    pack->slots = slots;
    pack->slot_count = count;
    for (size_t i = 0; i < pack->count; i++)
        *find_slot(pack, &pack->objects[i].oid) = i + 1;
    return 0;
}

/* Type and size, 4 bits and then 7 a byte. */
static void put_header(struct ais_buf *bytes, enum ais_object_type type, size_t size) {
    unsigned char byte = (unsigned char)((unsigned)type << 4 | (size & 15));
    for (size >>= 4; size; size >>= 7) {
        ais_buf_char(bytes, (char)(byte | 0x80));
        byte = size & 0x7f;
    }
    ais_buf_char(bytes, (char)byte);
}

/* A zlib stream of stored blocks: the same bytes with every version of zlib. */
static void put_stored(struct ais_buf *bytes, const unsigned char *data, size_t size) {
    uint32_t adler = libdeflate_adler32(1, data, size);
    ais_buf_add(bytes, "\x78\x01", 2);
    do {
        size_t n = size < STORED_MAX ? size : STORED_MAX;
        const unsigned char header[] = {n == size, (unsigned char)n, (unsigned char)(n >> 8),
                                        (unsigned char)~n, (unsigned char)(~n >> 8)};
        ais_buf_add(bytes, header, sizeof header);
        ais_buf_add(bytes, data, n);
        data += n;
        size -= n;
    } while (size);
    ais_put32(bytes, adler);
}

/* Lists the object that was just written at `offset`. */
static int list(struct ais_pack *pack, size_t *slot, const struct ais_oid *oid, size_t offset,
                uint32_t crc, struct ais_error *err) {
    if (ais_buf_check(&pack->bytes, AIS_FAILED, "the git history", err) < 0)
        return -1;
    if (ais_grow(&pack->objects, &pack->capacity, pack->count + 1, sizeof *pack->objects) < 0)
        return ais_fail_memory(err);
    pack->objects[pack->count++] = (struct ais_packed){*oid, (uint32_t)offset, crc};
    *slot = pack->count;
    return 0;
}

int ais_pack_add(struct ais_pack *pack, enum ais_object_type type, const void *data, size_t size,
                 struct ais_oid *oid, struct ais_error *err) {
    size_t *slot, offset = pack->bytes.size;
    uint32_t crc = 0;
    if (!size)
        data = ""; /* NULL has no offsets, not even 0 */
    ais_object_id(type, data, size, oid);
    if (pack->count * 2 >= pack->slot_count && more_slots(pack) < 0)
        return ais_fail_memory(err);
    slot = find_slot(pack, oid);
    if (*slot)
        return 0;
    put_header(&pack->bytes, type, size);
    put_stored(&pack->bytes, data, size);
    if (ais_buf_check(&pack->bytes, AIS_FAILED, "the git history", err) == 0)
        crc = libdeflate_crc32(0, pack->bytes.data + offset, pack->bytes.size - offset);
    return list(pack, slot, oid, offset, crc, err);
}

int ais_ready_make(struct ais_ready *ready, enum ais_object_type type, const void *data,
                   size_t size, struct ais_error *err) {
    struct ais_buf bytes = AIS_BUF(pack_bytes_max);
    *ready = (struct ais_ready){0};
    if (!size)
        data = "";
    ais_object_id(type, data, size, &ready->oid);
    put_header(&bytes, type, size);
    put_stored(&bytes, data, size);
    if (ais_buf_check(&bytes, AIS_FAILED, "the git history", err) == 0) {
        ready->size = bytes.size;
        ready->crc = libdeflate_crc32(0, bytes.data, bytes.size);
        ready->bytes = ais_buf_take(&bytes);
    }
    ais_buf_release(&bytes);
    return ready->bytes ? 0 : ais_fail_memory(err);
}

void ais_ready_release(struct ais_ready *ready) {
    ais_free(ready->bytes);
    *ready = (struct ais_ready){0};
}

int ais_pack_add_ready(struct ais_pack *pack, const struct ais_ready *ready,
                       struct ais_error *err) {
    size_t *slot, offset = pack->bytes.size;
    if (pack->count * 2 >= pack->slot_count && more_slots(pack) < 0)
        return ais_fail_memory(err);
    slot = find_slot(pack, &ready->oid);
    if (*slot)
        return 0;
    ais_buf_add(&pack->bytes, ready->bytes, ready->size);
    return list(pack, slot, &ready->oid, offset, ready->crc, err);
}

static int by_oid(const void *a, const void *b) {
    const struct ais_packed *x = a, *y = b;
    return memcmp(&x->oid, &y->oid, sizeof x->oid);
}

static void put_index(const struct ais_pack *pack, struct ais_buf *index) {
    size_t below = 0;
    ais_buf_add(index, "\377tOc", 4);
    ais_put32(index, 2);
    for (unsigned first = 0; first < 256; first++) {
        while (below < pack->count && pack->objects[below].oid.bytes[0] <= first)
            below++;
        ais_put32(index, (uint32_t)below);
    }
    for (size_t i = 0; i < pack->count; i++)
        ais_buf_add(index, &pack->objects[i].oid, sizeof pack->objects[i].oid);
    for (size_t i = 0; i < pack->count; i++)
        ais_put32(index, pack->objects[i].crc);
    for (size_t i = 0; i < pack->count; i++)
        ais_put32(index, pack->objects[i].offset);
}

int ais_pack_finish(struct ais_pack *pack, struct ais_buf *index, struct ais_oid *name,
                    struct ais_error *err) {
    struct ais_oid ignored;
    const uint32_t n = (uint32_t)pack->count;
    const uint8_t count[] = {(uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n};
    if (ais_buf_check(&pack->bytes, AIS_FAILED, "the git history", err) < 0)
        return -1;
    memcpy(pack->bytes.data + 8, count, sizeof count);
    ais_put_checksum(&pack->bytes, name);
    if (pack->count)
        qsort(pack->objects, pack->count, sizeof *pack->objects, by_oid);
    put_index(pack, index);
    ais_buf_add(index, name->bytes, sizeof name->bytes);
    ais_put_checksum(index, &ignored);
    if (ais_buf_check(&pack->bytes, AIS_FAILED, "the git history", err) < 0)
        return -1;
    return ais_buf_check(index, AIS_FAILED, "the git history", err);
}
