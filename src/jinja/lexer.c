#include "jinja/lexer.h"

#include "jinja/text.h"

#include <stdio.h>
#include <string.h>
#include <unictype.h>

static int fail(const struct ais_jlexer *lexer, unsigned line, unsigned column,
                struct ais_error *err, const char *message) {
    struct ais_place at = {lexer->path, line, column};
    return ais_fail_at(err, lexer->options->blame, at, "%s", message);
}

/* Moves over bytes and counts lines and characters. */
static void advance(struct ais_jlexer *lexer, size_t bytes) {
    const char *p = lexer->source + lexer->pos;
    for (size_t i = 0; i < bytes; i++) {
        if (p[i] == '\n') {
            lexer->line++;
            lexer->column = 1;
        } else if (((unsigned char)p[i] & 0xc0) != 0x80) {
            lexer->column++;
        }
    }
    if (bytes)
        lexer->line_starting = p[bytes - 1] == '\n';
    lexer->pos += bytes;
}

static struct ais_jtoken here(const struct ais_jlexer *lexer, enum ais_jtoken_kind kind,
                              size_t size) {
    return (struct ais_jtoken){kind, lexer->line, lexer->column, lexer->source + lexer->pos, size};
}

static bool at(const struct ais_jlexer *lexer, size_t pos, const char *text) {
    size_t size = strlen(text);
    return lexer->size - pos >= size && memcmp(lexer->source + pos, text, size) == 0;
}

/* The position behind white space. */
static size_t skip_space(const struct ais_jlexer *lexer, size_t pos) {
    const char *p = lexer->source + pos;
    size_t left = lexer->size - pos;
    ais_jtext_strip(&p, &left, true, false);
    return (size_t)(p - lexer->source);
}

/* The end of a tag, `close` being "%}", "}}" or "#}": bytes that belong to it, 0 where it is none.
 * With a minus the white space behind goes too, else with trim_blocks one line end. */
static size_t tag_end(const struct ais_jlexer *lexer, size_t pos, const char *close) {
    bool variable = close[0] == '}';
    size_t end = pos;
    if (end < lexer->size && lexer->source[end] == '-' && at(lexer, end + 1, close))
        return skip_space(lexer, end + 3) - pos;
    if (!variable && end < lexer->size && lexer->source[end] == '+' && at(lexer, end + 1, close))
        return 3;
    if (!at(lexer, end, close))
        return 0;
    end += 2;
    if (!variable && lexer->options->trim_blocks && at(lexer, end, "\n"))
        end++;
    return end - pos;
}

/* The position behind "{%", a sign and the word, or 0. */
static size_t block_word(const struct ais_jlexer *lexer, size_t pos, const char *word) {
    if (!at(lexer, pos, "{%"))
        return 0;
    pos += 2;
    if (pos < lexer->size && (lexer->source[pos] == '-' || lexer->source[pos] == '+'))
        pos++;
    pos = skip_space(lexer, pos);
    return at(lexer, pos, word) ? skip_space(lexer, pos + strlen(word)) : 0;
}

/* The bytes of "{% raw %}", 0 where there is none. */
static size_t raw_begin(const struct ais_jlexer *lexer) {
    size_t pos = block_word(lexer, lexer->pos, "raw");
    if (!pos)
        return 0;
    if (at(lexer, pos, "-%}"))
        return skip_space(lexer, pos + 3) - lexer->pos;
    return at(lexer, pos, "%}") ? pos + 2 - lexer->pos : 0;
}

/* The bytes of "{% endraw %}" at `pos`, 0 where there is none. */
static size_t raw_end(const struct ais_jlexer *lexer, size_t pos) {
    size_t word = block_word(lexer, pos, "endraw"), end;
    if (!word)
        return 0;
    end = tag_end(lexer, word, "%}");
    return end ? word + end - pos : 0;
}

/* Text up to a tag, without the white space that the tag takes away. */
static size_t data_size(const struct ais_jlexer *lexer, size_t tag, bool variable) {
    const char *text = lexer->source + lexer->pos, *line, *rest;
    size_t size = tag - lexer->pos, left;
    char sign = tag + 2 < lexer->size ? lexer->source[tag + 2] : '\0';
    if (sign == '-') {
        ais_jtext_strip(&text, &size, false, true);
        return size;
    }
    if (sign == '+' || variable || !lexer->options->lstrip_blocks)
        return size;
    line = memrchr(text, '\n', size);
    if (!line && !lexer->line_starting)
        return size;
    rest = line = line ? line + 1 : text;
    left = (size_t)(text + size - line);
    ais_jtext_strip(&rest, &left, true, false);
    return left ? size : (size_t)(line - text);
}

