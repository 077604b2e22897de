#include "git/objects.h"

#include "base/mem.h"
#include "git/unpack.h"

#include <stdlib.h>
#include <string.h>

enum {
    PACKS_MAX = 1000,
    CHAIN_MAX = 4096, /* as many deltas on each other as git can be told to make */
    INDEX_HEADER = 8 + 256 * 4,
    OFS_DELTA = 6,
    REF_DELTA = 7,
};
static const size_t object_bytes_max = 512 << 20;

static uint32_t get32(const uint8_t *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int fail(const struct ais_objects *o, const char *what, struct ais_error *err) {
    return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = o->shown}, "its git history %s",
                       what);
}

bool ais_oid_parse(const char *text, size_t size, struct ais_oid *oid) {
    if (size < 40)
        return false;
    for (size_t i = 0; i < 40; i++) {
        char c = text[i];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                                                : 16;
        if (digit == 16)
            return false;
        oid->bytes[i / 2] = (uint8_t)(i % 2 ? (unsigned)oid->bytes[i / 2] | digit : digit << 4);
    }
    return true;
}

static int by_path(const void *a, const void *b) {
    const struct ais_file *x = a, *y = b;
    return strcmp(x->path, y->path);
}

const struct ais_file *ais_objects_file(const struct ais_objects *objects, const char *path) {
    struct ais_file key = {.path = path};
    if (!objects->count)
        return NULL;
    return bsearch(&key, objects->files, objects->count, sizeof key, by_path);
}

/* Whether the two fit each other: version 2, offsets of 31 bits, as git writes below 2 GiB. */
static bool take_pack(struct ais_pack_file *p, const struct ais_file *pack,
                      const struct ais_file *index) {
    *p = (struct ais_pack_file){.pack = (const uint8_t *)pack->data,
                                .pack_size = pack->size,
                                .index = (const uint8_t *)index->data,
                                .index_size = index->size};
    if (p->pack_size < 32 || memcmp(p->pack, "PACK\0\0\0\2", 8) != 0 ||
        p->index_size < INDEX_HEADER || memcmp(p->index, "\377tOc\0\0\0\2", 8) != 0)
        return false;
    p->count = get32(p->index + INDEX_HEADER - 4);
    return p->count <= (p->index_size - INDEX_HEADER) / 28;
}

int ais_objects_open(struct ais_objects *objects, const struct ais_file *files, size_t count,
                     const char *shown, struct ais_error *err) {
    *objects = (struct ais_objects){
        .files = files, .count = count, .shown = shown, .left = (uint64_t)4 << 30};
    objects->packs = ais_calloc(PACKS_MAX, sizeof *objects->packs);
    if (!objects->packs)
        return ais_fail_memory(err);
    for (size_t i = 0; i < count && objects->pack_count < PACKS_MAX; i++) {
        size_t size = strlen(files[i].path);
        char path[AIS_OID_HEX + 64];
        const struct ais_file *pack;
        if (size < 5 || size + 2 > sizeof path ||
            strncmp(files[i].path, "objects/pack/", 13) != 0 ||
            strcmp(files[i].path + size - 4, ".idx") != 0)
            continue;
        memcpy(path, files[i].path, size - 4);
        memcpy(path + size - 4, ".pack", 6);
        pack = ais_objects_file(objects, path);
        if (pack && take_pack(&objects->packs[objects->pack_count], pack, &files[i]))
            objects->pack_count++;
    }
    return 0;
}

void ais_objects_release(struct ais_objects *objects) {
    ais_free(objects->packs);
    *objects = (struct ais_objects){0};
}

