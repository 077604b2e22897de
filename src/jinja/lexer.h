/* From text to tokens, one at a time. */
#ifndef AIS_JINJA_LEXER_H
#define AIS_JINJA_LEXER_H

#include "base/error.h"
#include "jinja/jinja.h"

enum ais_jtoken_kind {
    T_EOF,
    T_DATA,
    T_VARIABLE_BEGIN,
    T_VARIABLE_END,
    T_BLOCK_BEGIN,
    T_BLOCK_END,
    T_NAME,
    T_STRING, /* text: between the quotes, escapes and all */
    T_INTEGER,
    T_FLOAT,
    T_ADD,
    T_SUB,
    T_MUL,
    T_DIV,
    T_FLOORDIV,
    T_MOD,
    T_POW,
    T_TILDE,
    T_LBRACKET,
    T_RBRACKET,
    T_LPAREN,
    T_RPAREN,
    T_LBRACE,
    T_RBRACE,
    T_EQ,
    T_NE,
    T_LT,
    T_LE,
    T_GT,
    T_GE,
    T_ASSIGN,
    T_DOT,
    T_COLON,
    T_PIPE,
    T_COMMA,
    T_SEMICOLON,
};

struct ais_jtoken {
    enum ais_jtoken_kind kind;
    unsigned line, column;
    const char *text; /* borrowed from the source */
    size_t size;
};

enum { J_BRACKETS_MAX = 512 };

/* `source` must outlive the lexer and hold no carriage returns. */
struct ais_jlexer {
    const struct ais_jinja_options *options;
    const char *path;
    const char *source;
    size_t size, pos;
    unsigned line, column;
    enum { LEX_DATA, LEX_RAW, LEX_VARIABLE, LEX_BLOCK, LEX_EXPRESSION } state;
    bool line_starting;            /* what was read last ended a line */
    char brackets[J_BRACKETS_MAX]; /* the closing ones that are due */
    unsigned bracket_count;
    struct ais_jtoken held; /* a tag that follows the data just returned */
    bool holds;
};

/* Reads the next token. 0, or -1 with *err set. */
int ais_jlexer_next(struct ais_jlexer *lexer, struct ais_jtoken *token, struct ais_error *err);

/* Writes what errors call a token into text[size]. Returns text. */
const char *ais_jtoken_text(const struct ais_jtoken *token, char *text, size_t size);
const char *ais_jtoken_kind_text(enum ais_jtoken_kind kind);

#endif