/* The next "{{", "{%" or "{#"; the end of the source where there is none. */
static size_t find_tag(const struct ais_jlexer *lexer) {
    size_t pos = lexer->pos;
    while (pos < lexer->size) {
        const char *brace = memchr(lexer->source + pos, '{', lexer->size - pos);
        if (!brace)
            break;
        pos = (size_t)(brace - lexer->source);
        if (at(lexer, pos, "{{") || at(lexer, pos, "{%") || at(lexer, pos, "{#"))
            return pos;
        pos++;
    }
    return lexer->size;
}

static int skip_comment(struct ais_jlexer *lexer, struct ais_error *err) {
    size_t start = lexer->pos + 2, end;
    const char *close;
    if (start < lexer->size && (lexer->source[start] == '-' || lexer->source[start] == '+'))
        start++;
    close = memmem(lexer->source + start, lexer->size - start, "#}", 2);
    if (!close)
        return fail(lexer, lexer->line, lexer->column, err, "comment without an end (\"#}\")");
    end = (size_t)(close - lexer->source);
    if (end > start && (close[-1] == '-' || close[-1] == '+'))
        end--;
    advance(lexer, end + tag_end(lexer, end, "#}") - lexer->pos);
    return 0;
}

/* Begins the tag at the current position: its token, or none for comments and raw. */
static int begin_tag(struct ais_jlexer *lexer, struct ais_error *err) {
    size_t raw = raw_begin(lexer), size = 2;
    char kind = lexer->source[lexer->pos + 1];
    char sign = lexer->pos + 2 < lexer->size ? lexer->source[lexer->pos + 2] : '\0';
    if (raw) {
        advance(lexer, raw);
        lexer->state = LEX_RAW;
        return 0;
    }
    if (kind == '#')
        return skip_comment(lexer, err);
    if (sign == '-' || sign == '+')
        size++;
    lexer->held = here(lexer, kind == '{' ? T_VARIABLE_BEGIN : T_BLOCK_BEGIN, size);
    lexer->holds = true;
    lexer->state = kind == '{' ? LEX_VARIABLE : LEX_BLOCK;
    advance(lexer, size);
    return 0;
}

/* Data up to the next tag. 1 with a token, 0 if there was nothing to return. */
static int read_data(struct ais_jlexer *lexer, struct ais_jtoken *token, struct ais_error *err) {
    size_t tag = find_tag(lexer), size = lexer->size - lexer->pos;
    *token = here(lexer, T_DATA, size);
    if (tag < lexer->size) {
        bool variable = lexer->source[tag + 1] == '{';
        size = token->size = data_size(lexer, tag, variable);
        advance(lexer, tag - lexer->pos);
        if (begin_tag(lexer, err) < 0)
            return -1;
    } else {
        advance(lexer, size);
    }
    return size > 0;
}

static int read_raw(struct ais_jlexer *lexer, struct ais_jtoken *token, struct ais_error *err) {
    size_t pos = lexer->pos, end = 0;
    *token = here(lexer, T_DATA, 0);
    while (pos < lexer->size) {
        const char *brace = memmem(lexer->source + pos, lexer->size - pos, "{%", 2);
        if (!brace)
            break;
        pos = (size_t)(brace - lexer->source);
        end = raw_end(lexer, pos);
        if (end)
            break;
        pos++;
    }
    if (!end)
        return fail(lexer, lexer->line, lexer->column, err, "raw without an end (\"endraw\")");
    token->size = data_size(lexer, pos, false);
    advance(lexer, pos + end - lexer->pos);
    lexer->state = LEX_DATA;
    return token->size > 0;
}

static bool digit_of(char c, int base) {
    if (c >= '0' && c <= '9')
        return c - '0' < base;
    return base == 16 && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
}

/* Bytes of digits with single underscores between them. */
static size_t digits(const struct ais_jlexer *lexer, size_t pos, int base) {
    size_t start = pos;
    while (pos < lexer->size) {
        bool under = lexer->source[pos] == '_' && pos > start;
        if (under && pos + 1 < lexer->size && digit_of(lexer->source[pos + 1], base))
            pos += 2;
        else if (digit_of(lexer->source[pos], base))
            pos++;
        else
            break;
    }
    return pos - start;
}

