#include "archive/gzip.h"

#include "base/mem.h"

#include <libdeflate.h>
#include <limits.h>
#include <zlib.h>

enum { END_LEVEL = 1, STORED_MAX = 65535 };

struct ais_deflater {
    z_stream stream;
};

struct ais_ender {
    struct libdeflate_compressor *compressor;
};

static void *allocate(void *unused, unsigned count, unsigned size) {
    (void)unused;
    return ais_calloc(count, size);
}

static void release(void *unused, void *block) {
    (void)unused;
    ais_free(block);
}

struct ais_deflater *ais_deflater_new(int level, struct ais_error *err) {
    struct ais_deflater *d = ais_calloc(1, sizeof *d);
    if (d) {
        d->stream.zalloc = allocate;
        d->stream.zfree = release;
        if (deflateInit2(&d->stream, level, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL,
                         Z_DEFAULT_STRATEGY) == Z_OK)
            return d;
    }
    ais_free(d);
    ais_fail_memory(err);
    return NULL;
}

void ais_deflater_free(struct ais_deflater *deflater) {
    if (!deflater)
        return;
    deflateEnd(&deflater->stream);
    ais_free(deflater);
}

int ais_segment_make(struct ais_segment *segment, struct ais_deflater *deflater, const void *data,
                     size_t size, struct ais_error *err) {
    z_stream *z = &deflater->stream;
    size_t room;
    *segment = (struct ais_segment){.raw = size};
    if (size > UINT_MAX / 2)
        return ais_fail(err, AIS_FAILED, "a part of %zu bytes is too large to be compressed", size);
    deflateReset(z);
    room = deflateBound(z, (uLong)size) + 16; /* and the flush */
    segment->bytes = ais_malloc(room);
    if (!segment->bytes)
        return ais_fail_memory(err);
    z->next_in = (Bytef *)data;
    z->avail_in = (uInt)size;
    z->next_out = segment->bytes;
    z->avail_out = (uInt)room;
    if (deflate(z, Z_FULL_FLUSH) != Z_OK || z->avail_in || !z->avail_out)
        return ais_fail(err, AIS_FAILED, "a part of %zu bytes cannot be compressed", size);
    segment->size = room - z->avail_out;
    segment->crc = (uint32_t)crc32_z(crc32(0, NULL, 0), data, size);
    segment->shift = (uint32_t)crc32_combine_gen((z_off_t)size);
    return 0;
}

void ais_segment_release(struct ais_segment *segment) {
    ais_free(segment->bytes);
    *segment = (struct ais_segment){0};
}

static void put_little(struct ais_buf *out, uint32_t n) {
    const uint8_t bytes[] = {(uint8_t)n, (uint8_t)(n >> 8), (uint8_t)(n >> 16), (uint8_t)(n >> 24)};
    ais_buf_add(out, bytes, sizeof bytes);
}

/* No name, no time, and Unix as the system, whatever the system is. */
void ais_gzip_begin(struct ais_gzip *gzip, struct ais_buf *out) {
    *gzip = (struct ais_gzip){.out = out, .crc = (uint32_t)crc32(0, NULL, 0)};
    ais_buf_add(out, "\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
}

void ais_gzip_add(struct ais_gzip *gzip, const struct ais_segment *segment) {
    ais_buf_add(gzip->out, segment->bytes, segment->size);
    gzip->crc = (uint32_t)crc32_combine_op(gzip->crc, segment->crc, segment->shift);
    gzip->size += (uint32_t)segment->raw;
}

/* Blocks of the bytes as they are. */
static void store(struct ais_gzip *gzip, const uint8_t *data, size_t size, bool final) {
    do {
        size_t n = size < STORED_MAX ? size : STORED_MAX;
        const uint8_t low = (uint8_t)n, high = (uint8_t)(n >> 8);
        const uint8_t head[] = {final && n == size, low, high, (uint8_t)~low, (uint8_t)~high};
        ais_buf_add(gzip->out, head, sizeof head);
        ais_buf_add(gzip->out, data, n);
        data += n;
        size -= n;
    } while (size);
}

void ais_gzip_store(struct ais_gzip *gzip, const void *data, size_t size) {
    store(gzip, data, size, false);
    gzip->crc = libdeflate_crc32(gzip->crc, data, size);
    gzip->size += (uint32_t)size;
}

struct ais_ender *ais_ender_new(struct ais_error *err) {
    struct ais_ender *ender = ais_calloc(1, sizeof *ender);
    if (ender) {
        ender->compressor = libdeflate_alloc_compressor(END_LEVEL);
        if (ender->compressor)
            return ender;
    }
    ais_free(ender);
    ais_fail_memory(err);
    return NULL;
}

void ais_ender_free(struct ais_ender *ender) {
    if (!ender)
        return;
    libdeflate_free_compressor(ender->compressor);
    ais_free(ender);
}

static int deflate_end(struct ais_gzip *gzip, struct ais_ender *ender, const void *data,
                       size_t size, struct ais_error *err) {
    size_t room = libdeflate_deflate_compress_bound(ender->compressor, size), used;
    void *bytes = ais_malloc(room);
    if (!bytes)
        return ais_fail_memory(err);
    used = libdeflate_deflate_compress(ender->compressor, data, size, bytes, room);
    ais_buf_add(gzip->out, bytes, used);
    ais_free(bytes);
    return used ? 0 : ais_fail(err, AIS_FAILED, "%zu bytes cannot be compressed", size);
}

int ais_gzip_end(struct ais_gzip *gzip, struct ais_ender *ender, const void *data, size_t size,
                 struct ais_error *err) {
    if (size <= AIS_GZIP_SMALL)
        store(gzip, data, size, true);
    else if (deflate_end(gzip, ender, data, size, err) < 0)
        return -1;
    put_little(gzip->out, libdeflate_crc32(gzip->crc, data, size));
    put_little(gzip->out, gzip->size + (uint32_t)size);
    return 0;
}
