/* Templates that use one another: include, import, extends and blocks. */
#include "jinja/env.h"
#include "jinja/eval.h"
#include "jinja/list.h"

static int fail_missing(struct ais_jrun *run, const char *name) {
    return ais_jrun_fail(run, "template \"%s\" is not found", name);
}

/* The template of that name: 1, 0 where there is none, or -1. */
static int load_name(struct ais_jrun *run, struct ais_jval name, const char **chars,
                     const struct ais_jinja_tree **tree) {
    struct ais_error err = {0};
    int found;
    if (ais_jrun_defined(run, name) < 0)
        return -1;
    if (name.kind != J_STR)
        return ais_jrun_fail(run, "the name of a template cannot be %s", ais_jval_type(name));
    *chars = ais_jrun_chars(run, name.as.str);
    if (!*chars)
        return -1;
    found = ais_jinja_load(run->env, *chars, tree, &err);
    if (found < 0 && run->err)
        *run->err = err;
    return found;
}

/* The first template of a list that there is. */
static int load_any(struct ais_jrun *run, struct ais_jval names, const char **chars,
                    const struct ais_jinja_tree **tree) {
    int found = 0;
    if (names.kind != J_LIST && names.kind != J_TUPLE)
        return load_name(run, names, chars, tree);
    *chars = "";
    for (size_t i = 0; i < names.as.list->count && found == 0; i++)
        found = load_name(run, names.as.list->items[i], chars, tree);
    return found;
}

static int load(struct ais_jrun *run, const struct ais_jnode *node,
                const struct ais_jinja_tree **tree) {
    struct ais_jval name;
    const char *chars;
    int found;
    if (ais_jeval(run, node->a, &name) < 0)
        return -1;
    run->at = node->a;
    found = load_any(run, name, &chars, tree);
    if (found == 0 && !(node->flags & FLAG_OPTIONAL))
        return fail_missing(run, chars);
    return found;
}

/* Adds a template's blocks behind those of the templates that extend it. */
static int add_blocks(struct ais_jrun *run, const struct ais_jinja_tree *tree) {
    for (const struct ais_jnode *name = tree->blocks; name; name = name->next) {
        struct ais_jblock_body *body = ais_jrun_alloc(run, sizeof *body), **tail;
        struct ais_jblock *block;
        struct ais_jentry *entry;
        int found = ais_jdict_find(run, run->blocks, name->value, &entry);
        if (!body || found < 0)
            return -1;
        *body = (struct ais_jblock_body){tree, name->a, NULL};
        if (found) {
            block = (struct ais_jblock *)entry->value.as.block;
            for (tail = &block->bodies; *tail; tail = &(*tail)->parent)
                ;
            *tail = body;
            continue;
        }
        block = ais_jrun_alloc(run, sizeof *block);
        if (!block)
            return -1;
        *block = (struct ais_jblock){name->value.as.str->data, body, run->root};
        if (ais_jdict_set(run, run->blocks, name->value,
                          (struct ais_jval){.kind = J_BLOCK, .as.block = block}) < 0)
            return -1;
    }
    return 0;
}

int ais_jeval_template(struct ais_jrun *run, const struct ais_jinja_tree *tree) {
    struct ais_jrun outer = *run;
    struct ais_jval blocks;
    if (ais_jdict_new(run, &blocks) < 0)
        return -1;
    run->root = run->scope;
    run->blocks = blocks.as.dict;
    if (add_blocks(run, tree) < 0)
        return -1;
    while (tree) {
        run->tree = tree;
        run->extended = NULL;
        run->silent = false;
        if (ais_jeval_body(run, tree->root) < 0)
            return -1;
        tree = run->extended;
    }
    run->root = outer.root;
    run->blocks = outer.blocks;
    run->tree = outer.tree;
    run->extended = outer.extended;
    run->silent = outer.silent;
    run->calls = outer.calls;
    return 0;
}

int ais_jeval_extends(struct ais_jrun *run, const struct ais_jnode *node) {
    const struct ais_jinja_tree *tree;
    if (run->scope != run->root)
        return ais_jrun_fail(run, "\"extends\" must stand at the top level");
    if (run->extended)
        return ais_jrun_fail(run, "a template can extend one other only");
    if (ais_jeval_enter_call(run) < 0 || load(run, node, &tree) < 0 || add_blocks(run, tree) < 0)
        return -1;
    run->extended = tree;
    run->silent = true;
    return 0;
}

/* `super` in a block: the same block of the template that is extended. */
static int define_super(struct ais_jrun *run, const struct ais_jblock *block,
                        const struct ais_jblock_body *body) {
    static const struct ais_jstr name = {"super", 5, 5, false};
    struct ais_jval value;
    if (body->parent) {
        struct ais_jblock *super = ais_jrun_alloc(run, sizeof *super);
        if (!super)
            return -1;
        *super = *block;
        super->bodies = body->parent;
        value = (struct ais_jval){.kind = J_BLOCK, .as.block = super};
    } else if (ais_jrun_undefined(run, NULL, (struct ais_jval){.kind = J_ABSENT},
                                  "there is no block of that name above this one", &value) < 0) {
        return -1;
    }
    return ais_jdict_set(run, &run->scope->names, ais_jval_str(&name), value);
}

