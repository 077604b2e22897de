/* Text, tags, and the statements that only deal with values. */
#include "jinja/parser.h"

#include <stdio.h>
#include <string.h>

static struct ais_jnode *parse_for(struct ais_jparser *parser) {
    struct ais_jtoken opener = parser->token;
    struct ais_jnode *node = ais_jparser_node(parser, N_FOR, &opener);
    int more;
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    node->a = ais_jparser_target(parser, false, "in");
    if (!node->a || ais_jparser_expect_name(parser, "in") < 0)
        return NULL;
    node->b = ais_jparser_tuple(parser, 0, "recursive");
    if (!node->b || (more = ais_jparser_accept_name(parser, "if")) < 0)
        return NULL;
    if (more) {
        node->c = ais_jparser_expression(parser, true);
        if (!node->c)
            return NULL;
    }
    more = ais_jparser_accept_name(parser, "recursive");
    node->flags |= more > 0 ? FLAG_RECURSIVE : 0;
    if (more < 0 || ais_jparser_body(parser, &opener, (const char *const[]){"else", "endfor", NULL},
                                     &node->body) < 0)
        return NULL;
    more = ais_jparser_is(parser, "else");
    if (ais_jparser_next(parser) < 0)
        return NULL;
    if (more && (ais_jparser_body(parser, &opener, (const char *const[]){"endfor", NULL},
                                  &node->orelse) < 0 ||
                 ais_jparser_next(parser) < 0))
        return NULL;
    return ais_jparser_seal(parser, node);
}

/* One branch, up to the tag that ends it. */
static struct ais_jnode *parse_branch(struct ais_jparser *parser, const struct ais_jtoken *opener,
                                      bool otherwise) {
    static const char *const open[] = {"elif", "else", "endif", NULL}, *const last[] = {"endif",
                                                                                        NULL};
    struct ais_jnode *node = ais_jparser_node(parser, N_BRANCH, &parser->token);
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    if (!otherwise) {
        node->a = ais_jparser_tuple(parser, 0, NULL);
        if (!node->a)
            return NULL;
    }
    if (ais_jparser_body(parser, opener, otherwise ? last : open, &node->body) < 0)
        return NULL;
    return ais_jparser_seal(parser, node);
}

static struct ais_jnode *parse_if(struct ais_jparser *parser) {
    struct ais_jtoken opener = parser->token;
    struct ais_jnode *node = ais_jparser_node(parser, N_IF, &opener), **tail;
    bool lenient = parser->lenient;
    if (!node)
        return NULL;
    parser->lenient = true;
    tail = &node->b;
    do {
        bool otherwise = ais_jparser_is(parser, "else");
        *tail = parse_branch(parser, &opener, otherwise);
        if (!*tail)
            return NULL;
        tail = &(*tail)->next;
    } while (!ais_jparser_is(parser, "endif"));
    parser->lenient = lenient;
    return ais_jparser_next(parser) < 0 ? NULL : ais_jparser_seal(parser, node);
}

static struct ais_jnode *parse_set(struct ais_jparser *parser) {
    struct ais_jtoken opener = parser->token;
    struct ais_jnode *node = ais_jparser_node(parser, N_SET, &opener);
    int more;
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    node->a = ais_jparser_target(parser, true, NULL);
    if (!node->a || (more = ais_jparser_accept(parser, T_ASSIGN)) < 0)
        return NULL;
    if (more) {
        node->b = ais_jparser_tuple(parser, TUPLE_CONDITIONAL, NULL);
        return node->b ? ais_jparser_seal(parser, node) : NULL;
    }
    node->kind = N_SET_BLOCK;
    more = ais_jparser_accept(parser, T_PIPE);
    if (more > 0)
        node->b = ais_jparser_filter_chain(parser);
    if (more < 0 || (more > 0 && !node->b) ||
        ais_jparser_body(parser, &opener, (const char *const[]){"endset", NULL}, &node->body) < 0 ||
        ais_jparser_next(parser) < 0)
        return NULL;
    return ais_jparser_seal(parser, node);
}

