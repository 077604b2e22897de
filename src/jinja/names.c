/* Names that a template reads from its context: an evaluation of scopes without values. */
#include "jinja/builtin.h"
#include "jinja/env.h"

#include <string.h>

/* Names that are set, and how often, so that leaving a scope can take them back. */
struct names {
    const struct ais_jinja_tree *tree;
    json_t *set;        /* name -> number of scopes that have it */
    json_t *used;       /* what was reported, and templates that were looked into */
    const char **scope; /* the names in the order of their setting */
    size_t count, capacity;
    void (*use)(void *payload, const char *name, const char *attribute, struct ais_place at);
    void *payload;
    struct ais_error *err;
};

static int walk(struct names *names, const struct ais_jnode *node);
static int walk_body(struct names *names, const struct ais_jnode *body);

static int count_name(struct names *names, const char *name, int change) {
    json_int_t count = json_integer_value(json_object_get(names->set, name));
    if (json_object_set_new(names->set, name, json_integer(count + change)) < 0)
        return ais_fail_memory(names->err);
    return 0;
}

static int set_name(struct names *names, const char *name) {
    if (ais_grow(&names->scope, &names->capacity, names->count + 1, sizeof *names->scope) < 0)
        return ais_fail_memory(names->err);
    if (count_name(names, name, 1) < 0)
        return -1;
    names->scope[names->count++] = name;
    return 0;
}

static int leave(struct names *names, size_t count) {
    while (names->count > count) {
        if (count_name(names, names->scope[--names->count], -1) < 0)
            return -1;
    }
    return 0;
}

static int set_target(struct names *names, const struct ais_jnode *target) {
    if (target->kind == N_NAME)
        return set_name(names, target->value.as.str->data);
    if (target->kind == N_NSREF)
        return walk(names, target->a);
    for (const struct ais_jnode *each = target->a; each; each = each->next) {
        if (set_target(names, each) < 0)
            return -1;
    }
    return 0;
}

static bool is_function(const struct names *names, const char *name) {
    const struct ais_jinja_function *host = names->tree->env->options.functions;
    for (; host && host->name; host++) {
        if (strcmp(host->name, name) == 0)
            return true;
    }
    return ais_jfunction_find(name, strlen(name)) || strcmp(name, "self") == 0;
}

/* 1 if the key is new, 0 or -1. */
static int once(struct names *names, const char *kind, const char *name, const char *attribute) {
    struct ais_buf key = AIS_BUF(SIZE_MAX / 2);
    int rc = -1;
    ais_buf_printf(&key, "%s %s %s", kind, name, attribute ? attribute : "");
    if (ais_buf_check(&key, AIS_FAILED, "a name", names->err) < 0)
        goto out;
    rc = !json_object_get(names->used, key.data);
    if (json_object_set_new(names->used, key.data, json_true()) < 0)
        rc = ais_fail_memory(names->err);
out:
    ais_buf_release(&key);
    return rc;
}

static int read_name(struct names *names, const struct ais_jnode *node, const char *attribute) {
    const char *name = node->value.as.str->data;
    int fresh;
    if (json_integer_value(json_object_get(names->set, name)) > 0 || is_function(names, name))
        return 0;
    fresh = once(names, "name", name, attribute);
    if (fresh > 0)
        names->use(names->payload, name, attribute, ais_jnode_place(names->tree, node));
    return fresh < 0 ? -1 : 0;
}

/* A list and all that is below it, where no scope begins. */
static int walk_list(struct names *names, const struct ais_jnode *list) {
    for (; list; list = list->next) {
        if (walk(names, list) < 0)
            return -1;
    }
    return 0;
}

static int walk_children(struct names *names, const struct ais_jnode *node) {
    if (walk_list(names, node->a) < 0 || walk_list(names, node->b) < 0 ||
        walk_list(names, node->c) < 0)
        return -1;
    return walk_body(names, node->body);
}

