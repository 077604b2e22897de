/* Operators, from the weakest to the strongest, and literals. */
#include "jinja/parser.h"

#include <string.h>

static struct ais_jnode *parse_or(struct ais_jparser *parser);

/* Appends to a list of siblings whose end is *tail. */
static void append(struct ais_jnode ***tail, struct ais_jnode *node) {
    **tail = node;
    *tail = &node->next;
}

static struct ais_jnode *binary(struct ais_jparser *parser, enum ais_jnode_kind kind, unsigned op,
                                const struct ais_jtoken *token, struct ais_jnode *a,
                                struct ais_jnode *b) {
    struct ais_jnode *node;
    if (!b)
        return NULL;
    node = ais_jparser_node(parser, kind, token);
    if (!node)
        return NULL;
    node->op = op;
    node->a = a;
    node->b = b;
    return ais_jparser_seal(parser, node);
}

static struct ais_jnode *parse_condition(struct ais_jparser *parser, struct ais_jnode *then) {
    struct ais_jnode *node = ais_jparser_node(parser, N_COND, &parser->token);
    bool lenient = parser->lenient;
    int more;
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    parser->lenient = true;
    node->b = then;
    node->a = parse_or(parser);
    if (!node->a)
        return NULL;
    more = ais_jparser_accept_name(parser, "else");
    if (more < 0)
        return NULL;
    if (more) {
        node->c = ais_jparser_expression(parser, true);
        if (!node->c)
            return NULL;
    }
    parser->lenient = lenient;
    return ais_jparser_seal(parser, node);
}

struct ais_jnode *ais_jparser_expression(struct ais_jparser *parser, bool conditional) {
    struct ais_jnode *node;
    if (ais_jparser_enter(parser) < 0)
        return NULL;
    node = parse_or(parser);
    while (node && conditional && ais_jparser_is(parser, "if"))
        node = parse_condition(parser, node);
    parser->depth--;
    return node;
}

static struct ais_jnode *parse_not(struct ais_jparser *parser);

static struct ais_jnode *parse_and(struct ais_jparser *parser) {
    struct ais_jnode *node = parse_not(parser);
    while (node && ais_jparser_is(parser, "and")) {
        struct ais_jtoken token = parser->token;
        if (ais_jparser_next(parser) < 0)
            return NULL;
        node = binary(parser, N_AND, 0, &token, node, parse_not(parser));
    }
    return node;
}

static struct ais_jnode *parse_or(struct ais_jparser *parser) {
    struct ais_jnode *node = parse_and(parser);
    while (node && ais_jparser_is(parser, "or")) {
        struct ais_jtoken token = parser->token;
        if (ais_jparser_next(parser) < 0)
            return NULL;
        node = binary(parser, N_OR, 0, &token, node, parse_and(parser));
    }
    return node;
}

static struct ais_jnode *parse_compare(struct ais_jparser *parser);

static struct ais_jnode *parse_not(struct ais_jparser *parser) {
    struct ais_jnode *node;
    if (!ais_jparser_is(parser, "not"))
        return parse_compare(parser);
    node = ais_jparser_node(parser, N_UNARY, &parser->token);
    if (!node || ais_jparser_enter(parser) < 0 || ais_jparser_next(parser) < 0)
        return NULL;
    node->op = OP_NOT;
    node->a = parse_not(parser);
    parser->depth--;
    return node->a ? ais_jparser_seal(parser, node) : NULL;
}

/* The comparison that the current token is, or -1. */
static int comparison(struct ais_jparser *parser) {
    static const int ops[] = {[T_EQ] = OP_EQ, [T_NE] = OP_NE, [T_LT] = OP_LT,
                              [T_LE] = OP_LE, [T_GT] = OP_GT, [T_GE] = OP_GE};
    enum ais_jtoken_kind kind = parser->token.kind;
    if (kind >= T_EQ && kind <= T_GE)
        return ops[kind];
    if (ais_jparser_is(parser, "in"))
        return OP_IN;
    if (ais_jparser_is(parser, "not") && ais_jparser_next_is(parser, T_NAME, "in"))
        return OP_NOT_IN;
    return -1;
}

static struct ais_jnode *parse_sum(struct ais_jparser *parser);

static struct ais_jnode *parse_compare(struct ais_jparser *parser) {
    struct ais_jnode *first = parse_sum(parser), *node = NULL, **tail = NULL;
    int op;
    while (first && (op = comparison(parser)) >= 0) {
        struct ais_jnode *operand = ais_jparser_node(parser, N_OPERAND, &parser->token);
        if (!operand || ais_jparser_next(parser) < 0)
            return NULL;
        if (op == OP_NOT_IN && ais_jparser_next(parser) < 0)
            return NULL;
        operand->op = (unsigned)op;
        operand->a = parse_sum(parser);
        if (!operand->a || !ais_jparser_seal(parser, operand))
            return NULL;
        if (!node) {
            node = ais_jparser_node(parser, N_COMPARE, &parser->token);
            if (!node)
                return NULL;
            node->line = first->line;
            node->column = first->column;
            node->a = first;
            tail = &node->b;
        }
        append(&tail, operand);
    }
    return first && node ? ais_jparser_seal(parser, node) : first;
}

