/* format % arguments */
#include "jinja/eval.h"
#include "jinja/format.h"
#include "jinja/html.h"
#include "jinja/list.h"
#include "jinja/number.h"
#include "jinja/text.h"

#include <string.h>

struct percent {
    struct ais_jrun *run;
    struct ais_buf *buf;
    const char *text; /* what is left of the format */
    size_t left;
    bool safe;
    struct ais_jval args;
    size_t next; /* of a tuple; 1 once a single value is used */
};

static int next_value(struct percent *p, struct ais_jval *out) {
    bool tuple = p->args.kind == J_TUPLE;
    size_t count = tuple ? p->args.as.list->count : 1;
    if (p->next >= count)
        return ais_jrun_fail(p->run, "there are fewer values than the format needs");
    *out = tuple ? p->args.as.list->items[p->next] : p->args;
    p->next++;
    return 0;
}

static bool take(struct percent *p, char c) {
    if (p->left == 0 || *p->text != c)
        return false;
    p->text++;
    p->left--;
    return true;
}

/* "(name)": the value of a dictionary. */
static int named_value(struct percent *p, struct ais_jval *out) {
    const char *close = memchr(p->text, ')', p->left);
    struct ais_jval key;
    struct ais_jentry *entry;
    int found;
    if (p->args.kind != J_DICT)
        return ais_jrun_fail(p->run, "the format needs a dict");
    if (!close)
        return ais_jrun_fail(p->run, "the format has a name without an end");
    if (ais_jrun_str(p->run, p->text, (size_t)(close - p->text), &key) < 0)
        return -1;
    p->left -= (size_t)(close - p->text) + 1;
    p->text = close + 1;
    found = ais_jdict_find(p->run, p->args.as.dict, key, &entry);
    if (found <= 0)
        return found < 0 ? -1
                         : ais_jrun_fail(p->run, "the format needs the value \"%.*s\"",
                                         (int)key.as.str->size, key.as.str->data);
    *out = entry->value;
    return 0;
}

/* Digits, or "*" for the next value. */
static int number(struct percent *p, int64_t *out) {
    struct ais_jval value = J_NOTHING;
    *out = 0;
    if (take(p, '*')) {
        if (next_value(p, &value) < 0)
            return -1;
        if (ais_jrun_defined(p->run, value) < 0)
            return -1;
        return ais_jval_is_int(value, out) ? 0
                                           : ais_jrun_fail(p->run, "\"*\" needs a whole number");
    }
    while (p->left > 0 && *p->text >= '0' && *p->text <= '9') {
        if (*out < INT64_MAX / 16)
            *out = *out * 10 + (*p->text - '0');
        p->text++;
        p->left--;
    }
    return 0;
}

static int flags(struct percent *p, struct ais_jspec *spec) {
    bool zero = false;
    for (; p->left > 0 && strchr("-+ #0", *p->text) && *p->text; p->text++, p->left--) {
        if (*p->text == '-')
            spec->align = '<';
        else if (*p->text == '+' || (*p->text == ' ' && spec->sign != '+'))
            spec->sign = *p->text;
        else if (*p->text == '#')
            spec->alternate = true;
        else
            zero = true;
    }
    if (zero && spec->align != '<') {
        spec->align = '=';
        spec->fill = '0';
    }
    if (number(p, &spec->width) < 0)
        return -1;
    if (spec->width < 0) {
        spec->align = '<';
        spec->fill = ' ';
        spec->width = spec->width < -INT64_MAX ? INT64_MAX : -spec->width;
    }
    if (take(p, '.')) {
        if (number(p, &spec->precision) < 0)
            return -1;
        spec->precision = spec->precision < 0 ? 0 : spec->precision;
    }
    while (take(p, 'h') || take(p, 'l') || take(p, 'L'))
        ;
    return 0;
}

static int add_text(struct percent *p, struct ais_jspec *spec, struct ais_jval value) {
    struct ais_buf buf = ais_jrun_buf(p->run);
    const struct ais_jstr *str;
    struct ais_jval made;
    if (spec->type == 'r' || spec->type == 'a') {
        if (ais_jval_write_repr(p->run, &buf, value) < 0) {
            ais_buf_release(&buf);
            return -1;
        }
        if (ais_jrun_take(p->run, &buf, false, &value) < 0)
            return -1;
    }
    if (ais_jval_text(p->run, value, &str) < 0)
        return -1;
    if (p->safe && !str->safe) {
        ais_jhtml_escape(&buf, str->data, str->size);
        if (ais_jrun_take(p->run, &buf, false, &made) < 0)
            return -1;
        str = made.as.str;
    }
    if (spec->align == '=') {
        spec->align = '>';
        spec->fill = ' ';
    }
    return ais_jformat_str(p->run, p->buf, spec, str, '>');
}

