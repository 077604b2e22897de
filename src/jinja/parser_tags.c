/* Macros, blocks, and what is read from other templates. */
#include "jinja/parser.h"

#include <string.h>

/* "(a, b=1)" */
static int parse_signature(struct ais_jparser *parser, struct ais_jnode **list) {
    struct ais_jnode **tail = list;
    bool defaults = false;
    if (ais_jparser_expect(parser, T_LPAREN) < 0)
        return -1;
    while (parser->token.kind != T_RPAREN) {
        struct ais_jnode *param, *name;
        struct ais_jtoken token;
        int more;
        if (*list && ais_jparser_expect(parser, T_COMMA) < 0)
            return -1;
        token = parser->token;
        param = ais_jparser_node(parser, N_PARAM, &token);
        name = ais_jparser_target_name(parser);
        if (!param || !name || (more = ais_jparser_accept(parser, T_ASSIGN)) < 0)
            return -1;
        param->value = name->value;
        if (more) {
            param->a = ais_jparser_expression(parser, true);
            defaults = true;
        } else if (defaults) {
            return ais_jparser_fail(parser, &token,
                                    "a parameter without a default follows one with a default");
        }
        if ((more && !param->a) || !ais_jparser_seal(parser, param))
            return -1;
        *tail = param;
        tail = &param->next;
    }
    return ais_jparser_next(parser);
}

/* The body of a macro or call block, with the special names that it reads. */
static int parse_macro_body(struct ais_jparser *parser, const struct ais_jtoken *opener,
                            const char *end, struct ais_jnode *node) {
    const char *const ends[] = {end, NULL};
    unsigned uses = parser->uses;
    bool lenient = parser->lenient;
    parser->uses = 0;
    parser->lenient = false;
    if (ais_jparser_body(parser, opener, ends, &node->body) < 0 || ais_jparser_next(parser) < 0)
        return -1;
    node->flags |= parser->uses;
    parser->uses |= uses;
    parser->lenient = lenient;
    return 0;
}

struct ais_jnode *ais_jparser_macro(struct ais_jparser *parser) {
    struct ais_jtoken opener = parser->token;
    struct ais_jnode *node = ais_jparser_node(parser, N_MACRO, &opener), *name;
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    name = ais_jparser_target_name(parser);
    if (!name || parse_signature(parser, &node->a) < 0 ||
        parse_macro_body(parser, &opener, "endmacro", node) < 0)
        return NULL;
    node->value = name->value;
    return ais_jparser_seal(parser, node);
}

struct ais_jnode *ais_jparser_call_block(struct ais_jparser *parser) {
    struct ais_jtoken opener = parser->token, token;
    struct ais_jnode *node = ais_jparser_node(parser, N_CALL_BLOCK, &opener);
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    if (parser->token.kind == T_LPAREN && parse_signature(parser, &node->a) < 0)
        return NULL;
    token = parser->token;
    node->b = ais_jparser_expression(parser, true);
    if (node->b && node->b->kind != N_CALL)
        ais_jparser_fail(parser, &token, "expected a call");
    if (!node->b || node->b->kind != N_CALL ||
        parse_macro_body(parser, &opener, "endcall", node) < 0)
        return NULL;
    return ais_jparser_seal(parser, node);
}

static bool is_blank(const struct ais_jnode *node) {
    for (; node; node = node->next) {
        const struct ais_jstr *str = node->value.as.str;
        if (node->kind != N_DATA || strspn(str->data, " \t\n\f\v") != str->size)
            return false;
    }
    return true;
}

/* Blocks have one name each. */
static int register_block(struct ais_jparser *parser, const struct ais_jtoken *token) {
    struct ais_jnode *name = ais_jparser_node(parser, N_NAME, token);
    if (!name || ais_jparser_str(parser, token->text, token->size, &name->value) < 0)
        return -1;
    for (const struct ais_jnode *other = parser->blocks; other; other = other->next) {
        if (strcmp(other->value.as.str->data, name->value.as.str->data) == 0)
            return ais_jparser_fail(parser, token, "block \"%s\" is defined twice",
                                    name->value.as.str->data);
    }
    name->next = parser->blocks;
    parser->blocks = name;
    return 0;
}

