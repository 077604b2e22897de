/* Methods of strings that give strings or places in them. */
#include "jinja/methods.h"

#include "jinja/eval.h"
#include "jinja/list.h"

#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

int ais_jstr_case(struct ais_jrun *run, enum ais_jcase to, const struct ais_jstr *str,
                  struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    if (ais_jtext_case(run, to, str->data, str->size, &buf) < 0) {
        ais_buf_release(&buf);
        return -1;
    }
    return ais_jrun_take(run, &buf, str->safe, out);
}

int ais_jstr_capitalize(struct ais_jrun *run, const struct ais_jstr *str, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    const char *rest = str->data;
    size_t left = str->size, skip;
    if (left > 0) {
        ais_jtext_next(&rest, &left);
        skip = str->size - left;
        if (ais_jtext_case(run, CASE_TITLE, str->data, skip, &buf) < 0 ||
            ais_jtext_lower_part(run, str, skip, left, &buf) < 0) {
            ais_buf_release(&buf);
            return -1;
        }
    }
    return ais_jrun_take(run, &buf, str->safe, out);
}

/* An empty text is found before every character and at the end. */
static void replace_empty(struct ais_buf *buf, const struct ais_jstr *str,
                          const struct ais_jstr *new, int64_t count) {
    const char *p = str->data;
    size_t left = str->size;
    while (!buf->too_large && !buf->no_memory) {
        const char *before = p;
        if (count != 0) {
            ais_buf_add(buf, new->data, new->size);
            count--;
        }
        if (left == 0)
            return;
        ais_jtext_next(&p, &left);
        ais_buf_add(buf, before, (size_t)(p - before));
    }
}

int ais_jstr_replace(struct ais_jrun *run, const struct ais_jstr *str, const struct ais_jstr *old,
                     const struct ais_jstr *new, int64_t count, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    const char *p = str->data;
    size_t left = str->size;
    if (ais_jrun_step_bytes(run, str->size) < 0)
        return -1;
    if (old->size == 0) {
        replace_empty(&buf, str, new, count);
        return ais_jrun_take(run, &buf, false, out);
    }
    for (; count != 0 && left > 0 && !buf.too_large && !buf.no_memory; count--) {
        const char *found = memmem(p, left, old->data, old->size);
        if (!found)
            break;
        ais_buf_add(&buf, p, (size_t)(found - p));
        ais_buf_add(&buf, new->data, new->size);
        left -= (size_t)(found - p) + old->size;
        p = found + old->size;
    }
    ais_buf_add(&buf, p, left);
    return ais_jrun_take(run, &buf, false, out);
}

static void add_fill(struct ais_buf *buf, const struct ais_jstr *fill, size_t count) {
    if (count > buf->limit)
        buf->too_large = true;
    for (; count > 0 && !buf->too_large && !buf->no_memory; count--)
        ais_buf_add(buf, fill->data, fill->size);
}

/* With padding on both sides the odd one goes where Python puts it: to the left for odd widths. */
int ais_jstr_pad(struct ais_jrun *run, const struct ais_jstr *str, size_t width,
                 const struct ais_jstr *fill, bool left, bool right, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    size_t all = width > str->chars ? width - str->chars : 0;
    size_t before = left && right ? all / 2 + (all & width & 1) : left ? all : 0;
    add_fill(&buf, fill, before);
    ais_buf_add(&buf, str->data, str->size);
    add_fill(&buf, fill, all - before);
    return ais_jrun_take(run, &buf, str->safe, out);
}

int ais_jstr_join(struct ais_jrun *run, const struct ais_jstr *separator, struct ais_jval items,
                  bool any, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    const struct ais_jlist *list = items.as.list;
    for (size_t i = 0; i < list->count; i++) {
        struct ais_jval item = list->items[i];
        int rc = 0;
        if (i > 0)
            ais_buf_add(&buf, separator->data, separator->size);
        if (!any && item.kind != J_STR && item.kind != J_UNDEFINED)
            rc = ais_jrun_fail(run, "join needs items of str, not %s", ais_jval_type(item));
        if (rc < 0 || ais_jval_write(run, &buf, item) < 0 || ais_jrun_check(run, &buf) < 0) {
            ais_buf_release(&buf);
            return -1;
        }
    }
    return ais_jrun_take(run, &buf, false, out);
}