/* A precision is the least number of digits here. */
static int add_int(struct percent *p, struct ais_jspec *spec, struct ais_jval value) {
    struct ais_jspec digits = *spec;
    struct ais_buf buf = ais_jrun_buf(p->run);
    int64_t integer;
    size_t head;
    if (value.kind == J_FLOAT && !strchr("xXo", spec->type) &&
        ais_jnumber_truncate(p->run, value.as.real, &value) < 0)
        return -1;
    if (!ais_jval_is_int(value, &integer))
        return ais_jrun_fail(p->run, "\"%%%c\" needs a number, not %s", spec->type,
                             ais_jval_type(value));
    if (spec->precision < 0)
        return ais_jformat_int(p->run, p->buf, spec, integer);
    head = (integer < 0 || spec->sign) + (spec->alternate && strchr("xXo", spec->type) ? 2u : 0u);
    digits.align = '=';
    digits.fill = '0';
    digits.width = spec->precision + (int64_t)head;
    if (ais_jformat_int(p->run, &buf, &digits, integer) == 0) {
        if (spec->align == '=') {
            size_t missing = spec->width > (int64_t)buf.size ? (size_t)spec->width : buf.size;
            digits.width = (int64_t)missing;
            ais_buf_truncate(&buf, 0);
            ais_jformat_int(p->run, &buf, &digits, integer);
        }
        ais_jformat_pad(p->buf, spec, ais_buf_text(&buf), buf.size, buf.size, '>');
    }
    ais_buf_release(&buf);
    return ais_jrun_check(p->run, p->buf);
}

static int add_float(struct percent *p, struct ais_jspec *spec, struct ais_jval value) {
    double real;
    if (!ais_jval_is_number(value, &real))
        return ais_jrun_fail(p->run, "\"%%%c\" needs a number, not %s", spec->type,
                             ais_jval_type(value));
    return ais_jformat_float(p->run, p->buf, spec, real);
}

static int add_character(struct percent *p, struct ais_jspec *spec, struct ais_jval value) {
    struct ais_buf buf = AIS_BUF(8);
    int64_t c;
    if (ais_jval_is_int(value, &c)) {
        if (c < 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
            return ais_jrun_fail(p->run, "\"%%c\" needs the number of a character");
        ais_jtext_add(&buf, (ucs4_t)c);
        if (ais_jrun_take(p->run, &buf, false, &value) < 0)
            return -1;
    }
    if (value.kind != J_STR || value.as.str->chars != 1)
        return ais_jrun_fail(p->run, "\"%%c\" needs one character");
    return add_text(p, spec, value);
}

static int conversion(struct percent *p) {
    struct ais_jspec spec = {.fill = ' ', .precision = -1};
    struct ais_jval value = {.kind = J_ABSENT};
    if (take(p, '(') && named_value(p, &value) < 0)
        return -1;
    if (flags(p, &spec) < 0)
        return -1;
    if (p->left == 0)
        return ais_jrun_fail(p->run, "the format ends too early");
    if (take(p, '%')) {
        ais_buf_char(p->buf, '%');
        return 0;
    }
    spec.type = *p->text++;
    p->left--;
    if (!spec.type || !strchr("diuoxXeEfFgGcrsa", spec.type))
        return ais_jrun_fail(p->run, "the format has an unknown conversion");
    if (value.kind == J_ABSENT && next_value(p, &value) < 0)
        return -1;
    if (ais_jrun_defined(p->run, value) < 0)
        return -1;
    if (strchr("rsa", spec.type))
        return add_text(p, &spec, value);
    if (spec.type == 'c')
        return add_character(p, &spec, value);
    return strchr("diuoxX", spec.type) ? add_int(p, &spec, value) : add_float(p, &spec, value);
}

static int all_conversions(struct percent *p) {
    bool tuple = p->args.kind == J_TUPLE;
    while (p->left > 0) {
        const char *sign = memchr(p->text, '%', p->left);
        size_t plain = sign ? (size_t)(sign - p->text) : p->left;
        ais_buf_add(p->buf, p->text, plain);
        p->text += plain;
        p->left -= plain;
        if (!sign)
            break;
        p->text++;
        p->left--;
        if (conversion(p) < 0 || ais_jrun_step(p->run, 1) < 0)
            return -1;
    }
    if (p->args.kind == J_DICT || p->args.kind == J_LIST || p->args.kind == J_RANGE)
        return 0;
    if (p->next < (tuple ? p->args.as.list->count : 1))
        return ais_jrun_fail(p->run, "there are more values than the format needs");
    return 0;
}

int ais_jformat_percent(struct ais_jrun *run, const struct ais_jstr *format, struct ais_jval args,
                        struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    struct percent p = {run, &buf, format->data, format->size, format->safe, args, 0};
    if (all_conversions(&p) < 0) {
        ais_buf_release(&buf);
        return -1;
    }
    return ais_jrun_take(run, &buf, format->safe, out);
}