/* `name.attribute` or `name["attribute"]`. */
static int walk_attribute(struct names *names, const struct ais_jnode *node) {
    const struct ais_jnode *key = node->b;
    if (node->a->kind == N_NAME && node->kind == N_ATTR)
        return read_name(names, node->a, node->value.as.str->data);
    if (node->a->kind == N_NAME && key && key->kind == N_CONST && key->value.kind == J_STR)
        return read_name(names, node->a, key->value.as.str->data);
    return walk_children(names, node);
}

static int walk_for(struct names *names, const struct ais_jnode *node) {
    size_t outer = names->count;
    if (walk(names, node->b) < 0 || set_target(names, node->a) < 0 ||
        walk_list(names, node->c) < 0 || set_name(names, "loop") < 0 ||
        walk_body(names, node->body) < 0 || leave(names, outer) < 0 ||
        walk_body(names, node->orelse) < 0)
        return -1;
    return leave(names, outer);
}

static int walk_with(struct names *names, const struct ais_jnode *node) {
    size_t outer = names->count;
    for (const struct ais_jnode *set = node->a; set; set = set->next) {
        if (walk(names, set->b) < 0)
            return -1;
    }
    for (const struct ais_jnode *set = node->a; set; set = set->next) {
        if (set_target(names, set->a) < 0)
            return -1;
    }
    return walk_body(names, node->body) < 0 ? -1 : leave(names, outer);
}

/* The parameters and the body of a macro or call block. */
static int walk_macro(struct names *names, const struct ais_jnode *node) {
    size_t outer = names->count;
    for (const struct ais_jnode *param = node->a; param; param = param->next) {
        if (walk_list(names, param->a) < 0 || set_name(names, param->value.as.str->data) < 0)
            return -1;
    }
    if (set_name(names, "caller") < 0 || set_name(names, "varargs") < 0 ||
        set_name(names, "kwargs") < 0)
        return -1;
    return walk_body(names, node->body) < 0 ? -1 : leave(names, outer);
}

static int walk_call_block(struct names *names, const struct ais_jnode *node) {
    return walk(names, node->b) < 0 ? -1 : walk_macro(names, node);
}

static int walk_block(struct names *names, const struct ais_jnode *node) {
    size_t outer = names->count;
    if (set_name(names, "super") < 0 || walk_body(names, node->body) < 0)
        return -1;
    return leave(names, outer);
}

static int walk_set_block(struct names *names, const struct ais_jnode *node) {
    size_t outer = names->count;
    if (walk_list(names, node->b) < 0 || walk_body(names, node->body) < 0 ||
        leave(names, outer) < 0)
        return -1;
    return node->kind == N_SET_BLOCK ? set_target(names, node->a) : 0;
}

/* A template that is named by a constant and that loads. Others tell nothing. */
static const struct ais_jinja_tree *other(struct names *names, const struct ais_jnode *node) {
    const struct ais_jinja_tree *tree;
    struct ais_error err = {0};
    if (node->a->kind != N_CONST || node->a->value.kind != J_STR ||
        ais_jinja_load(names->tree->env, node->a->value.as.str->data, &tree, &err) <= 0)
        return NULL;
    return tree;
}

/* What another template reads; with the context only if it does not get an empty one. */
static int walk_other(struct names *names, const struct ais_jnode *node) {
    const struct ais_jinja_tree *outer = names->tree, *tree = other(names, node);
    bool with_context = node->kind == N_EXTENDS || node->flags & FLAG_CONTEXT;
    size_t count = names->count;
    int fresh;
    if (!tree || !with_context)
        return walk(names, node->a);
    fresh = once(names, "template", tree->name, NULL);
    if (fresh <= 0)
        return fresh;
    names->tree = tree;
    if (walk_body(names, tree->root) < 0)
        return -1;
    names->tree = outer;
    return leave(names, count);
}

static int walk_import(struct names *names, const struct ais_jnode *node) {
    if (walk_other(names, node) < 0)
        return -1;
    if (node->kind == N_IMPORT)
        return set_name(names, node->value.as.str->data);
    for (const struct ais_jnode *name = node->b; name; name = name->next) {
        if (set_target(names, name->a) < 0)
            return -1;
    }
    return 0;
}

