/* Strings and numbers as templates write them. */
#include "jinja/number.h"
#include "jinja/parser.h"

#include <string.h>
#include <uniname.h>
#include <unistr.h>

/* An escape sequence being read: text from behind the backslash on. */
struct escape {
    const char *text;
    size_t left;
    ucs4_t c;
};

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(struct escape *e, size_t digits) {
    e->text++;
    e->left--;
    if (e->left < digits)
        return false;
    for (e->c = 0; digits > 0; digits--) {
        int digit = hex_digit(*e->text);
        if (digit < 0)
            return false;
        e->c = e->c << 4 | (ucs4_t)digit;
        e->text++;
        e->left--;
    }
    return true;
}

static void read_octal(struct escape *e) {
    e->c = 0;
    for (int i = 0; i < 3 && e->left > 0 && *e->text >= '0' && *e->text <= '7'; i++) {
        e->c = e->c * 8 + (ucs4_t)(*e->text - '0');
        e->text++;
        e->left--;
    }
}

/* \N{NAME} */
static bool read_character_name(struct escape *e) {
    char name[128];
    const char *close = memchr(e->text, '}', e->left);
    size_t size;
    if (e->left < 3 || e->text[1] != '{' || !close)
        return false;
    size = (size_t)(close - e->text) - 2;
    if (size >= sizeof name)
        return false;
    memcpy(name, e->text + 2, size);
    name[size] = '\0';
    e->c = unicode_name_character(name);
    e->text += size + 3;
    e->left -= size + 3;
    return e->c != UNINAME_INVALID;
}

/* Reads the escape sequence; one that means nothing stands for itself. False if it is malformed. */
static bool read_escape(struct escape *e, struct ais_buf *buf) {
    static const char plain[] = "\\'\"abfnrtv", meaning[] = "\\'\"\a\b\f\n\r\t\v";
    const char *found = *e->text ? strchr(plain, *e->text) : NULL;
    uint8_t bytes[6];
    int n;
    if (*e->text == '\n') {
        e->text++;
        e->left--;
        return true;
    }
    if (found) {
        ais_buf_char(buf, meaning[found - plain]);
        e->text++;
        e->left--;
        return true;
    }
    if (*e->text >= '0' && *e->text <= '7') {
        read_octal(e);
    } else if (*e->text == 'x' || *e->text == 'u' || *e->text == 'U') {
        if (!read_hex(e, *e->text == 'x' ? 2 : *e->text == 'u' ? 4 : 8))
            return false;
    } else if (*e->text == 'N') {
        if (!read_character_name(e))
            return false;
    } else {
        ais_buf_char(buf, '\\');
        return true;
    }
    n = u8_uctomb(bytes, e->c, sizeof bytes);
    if (n <= 0)
        return false;
    ais_buf_add(buf, bytes, (size_t)n);
    return true;
}

static int decode(struct ais_jparser *parser, struct ais_buf *buf) {
    const struct ais_jtoken *token = &parser->token;
    struct escape e = {token->text, token->size, 0};
    while (e.left > 0) {
        const char *backslash = memchr(e.text, '\\', e.left);
        size_t plain = backslash ? (size_t)(backslash - e.text) : e.left;
        ais_buf_add(buf, e.text, plain);
        e.text += plain;
        e.left -= plain;
        if (!backslash)
            break;
        e.text++;
        e.left--;
        if (!read_escape(&e, buf))
            return ais_jparser_fail(parser, token, "malformed escape sequence in a string");
    }
    return 0;
}

/* Strings that follow one another are one. */
int ais_jparser_string(struct ais_jparser *parser, struct ais_jval *out) {
    const struct ais_jinja_options *options = &parser->env->options;
    struct ais_buf buf = AIS_BUF(options->limits.output);
    int rc = -1;
    while (parser->token.kind == T_STRING) {
        if (decode(parser, &buf) < 0 || ais_jparser_next(parser) < 0)
            goto out;
    }
    if (ais_buf_check(&buf, options->blame, "a string", parser->err) < 0)
        goto out;
    rc = ais_jparser_str(parser, ais_buf_text(&buf), buf.size, out);
out:
    ais_buf_release(&buf);
    return rc;
}

int ais_jparser_number(struct ais_jparser *parser, struct ais_jval *out) {
    const struct ais_jtoken token = parser->token;
    int64_t integer;
    double real;
    if (token.kind == T_FLOAT) {
        if (!ais_jnumber_parse_float(token.text, token.size, &real))
            return ais_jparser_fail(parser, &token, "a number is too long");
        *out = ais_jval_float(real);
    } else {
        if (!ais_jnumber_parse_int(token.text, token.size, 0, &integer))
            return ais_jparser_fail(parser, &token, "a whole number does not fit into 64 bits");
        *out = ais_jval_int(integer);
    }
    return ais_jparser_next(parser);
}