static struct ais_jnode *parse_power(struct ais_jparser *parser) {
    struct ais_jnode *node = ais_jparser_unary(parser, true);
    while (node && parser->token.kind == T_POW) {
        struct ais_jtoken token = parser->token;
        if (ais_jparser_next(parser) < 0)
            return NULL;
        node = binary(parser, N_BINARY, OP_POW, &token, node, ais_jparser_unary(parser, true));
    }
    return node;
}

static struct ais_jnode *parse_product(struct ais_jparser *parser) {
    static const unsigned ops[] = {
        [T_MUL] = OP_MUL, [T_DIV] = OP_DIV, [T_FLOORDIV] = OP_FLOORDIV, [T_MOD] = OP_MOD};
    struct ais_jnode *node = parse_power(parser);
    while (node && parser->token.kind >= T_MUL && parser->token.kind <= T_MOD) {
        struct ais_jtoken token = parser->token;
        if (ais_jparser_next(parser) < 0)
            return NULL;
        node = binary(parser, N_BINARY, ops[token.kind], &token, node, parse_power(parser));
    }
    return node;
}

static struct ais_jnode *parse_concat(struct ais_jparser *parser) {
    struct ais_jnode *first = parse_product(parser), *node, **tail;
    if (!first || parser->token.kind != T_TILDE)
        return first;
    node = ais_jparser_node(parser, N_CONCAT, &parser->token);
    if (!node)
        return NULL;
    tail = &node->a;
    append(&tail, first);
    while (parser->token.kind == T_TILDE) {
        struct ais_jnode *item;
        if (ais_jparser_next(parser) < 0)
            return NULL;
        item = parse_product(parser);
        if (!item)
            return NULL;
        append(&tail, item);
    }
    return ais_jparser_seal(parser, node);
}

static struct ais_jnode *parse_sum(struct ais_jparser *parser) {
    struct ais_jnode *node = parse_concat(parser);
    while (node && (parser->token.kind == T_ADD || parser->token.kind == T_SUB)) {
        struct ais_jtoken token = parser->token;
        if (ais_jparser_next(parser) < 0)
            return NULL;
        node = binary(parser, N_BINARY, token.kind == T_ADD ? OP_ADD : OP_SUB, &token, node,
                      parse_concat(parser));
    }
    return node;
}

struct ais_jnode *ais_jparser_unary(struct ais_jparser *parser, bool with_filter) {
    enum ais_jtoken_kind kind = parser->token.kind;
    struct ais_jnode *node;
    if (kind == T_SUB || kind == T_ADD) {
        node = ais_jparser_node(parser, N_UNARY, &parser->token);
        if (!node || ais_jparser_enter(parser) < 0 || ais_jparser_next(parser) < 0)
            return NULL;
        node->op = kind == T_SUB ? OP_NEG : OP_POS;
        node->a = ais_jparser_unary(parser, false);
        parser->depth--;
        node = node->a ? ais_jparser_seal(parser, node) : NULL;
    } else {
        node = ais_jparser_primary(parser, false);
    }
    if (node)
        node = ais_jparser_postfix(parser, node);
    return node && with_filter ? ais_jparser_filters(parser, node) : node;
}

static bool constant(const struct ais_jparser *parser, struct ais_jval *value) {
    if (ais_jparser_is(parser, "true") || ais_jparser_is(parser, "True"))
        *value = ais_jval_bool(true);
    else if (ais_jparser_is(parser, "false") || ais_jparser_is(parser, "False"))
        *value = ais_jval_bool(false);
    else if (ais_jparser_is(parser, "none") || ais_jparser_is(parser, "None"))
        *value = J_NOTHING;
    else
        return false;
    return true;
}

/* `name.attribute`, which only a namespace can be given. */
static struct ais_jnode *parse_attribute_target(struct ais_jparser *parser,
                                                struct ais_jnode *name) {
    struct ais_jnode *node = ais_jparser_node(parser, N_NSREF, &parser->token);
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    node->a = name;
    if (parser->token.kind == T_NAME &&
        ais_jparser_str(parser, parser->token.text, parser->token.size, &node->value) < 0)
        return NULL;
    return ais_jparser_expect(parser, T_NAME) < 0 ? NULL : ais_jparser_seal(parser, node);
}

static struct ais_jnode *parse_name(struct ais_jparser *parser, bool with_namespace) {
    struct ais_jnode *node = ais_jparser_node(parser, N_NAME, &parser->token);
    if (!node)
        return NULL;
    if (constant(parser, &node->value)) {
        node->kind = N_CONST;
        return ais_jparser_next(parser) < 0 ? NULL : ais_jparser_seal(parser, node);
    }
    if (ais_jparser_is(parser, "caller"))
        parser->uses |= FLAG_CALLER;
    else if (ais_jparser_is(parser, "varargs"))
        parser->uses |= FLAG_VARARGS;
    else if (ais_jparser_is(parser, "kwargs"))
        parser->uses |= FLAG_KWARGS;
    if (ais_jparser_str(parser, parser->token.text, parser->token.size, &node->value) < 0 ||
        ais_jparser_next(parser) < 0 || !ais_jparser_seal(parser, node))
        return NULL;
    if (with_namespace && parser->token.kind == T_DOT)
        return parse_attribute_target(parser, node);
    return node;
}