static int walk(struct names *names, const struct ais_jnode *node) {
    switch (node->kind) {
    case N_NAME:
        return read_name(names, node, NULL);
    case N_ATTR:
    case N_ITEM:
        return walk_attribute(names, node);
    case N_FOR:
        return walk_for(names, node);
    case N_EACH:
        return walk(names, node->b);
    case N_SET:
        return walk(names, node->b) < 0 ? -1 : set_target(names, node->a);
    case N_SET_BLOCK:
    case N_FILTER_BLOCK:
        return walk_set_block(names, node);
    case N_WITH:
        return walk_with(names, node);
    case N_MACRO:
        return walk_macro(names, node);
    case N_CALL_BLOCK:
        return walk_call_block(names, node);
    case N_BLOCK:
        return walk_block(names, node);
    case N_INCLUDE:
    case N_EXTENDS:
        return walk_other(names, node);
    case N_IMPORT:
    case N_FROM:
        return walk_import(names, node);
    default:
        return walk_children(names, node);
    }
}

/* Macros and blocks come last: they run once the names around them are set. */
static int walk_body(struct names *names, const struct ais_jnode *body) {
    for (const struct ais_jnode *node = body; node; node = node->next) {
        int rc = 0;
        if (node->kind == N_MACRO)
            rc = set_name(names, node->value.as.str->data);
        else if (node->kind != N_BLOCK)
            rc = walk(names, node);
        if (rc < 0)
            return -1;
    }
    for (const struct ais_jnode *node = body; node; node = node->next) {
        if ((node->kind == N_MACRO || node->kind == N_BLOCK) && walk(names, node) < 0)
            return -1;
    }
    return 0;
}

int ais_jinja_names(const struct ais_jinja_tree *tree,
                    void (*use)(void *payload, const char *name, const char *attribute,
                                struct ais_place at),
                    void *payload, struct ais_error *err) {
    struct names names = {.tree = tree, .use = use, .payload = payload, .err = err};
    int rc = -1;
    names.set = json_object();
    names.used = json_object();
    if (names.set && names.used)
        rc = walk_body(&names, tree->root);
    else
        ais_fail_memory(err);
    json_decref(names.set);
    json_decref(names.used);
    ais_free(names.scope);
    return rc;
}

static void find_includes(const struct ais_jinja_tree *tree, const struct ais_jnode *list,
                          void (*use)(void *payload, const char *name, struct ais_place at),
                          void *payload) {
    for (const struct ais_jnode *node = list; node; node = node->next) {
        bool names_template = node->kind == N_INCLUDE || node->kind == N_EXTENDS ||
                              node->kind == N_IMPORT || node->kind == N_FROM;
        if (names_template && node->a->kind == N_CONST && node->a->value.kind == J_STR)
            use(payload, node->a->value.as.str->data, ais_jnode_place(tree, node->a));
        find_includes(tree, node->kind == N_IF ? node->b : NULL, use, payload);
        find_includes(tree, node->body, use, payload);
        find_includes(tree, node->orelse, use, payload);
    }
}

void ais_jinja_includes(const struct ais_jinja_tree *tree,
                        void (*use)(void *payload, const char *name, struct ais_place at),
                        void *payload) {
    find_includes(tree, tree->root, use, payload);
}

static void find_targets(const struct ais_jnode *target,
                         void (*use)(void *payload, const char *name), void *payload) {
    if (target->kind == N_NAME)
        use(payload, target->value.as.str->data);
    for (const struct ais_jnode *each = target->kind == N_TUPLE ? target->a : NULL; each;
         each = each->next)
        find_targets(each, use, payload);
}

void ais_jinja_each_targets(const struct ais_jinja_tree *tree,
                            void (*use)(void *payload, const char *name), void *payload) {
    find_targets(tree->root->a, use, payload);
}
