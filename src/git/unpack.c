#include "git/unpack.h"

#include <string.h>
#include <zlib.h>

int ais_inflate(const uint8_t *data, size_t size, struct ais_buf *out) {
    z_stream z = {.next_in = (Bytef *)(uintptr_t)data};
    unsigned char block[32 * 1024];
    int rc = Z_OK;
    if (inflateInit(&z) != Z_OK) {
        out->no_memory = true;
        return -1;
    }
    while (rc == Z_OK) {
        if (!z.avail_in && size) {
            z.avail_in = size < 1u << 30 ? (uInt)size : 1u << 30;
            size -= z.avail_in;
        }
        z.next_out = block;
        z.avail_out = sizeof block;
        rc = inflate(&z, Z_NO_FLUSH); /* without input left it ends with Z_BUF_ERROR */
        ais_buf_add(out, block, sizeof block - z.avail_out);
        if (out->no_memory || out->too_large)
            break;
    }
    if (rc == Z_MEM_ERROR)
        out->no_memory = true;
    inflateEnd(&z);
    return rc == Z_STREAM_END && !out->no_memory && !out->too_large ? 0 : -1;
}

struct cursor {
    const unsigned char *at, *end;
};

/* A size in groups of 7 bits, the lowest first. */
static bool take_size(struct cursor *c, size_t *size) {
    *size = 0;
    for (unsigned shift = 0; c->at < c->end && shift < 42; shift += 7) {
        *size |= (size_t)(*c->at & 0x7f) << shift;
        if (!(*c->at++ & 0x80))
            return true;
    }
    return false;
}

/* The bytes that the flags say are there, the lowest first. */
static bool take_number(struct cursor *c, unsigned flags, unsigned count, size_t *number) {
    *number = 0;
    for (unsigned i = 0; i < count; i++) {
        if (!(flags >> i & 1))
            continue;
        if (c->at == c->end)
            return false;
        *number |= (size_t)*c->at++ << 8 * i;
    }
    return true;
}

static bool copy(struct cursor *c, unsigned op, const struct ais_buf *base, struct ais_buf *out) {
    size_t offset, size;
    if (!take_number(c, op, 4, &offset) || !take_number(c, op >> 4, 3, &size))
        return false;
    if (size == 0)
        size = 0x10000;
    if (offset > base->size || size > base->size - offset)
        return false;
    ais_buf_add(out, ais_buf_text(base) + offset, size);
    return true;
}

int ais_delta_apply(const struct ais_buf *base, const struct ais_buf *delta, struct ais_buf *out) {
    struct cursor c = {(const unsigned char *)ais_buf_text(delta), NULL};
    size_t from, to;
    c.end = c.at + delta->size;
    if (!take_size(&c, &from) || !take_size(&c, &to) || from != base->size || to > out->limit)
        return -1;
    while (c.at < c.end && !out->no_memory && out->size <= to) {
        unsigned op = *c.at++;
        if (op & 0x80) {
            if (!copy(&c, op, base, out))
                return -1;
        } else {
            if (op == 0 || op > (size_t)(c.end - c.at))
                return -1;
            ais_buf_add(out, c.at, op);
            c.at += op;
        }
    }
    return !out->no_memory && !out->too_large && out->size == to ? 0 : -1;
}
