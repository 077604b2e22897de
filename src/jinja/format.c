#include "jinja/format.h"

#include "jinja/text.h"

#include <math.h>
#include <string.h>

/* More digits than this behind the point are refused. */
enum { PRECISION_MAX = 4000 };

static void add_fill(struct ais_buf *buf, ucs4_t fill, int64_t count) {
    if (count > 0 && (uint64_t)count > buf->limit)
        buf->too_large = true;
    for (; count > 0 && !buf->too_large && !buf->no_memory; count--)
        ais_jtext_add(buf, fill);
}

void ais_jformat_pad(struct ais_buf *buf, const struct ais_jspec *spec, const char *text,
                     size_t size, size_t chars, char align) {
    int64_t all = spec->width > (int64_t)chars ? spec->width - (int64_t)chars : 0, before = all;
    align = spec->align ? spec->align : align;
    if (align == '<')
        before = 0;
    else if (align == '^')
        before = all / 2;
    add_fill(buf, spec->fill, before);
    ais_buf_add(buf, text, size);
    add_fill(buf, spec->fill, all - before);
}

/* Appends digits with a mark between groups; what follows the digits (a fraction) stays as it is.
 */
static void add_grouped(struct ais_buf *buf, const char *digits, size_t count, char mark,
                        size_t group) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % group == 0)
            ais_buf_char(buf, mark);
        ais_buf_char(buf, digits[i]);
    }
}

/* Digits that are filled up to the width with zeros, which are grouped too. */
static void add_body(struct ais_buf *buf, const struct ais_jspec *spec, const char *digits,
                     size_t whole, int64_t room) {
    size_t group = strchr("boxX", spec->type) && spec->type ? 4 : 3, zeros = 0, rest;
    struct ais_buf padded = AIS_BUF(buf->limit);
    rest = strlen(digits + whole);
    if (spec->align == '=' && spec->fill == '0' && room > 0) {
        while ((int64_t)(whole + zeros + rest +
                         (spec->grouping ? (whole + zeros - 1) / group : 0)) < room &&
               zeros < buf->limit)
            zeros++;
    }
    add_fill(&padded, '0', (int64_t)zeros);
    ais_buf_add(&padded, digits, whole);
    if (spec->grouping)
        add_grouped(buf, ais_buf_text(&padded), padded.size, spec->grouping, group);
    else
        ais_buf_add(buf, ais_buf_text(&padded), padded.size);
    ais_buf_add(buf, digits + whole, rest);
    buf->no_memory = buf->no_memory || padded.no_memory;
    buf->too_large = buf->too_large || padded.too_large;
    ais_buf_release(&padded);
}

/* Sign, prefix and digits, of which the first `whole` can be grouped. */
static void add_number(struct ais_buf *buf, const struct ais_jspec *spec, const char *sign,
                       const char *prefix, const char *digits, size_t whole) {
    struct ais_buf number = AIS_BUF(buf->limit);
    size_t head = strlen(sign) + strlen(prefix);
    bool zeros = spec->align == '=' && spec->fill == '0';
    ais_buf_str(&number, sign);
    ais_buf_str(&number, prefix);
    if (spec->align == '=' && !zeros) {
        struct ais_buf body = AIS_BUF(buf->limit);
        add_body(&body, spec, digits, whole, 0);
        add_fill(&number, spec->fill, spec->width - (int64_t)(head + body.size));
        ais_buf_add(&number, ais_buf_text(&body), body.size);
        number.no_memory = number.no_memory || body.no_memory;
        ais_buf_release(&body);
    } else {
        add_body(&number, spec, digits, whole, spec->width - (int64_t)head);
    }
    ais_jformat_pad(buf, spec, ais_buf_text(&number), number.size, number.size, '>');
    buf->no_memory = buf->no_memory || number.no_memory;
    buf->too_large = buf->too_large || number.too_large;
    ais_buf_release(&number);
}

static const char *sign_text(const struct ais_jspec *spec, bool negative) {
    return negative ? "-" : spec->sign == '+' ? "+" : spec->sign == ' ' ? " " : "";
}