static struct ais_jnode *parse_with(struct ais_jparser *parser) {
    struct ais_jtoken opener = parser->token;
    struct ais_jnode *node = ais_jparser_node(parser, N_WITH, &opener), **tail;
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    tail = &node->a;
    while (parser->token.kind != T_BLOCK_END) {
        struct ais_jnode *set;
        if (node->a && ais_jparser_expect(parser, T_COMMA) < 0)
            return NULL;
        set = ais_jparser_node(parser, N_SET, &parser->token);
        if (!set)
            return NULL;
        set->a = ais_jparser_target(parser, false, NULL);
        if (!set->a || ais_jparser_expect(parser, T_ASSIGN) < 0)
            return NULL;
        set->b = ais_jparser_expression(parser, true);
        if (!set->b || !ais_jparser_seal(parser, set))
            return NULL;
        *tail = set;
        tail = &set->next;
    }
    if (ais_jparser_body(parser, &opener, (const char *const[]){"endwith", NULL}, &node->body) <
            0 ||
        ais_jparser_next(parser) < 0)
        return NULL;
    return ais_jparser_seal(parser, node);
}

static struct ais_jnode *parse_filter_block(struct ais_jparser *parser) {
    struct ais_jtoken opener = parser->token;
    struct ais_jnode *node = ais_jparser_node(parser, N_FILTER_BLOCK, &opener);
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    node->b = ais_jparser_filter_chain(parser);
    if (!node->b ||
        ais_jparser_body(parser, &opener, (const char *const[]){"endfilter", NULL}, &node->body) <
            0 ||
        ais_jparser_next(parser) < 0)
        return NULL;
    return ais_jparser_seal(parser, node);
}

/* `print a, b`: the same as the outputs {{ a }}{{ b }}, kept together in a block without names. */
static struct ais_jnode *parse_print(struct ais_jparser *parser) {
    struct ais_jnode *node = ais_jparser_node(parser, N_IF, &parser->token);
    struct ais_jnode *branch = ais_jparser_node(parser, N_BRANCH, &parser->token), **tail;
    if (!node || !branch || ais_jparser_next(parser) < 0)
        return NULL;
    tail = &branch->body;
    while (parser->token.kind != T_BLOCK_END) {
        struct ais_jnode *output;
        if (branch->body && ais_jparser_expect(parser, T_COMMA) < 0)
            return NULL;
        output = ais_jparser_node(parser, N_OUTPUT, &parser->token);
        if (!output)
            return NULL;
        output->a = ais_jparser_expression(parser, true);
        if (!output->a || !ais_jparser_seal(parser, output))
            return NULL;
        *tail = output;
        tail = &output->next;
    }
    node->b = ais_jparser_seal(parser, branch);
    return node->b ? ais_jparser_seal(parser, node) : NULL;
}

static const struct tag {
    const char *name;
    struct ais_jnode *(*parse)(struct ais_jparser *parser);
} tags[] = {
    {"if", parse_if},
    {"for", parse_for},
    {"set", parse_set},
    {"with", parse_with},
    {"filter", parse_filter_block},
    {"print", parse_print},
    {"macro", ais_jparser_macro},
    {"call", ais_jparser_call_block},
    {"block", ais_jparser_block},
    {"extends", ais_jparser_extends},
    {"include", ais_jparser_include},
    {"import", ais_jparser_import},
    {"from", ais_jparser_from},
};
enum { TAGS = sizeof tags / sizeof tags[0] };

/* A tag that is none, or that belongs to something else. */
static int unknown_tag(struct ais_jparser *parser, const char *const *ends) {
    const char *names[TAGS + 4], *end = NULL;
    char hint[160], name[64];
    size_t count = 0, size = parser->token.size;
    snprintf(name, sizeof name, "%.*s", size > 40 ? 40 : (int)size, parser->token.text);
    for (; ends && ends[count]; count++)
        names[count] = end = ends[count];
    for (size_t i = 0; i < TAGS; i++)
        names[count++] = tags[i].name;
    ais_did_you_mean(hint, sizeof hint, name, names, count);
    if (strncmp(name, "end", 3) != 0 && strcmp(name, "else") != 0 && strcmp(name, "elif") != 0)
        return ais_jparser_fail(parser, &parser->token, "unknown tag \"%s\"%s", name, hint);
    if (!end)
        return ais_jparser_fail(parser, &parser->token, "unexpected tag \"%s\"", name);
    return ais_jparser_fail(parser, &parser->token, "unexpected tag \"%s\", expected \"%s\"", name,
                            end);
}