static int str_capitalize(struct ais_jrun *run, const struct ais_jcall *call,
                          struct ais_jval *out) {
    return ais_jstr_capitalize(run, call->in[0].as.str, out);
}

static int str_casefold(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return ais_jstr_case(run, CASE_FOLD, call->in[0].as.str, out);
}

static int str_upper(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return ais_jstr_case(run, CASE_UPPER, call->in[0].as.str, out);
}

static int str_lower(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return ais_jstr_case(run, CASE_LOWER, call->in[0].as.str, out);
}

static int str_swapcase(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    const struct ais_jstr *str = call->in[0].as.str;
    const char *p = str->data;
    size_t left = str->size;
    while (left > 0) {
        const char *before = p;
        ucs4_t c = ais_jtext_next(&p, &left);
        size_t at = (size_t)(before - str->data), size = (size_t)(p - before);
        int rc = uc_is_property(c, UC_PROPERTY_UPPERCASE)
                     ? ais_jtext_lower_part(run, str, at, size, &buf)
                     : ais_jtext_case(run, CASE_UPPER, before, size, &buf);
        if (rc < 0) {
            ais_buf_release(&buf);
            return -1;
        }
    }
    return ais_jrun_take(run, &buf, str->safe, out);
}

/* Every letter that does not follow a letter starts a word. */
static int str_title(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    const struct ais_jstr *str = call->in[0].as.str;
    const char *p = str->data;
    size_t left = str->size;
    bool inside = false;
    while (left > 0) {
        const char *before = p;
        ucs4_t c = ais_jtext_next(&p, &left);
        size_t at = (size_t)(before - str->data), size = (size_t)(p - before);
        int rc = inside ? ais_jtext_lower_part(run, str, at, size, &buf)
                        : ais_jtext_case(run, CASE_TITLE, before, size, &buf);
        if (rc < 0) {
            ais_buf_release(&buf);
            return -1;
        }
        inside = uc_is_property(c, UC_PROPERTY_CASED);
    }
    return ais_jrun_take(run, &buf, str->safe, out);
}

/* The character to pad with. */
static int filler(struct ais_jrun *run, struct ais_jval value, const struct ais_jstr **out) {
    static const struct ais_jstr space = {" ", 1, 1, false};
    *out = &space;
    if (value.kind == J_ABSENT)
        return 0;
    if (ais_jarg_str(run, value, out) < 0)
        return -1;
    return (*out)->chars == 1 ? 0 : ais_jrun_fail(run, "the fill must be one character");
}

static int pad(struct ais_jrun *run, const struct ais_jcall *call, bool left, bool right,
               struct ais_jval *out) {
    const struct ais_jstr *fill;
    size_t width;
    if (ais_jarg_size(run, call->in[1], 0, &width) < 0 || filler(run, call->in[2], &fill) < 0)
        return -1;
    return ais_jstr_pad(run, call->in[0].as.str, width, fill, left, right, out);
}

static int str_center(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return pad(run, call, true, true, out);
}

static int str_ljust(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return pad(run, call, false, true, out);
}

static int str_rjust(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return pad(run, call, true, false, out);
}

static int str_zfill(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    static const struct ais_jstr zero = {"0", 1, 1, false};
    struct ais_buf buf = ais_jrun_buf(run);
    const struct ais_jstr *str = call->in[0].as.str;
    size_t width, sign = str->size > 0 && (str->data[0] == '+' || str->data[0] == '-');
    if (ais_jarg_size(run, call->in[1], 0, &width) < 0)
        return -1;
    ais_buf_add(&buf, str->data, sign);
    add_fill(&buf, &zero, width > str->chars ? width - str->chars : 0);
    ais_buf_add(&buf, str->data + sign, str->size - sign);
    return ais_jrun_take(run, &buf, str->safe, out);
}