/* Where the object begins in the pack, or 0. */
static size_t find_offset(const struct ais_pack_file *p, const struct ais_oid *oid) {
    const uint8_t *fan = p->index + 8, *ids = p->index + INDEX_HEADER;
    uint32_t low = oid->bytes[0] ? get32(fan + 4 * (oid->bytes[0] - 1)) : 0;
    uint32_t high = get32(fan + 4 * oid->bytes[0]);
    if (high > p->count)
        return 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = memcmp(oid->bytes, ids + (size_t)middle * 20, 20);
        if (order == 0) {
            size_t offset = get32(ids + (size_t)p->count * 24 + (size_t)middle * 4);
            return offset < p->pack_size - 20 ? offset : 0;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

/* An entry of a pack: its type, size, where its zlib stream begins, and a delta's base. */
struct entry {
    unsigned type;
    size_t size, data, base;
    struct ais_oid base_id;
};

static bool read_entry(const struct ais_pack_file *p, size_t at, struct entry *e) {
    const size_t end = p->pack_size - 20;
    const size_t start = at;
    unsigned shift = 4;
    uint8_t byte = p->pack[at++];
    *e = (struct entry){.type = byte >> 4 & 7, .size = byte & 15};
    for (; byte & 0x80; shift += 7) {
        if (at >= end || shift > 32)
            return false;
        byte = p->pack[at++];
        e->size |= (size_t)(byte & 0x7f) << shift;
    }
    if (e->type == OFS_DELTA) {
        size_t back = 0;
        do {
            if (at >= end || back > p->pack_size)
                return false;
            byte = p->pack[at++];
            back = (back << 7) + (byte & 0x7f) + (byte & 0x80 ? 1 : 0);
        } while (byte & 0x80);
        if (back == 0 || back >= start)
            return false;
        e->base = start - back;
    } else if (e->type == REF_DELTA) {
        if (end - at < 20)
            return false;
        memcpy(e->base_id.bytes, p->pack + at, 20);
        at += 20;
        e->base = find_offset(p, &e->base_id);
    }
    e->data = at;
    return at < end && e->size <= object_bytes_max;
}

/* The zlib stream of an entry, in a buffer of its own. */
static int inflate_entry(struct ais_objects *o, const struct ais_pack_file *p,
                         const struct entry *e, struct ais_buf *out, struct ais_error *err) {
    if (e->size > o->left)
        return fail(o, "unpacks to too many bytes", err);
    o->left -= e->size;
    *out = AIS_BUF(e->size);
    if (ais_inflate(p->pack + e->data, p->pack_size - 20 - e->data, out) < 0)
        return out->no_memory ? ais_fail_memory(err) : fail(o, "is damaged", err);
    return out->size == e->size ? 0 : fail(o, "is damaged", err);
}

/* Applies the deltas entries[count - 1] .. entries[0] to *out, one after the other. */
static int apply_deltas(struct ais_objects *o, const struct ais_pack_file *p,
                        const struct entry *entries, size_t count, struct ais_buf *out,
                        struct ais_error *err) {
    for (size_t i = count; i-- > 0;) {
        struct ais_buf delta = AIS_BUF(0), made = AIS_BUF(object_bytes_max);
        int rc = inflate_entry(o, p, &entries[i], &delta, err);
        if (rc == 0 && (made.limit = o->left < object_bytes_max ? o->left : object_bytes_max,
                        ais_delta_apply(out, &delta, &made) < 0))
            rc = made.no_memory ? ais_fail_memory(err) : fail(o, "is damaged", err);
        o->left -= made.size;
        ais_buf_release(&delta);
        ais_buf_release(out);
        *out = made;
        if (rc < 0)
            return -1;
    }
    return 0;
}

/* Follows deltas down to what they stand on, inside one pack. */
static int read_packed(struct ais_objects *o, const struct ais_pack_file *p, size_t at,
                       enum ais_object_type type, struct ais_buf *out, struct ais_error *err) {
    struct entry *entries = NULL;
    size_t count = 0, capacity = 0;
    int rc = -1;
    for (;;) {
        if (count == CHAIN_MAX || ais_grow(&entries, &capacity, count + 1, sizeof *entries) < 0) {
            count == CHAIN_MAX ? fail(o, "is damaged", err) : ais_fail_memory(err);
            goto out;
        }
        if (at == 0 || !read_entry(p, at, &entries[count])) {
            fail(o, "is damaged", err);
            goto out;
        }
        if (entries[count].type != OFS_DELTA && entries[count].type != REF_DELTA)
            break;
        at = entries[count++].base;
    }
    if (entries[count].type != (unsigned)type)
        fail(o, "is damaged", err);
    else if (inflate_entry(o, p, &entries[count], out, err) == 0)
        rc = apply_deltas(o, p, entries, count, out, err);
out:
    ais_free(entries);
    return rc;
}

/* A loose object: a zlib stream of "TYPE SIZE\0" and the bytes. */
static int read_loose(struct ais_objects *o, const struct ais_file *file, enum ais_object_type type,
                      struct ais_buf *out, struct ais_error *err) {
    static const char *const names[] = {"", "commit ", "tree ", "blob "};
    const char *name = names[type], *nul;
    struct ais_buf whole = AIS_BUF(o->left < object_bytes_max ? o->left : object_bytes_max);
    int rc = -1;
    if (ais_inflate((const uint8_t *)file->data, file->size, &whole) < 0) {
        whole.no_memory ? ais_fail_memory(err) : fail(o, "is damaged", err);
        goto out;
    }
    o->left -= whole.size;
    nul = memchr(ais_buf_text(&whole), '\0', whole.size < 32 ? whole.size : 32);
    if (!nul || strncmp(whole.data, name, strlen(name)) != 0) {
        fail(o, "is damaged", err);
        goto out;
    }
    *out = AIS_BUF(object_bytes_max);
    ais_buf_add(out, nul + 1, whole.size - (size_t)(nul + 1 - whole.data));
    rc = ais_buf_check(out, AIS_FAILED, "a git object", err);
out:
    ais_buf_release(&whole);
    return rc;
}

int ais_objects_read(struct ais_objects *objects, const struct ais_oid *oid,
                     enum ais_object_type type, struct ais_buf *out, struct ais_error *err) {
    char hex[AIS_OID_HEX], path[64] = "objects/xx/";
    const struct ais_file *loose;
    struct ais_oid real;
    int rc = -1, found = 0;
    *out = AIS_BUF(0);
    ais_oid_hex(oid, hex);
    memcpy(path + 8, hex, 2);
    memcpy(path + 11, hex + 2, 39);
    loose = ais_objects_file(objects, path);
    if (loose) {
        found = 1;
        rc = read_loose(objects, loose, type, out, err);
    }
    for (size_t i = 0; !found && i < objects->pack_count; i++) {
        size_t at = find_offset(&objects->packs[i], oid);
        if (!at)
            continue;
        found = 1;
        rc = read_packed(objects, &objects->packs[i], at, type, out, err);
    }
    if (!found)
        return 0;
    if (rc < 0)
        return -1;
    ais_object_id(type, ais_buf_text(out), out->size, &real);
    return memcmp(&real, oid, sizeof real) == 0 ? 1 : fail(objects, "is damaged", err);
}
