/* What follows a value: attributes, items, calls, filters, tests; and what can be written to. */
#include "jinja/builtin.h"
#include "jinja/parser.h"

#include <string.h>

static int take_name(struct ais_jparser *parser, struct ais_jval *name) {
    if (parser->token.kind == T_NAME &&
        ais_jparser_str(parser, parser->token.text, parser->token.size, name) < 0)
        return -1;
    return ais_jparser_expect(parser, T_NAME);
}

static struct ais_jnode *parse_attribute(struct ais_jparser *parser, struct ais_jnode *of) {
    struct ais_jnode *node;
    char found[64];
    if (ais_jparser_next(parser) < 0)
        return NULL;
    node = ais_jparser_node(parser, parser->token.kind == T_NAME ? N_ATTR : N_ITEM, &parser->token);
    if (!node)
        return NULL;
    node->a = of;
    if (parser->token.kind == T_NAME)
        return take_name(parser, &node->value) < 0 ? NULL : ais_jparser_seal(parser, node);
    if (parser->token.kind != T_INTEGER) {
        ais_jparser_fail(parser, &parser->token, "unexpected %s, expected a name or a number",
                         ais_jtoken_text(&parser->token, found, sizeof found));
        return NULL;
    }
    node->b = ais_jparser_primary(parser, false);
    return node->b ? ais_jparser_seal(parser, node) : NULL;
}

static bool subscript_ends(const struct ais_jparser *parser) {
    enum ais_jtoken_kind kind = parser->token.kind;
    return kind == T_COLON || kind == T_RBRACKET || kind == T_COMMA;
}

/* One expression or a slice. */
static struct ais_jnode *parse_subscript(struct ais_jparser *parser) {
    struct ais_jnode *node = ais_jparser_node(parser, N_SLICE, &parser->token);
    struct ais_jnode **parts[3];
    if (!node)
        return NULL;
    parts[0] = &node->a;
    parts[1] = &node->b;
    parts[2] = &node->c;
    if (parser->token.kind != T_COLON) {
        node->a = ais_jparser_expression(parser, true);
        if (!node->a || parser->token.kind != T_COLON)
            return node->a;
    }
    for (int i = 1; i < 3 && parser->token.kind == T_COLON; i++) {
        if (ais_jparser_next(parser) < 0)
            return NULL;
        if (subscript_ends(parser))
            continue;
        *parts[i] = ais_jparser_expression(parser, true);
        if (!*parts[i])
            return NULL;
    }
    return ais_jparser_seal(parser, node);
}

static struct ais_jnode *parse_item(struct ais_jparser *parser, struct ais_jnode *of) {
    struct ais_jnode *node = ais_jparser_node(parser, N_ITEM, &parser->token);
    struct ais_jnode *tuple = ais_jparser_node(parser, N_TUPLE, &parser->token), **tail;
    if (!node || !tuple || ais_jparser_next(parser) < 0)
        return NULL;
    tail = &tuple->a;
    while (parser->token.kind != T_RBRACKET) {
        struct ais_jnode *key;
        if (tuple->a && ais_jparser_expect(parser, T_COMMA) < 0)
            return NULL;
        key = parse_subscript(parser);
        if (!key)
            return NULL;
        *tail = key;
        tail = &key->next;
    }
    if (ais_jparser_next(parser) < 0 || !ais_jparser_seal(parser, tuple))
        return NULL;
    node->a = of;
    node->b = tuple->a && !tuple->a->next ? tuple->a : tuple;
    return ais_jparser_seal(parser, node);
}

/* One argument. `stage` is the kind of the last one: they come as values, names, *, **. */
static struct ais_jnode *parse_argument(struct ais_jparser *parser, enum ais_jnode_kind *stage) {
    struct ais_jnode *node = ais_jparser_node(parser, N_ARG, &parser->token);
    struct ais_jtoken token = parser->token;
    if (!node)
        return NULL;
    if (token.kind == T_MUL || token.kind == T_POW) {
        node->kind = token.kind == T_MUL ? N_STAR : N_STARS;
        if (ais_jparser_next(parser) < 0)
            return NULL;
    } else if (token.kind == T_NAME && ais_jparser_next_is(parser, T_ASSIGN, NULL)) {
        node->kind = N_KEYWORD;
        if (take_name(parser, &node->value) < 0 || ais_jparser_next(parser) < 0)
            return NULL;
    }
    if (node->kind < *stage && !(node->kind == N_KEYWORD && *stage == N_STAR)) {
        ais_jparser_fail(parser, &token, "an argument comes too late in a call");
        return NULL;
    }
    if (node->kind >= N_STAR && node->kind == *stage) {
        ais_jparser_fail(parser, &token, "a call can have one \"%s\" only",
                         node->kind == N_STAR ? "*" : "**");
        return NULL;
    }
    if (node->kind > *stage)
        *stage = node->kind;
    node->a = ais_jparser_expression(parser, true);
    return node->a ? ais_jparser_seal(parser, node) : NULL;
}