/* Bytes of a float, 0 where the number is whole. */
static size_t float_size(const struct ais_jlexer *lexer, size_t pos) {
    size_t whole = digits(lexer, pos, 10), fraction = 0, exponent = 0, size = whole;
    if (!whole || (pos > 0 && lexer->source[pos - 1] == '.'))
        return 0;
    if (at(lexer, pos + size, "."))
        fraction = digits(lexer, pos + size + 1, 10);
    if (fraction)
        size += fraction + 1;
    if (at(lexer, pos + size, "e") || at(lexer, pos + size, "E")) {
        size_t sign = at(lexer, pos + size + 1, "+") || at(lexer, pos + size + 1, "-");
        exponent = digits(lexer, pos + size + 1 + sign, 10);
        if (exponent)
            size += 1 + sign + exponent;
    }
    return fraction || exponent ? size : 0;
}

/* Bytes of a whole number; "0x1f" and its like too. */
static size_t integer_size(const struct ais_jlexer *lexer, size_t pos) {
    static const struct {
        char lower;
        int base;
    } bases[] = {{'x', 16}, {'o', 8}, {'b', 2}};
    size_t size;
    if (lexer->source[pos] != '0')
        return digits(lexer, pos, 10);
    for (size_t i = 0; pos + 1 < lexer->size && i < sizeof bases / sizeof bases[0]; i++) {
        size_t under = at(lexer, pos + 2, "_");
        if ((lexer->source[pos + 1] | 0x20) != bases[i].lower)
            continue;
        size = digits(lexer, pos + 2 + under, bases[i].base);
        if (size)
            return 2 + under + size;
    }
    size = 1;
    while (at(lexer, pos + size, "0") || at(lexer, pos + size, "_0"))
        size += at(lexer, pos + size, "0") ? 1 : 2;
    return size;
}

static int read_number(struct ais_jlexer *lexer, struct ais_jtoken *token) {
    size_t size = float_size(lexer, lexer->pos);
    *token = here(lexer, size ? T_FLOAT : T_INTEGER, size ? size : integer_size(lexer, lexer->pos));
    advance(lexer, token->size);
    return 1;
}

static int read_string(struct ais_jlexer *lexer, struct ais_jtoken *token, struct ais_error *err) {
    char quote = lexer->source[lexer->pos];
    size_t end = lexer->pos + 1;
    while (end < lexer->size && lexer->source[end] != quote)
        end += lexer->source[end] == '\\' ? 2 : 1;
    if (end >= lexer->size)
        return fail(lexer, lexer->line, lexer->column, err, "string without an end");
    *token = here(lexer, T_STRING, end - lexer->pos - 1);
    token->text++;
    advance(lexer, end + 1 - lexer->pos);
    return 1;
}

static bool starts_name(ucs4_t c) {
    return c == '_' || (c < 0x80 ? (c | 0x20) >= 'a' && (c | 0x20) <= 'z'
                                 : uc_is_property(c, UC_PROPERTY_XID_START));
}

static int read_name(struct ais_jlexer *lexer, struct ais_jtoken *token) {
    const char *p = lexer->source + lexer->pos;
    size_t left = lexer->size - lexer->pos, kept;
    ucs4_t c = ais_jtext_next(&p, &left);
    if (!starts_name(c))
        return 0;
    do {
        kept = left;
        c = left ? ais_jtext_next(&p, &left) : ' ';
    } while (starts_name(c) || (c >= '0' && c <= '9') ||
             (c >= 0x80 && uc_is_property(c, UC_PROPERTY_XID_CONTINUE)));
    *token = here(lexer, T_NAME, lexer->size - lexer->pos - kept);
    advance(lexer, token->size);
    return 1;
}

static const struct {
    const char *text;
    enum ais_jtoken_kind kind;
} operators[] = {
    {"//", T_FLOORDIV}, {"**", T_POW},   {"==", T_EQ},      {"!=", T_NE},      {">=", T_GE},
    {"<=", T_LE},       {"+", T_ADD},    {"-", T_SUB},      {"*", T_MUL},      {"/", T_DIV},
    {"%", T_MOD},       {"~", T_TILDE},  {"[", T_LBRACKET}, {"]", T_RBRACKET}, {"(", T_LPAREN},
    {")", T_RPAREN},    {"{", T_LBRACE}, {"}", T_RBRACE},   {">", T_GT},       {"<", T_LT},
    {"=", T_ASSIGN},    {".", T_DOT},    {":", T_COLON},    {"|", T_PIPE},     {",", T_COMMA},
    {";", T_SEMICOLON},
};

