/* A growing buffer of bytes that can never grow past its limit. */
#ifndef AIS_BASE_BUF_H
#define AIS_BASE_BUF_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* `data` holds `size` bytes and a NUL behind them (NULL while empty). The first failure sticks:
 * later writes do nothing, so that a caller checks once, with ais_buf_check. */
struct ais_buf {
    char *data;
    size_t size, capacity;
    size_t limit;   /* most bytes it may hold */
    bool no_memory; /* a write found no memory */
    bool too_large; /* a write would have passed the limit */
};

#define AIS_BUF(limit_bytes) ((struct ais_buf){.limit = (limit_bytes)})

void ais_buf_add(struct ais_buf *buf, const void *data, size_t size);
void ais_buf_str(struct ais_buf *buf, const char *text);
void ais_buf_char(struct ais_buf *buf, char c);
void ais_buf_printf(struct ais_buf *buf, const char *fmt, ...) AIS_PRINTF(2, 3);

/* Forgets the bytes after the first `size` ones. */
void ais_buf_truncate(struct ais_buf *buf, size_t size);

/* 0, or -1 with *err set ("out of memory" or "WHAT is larger than N bytes" with `status`). */
int ais_buf_check(const struct ais_buf *buf, enum ais_status status, const char *what,
                  struct ais_error *err);

/* The text so far, never NULL, borrowed until the next write. */
const char *ais_buf_text(const struct ais_buf *buf);

/* Hands the bytes over to the caller (ais_free) and empties the buffer. NULL after a failure. */
char *ais_buf_take(struct ais_buf *buf);

void ais_buf_release(struct ais_buf *buf);

#endif
