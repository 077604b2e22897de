#include "jinja/env.h"

#include "jinja/eval.h"
#include "jinja/list.h"
#include "jinja/parser.h"

#include <string.h>
#include <unistr.h>

static const struct ais_jinja_limits defaults = {
    .output = (size_t)64 << 20,
    .steps = 20000000,
    .depth = 100,
    .memory = (size_t)256 << 20,
};

struct ais_jinja *ais_jinja_new(const struct ais_jinja_options *options, struct ais_error *err) {
    struct ais_jinja *env = ais_calloc(1, sizeof *env);
    struct ais_jinja_limits *limits;
    if (!env || pthread_mutex_init(&env->lock, NULL) != 0) {
        ais_free(env);
        ais_fail_memory(err);
        return NULL;
    }
    json_object_seed(0); /* before there are threads, as it is not safe later */
    env->options = *options;
    limits = &env->options.limits;
    limits->output = limits->output ? limits->output : defaults.output;
    limits->steps = limits->steps ? limits->steps : defaults.steps;
    limits->depth = limits->depth ? limits->depth : defaults.depth;
    limits->memory = limits->memory ? limits->memory : defaults.memory;
    return env;
}

void ais_jinja_free(struct ais_jinja *env) {
    if (!env)
        return;
    while (env->cache) {
        struct ais_jinja_tree *next = env->cache->next;
        ais_jinja_tree_free(env->cache);
        env->cache = next;
    }
    pthread_mutex_destroy(&env->lock);
    ais_free(env);
}

void ais_jinja_tree_free(struct ais_jinja_tree *tree) {
    if (!tree)
        return;
    ais_arena_release(&tree->arena);
    ais_free(tree);
}

/* A copy of the text with "\n" for every line end; it must be UTF-8. */
static char *normalize(const struct ais_jinja *env, struct ais_place at, const char *text,
                       size_t *size, struct ais_error *err) {
    const uint8_t *wrong = u8_check((const uint8_t *)text, *size);
    char *copy;
    size_t used = 0;
    if (wrong) {
        for (const char *p = text; p < (const char *)wrong; p++)
            at.line += *p == '\n';
        at.column = 1;
        ais_fail_at(err, env->options.blame, at, "text is not UTF-8");
        return NULL;
    }
    copy = ais_malloc(*size + 1);
    if (!copy) {
        ais_fail_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < *size; i++) {
        bool pair = text[i] == '\r' && i + 1 < *size && text[i + 1] == '\n';
        if (!pair)
            copy[used++] = text[i] == '\r' ? '\n' : text[i];
    }
    *size = used;
    return copy;
}

static int parse_each(struct ais_jparser *parser, struct ais_jnode **root) {
    struct ais_jnode *node = ais_jparser_node(parser, N_EACH, &parser->token);
    if (!node)
        return -1;
    node->a = ais_jparser_target(parser, false, "in");
    if (!node->a || ais_jparser_expect_name(parser, "in") < 0)
        return -1;
    node->b = ais_jparser_expression(parser, true);
    *root = node->b ? ais_jparser_seal(parser, node) : NULL;
    return *root ? 0 : -1;
}

enum what { WHAT_TEMPLATE, WHAT_EXPRESSION, WHAT_EACH };

static int parse_root(struct ais_jparser *parser, enum what what) {
    struct ais_jnode **root = &parser->tree->root;
    char found[64];
    if (ais_jparser_next(parser) < 0)
        return -1;
    if (what == WHAT_TEMPLATE)
        return ais_jparser_template(parser, root);
    if (what == WHAT_EACH && parse_each(parser, root) < 0)
        return -1;
    if (what == WHAT_EXPRESSION) {
        *root = ais_jparser_expression(parser, true);
        if (!*root)
            return -1;
    }
    if (parser->token.kind != T_EOF)
        return ais_jparser_fail(parser, &parser->token, "unexpected %s behind the expression",
                                ais_jtoken_text(&parser->token, found, sizeof found));
    return 0;
}

