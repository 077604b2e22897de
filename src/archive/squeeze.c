#include "archive/squeeze.h"

#include "base/buf.h"
#include "base/mem.h"

#include <libdeflate.h>

enum {
    LEVEL = 6,        /* gzip's own default; up to 9, no version of libdeflate gives other bytes */
    MEMBER = 8 << 20, /* raw bytes of a member at most: what is held at once */
};

struct ais_squeezer {
    struct libdeflate_compressor *compressor;
    struct ais_buf raw;
    ais_write_fn *write;
    void *payload;
    bool begun; /* a member was written */
};

struct ais_squeezer *ais_squeezer_new(ais_write_fn *write, void *payload, struct ais_error *err) {
    struct ais_squeezer *s = ais_calloc(1, sizeof *s);
    if (s) {
        *s = (struct ais_squeezer){.raw = AIS_BUF(MEMBER), .write = write, .payload = payload};
        s->compressor = libdeflate_alloc_compressor(LEVEL);
        if (s->compressor)
            return s;
    }
    ais_free(s);
    ais_fail_memory(err);
    return NULL;
}

void ais_squeezer_free(struct ais_squeezer *squeezer) {
    if (!squeezer)
        return;
    libdeflate_free_compressor(squeezer->compressor);
    ais_buf_release(&squeezer->raw);
    ais_free(squeezer);
}

/* Writes a member of the bytes that are held. */
static int flush(struct ais_squeezer *s, struct ais_error *err) {
    size_t room = libdeflate_gzip_compress_bound(s->compressor, s->raw.size), size;
    void *out = ais_malloc(room);
    int rc = -1;
    if (!out)
        return ais_fail_memory(err);
    size = libdeflate_gzip_compress(s->compressor, ais_buf_text(&s->raw), s->raw.size, out, room);
    if (size == 0)
        ais_fail(err, AIS_FAILED, "%zu bytes cannot be compressed", s->raw.size);
    else
        rc = s->write(s->payload, out, size, err);
    ais_free(out);
    ais_buf_truncate(&s->raw, 0);
    s->begun = true;
    return rc;
}

int ais_squeezer_write(void *squeezer, const void *data, size_t size, struct ais_error *err) {
    struct ais_squeezer *s = squeezer;
    const char *next = data;
    while (size) {
        size_t room = MEMBER - s->raw.size, part = size < room ? size : room;
        ais_buf_add(&s->raw, next, part);
        if (ais_buf_check(&s->raw, AIS_FAILED, "a part of the archive", err) < 0)
            return -1;
        if (s->raw.size == MEMBER && flush(s, err) < 0)
            return -1;
        next += part;
        size -= part;
    }
    return 0;
}

int ais_squeezer_finish(struct ais_squeezer *s, struct ais_error *err) {
    return s->raw.size || !s->begun ? flush(s, err) : 0;
}