/* One body of a block, in a scope below `parent`. */
static int eval_block_body(struct ais_jrun *run, const struct ais_jblock *block,
                           struct ais_jscope *parent) {
    const struct ais_jinja_tree *tree = run->tree;
    struct ais_jscope *scope = run->scope;
    if (ais_jeval_enter_call(run) < 0)
        return -1;
    run->scope = ais_jscope_new(run, parent);
    if (!run->scope || define_super(run, block, block->bodies) < 0)
        return -1;
    run->tree = block->bodies->tree;
    if (ais_jeval_body(run, block->bodies->node->body) < 0)
        return -1;
    run->tree = tree;
    run->scope = scope;
    run->calls--;
    return 0;
}

int ais_jeval_block(struct ais_jrun *run, const struct ais_jnode *node) {
    const struct ais_jblock *block;
    struct ais_jentry *entry;
    if (run->silent)
        return 0;
    if (ais_jdict_find(run, run->blocks, node->value, &entry) <= 0)
        return -1;
    block = entry->value.as.block;
    if (node->flags & FLAG_REQUIRED && !block->bodies->parent)
        return ais_jrun_fail(run, "block \"%s\" is required, but no template fills it",
                             block->name);
    return eval_block_body(run, block, node->flags & FLAG_SCOPED ? run->scope : run->root);
}

int ais_jblock_call(struct ais_jrun *run, const struct ais_jblock *block, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run), *outer = run->out;
    bool silent = run->silent;
    int rc;
    run->out = &buf;
    run->silent = false;
    rc = eval_block_body(run, block, block->scope);
    run->out = outer;
    run->silent = silent;
    if (rc == 0)
        return ais_jrun_take(run, &buf, false, out);
    ais_buf_release(&buf);
    return -1;
}

/* A template's own top level: below the scope at hand, or below nothing. */
static int eval_other(struct ais_jrun *run, const struct ais_jinja_tree *tree, bool with_context,
                      struct ais_jdict *exports) {
    struct ais_jscope *outer = run->scope, *scope;
    if (ais_jeval_enter_call(run) < 0)
        return -1;
    scope = ais_jscope_new(run, with_context ? outer : NULL);
    if (!scope)
        return -1;
    scope->exports = exports;
    scope->kept = exports != NULL;
    run->scope = scope;
    if (ais_jeval_template(run, tree) < 0)
        return -1;
    run->scope = outer;
    run->calls--;
    return 0;
}

int ais_jeval_include(struct ais_jrun *run, const struct ais_jnode *node) {
    const struct ais_jinja_tree *tree;
    int found = load(run, node, &tree);
    if (found <= 0)
        return found;
    return eval_other(run, tree, node->flags & FLAG_CONTEXT, NULL);
}

static int import(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    struct ais_jmodule *module = ais_jrun_alloc(run, sizeof *module);
    struct ais_buf buf = ais_jrun_buf(run), *outer = run->out;
    const struct ais_jinja_tree *tree;
    struct ais_jval exports;
    int rc;
    if (!module || load(run, node, &tree) < 0 || ais_jdict_new(run, &exports) < 0)
        return -1;
    run->out = &buf;
    rc = eval_other(run, tree, node->flags & FLAG_CONTEXT, exports.as.dict);
    run->out = outer;
    if (rc < 0) {
        ais_buf_release(&buf);
        return -1;
    }
    module->name = tree->name;
    module->exports = exports.as.dict;
    *out = (struct ais_jval){.kind = J_MODULE, .as.module = module};
    return ais_jrun_take(run, &buf, false, &module->text);
}

/* What is imported is not passed on to those who import this template. */
int ais_jeval_import(struct ais_jrun *run, const struct ais_jnode *node) {
    struct ais_jval module;
    if (import(run, node, &module) < 0)
        return -1;
    return ais_jdict_set(run, &run->scope->names, node->value, module);
}

int ais_jeval_from(struct ais_jrun *run, const struct ais_jnode *node) {
    struct ais_jval module;
    if (import(run, node, &module) < 0)
        return -1;
    for (const struct ais_jnode *name = node->b; name; name = name->next) {
        struct ais_jval value;
        struct ais_jentry *entry;
        int found = ais_jdict_find(run, module.as.module->exports, name->value, &entry);
        if (found < 0)
            return -1;
        run->at = name;
        if (found)
            value = entry->value;
        else if (ais_jrun_undefined(run, name->value.as.str->data, module, NULL, &value) < 0)
            return -1;
        if (ais_jdict_set(run, &run->scope->names, name->a->value, value) < 0)
            return -1;
    }
    return 0;
}
