#include "jinja/dump.h"

#include "jinja/list.h"
#include "jinja/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct dump {
    struct ais_jrun *run;
    struct ais_buf *buf;
    const struct ais_jstr *indent; /* NULL for one line */
    size_t spaces;                 /* where the indent is a number */
    bool lines;
    unsigned depth;
};

static void add_character(struct ais_buf *buf, ucs4_t c) {
    static const char special[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *found = c && c < 0x80 ? strchr(special, (int)c) : NULL;
    if (found) {
        ais_buf_printf(buf, "\\%c", letters[found - special]);
    } else if (c >= 0x10000) {
        c -= 0x10000;
        ais_buf_printf(buf, "\\u%04x\\u%04x", (unsigned)(0xd800 + (c >> 10)),
                       (unsigned)(0xdc00 + (c & 0x3ff)));
    } else if (c < 0x20 || c >= 0x7f || c == '<' || c == '>' || c == '&' || c == '\'') {
        if (c == 0x7f)
            ais_buf_char(buf, 0x7f);
        else
            ais_buf_printf(buf, "\\u%04x", (unsigned)c);
    } else {
        ais_buf_char(buf, (char)c);
    }
}

static void dump_str(struct dump *d, const struct ais_jstr *str) {
    const char *p = str->data;
    size_t left = str->size;
    ais_buf_char(d->buf, '"');
    while (left > 0)
        add_character(d->buf, ais_jtext_next(&p, &left));
    ais_buf_char(d->buf, '"');
}

static void dump_float(struct dump *d, double real) {
    char text[32];
    if (isnan(real))
        ais_buf_str(d->buf, "NaN");
    else if (isinf(real))
        ais_buf_str(d->buf, real < 0 ? "-Infinity" : "Infinity");
    else
        ais_jfloat_text(real, text), ais_buf_str(d->buf, text);
}

static void new_line(struct dump *d) {
    if (!d->lines)
        return;
    ais_buf_char(d->buf, '\n');
    for (unsigned i = 0; i < d->depth; i++) {
        if (d->indent)
            ais_buf_add(d->buf, d->indent->data, d->indent->size);
        for (size_t j = 0; j < d->spaces && !d->buf->too_large; j++)
            ais_buf_char(d->buf, ' ');
    }
}

static void next_item(struct dump *d, bool first) {
    if (!first)
        ais_buf_str(d->buf, d->lines ? "," : ", ");
    new_line(d);
}

static int dump(struct dump *d, struct ais_jval value);

static int dump_list(struct dump *d, const struct ais_jlist *list) {
    ais_buf_char(d->buf, '[');
    d->depth++;
    for (size_t i = 0; i < list->count; i++) {
        next_item(d, i == 0);
        if (dump(d, list->items[i]) < 0)
            return -1;
    }
    d->depth--;
    if (list->count)
        new_line(d);
    ais_buf_char(d->buf, ']');
    return 0;
}

/* Numbers, booleans and none are keys as text; anything else is none. */
static int dump_key(struct dump *d, struct ais_jval key) {
    if (key.kind == J_STR) {
        dump_str(d, key.as.str);
        return 0;
    }
    if (key.kind != J_INT && key.kind != J_FLOAT && key.kind != J_BOOL && key.kind != J_NONE)
        return ais_jrun_fail(d->run, "%s cannot be a key in JSON", ais_jval_type(key));
    ais_buf_char(d->buf, '"');
    if (dump(d, key) < 0)
        return -1;
    ais_buf_char(d->buf, '"');
    return 0;
}

static int dump_dict(struct dump *d, const struct ais_jdict *dict) {
    struct ais_jval keys, items;
    if (ais_jdict_list(d->run, dict, VIEW_KEYS, &keys) < 0 ||
        ais_jdict_list(d->run, dict, VIEW_ITEMS, &items) < 0 ||
        ais_jlist_sort(d->run, items.as.list, keys.as.list, false) < 0)
        return -1;
    ais_buf_char(d->buf, '{');
    d->depth++;
    for (size_t i = 0; i < items.as.list->count; i++) {
        const struct ais_jval *pair = items.as.list->items[i].as.list->items;
        next_item(d, i == 0);
        if (dump_key(d, pair[0]) < 0)
            return -1;
        ais_buf_str(d->buf, ": ");
        if (dump(d, pair[1]) < 0)
            return -1;
    }
    d->depth--;
    if (items.as.list->count)
        new_line(d);
    ais_buf_char(d->buf, '}');
    return 0;
}

static int dump_container(struct dump *d, struct ais_jval value) {
    int rc;
    if (d->run->height >= ais_jrun_height_limit(d->run))
        return ais_jrun_fail(d->run, "values are nested too deeply");
    d->run->height++;
    rc = value.kind == J_DICT ? dump_dict(d, value.as.dict) : dump_list(d, value.as.list);
    d->run->height--;
    return rc;
}

static int dump(struct dump *d, struct ais_jval value) {
    char number[32];
    if (ais_jrun_defined(d->run, value) < 0 || ais_jrun_step(d->run, 1) < 0 ||
        ais_jrun_check(d->run, d->buf) < 0)
        return -1;
    switch (value.kind) {
    case J_NONE:
        ais_buf_str(d->buf, "null");
        return 0;
    case J_BOOL:
        ais_buf_str(d->buf, value.as.truth ? "true" : "false");
        return 0;
    case J_INT:
        snprintf(number, sizeof number, "%lld", (long long)value.as.integer);
        ais_buf_str(d->buf, number);
        return 0;
    case J_FLOAT:
        dump_float(d, value.as.real);
        return 0;
    case J_STR:
        dump_str(d, value.as.str);
        return ais_jrun_step_bytes(d->run, value.as.str->size);
    case J_LIST:
    case J_TUPLE:
    case J_DICT:
        return dump_container(d, value);
    default:
        return ais_jrun_fail(d->run, "JSON has no form for %s", ais_jval_type(value));
    }
}

int ais_jdump(struct ais_jrun *run, struct ais_buf *buf, struct ais_jval value,
              struct ais_jval indent) {
    struct dump d = {.run = run, .buf = buf};
    int64_t spaces;
    if (indent.kind == J_STR) {
        d.indent = indent.as.str;
        d.lines = true;
    } else if (indent.kind != J_ABSENT && indent.kind != J_NONE) {
        if (ais_jarg_int(run, indent, 0, &spaces) < 0)
            return -1;
        d.spaces = spaces < 0 ? 0 : (size_t)spaces;
        d.lines = true;
    }
    return dump(&d, value);
}
