/* From tokens to a tree: recursive descent, whose depth is bounded. The functions return a node, or
 * NULL with the error set in parser->err. */
#ifndef AIS_JINJA_PARSER_H
#define AIS_JINJA_PARSER_H

#include "jinja/env.h"
#include "jinja/lexer.h"
#include "jinja/tree.h"

struct ais_jparser {
    struct ais_jinja *env;
    struct ais_jinja_tree *tree;
    struct ais_jlexer lexer;
    struct ais_jtoken token, ahead; /* the current one, and the one behind it */
    bool has_ahead;
    struct ais_error *err;
    unsigned depth;
    unsigned uses;            /* FLAG_CALLER ...: what the macro's body read so far */
    bool lenient;             /* an unknown filter is an error only once it is reached */
    struct ais_jnode *blocks; /* the names of blocks so far, N_NAMEs */
};

/* Tokens. `accept` moves on if the current one matches; `expect` fails unless it does. */
int ais_jparser_next(struct ais_jparser *parser);
bool ais_jparser_is(const struct ais_jparser *parser, const char *name);
bool ais_jparser_next_is(struct ais_jparser *parser, enum ais_jtoken_kind kind, const char *name);
int ais_jparser_accept(struct ais_jparser *parser, enum ais_jtoken_kind kind);
int ais_jparser_accept_name(struct ais_jparser *parser, const char *name);
int ais_jparser_expect(struct ais_jparser *parser, enum ais_jtoken_kind kind);
int ais_jparser_expect_name(struct ais_jparser *parser, const char *name);

/* Fails at a token. Always -1. */
int ais_jparser_fail(struct ais_jparser *parser, const struct ais_jtoken *token, const char *fmt,
                     ...) AIS_PRINTF(3, 4);

/* Counts one more level of nesting; each success is undone by parser->depth--. */
int ais_jparser_enter(struct ais_jparser *parser);

/* A node at a token. `seal` is called once its children are known: it bounds the tree's height. */
struct ais_jnode *ais_jparser_node(struct ais_jparser *parser, enum ais_jnode_kind kind,
                                   const struct ais_jtoken *token);
struct ais_jnode *ais_jparser_seal(struct ais_jparser *parser, struct ais_jnode *node);
/* A string constant in the tree's arena. */
int ais_jparser_str(struct ais_jparser *parser, const char *text, size_t size,
                    struct ais_jval *out);

/* Literals. */
int ais_jparser_string(struct ais_jparser *parser, struct ais_jval *out);
int ais_jparser_number(struct ais_jparser *parser, struct ais_jval *out);

/* Expressions. `end` is a name that ends a tuple, NULL for none. */
enum ais_jtuple { TUPLE_CONDITIONAL = 1, TUPLE_TARGET = 2, TUPLE_NAMESPACE = 4, TUPLE_EMPTY = 8 };
struct ais_jnode *ais_jparser_expression(struct ais_jparser *parser, bool conditional);
struct ais_jnode *ais_jparser_tuple(struct ais_jparser *parser, unsigned how, const char *end);
struct ais_jnode *ais_jparser_primary(struct ais_jparser *parser, bool with_namespace);
struct ais_jnode *ais_jparser_unary(struct ais_jparser *parser, bool with_filter);
/* What follows a value: attributes, items, calls; and filters and tests. */
struct ais_jnode *ais_jparser_postfix(struct ais_jparser *parser, struct ais_jnode *node);
struct ais_jnode *ais_jparser_filters(struct ais_jparser *parser, struct ais_jnode *node);
/* "name(arguments) | name ..." for a subject that comes at run time. */
struct ais_jnode *ais_jparser_filter_chain(struct ais_jparser *parser);
/* What a `for` or `set` writes to. */
struct ais_jnode *ais_jparser_target(struct ais_jparser *parser, bool with_namespace,
                                     const char *end);
struct ais_jnode *ais_jparser_target_name(struct ais_jparser *parser);

/* Statements up to the end of the text. */
int ais_jparser_template(struct ais_jparser *parser, struct ais_jnode **body);
/* Statements up to one of the tags in `ends` (at most 3, NULL-terminated), which becomes the
 * current token. */
int ais_jparser_body(struct ais_jparser *parser, const struct ais_jtoken *opener,
                     const char *const *ends, struct ais_jnode **body);
/* The tags that have a body of their own or name another template. */
struct ais_jnode *ais_jparser_macro(struct ais_jparser *parser);
struct ais_jnode *ais_jparser_call_block(struct ais_jparser *parser);
struct ais_jnode *ais_jparser_block(struct ais_jparser *parser);
struct ais_jnode *ais_jparser_extends(struct ais_jparser *parser);
struct ais_jnode *ais_jparser_include(struct ais_jparser *parser);
struct ais_jnode *ais_jparser_import(struct ais_jparser *parser);
struct ais_jnode *ais_jparser_from(struct ais_jparser *parser);

#endif