static int strip(struct ais_jrun *run, const struct ais_jcall *call, bool left, bool right,
                 struct ais_jval *out) {
    const struct ais_jstr *str = call->in[0].as.str, *set;
    const char *text = str->data;
    size_t size = str->size;
    if (call->in[1].kind == J_ABSENT || call->in[1].kind == J_NONE) {
        ais_jtext_strip(&text, &size, left, right);
    } else {
        if (ais_jarg_str(run, call->in[1], &set) < 0)
            return -1;
        ais_jtext_strip_set(&text, &size, set, left, right);
    }
    return ais_jtext_bytes(run, str, text, size, out);
}

static int str_strip(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return strip(run, call, true, true, out);
}

static int str_lstrip(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return strip(run, call, true, false, out);
}

static int str_rstrip(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return strip(run, call, false, true, out);
}

static int str_replace(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *old, *new;
    int64_t count;
    if (ais_jarg_str(run, call->in[1], &old) < 0 || ais_jarg_str(run, call->in[2], &new) < 0 ||
        ais_jarg_int(run, call->in[3], -1, &count) < 0)
        return -1;
    return ais_jstr_replace(run, call->in[0].as.str, old, new, count, out);
}

static int str_removeprefix(struct ais_jrun *run, const struct ais_jcall *call,
                            struct ais_jval *out) {
    const struct ais_jstr *str = call->in[0].as.str, *prefix;
    size_t skip;
    if (ais_jarg_str(run, call->in[1], &prefix) < 0)
        return -1;
    skip = prefix->size <= str->size && memcmp(str->data, prefix->data, prefix->size) == 0
               ? prefix->size
               : 0;
    return ais_jtext_bytes(run, str, str->data + skip, str->size - skip, out);
}

static int str_removesuffix(struct ais_jrun *run, const struct ais_jcall *call,
                            struct ais_jval *out) {
    const struct ais_jstr *str = call->in[0].as.str, *suffix;
    size_t size = str->size;
    if (ais_jarg_str(run, call->in[1], &suffix) < 0)
        return -1;
    if (suffix->size <= size &&
        memcmp(str->data + size - suffix->size, suffix->data, suffix->size) == 0)
        size -= suffix->size;
    return ais_jtext_bytes(run, str, str->data, size, out);
}

static int str_expandtabs(struct ais_jrun *run, const struct ais_jcall *call,
                          struct ais_jval *out) {
    static const struct ais_jstr space = {" ", 1, 1, false};
    struct ais_buf buf = ais_jrun_buf(run);
    const struct ais_jstr *str = call->in[0].as.str;
    const char *p = str->data;
    size_t left = str->size, tab, column = 0;
    if (ais_jarg_size(run, call->in[1], 8, &tab) < 0)
        return -1;
    while (left > 0) {
        const char *before = p;
        ucs4_t c = ais_jtext_next(&p, &left);
        if (c == '\t') {
            size_t count = tab ? tab - column % tab : 0;
            add_fill(&buf, &space, count);
            column += count;
            continue;
        }
        ais_buf_add(&buf, before, (size_t)(p - before));
        column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
    return ais_jrun_take(run, &buf, str->safe, out);
}

static int str_format(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return ais_jformat_braces(run, call->in[0].as.str, call->args, out);
}

const struct ais_jbuiltin ais_jmethods_str[] = {
    {"capitalize", "", str_capitalize},
    {"casefold", "", str_casefold},
    {"center", "width ?fillchar", str_center},
    {"expandtabs", "?tabsize", str_expandtabs},
    {"format", "*", str_format},
    {"ljust", "width ?fillchar", str_ljust},
    {"lower", "", str_lower},
    {"lstrip", "?chars", str_lstrip},
    {"removeprefix", "prefix", str_removeprefix},
    {"removesuffix", "suffix", str_removesuffix},
    {"replace", "old new ?count", str_replace},
    {"rjust", "width ?fillchar", str_rjust},
    {"rstrip", "?chars", str_rstrip},
    {"strip", "?chars", str_strip},
    {"swapcase", "", str_swapcase},
    {"title", "", str_title},
    {"upper", "", str_upper},
    {"zfill", "width", str_zfill},
    {NULL, NULL, NULL},
};