static struct ais_jnode *parse_list(struct ais_jparser *parser) {
    struct ais_jnode *node = ais_jparser_node(parser, N_LIST, &parser->token), **tail;
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    tail = &node->a;
    while (parser->token.kind != T_RBRACKET) {
        struct ais_jnode *item;
        if (node->a && ais_jparser_expect(parser, T_COMMA) < 0)
            return NULL;
        if (parser->token.kind == T_RBRACKET)
            break;
        item = ais_jparser_expression(parser, true);
        if (!item)
            return NULL;
        append(&tail, item);
    }
    return ais_jparser_next(parser) < 0 ? NULL : ais_jparser_seal(parser, node);
}

static struct ais_jnode *parse_dict(struct ais_jparser *parser) {
    struct ais_jnode *node = ais_jparser_node(parser, N_DICT, &parser->token), **tail;
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    tail = &node->a;
    while (parser->token.kind != T_RBRACE) {
        struct ais_jnode *pair;
        if (node->a && ais_jparser_expect(parser, T_COMMA) < 0)
            return NULL;
        if (parser->token.kind == T_RBRACE)
            break;
        pair = ais_jparser_node(parser, N_PAIR, &parser->token);
        if (!pair)
            return NULL;
        pair->a = ais_jparser_expression(parser, true);
        if (!pair->a || ais_jparser_expect(parser, T_COLON) < 0)
            return NULL;
        pair->b = ais_jparser_expression(parser, true);
        if (!pair->b || !ais_jparser_seal(parser, pair))
            return NULL;
        append(&tail, pair);
    }
    return ais_jparser_next(parser) < 0 ? NULL : ais_jparser_seal(parser, node);
}

static struct ais_jnode *parse_literal(struct ais_jparser *parser) {
    struct ais_jnode *node = ais_jparser_node(parser, N_CONST, &parser->token);
    int rc;
    if (!node)
        return NULL;
    rc = parser->token.kind == T_STRING ? ais_jparser_string(parser, &node->value)
                                        : ais_jparser_number(parser, &node->value);
    return rc < 0 ? NULL : ais_jparser_seal(parser, node);
}

struct ais_jnode *ais_jparser_primary(struct ais_jparser *parser, bool with_namespace) {
    struct ais_jnode *node;
    char found[64];
    switch (parser->token.kind) {
    case T_NAME:
        return parse_name(parser, with_namespace);
    case T_STRING:
    case T_INTEGER:
    case T_FLOAT:
        return parse_literal(parser);
    case T_LPAREN:
        if (ais_jparser_enter(parser) < 0 || ais_jparser_next(parser) < 0)
            return NULL;
        node = ais_jparser_tuple(parser, TUPLE_CONDITIONAL | TUPLE_EMPTY, NULL);
        parser->depth--;
        return !node || ais_jparser_expect(parser, T_RPAREN) < 0 ? NULL : node;
    case T_LBRACKET:
        return parse_list(parser);
    case T_LBRACE:
        return parse_dict(parser);
    default:
        ais_jparser_fail(parser, &parser->token, "unexpected %s, expected an expression",
                         ais_jtoken_text(&parser->token, found, sizeof found));
        return NULL;
    }
}

static bool tuple_ends(const struct ais_jparser *parser, const char *end) {
    enum ais_jtoken_kind kind = parser->token.kind;
    return kind == T_VARIABLE_END || kind == T_BLOCK_END || kind == T_RPAREN ||
           (end && ais_jparser_is(parser, end));
}

struct ais_jnode *ais_jparser_tuple(struct ais_jparser *parser, unsigned how, const char *end) {
    struct ais_jnode *node = ais_jparser_node(parser, N_TUPLE, &parser->token), **tail;
    bool comma = false;
    char found[64];
    if (!node)
        return NULL;
    tail = &node->a;
    while (!tuple_ends(parser, end)) {
        struct ais_jnode *item = how & TUPLE_TARGET
                                     ? ais_jparser_primary(parser, how & TUPLE_NAMESPACE)
                                     : ais_jparser_expression(parser, how & TUPLE_CONDITIONAL);
        if (!item)
            return NULL;
        append(&tail, item);
        if (parser->token.kind != T_COMMA)
            break;
        comma = true;
        if (ais_jparser_next(parser) < 0)
            return NULL;
    }
    if (!comma && node->a)
        return node->a;
    if (!comma && !(how & TUPLE_EMPTY)) {
        ais_jparser_fail(parser, &parser->token, "unexpected %s, expected an expression",
                         ais_jtoken_text(&parser->token, found, sizeof found));
        return NULL;
    }
    return ais_jparser_seal(parser, node);
}