static struct ais_jnode *parse_tag(struct ais_jparser *parser, const char *const *ends) {
    struct ais_jnode *node;
    char found[64];
    if (parser->token.kind != T_NAME) {
        ais_jparser_fail(parser, &parser->token, "unexpected %s, expected the name of a tag",
                         ais_jtoken_text(&parser->token, found, sizeof found));
        return NULL;
    }
    for (size_t i = 0; i < TAGS; i++) {
        if (ais_jparser_is(parser, tags[i].name)) {
            if (ais_jparser_enter(parser) < 0)
                return NULL;
            node = tags[i].parse(parser);
            parser->depth--;
            return node && ais_jparser_expect(parser, T_BLOCK_END) == 0 ? node : NULL;
        }
    }
    unknown_tag(parser, ends);
    return NULL;
}

static struct ais_jnode *parse_output(struct ais_jparser *parser) {
    struct ais_jnode *node = ais_jparser_node(parser, N_OUTPUT, &parser->token);
    if (!node || ais_jparser_next(parser) < 0)
        return NULL;
    node->a = ais_jparser_tuple(parser, TUPLE_CONDITIONAL, NULL);
    if (!node->a || ais_jparser_expect(parser, T_VARIABLE_END) < 0)
        return NULL;
    return ais_jparser_seal(parser, node);
}

static struct ais_jnode *parse_data(struct ais_jparser *parser) {
    struct ais_jnode *node = ais_jparser_node(parser, N_DATA, &parser->token);
    if (!node ||
        ais_jparser_str(parser, parser->token.text, parser->token.size, &node->value) < 0 ||
        ais_jparser_next(parser) < 0)
        return NULL;
    return ais_jparser_seal(parser, node);
}

static bool is_one_of(const struct ais_jparser *parser, const char *const *names) {
    for (; names && *names; names++) {
        if (ais_jparser_is(parser, *names))
            return true;
    }
    return false;
}

/* Statements until the text or, with `ends`, the body is over. 1 at one of `ends`, 0 at the end. */
static int parse_statements(struct ais_jparser *parser, const char *const *ends,
                            struct ais_jnode **body) {
    struct ais_jnode **tail = body;
    while (parser->token.kind != T_EOF) {
        if (parser->token.kind == T_DATA) {
            *tail = parse_data(parser);
        } else if (parser->token.kind == T_VARIABLE_BEGIN) {
            *tail = parse_output(parser);
        } else {
            if (ais_jparser_expect(parser, T_BLOCK_BEGIN) < 0)
                return -1;
            if (is_one_of(parser, ends))
                return 1;
            *tail = parse_tag(parser, ends);
        }
        if (!*tail)
            return -1;
        tail = &(*tail)->next;
    }
    return 0;
}

int ais_jparser_template(struct ais_jparser *parser, struct ais_jnode **body) {
    return parse_statements(parser, NULL, body);
}

int ais_jparser_body(struct ais_jparser *parser, const struct ais_jtoken *opener,
                     const char *const *ends, struct ais_jnode **body) {
    struct ais_jtoken at = *opener;
    char name[64];
    int rc;
    if (ais_jparser_accept(parser, T_COLON) < 0 || ais_jparser_expect(parser, T_BLOCK_END) < 0)
        return -1;
    rc = parse_statements(parser, ends, body);
    if (rc)
        return rc < 0 ? -1 : 0;
    snprintf(name, sizeof name, "%.*s", at.size > 40 ? 40 : (int)at.size, at.text);
    return ais_jparser_fail(parser, &at, "\"%s\" is not closed, expected \"end%s\"", name, name);
}