static int parse_arguments(struct ais_jparser *parser, struct ais_jnode **list) {
    enum ais_jnode_kind stage = N_ARG;
    struct ais_jnode **tail = list;
    if (ais_jparser_expect(parser, T_LPAREN) < 0)
        return -1;
    while (parser->token.kind != T_RPAREN) {
        struct ais_jnode *argument;
        if (*list && ais_jparser_expect(parser, T_COMMA) < 0)
            return -1;
        if (*list && parser->token.kind == T_RPAREN)
            break;
        argument = parse_argument(parser, &stage);
        if (!argument)
            return -1;
        *tail = argument;
        tail = &argument->next;
    }
    return ais_jparser_next(parser);
}

static struct ais_jnode *parse_call(struct ais_jparser *parser, struct ais_jnode *callee) {
    struct ais_jnode *node = ais_jparser_node(parser, N_CALL, &parser->token);
    if (!node || parse_arguments(parser, &node->b) < 0)
        return NULL;
    node->a = callee;
    node->line = callee->line;
    node->column = callee->column;
    return ais_jparser_seal(parser, node);
}

struct ais_jnode *ais_jparser_postfix(struct ais_jparser *parser, struct ais_jnode *node) {
    for (;;) {
        if (node && parser->token.kind == T_DOT)
            node = parse_attribute(parser, node);
        else if (node && parser->token.kind == T_LBRACKET)
            node = parse_item(parser, node);
        else if (node && parser->token.kind == T_LPAREN)
            node = parse_call(parser, node);
        else
            return node;
    }
}

/* The name of a filter or test, which may have dots. */
static int parse_dotted_name(struct ais_jparser *parser, struct ais_jval *name) {
    const char *start = parser->token.text;
    size_t size = parser->token.size;
    struct ais_jtoken token = parser->token;
    if (ais_jparser_expect(parser, T_NAME) < 0)
        return -1;
    while (parser->token.kind == T_DOT) {
        if (ais_jparser_next(parser) < 0)
            return -1;
        size = (size_t)(parser->token.text + parser->token.size - start);
        if (ais_jparser_expect(parser, T_NAME) < 0)
            return -1;
    }
    token.size = size;
    return ais_jparser_str(parser, token.text, token.size, name);
}

static int unknown(struct ais_jparser *parser, const struct ais_jtoken *token, const char *what,
                   const char *name) {
    char hint[160];
    if (parser->lenient)
        return 0;
    if (what[0] == 'f')
        ais_jfilter_hint(name, hint, sizeof hint);
    else
        ais_jtest_hint(name, hint, sizeof hint);
    return ais_jparser_fail(parser, token, "unknown %s \"%s\"%s", what, name, hint);
}

static struct ais_jnode *parse_filter(struct ais_jparser *parser, struct ais_jnode *subject) {
    struct ais_jtoken token = parser->token;
    struct ais_jnode *node = ais_jparser_node(parser, N_FILTER, &token);
    if (!node || parse_dotted_name(parser, &node->value) < 0)
        return NULL;
    node->a = subject;
    node->builtin = ais_jfilter_find(node->value.as.str->data, node->value.as.str->size);
    if (!node->builtin && unknown(parser, &token, "filter", node->value.as.str->data) < 0)
        return NULL;
    if (parser->token.kind == T_LPAREN && parse_arguments(parser, &node->b) < 0)
        return NULL;
    return ais_jparser_seal(parser, node);
}

/* A test's argument may stand without brackets. */
static bool starts_argument(const struct ais_jparser *parser) {
    switch (parser->token.kind) {
    case T_NAME:
        return !ais_jparser_is(parser, "else") && !ais_jparser_is(parser, "or") &&
               !ais_jparser_is(parser, "and");
    case T_STRING:
    case T_INTEGER:
    case T_FLOAT:
    case T_LBRACKET:
    case T_LBRACE:
        return true;
    default:
        return false;
    }
}