/* The digits of a number in a base, at the end of text[size]. */
static const char *to_base(uint64_t number, unsigned base, bool upper, char *text, size_t size) {
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    char *p = text + size - 1;
    *p = '\0';
    do {
        *--p = digits[number % base];
        number /= base;
    } while (number);
    return p;
}

int ais_jformat_int(struct ais_jrun *run, struct ais_buf *buf, const struct ais_jspec *spec,
                    int64_t number) {
    uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;
    const char *prefix = "", *digits;
    char text[80];
    unsigned base = 10;
    if (spec->type == 'x' || spec->type == 'X') {
        base = 16;
        prefix = spec->type == 'x' ? "0x" : "0X";
    } else if (spec->type == 'o') {
        base = 8;
        prefix = "0o";
    } else if (spec->type == 'b') {
        base = 2;
        prefix = "0b";
    }
    digits = to_base(size, base, spec->type == 'X', text, sizeof text);
    add_number(buf, spec, sign_text(spec, number < 0), spec->alternate ? prefix : "", digits,
               strlen(digits));
    return ais_jrun_check(run, buf);
}

/* The digits of a float in one of the forms of printf. */
static void print_float(struct ais_buf *buf, char type, bool alternate, int precision,
                        double number) {
    switch (type) {
    case 'e':
        ais_buf_printf(buf, alternate ? "%#.*e" : "%.*e", precision, number);
        break;
    case 'E':
        ais_buf_printf(buf, alternate ? "%#.*E" : "%.*E", precision, number);
        break;
    case 'f':
    case 'F':
    case '%':
        ais_buf_printf(buf, alternate ? "%#.*f" : "%.*f", precision, number);
        break;
    case 'G':
        ais_buf_printf(buf, alternate ? "%#.*G" : "%.*G", precision, number);
        break;
    default:
        ais_buf_printf(buf, alternate ? "%#.*g" : "%.*g", precision, number);
    }
}

/* The digits of a float without its sign. */
static void float_digits(struct ais_buf *buf, const struct ais_jspec *spec, double number) {
    bool upper = spec->type == 'F' || spec->type == 'E' || spec->type == 'G';
    int precision = spec->precision < 0 ? 6 : (int)spec->precision;
    char text[32];
    if (!isfinite(number)) {
        ais_buf_str(buf, isnan(number) ? (upper ? "NAN" : "nan") : upper ? "INF" : "inf");
    } else if (!spec->type && spec->precision < 0) {
        ais_jfloat_text(number, text);
        ais_buf_str(buf, text);
    } else {
        print_float(buf, spec->type, spec->alternate, precision, number);
    }
}

int ais_jformat_float(struct ais_jrun *run, struct ais_buf *buf, const struct ais_jspec *spec,
                      double number) {
    struct ais_buf digits = AIS_BUF(buf->limit);
    const char *text;
    if (spec->precision > PRECISION_MAX)
        return ais_jrun_fail(run, "a precision is larger than %d", PRECISION_MAX);
    float_digits(&digits, spec, spec->type == '%' ? fabs(number) * 100 : fabs(number));
    if (spec->type == '%')
        ais_buf_char(&digits, '%');
    text = ais_buf_text(&digits);
    add_number(buf, spec, sign_text(spec, signbit(number) && !isnan(number)), "", text,
               strspn(text, "0123456789"));
    buf->no_memory = buf->no_memory || digits.no_memory;
    ais_buf_release(&digits);
    return ais_jrun_check(run, buf);
}

int ais_jformat_str(struct ais_jrun *run, struct ais_buf *buf, const struct ais_jspec *spec,
                    const struct ais_jstr *str, char align) {
    size_t chars = str->chars;
    if (spec->precision >= 0 && (uint64_t)spec->precision < chars)
        chars = (size_t)spec->precision;
    ais_jformat_pad(buf, spec, str->data, ais_jtext_offset(str, chars), chars, align);
    return ais_jrun_check(run, buf);
}