struct ais_jnode *ais_jparser_block(struct ais_jparser *parser) {
    struct ais_jtoken opener = parser->token, name;
    struct ais_jnode *node = ais_jparser_node(parser, N_BLOCK, &opener);
    int scoped, required;
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    name = parser->token;
    if (ais_jparser_expect(parser, T_NAME) < 0 || register_block(parser, &name) < 0 ||
        (scoped = ais_jparser_accept_name(parser, "scoped")) < 0 ||
        (required = ais_jparser_accept_name(parser, "required")) < 0)
        return NULL;
    node->value = parser->blocks->value;
    parser->blocks->a = node;
    node->flags = (scoped ? FLAG_SCOPED : 0) | (required ? FLAG_REQUIRED : 0);
    if (ais_jparser_body(parser, &opener, (const char *const[]){"endblock", NULL}, &node->body) <
            0 ||
        ais_jparser_next(parser) < 0)
        return NULL;
    if (required && !is_blank(node->body)) {
        ais_jparser_fail(parser, &opener,
                         "a required block can hold comments and white space only");
        return NULL;
    }
    if (ais_jparser_accept_name(parser, node->value.as.str->data) < 0)
        return NULL;
    return ais_jparser_seal(parser, node);
}

/* A tag that begins with a template's name. */
static struct ais_jnode *parse_template_name(struct ais_jparser *parser, enum ais_jnode_kind kind) {
    struct ais_jnode *node = ais_jparser_node(parser, kind, &parser->token);
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    node->a = ais_jparser_expression(parser, true);
    return node->a ? node : NULL;
}

struct ais_jnode *ais_jparser_extends(struct ais_jparser *parser) {
    struct ais_jnode *node = parse_template_name(parser, N_EXTENDS);
    return node ? ais_jparser_seal(parser, node) : NULL;
}

/* "with context" or "without context": 1 if it was there. */
static int parse_context(struct ais_jparser *parser, struct ais_jnode *node) {
    bool with = ais_jparser_is(parser, "with");
    if (!with && !ais_jparser_is(parser, "without"))
        return 0;
    if (!ais_jparser_next_is(parser, T_NAME, "context"))
        return 0;
    node->flags = with ? node->flags | FLAG_CONTEXT : node->flags & ~(unsigned)FLAG_CONTEXT;
    return ais_jparser_next(parser) < 0 || ais_jparser_next(parser) < 0 ? -1 : 1;
}

struct ais_jnode *ais_jparser_include(struct ais_jparser *parser) {
    struct ais_jnode *node = parse_template_name(parser, N_INCLUDE);
    if (!node)
        return NULL;
    node->flags |= FLAG_CONTEXT;
    if (ais_jparser_is(parser, "ignore") && ais_jparser_next_is(parser, T_NAME, "missing")) {
        node->flags |= FLAG_OPTIONAL;
        if (ais_jparser_next(parser) < 0 || ais_jparser_next(parser) < 0)
            return NULL;
    }
    return parse_context(parser, node) < 0 ? NULL : ais_jparser_seal(parser, node);
}

struct ais_jnode *ais_jparser_import(struct ais_jparser *parser) {
    struct ais_jnode *node = parse_template_name(parser, N_IMPORT), *name;
    if (!node || ais_jparser_expect_name(parser, "as") < 0)
        return NULL;
    name = ais_jparser_target_name(parser);
    if (!name || parse_context(parser, node) < 0)
        return NULL;
    node->value = name->value;
    return ais_jparser_seal(parser, node);
}

/* "name" or "name as other" */
static struct ais_jnode *parse_imported(struct ais_jparser *parser) {
    struct ais_jtoken token = parser->token;
    struct ais_jnode *node = ais_jparser_node(parser, N_IMPORTED, &token);
    struct ais_jnode *name = ais_jparser_target_name(parser);
    int more;
    if (!node || !name)
        return NULL;
    if (name->value.as.str->data[0] == '_') {
        ais_jparser_fail(parser, &token, "names that start with \"_\" cannot be imported");
        return NULL;
    }
    more = ais_jparser_accept_name(parser, "as");
    if (more < 0)
        return NULL;
    node->value = name->value;
    node->a = more ? ais_jparser_target_name(parser) : name;
    return node->a ? ais_jparser_seal(parser, node) : NULL;
}

struct ais_jnode *ais_jparser_from(struct ais_jparser *parser) {
    struct ais_jnode *node = parse_template_name(parser, N_FROM), **tail;
    if (!node || ais_jparser_expect_name(parser, "import") < 0)
        return NULL;
    tail = &node->b;
    for (;;) {
        int rc;
        if (node->b && ais_jparser_expect(parser, T_COMMA) < 0)
            return NULL;
        rc = parse_context(parser, node);
        if (rc < 0)
            return NULL;
        if (rc)
            break;
        *tail = parse_imported(parser);
        if (!*tail)
            return NULL;
        tail = &(*tail)->next;
        rc = parse_context(parser, node);
        if (rc < 0)
            return NULL;
        if (rc || parser->token.kind != T_COMMA)
            break;
    }
    return ais_jparser_seal(parser, node);
}
