#include "base/buf.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static bool make_room(struct ais_buf *buf, size_t size) {
    if (buf->no_memory || buf->too_large)
        return false;
    if (size > buf->limit || buf->size > buf->limit - size)
        buf->too_large = true;
    else if (ais_grow(&buf->data, &buf->capacity, buf->size + size + 1, 1) < 0)
        buf->no_memory = true;
    return !buf->no_memory && !buf->too_large;
}

void ais_buf_add(struct ais_buf *buf, const void *data, size_t size) {
    if (!make_room(buf, size))
        return;
    if (size)
        memcpy(buf->data + buf->size, data, size);
    buf->size += size;
    buf->data[buf->size] = '\0';
}

void ais_buf_str(struct ais_buf *buf, const char *text) {
    ais_buf_add(buf, text, strlen(text));
}

void ais_buf_char(struct ais_buf *buf, char c) {
    ais_buf_add(buf, &c, 1);
}

void ais_buf_printf(struct ais_buf *buf, const char *fmt, ...) {
    va_list args;
    int size;
    va_start(args, fmt);
    size = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (size < 0 || !make_room(buf, (size_t)size))
        return;
    va_start(args, fmt);
    vsnprintf(buf->data + buf->size, (size_t)size + 1, fmt, args);
    va_end(args);
    buf->size += (size_t)size;
}

void ais_buf_truncate(struct ais_buf *buf, size_t size) {
    if (size < buf->size) {
        buf->size = size;
        buf->data[size] = '\0';
    }
}

int ais_buf_check(const struct ais_buf *buf, enum ais_status status, const char *what,
                  struct ais_error *err) {
    if (buf->no_memory)
        return ais_fail_memory(err);
    if (buf->too_large)
        return ais_fail(err, status, "%s is larger than %zu bytes", what, buf->limit);
    return 0;
}

const char *ais_buf_text(const struct ais_buf *buf) {
    return buf->data ? buf->data : "";
}

char *ais_buf_take(struct ais_buf *buf) {
    char *data = NULL;
    if (!buf->no_memory && !buf->too_large)
        data = buf->data ? buf->data : ais_calloc(1, 1);
    if (data != buf->data)
        ais_free(buf->data);
    buf->data = NULL;
    buf->size = buf->capacity = 0;
    return data;
}

void ais_buf_release(struct ais_buf *buf) {
    ais_free(buf->data);
    *buf = AIS_BUF(buf->limit);
}
