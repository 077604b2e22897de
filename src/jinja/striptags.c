#include "jinja/html.h"
#include "jinja/methods.h"

#include <stdlib.h>
#include <string.h>

/* Copies text without what stands between `open` and `close`. */
static void cut(struct ais_buf *buf, const char *text, size_t size, const char *open,
                const char *close) {
    while (size > 0) {
        const char *from = memmem(text, size, open, strlen(open)), *to = NULL;
        if (from)
            to = memmem(from, size - (size_t)(from - text), close, strlen(close));
        if (!to) {
            ais_buf_add(buf, text, size);
            return;
        }
        ais_buf_add(buf, text, (size_t)(from - text));
        to += strlen(close);
        size -= (size_t)(to - text);
        text = to;
    }
}

/* Copies text with runs of white space as one space, and none at the ends. */
static void squeeze(struct ais_buf *buf, const char *text, size_t size) {
    bool gap = false;
    while (size > 0) {
        const char *before = text;
        if (ais_jtext_is_space(ais_jtext_next(&text, &size))) {
            gap = buf->size > 0;
            continue;
        }
        if (gap)
            ais_buf_char(buf, ' ');
        gap = false;
        ais_buf_add(buf, before, (size_t)(text - before));
    }
}

static const struct {
    const char *name;
    ucs4_t c;
} entities[] = {{"amp;", '&'},  {"lt;", '<'},    {"gt;", '>'},
                {"quot;", '"'}, {"apos;", '\''}, {"nbsp;", 0xa0}};

/* The character of an entity, from behind its "&" on; its length in *bytes, 0 where it is none. */
static ucs4_t entity(const char *text, size_t size, size_t *bytes) {
    char number[16] = "", *end;
    bool hex;
    unsigned long c;
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        *bytes = strlen(entities[i].name);
        if (*bytes <= size && memcmp(text, entities[i].name, *bytes) == 0)
            return entities[i].c;
    }
    *bytes = 0;
    if (size < 3 || text[0] != '#')
        return 0;
    hex = (text[1] | 0x20) == 'x';
    memcpy(number, text + 1 + hex, size - 1 - hex < 9 ? size - 1 - hex : 9);
    if (strspn(number, hex ? "0123456789abcdefABCDEF" : "0123456789") == 0)
        return 0;
    c = strtoul(number, &end, hex ? 16 : 10);
    if (*end != ';' || c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return 0;
    *bytes = (size_t)(end - number) + 2 + hex;
    return (ucs4_t)c;
}

static void unescape(struct ais_buf *buf, const char *text, size_t size) {
    while (size > 0) {
        const char *sign = memchr(text, '&', size);
        size_t plain = sign ? (size_t)(sign - text) : size, bytes;
        ucs4_t c;
        ais_buf_add(buf, text, plain);
        text += plain;
        size -= plain;
        if (!sign)
            return;
        c = entity(text + 1, size - 1, &bytes);
        if (bytes)
            ais_jtext_add(buf, c);
        else
            ais_buf_char(buf, '&');
        text += bytes + 1;
        size -= bytes + 1;
    }
}

int ais_jstriptags(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_buf a = ais_jrun_buf(run), b = ais_jrun_buf(run);
    const struct ais_jstr *str;
    if (ais_jval_text(run, call->in[0], &str) < 0 || ais_jrun_step_bytes(run, str->size) < 0)
        return -1;
    cut(&a, str->data, str->size, "<!--", "-->");
    cut(&b, ais_buf_text(&a), a.size, "<", ">");
    ais_buf_truncate(&a, 0);
    squeeze(&a, ais_buf_text(&b), b.size);
    ais_buf_truncate(&b, 0);
    unescape(&b, ais_buf_text(&a), a.size);
    b.no_memory = b.no_memory || a.no_memory;
    b.too_large = b.too_large || a.too_large;
    ais_buf_release(&a);
    return ais_jrun_take(run, &b, false, out);
}