static struct ais_jnode *parse_bare_argument(struct ais_jparser *parser) {
    struct ais_jnode *node = ais_jparser_node(parser, N_ARG, &parser->token);
    if (!node)
        return NULL;
    if (ais_jparser_is(parser, "is")) {
        ais_jparser_fail(parser, &parser->token, "tests cannot be chained with \"is\"");
        return NULL;
    }
    node->a = ais_jparser_primary(parser, false);
    if (node->a)
        node->a = ais_jparser_postfix(parser, node->a);
    return node->a ? ais_jparser_seal(parser, node) : NULL;
}

static struct ais_jnode *parse_test(struct ais_jparser *parser, struct ais_jnode *subject) {
    struct ais_jtoken token = parser->token;
    struct ais_jnode *node, *negated = NULL;
    if (ais_jparser_next(parser) < 0)
        return NULL;
    if (ais_jparser_is(parser, "not")) {
        negated = ais_jparser_node(parser, N_UNARY, &token);
        if (!negated || ais_jparser_next(parser) < 0)
            return NULL;
    }
    token = parser->token;
    node = ais_jparser_node(parser, N_TEST, &token);
    if (!node || parse_dotted_name(parser, &node->value) < 0)
        return NULL;
    node->a = subject;
    node->builtin = ais_jtest_find(node->value.as.str->data, node->value.as.str->size);
    if (!node->builtin && unknown(parser, &token, "test", node->value.as.str->data) < 0)
        return NULL;
    if (parser->token.kind == T_LPAREN) {
        if (parse_arguments(parser, &node->b) < 0)
            return NULL;
    } else if (starts_argument(parser)) {
        node->b = parse_bare_argument(parser);
        if (!node->b)
            return NULL;
    }
    if (!ais_jparser_seal(parser, node) || !negated)
        return node->height ? node : NULL;
    negated->op = OP_NOT;
    negated->a = node;
    return ais_jparser_seal(parser, negated);
}

struct ais_jnode *ais_jparser_filters(struct ais_jparser *parser, struct ais_jnode *node) {
    for (;;) {
        if (node && parser->token.kind == T_PIPE)
            node = ais_jparser_next(parser) < 0 ? NULL : parse_filter(parser, node);
        else if (node && ais_jparser_is(parser, "is"))
            node = parse_test(parser, node);
        else if (node && parser->token.kind == T_LPAREN)
            node = parse_call(parser, node);
        else
            return node;
    }
}

struct ais_jnode *ais_jparser_filter_chain(struct ais_jparser *parser) {
    struct ais_jnode *node = parse_filter(parser, NULL);
    while (node && parser->token.kind == T_PIPE)
        node = ais_jparser_next(parser) < 0 ? NULL : parse_filter(parser, node);
    return node;
}

static int check_target(struct ais_jparser *parser, struct ais_jnode *node,
                        const struct ais_jtoken *token) {
    if (node->kind == N_NAME) {
        node->flags |= FLAG_TARGET;
        return 0;
    }
    if (node->kind == N_NSREF)
        return 0;
    if (node->kind != N_TUPLE)
        return ais_jparser_fail(parser, token, "nothing can be assigned to this expression");
    for (struct ais_jnode *item = node->a; item; item = item->next) {
        if (check_target(parser, item, token) < 0)
            return -1;
    }
    return 0;
}

struct ais_jnode *ais_jparser_target(struct ais_jparser *parser, bool with_namespace,
                                     const char *end) {
    struct ais_jtoken token = parser->token;
    unsigned how = TUPLE_TARGET | (with_namespace ? TUPLE_NAMESPACE : 0);
    struct ais_jnode *node = ais_jparser_tuple(parser, how, end);
    return !node || check_target(parser, node, &token) < 0 ? NULL : node;
}

static bool is_constant_name(const char *name) {
    static const char *const names[] = {"true", "false", "none", "True", "False", "None"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

struct ais_jnode *ais_jparser_target_name(struct ais_jparser *parser) {
    struct ais_jtoken token = parser->token;
    struct ais_jnode *node = ais_jparser_node(parser, N_NAME, &token);
    if (!node || take_name(parser, &node->value) < 0)
        return NULL;
    if (is_constant_name(node->value.as.str->data)) {
        ais_jparser_fail(parser, &token, "nothing can be assigned to \"%s\"",
                         node->value.as.str->data);
        return NULL;
    }
    node->flags |= FLAG_TARGET;
    return ais_jparser_seal(parser, node);
}
