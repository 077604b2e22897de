#include "jinja/parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistr.h>

int ais_jparser_fail(struct ais_jparser *parser, const struct ais_jtoken *token, const char *fmt,
                     ...) {
    struct ais_place at = {parser->tree->path, token->line, token->column};
    char message[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    return ais_fail_at(parser->err, parser->env->options.blame, at, "%s", message);
}

int ais_jparser_next(struct ais_jparser *parser) {
    if (parser->has_ahead) {
        parser->token = parser->ahead;
        parser->has_ahead = false;
        return 0;
    }
    return ais_jlexer_next(&parser->lexer, &parser->token, parser->err);
}

static bool token_is(const struct ais_jtoken *token, const char *name) {
    return token->kind == T_NAME && token->size == strlen(name) &&
           memcmp(token->text, name, token->size) == 0;
}

bool ais_jparser_is(const struct ais_jparser *parser, const char *name) {
    return token_is(&parser->token, name);
}

/* A token that cannot be read is reported once it is reached. */
bool ais_jparser_next_is(struct ais_jparser *parser, enum ais_jtoken_kind kind, const char *name) {
    if (!parser->has_ahead) {
        struct ais_jlexer before = parser->lexer;
        if (ais_jlexer_next(&parser->lexer, &parser->ahead, NULL) < 0) {
            parser->lexer = before;
            return false;
        }
        parser->has_ahead = true;
    }
    return name ? token_is(&parser->ahead, name) : parser->ahead.kind == kind;
}

/* 1 if there was one, 0 if not, -1 on an error. */
int ais_jparser_accept(struct ais_jparser *parser, enum ais_jtoken_kind kind) {
    if (parser->token.kind != kind)
        return 0;
    return ais_jparser_next(parser) < 0 ? -1 : 1;
}

int ais_jparser_accept_name(struct ais_jparser *parser, const char *name) {
    if (!ais_jparser_is(parser, name))
        return 0;
    return ais_jparser_next(parser) < 0 ? -1 : 1;
}

int ais_jparser_expect(struct ais_jparser *parser, enum ais_jtoken_kind kind) {
    char found[64];
    if (parser->token.kind == kind)
        return ais_jparser_next(parser);
    return ais_jparser_fail(parser, &parser->token, "unexpected %s, expected %s%s%s",
                            ais_jtoken_text(&parser->token, found, sizeof found),
                            kind == T_NAME ? "a " : "\"", ais_jtoken_kind_text(kind),
                            kind == T_NAME ? "" : "\"");
}

int ais_jparser_expect_name(struct ais_jparser *parser, const char *name) {
    char found[64];
    if (ais_jparser_is(parser, name))
        return ais_jparser_next(parser);
    return ais_jparser_fail(parser, &parser->token, "unexpected %s, expected \"%s\"",
                            ais_jtoken_text(&parser->token, found, sizeof found), name);
}

int ais_jparser_enter(struct ais_jparser *parser) {
    if (parser->depth >= parser->env->options.limits.depth)
        return ais_jparser_fail(parser, &parser->token, "nested too deeply");
    parser->depth++;
    return 0;
}

struct ais_jnode *ais_jparser_node(struct ais_jparser *parser, enum ais_jnode_kind kind,
                                   const struct ais_jtoken *token) {
    struct ais_jnode *node = ais_arena_alloc(&parser->tree->arena, sizeof *node);
    if (!node) {
        ais_fail_memory(parser->err);
        return NULL;
    }
    node->kind = kind;
    node->line = token->line;
    node->column = token->column;
    return node;
}

static unsigned tallest(const struct ais_jnode *node, unsigned height) {
    for (; node; node = node->next)
        height = node->height > height ? node->height : height;
    return height;
}

struct ais_jnode *ais_jparser_seal(struct ais_jparser *parser, struct ais_jnode *node) {
    unsigned height = tallest(node->a, tallest(node->b, tallest(node->c, 0)));
    node->height = tallest(node->body, tallest(node->orelse, height)) + 1;
    if (node->height > parser->env->options.limits.depth * 8) {
        struct ais_place at = ais_jnode_place(parser->tree, node);
        ais_fail_at(parser->err, parser->env->options.blame, at, "nested too deeply");
        return NULL;
    }
    return node;
}

int ais_jparser_str(struct ais_jparser *parser, const char *text, size_t size,
                    struct ais_jval *out) {
    struct ais_jstr *str = ais_arena_alloc(&parser->tree->arena, sizeof *str);
    char *copy = ais_arena_strndup(&parser->tree->arena, text, size);
    if (!str || !copy)
        return ais_fail_memory(parser->err);
    *str = (struct ais_jstr){copy, size, u8_mbsnlen((const uint8_t *)copy, size), false};
    *out = ais_jval_str(str);
    return 0;
}
