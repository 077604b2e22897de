/* "[[fill]align][sign][#][0][width][grouping][.precision][type]" */
#include "jinja/format.h"
#include "jinja/text.h"

#include <string.h>

/* The text of a spec that is left to read. */
struct reader {
    const char *text;
    size_t left;
};

static bool is_align(char c) {
    return c == '<' || c == '>' || c == '^' || c == '=';
}

static bool take(struct reader *reader, const char *any, char *taken) {
    if (reader->left == 0 || !*reader->text || !strchr(any, *reader->text))
        return false;
    if (taken)
        *taken = *reader->text;
    reader->text++;
    reader->left--;
    return true;
}

static void read_align(struct reader *reader, struct ais_jspec *spec) {
    const char *p = reader->text;
    size_t left = reader->left;
    ucs4_t fill;
    if (left == 0)
        return;
    fill = ais_jtext_next(&p, &left);
    if (left > 0 && is_align(*p)) {
        spec->fill = fill;
        spec->align = *p;
        reader->text = p + 1;
        reader->left = left - 1;
        return;
    }
    take(reader, "<>^=", &spec->align);
}

/* Digits; false if there are none. */
static bool read_number(struct reader *reader, int64_t *out) {
    char digit;
    bool any = false;
    for (*out = 0; take(reader, "0123456789", &digit); any = true) {
        if (*out < INT64_MAX / 16)
            *out = *out * 10 + (digit - '0');
    }
    return any;
}

static int read_spec(struct ais_jrun *run, const struct ais_jstr *text, struct ais_jspec *spec,
                     bool *plain_zero) {
    struct reader reader = {text->data, text->size};
    *spec = (struct ais_jspec){.fill = ' ', .precision = -1};
    read_align(&reader, spec);
    if (take(&reader, "+- ", &spec->sign) && spec->sign == '-')
        spec->sign = 0;
    spec->alternate = take(&reader, "#", NULL);
    *plain_zero = !spec->align && reader.left > 0 && *reader.text == '0';
    if (*plain_zero) {
        spec->fill = '0';
        spec->align = '=';
    } else if (reader.left > 0 && *reader.text == '0' && spec->fill == ' ') {
        spec->fill = '0';
    }
    read_number(&reader, &spec->width);
    take(&reader, ",_", &spec->grouping);
    if (take(&reader, ".", NULL) && !read_number(&reader, &spec->precision))
        return ais_jrun_fail(run, "a format has no precision behind its point");
    if (reader.left == 1) {
        spec->type = *reader.text;
        reader.left = 0;
    }
    return reader.left ? ais_jrun_fail(run, "a format is malformed") : 0;
}

static int unknown_type(struct ais_jrun *run, const struct ais_jspec *spec, struct ais_jval value) {
    return ais_jrun_fail(run, "the format \"%c\" does not fit %s", spec->type,
                         ais_jval_type(value));
}

static int format_text(struct ais_jrun *run, struct ais_buf *buf, struct ais_jspec *spec,
                       bool plain_zero, const struct ais_jstr *str) {
    if (spec->type && spec->type != 's')
        return unknown_type(run, spec, ais_jval_str(str));
    if (plain_zero)
        spec->align = '<';
    if (spec->align == '=' || spec->sign || spec->alternate || spec->grouping)
        return ais_jrun_fail(run, "the format does not fit str");
    return ais_jformat_str(run, buf, spec, str, '<');
}

static int format_int(struct ais_jrun *run, struct ais_buf *buf, struct ais_jspec *spec,
                      int64_t integer) {
    if (spec->precision >= 0)
        return ais_jrun_fail(run, "a format for whole numbers has no precision");
    if (spec->grouping == ',' && spec->type && strchr("boxX", spec->type))
        return ais_jrun_fail(run, "the format cannot group with \",\"");
    return ais_jformat_int(run, buf, spec, integer);
}

/* Without a type a precision counts all digits, and there is always one behind the point. */
static int format_float(struct ais_jrun *run, struct ais_buf *buf, struct ais_jspec *spec,
                        double real) {
    if (!spec->type && spec->precision >= 0)
        return ais_jrun_fail(run, "a format for floats needs a type beside its precision");
    if (spec->type == 'n')
        spec->type = 'g';
    return ais_jformat_float(run, buf, spec, real);
}

int ais_jformat_value(struct ais_jrun *run, struct ais_buf *buf, const struct ais_jstr *text,
                      struct ais_jval value) {
    struct ais_jspec spec;
    int64_t integer;
    double real;
    bool plain_zero, whole;
    if (text->size == 0 || value.kind == J_UNDEFINED)
        return ais_jval_write(run, buf, value);
    if (read_spec(run, text, &spec, &plain_zero) < 0)
        return -1;
    if (value.kind == J_STR)
        return format_text(run, buf, &spec, plain_zero, value.as.str);
    whole = ais_jval_is_int(value, &integer);
    if (!ais_jval_is_number(value, &real))
        return ais_jrun_fail(run, "%s takes no format", ais_jval_type(value));
    if (whole && (!spec.type || strchr("bdoxXn", spec.type)))
        return format_int(run, buf, &spec, integer);
    if (!spec.type || strchr("eEfFgGn%", spec.type))
        return format_float(run, buf, &spec, real);
    return unknown_type(run, &spec, value);
}
