/* Filters that lay out lines, and slugify. */
#include "jinja/methods.h"
#include "jinja/wrap.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

/* The text that lines are indented by: a number of spaces or the text itself. */
static int indentation(struct ais_jrun *run, struct ais_jval width, const struct ais_jstr **out) {
    static const struct ais_jstr empty = {"", 0, 0, false}, space = {" ", 1, 1, false};
    struct ais_jval made;
    size_t count;
    if (width.kind == J_STR)
        return ais_jarg_str(run, width, out);
    if (ais_jarg_size(run, width, 4, &count) < 0 ||
        ais_jstr_pad(run, &empty, count, &space, true, false, &made) < 0)
        return -1;
    *out = made.as.str;
    return 0;
}

static int do_indent(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    const struct ais_jstr *str, *indent;
    const char *line;
    size_t left, next, size;
    bool first, blank;
    if (ais_jrun_defined(run, call->in[0]) < 0 || ais_jarg_str(run, call->in[0], &str) < 0 ||
        indentation(run, call->in[1], &indent) < 0 ||
        ais_jarg_bool(run, call->in[2], false, &first) < 0 ||
        ais_jarg_bool(run, call->in[3], false, &blank) < 0)
        return -1;
    if (first)
        ais_buf_add(&buf, indent->data, indent->size);
    line = str->data;
    left = str->size;
    for (bool more = true; more; line += next, left -= next) {
        size = ais_jtext_line(line, left, &next);
        if (line != str->data) {
            ais_buf_char(&buf, '\n');
            if (size || blank)
                ais_buf_add(&buf, indent->data, indent->size);
        }
        ais_buf_add(&buf, line, size);
        more = next > size; /* a line end, so that at least an empty line follows */
    }
    return ais_jrun_take(run, &buf, str->safe, out);
}

static int do_wordwrap(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    static const struct ais_jstr newline = {"\n", 1, 1, false};
    struct ais_jwrap wrap = {.separator = &newline};
    struct ais_buf buf = ais_jrun_buf(run);
    const struct ais_jstr *str;
    size_t at = 0, next;
    if (ais_jrun_defined(run, call->in[0]) < 0 || ais_jarg_str(run, call->in[0], &str) < 0 ||
        ais_jarg_int(run, call->in[1], 79, &wrap.width) < 0 ||
        ais_jarg_bool(run, call->in[2], true, &wrap.break_words) < 0 ||
        (call->in[3].kind != J_ABSENT && call->in[3].kind != J_NONE &&
         ais_jarg_str(run, call->in[3], &wrap.separator) < 0) ||
        ais_jarg_bool(run, call->in[4], true, &wrap.break_hyphens) < 0)
        return -1;
    if (wrap.width <= 0 && str->size)
        return ais_jrun_fail(run, "wordwrap needs a width of 1 or more");
    for (; at < str->size; at += next) {
        size_t size = ais_jtext_line(str->data + at, str->size - at, &next);
        if (at > 0)
            ais_buf_add(&buf, wrap.separator->data, wrap.separator->size);
        if (ais_jwrap_line(run, &wrap, str->data + at, size, &buf) < 0) {
            ais_buf_release(&buf);
            return -1;
        }
    }
    return ais_jrun_take(run, &buf, false, out);
}

/* Letters that do not come apart into a plain one and a mark. */
static const struct {
    ucs4_t letter;
    const char *plain;
} plain_letters[] = {
    {0xdf, "ss"},  {0xe6, "ae"},  {0xf0, "d"},  {0xf8, "o"},    {0xfe, "th"},
    {0x111, "d"},  {0x127, "h"},  {0x131, "i"}, {0x138, "k"},   {0x142, "l"},
    {0x14b, "ng"}, {0x153, "oe"}, {0x167, "t"}, {0x1e9e, "ss"},
};

static const char *plain_letter(ucs4_t c) {
    for (size_t i = 0; i < sizeof plain_letters / sizeof plain_letters[0]; i++) {
        if (plain_letters[i].letter == c)
            return plain_letters[i].plain;
    }
    return NULL;
}

/* Adds the ASCII letters and digits of a character in lower case; false if it has none. */
static bool add_plain(struct ais_buf *buf, ucs4_t c) {
    const char *plain;
    if (c < 0x80) {
        bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        if (letter || (c >= '0' && c <= '9'))
            ais_buf_char(buf, (char)(letter ? c | 0x20 : c));
        return letter || (c >= '0' && c <= '9');
    }
    plain = plain_letter(uc_tolower(c));
    if (plain)
        ais_buf_str(buf, plain);
    return plain != NULL;
}

static int slug(struct ais_jrun *run, const uint8_t *text, size_t size,
                const struct ais_jstr *separator, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run), one = AIS_BUF(16);
    const char *p = (const char *)text;
    bool gap = false;
    while (size > 0) {
        ucs4_t c = ais_jtext_next(&p, &size);
        if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M))
            continue;
        ais_buf_truncate(&one, 0);
        if (!add_plain(&one, c)) {
            gap = buf.size > 0;
            continue;
        }
        if (gap)
            ais_buf_add(&buf, separator->data, separator->size);
        gap = false;
        ais_buf_add(&buf, one.data, one.size);
    }
    buf.no_memory = buf.no_memory || one.no_memory;
    ais_buf_release(&one);
    return ais_jrun_take(run, &buf, false, out);
}

/* ASCII letters and digits in lower case, with one separator for what is between them. */
static int do_slugify(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    static const struct ais_jstr hyphen = {"-", 1, 1, false};
    const struct ais_jstr *str, *separator = &hyphen;
    uint8_t *apart;
    size_t size = 0;
    int rc;
    if (ais_jval_text(run, call->in[0], &str) < 0 ||
        (call->in[1].kind != J_ABSENT && ais_jarg_str(run, call->in[1], &separator) < 0))
        return -1;
    apart = u8_normalize(UNINORM_NFKD, (const uint8_t *)str->data, str->size, NULL, &size);
    if (!apart && str->size)
        return ais_fail_memory(run->err);
    rc = slug(run, apart, size, separator, out);
    free(apart);
    return rc;
}

const struct ais_jbuiltin ais_jfilters_wrap[] = {
    {"indent", "?width ?first ?blank", do_indent},
    {"slugify", "?separator", do_slugify},
    {"wordwrap", "?width ?break_long_words ?wrapstring ?break_on_hyphens", do_wordwrap},
    {NULL, NULL, NULL},
};