static int balance(struct ais_jlexer *lexer, const struct ais_jtoken *token,
                   struct ais_error *err) {
    static const char closing[] = {['('] = ')', ['['] = ']', ['{'] = '}'};
    char c = token->text[0], message[64];
    if (c == '(' || c == '[' || c == '{') {
        if (lexer->bracket_count == J_BRACKETS_MAX)
            return fail(lexer, token->line, token->column, err, "brackets are nested too deeply");
        lexer->brackets[lexer->bracket_count++] = closing[(unsigned char)c];
    } else if (c == ')' || c == ']' || c == '}') {
        if (lexer->bracket_count == 0) {
            snprintf(message, sizeof message, "unexpected \"%c\"", c);
            return fail(lexer, token->line, token->column, err, message);
        }
        if (lexer->brackets[--lexer->bracket_count] != c) {
            snprintf(message, sizeof message, "unexpected \"%c\", expected \"%c\"", c,
                     lexer->brackets[lexer->bracket_count]);
            return fail(lexer, token->line, token->column, err, message);
        }
    }
    return 1;
}

static int read_operator(struct ais_jlexer *lexer, struct ais_jtoken *token,
                         struct ais_error *err) {
    const char *p = lexer->source + lexer->pos;
    size_t left = lexer->size - lexer->pos;
    char message[64];
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (at(lexer, lexer->pos, operators[i].text)) {
            *token = here(lexer, operators[i].kind, strlen(operators[i].text));
            advance(lexer, token->size);
            return balance(lexer, token, err);
        }
    }
    ais_jtext_next(&p, &left);
    snprintf(message, sizeof message, "unexpected character \"%.*s\"",
             (int)(lexer->size - lexer->pos - left), lexer->source + lexer->pos);
    return fail(lexer, lexer->line, lexer->column, err, message);
}

/* One token inside of a tag. 1, or -1. */
static int read_inside(struct ais_jlexer *lexer, struct ais_jtoken *token, struct ais_error *err) {
    bool variable = lexer->state != LEX_BLOCK;
    size_t end;
    char c;
    advance(lexer, skip_space(lexer, lexer->pos) - lexer->pos);
    *token = here(lexer, T_EOF, 0);
    if (lexer->pos == lexer->size)
        return 1;
    end = lexer->bracket_count ? 0 : tag_end(lexer, lexer->pos, variable ? "}}" : "%}");
    if (end) {
        *token = here(lexer, variable ? T_VARIABLE_END : T_BLOCK_END, end);
        advance(lexer, end);
        lexer->state = LEX_DATA;
        return 1;
    }
    c = lexer->source[lexer->pos];
    if (c >= '0' && c <= '9')
        return read_number(lexer, token);
    if (c == '"' || c == '\'')
        return read_string(lexer, token, err);
    return read_name(lexer, token) ? 1 : read_operator(lexer, token, err);
}

int ais_jlexer_next(struct ais_jlexer *lexer, struct ais_jtoken *token, struct ais_error *err) {
    int rc = 0;
    while (rc == 0) {
        if (lexer->holds) {
            *token = lexer->held;
            lexer->holds = false;
            return 0;
        }
        if (lexer->state == LEX_RAW) {
            rc = read_raw(lexer, token, err);
        } else if (lexer->state != LEX_DATA) {
            rc = read_inside(lexer, token, err);
        } else if (lexer->pos == lexer->size) {
            *token = here(lexer, T_EOF, 0);
            return 0;
        } else {
            rc = read_data(lexer, token, err);
        }
    }
    return rc < 0 ? -1 : 0;
}

const char *ais_jtoken_kind_text(enum ais_jtoken_kind kind) {
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (operators[i].kind == kind)
            return operators[i].text;
    }
    switch (kind) {
    case T_VARIABLE_BEGIN:
        return "{{";
    case T_VARIABLE_END:
        return "}}";
    case T_BLOCK_BEGIN:
        return "{%";
    case T_BLOCK_END:
        return "%}";
    case T_NAME:
        return "name";
    default:
        return "end of the text";
    }
}

const char *ais_jtoken_text(const struct ais_jtoken *token, char *text, size_t size) {
    int shown = token->size > 40 ? 40 : (int)token->size;
    if (token->kind == T_NAME || token->kind == T_INTEGER || token->kind == T_FLOAT)
        snprintf(text, size, "\"%.*s\"", shown, token->text);
    else if (token->kind == T_STRING)
        snprintf(text, size, "string");
    else if (token->kind == T_DATA)
        snprintf(text, size, "text");
    else if (token->kind == T_EOF)
        snprintf(text, size, "end of the text");
    else
        snprintf(text, size, "\"%s\"", ais_jtoken_kind_text(token->kind));
    return text;
}