static struct ais_jinja_tree *parse(struct ais_jinja *env, enum what what, struct ais_place at,
                                    const char *text, size_t size, struct ais_error *err) {
    struct ais_jinja_tree *tree = ais_calloc(1, sizeof *tree);
    struct ais_jparser parser = {.env = env, .tree = tree, .err = err};
    char *source = NULL;
    int rc = -1;
    at.line = at.line ? at.line : 1;
    at.column = at.column ? at.column : 1;
    if (!tree) {
        ais_fail_memory(err);
        return NULL;
    }
    tree->env = env;
    tree->path = ais_arena_strdup(&tree->arena, at.path ? at.path : "");
    if (!tree->path) {
        ais_fail_memory(err);
        goto out;
    }
    source = normalize(env, at, text, &size, err);
    if (!source)
        goto out;
    parser.lexer = (struct ais_jlexer){.options = &env->options,
                                       .path = tree->path,
                                       .source = source,
                                       .size = size,
                                       .line = at.line,
                                       .column = at.column,
                                       .state = what == WHAT_TEMPLATE ? LEX_DATA : LEX_EXPRESSION,
                                       .line_starting = true};
    rc = parse_root(&parser, what);
    tree->blocks = parser.blocks;
out:
    ais_free(source);
    if (rc == 0)
        return tree;
    ais_jinja_tree_free(tree);
    return NULL;
}

struct ais_jinja_tree *ais_jinja_parse(struct ais_jinja *env, struct ais_place at, const char *text,
                                       size_t size, struct ais_error *err) {
    return parse(env, WHAT_TEMPLATE, at, text, size, err);
}

struct ais_jinja_tree *ais_jinja_parse_expression(struct ais_jinja *env, struct ais_place at,
                                                  const char *text, struct ais_error *err) {
    return parse(env, WHAT_EXPRESSION, at, text, strlen(text), err);
}

struct ais_jinja_tree *ais_jinja_parse_each(struct ais_jinja *env, struct ais_place at,
                                            const char *text, struct ais_error *err) {
    return parse(env, WHAT_EACH, at, text, strlen(text), err);
}

static int load_locked(struct ais_jinja *env, const char *name, const struct ais_jinja_tree **tree,
                       struct ais_error *err) {
    struct ais_place at = {.line = 1, .column = 1};
    struct ais_jinja_tree *parsed;
    const char *text;
    size_t size;
    for (const struct ais_jinja_tree *known = env->cache; known; known = known->next) {
        if (strcmp(known->name, name) == 0) {
            *tree = known;
            return 1;
        }
    }
    if (!env->options.loader.load || env->options.loader.load(env->options.loader.payload, name,
                                                              &at.path, &text, &size, err) < 0)
        return err->status == AIS_OK ? 0 : -1;
    parsed = ais_jinja_parse(env, at, text, size, err);
    if (!parsed)
        return -1;
    parsed->name = ais_arena_strdup(&parsed->arena, name);
    if (!parsed->name) {
        ais_jinja_tree_free(parsed);
        return ais_fail_memory(err);
    }
    parsed->next = env->cache;
    env->cache = parsed;
    *tree = parsed;
    return 1;
}

int ais_jinja_load(struct ais_jinja *env, const char *name, const struct ais_jinja_tree **tree,
                   struct ais_error *err) {
    struct ais_error own = {0};
    int rc;
    pthread_mutex_lock(&env->lock);
    rc = load_locked(env, name, tree, &own);
    pthread_mutex_unlock(&env->lock);
    if (rc < 0 && err && err->status == AIS_OK)
        *err = own;
    return rc;
}

bool ais_jinja_is_plain(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\r')
            return false;
        if (text[i] == '{' && i + 1 < size &&
            (text[i + 1] == '{' || text[i + 1] == '%' || text[i + 1] == '#'))
            return false;
    }
    return u8_check((const uint8_t *)text, size) == NULL;
}
