/* Parsed templates and expressions, put to use. */
#include "base/json.h"
#include "jinja/env.h"
#include "jinja/eval.h"
#include "jinja/list.h"

static int begin(struct ais_jrun *run, const struct ais_jinja_tree *tree, const json_t *context,
                 struct ais_error *err) {
    *run = (struct ais_jrun){.env = tree->env,
                             .limits = &tree->env->options.limits,
                             .err = err,
                             .tree = tree,
                             .at = tree->root};
    run->scope = run->root = ais_jscope_new(run, NULL);
    if (!run->scope)
        return -1;
    run->scope->context = context;
    return 0;
}

static void end(struct ais_jrun *run) {
    ais_arena_release(&run->arena);
    json_decref(run->results);
}

int ais_jinja_render(const struct ais_jinja_tree *tree, const json_t *context, struct ais_buf *out,
                     struct ais_error *err) {
    struct ais_buf buf = AIS_BUF(tree->env->options.limits.output);
    struct ais_jrun run;
    int rc = -1;
    if (begin(&run, tree, context, err) < 0)
        goto out;
    run.out = &buf;
    if (ais_jeval_template(&run, tree) < 0 || ais_jrun_check(&run, &buf) < 0)
        goto out;
    ais_buf_add(out, ais_buf_text(&buf), buf.size);
    run.at = tree->root;
    rc = ais_jrun_check(&run, out);
out:
    ais_buf_release(&buf);
    end(&run);
    return rc;
}

json_t *ais_jinja_evaluate(const struct ais_jinja_tree *tree, const json_t *context,
                           struct ais_error *err) {
    struct ais_jrun run;
    struct ais_jval value;
    json_t *json = NULL;
    if (begin(&run, tree, context, err) == 0 && ais_jeval(&run, tree->root, &value) == 0) {
        run.at = tree->root;
        json = ais_jrun_to_json(&run, value, 0);
    }
    end(&run);
    return json;
}

int ais_jinja_truth(const struct ais_jinja_tree *tree, const json_t *context,
                    struct ais_error *err) {
    struct ais_jrun run;
    int truth = -1;
    if (begin(&run, tree, context, err) == 0)
        truth = ais_jeval_truth(&run, tree->root);
    end(&run);
    return truth;
}

/* Adds what the target's names now stand for to a JSON object. */
static int export_names(struct ais_jrun *run, const struct ais_jnode *target, json_t *object) {
    struct ais_jval value;
    json_t *json;
    if (target->kind == N_TUPLE) {
        for (const struct ais_jnode *each = target->a; each; each = each->next) {
            if (export_names(run, each, object) < 0)
                return -1;
        }
        return 0;
    }
    if (ais_jrun_lookup(run, target->value, &value) < 0)
        return -1;
    json = ais_jrun_to_json(run, value, 0);
    if (!json)
        return -1;
    if (json_object_set_new(object, target->value.as.str->data, json) < 0)
        return ais_fail_memory(run->err);
    return 0;
}

static json_t *loop_json(size_t index0, size_t length) {
    return json_pack("{s:I, s:I, s:b, s:b, s:I}", "index", (json_int_t)index0 + 1, "index0",
                     (json_int_t)index0, "first", index0 == 0, "last", index0 + 1 == length,
                     "length", (json_int_t)length);
}

/* The context of one item: the given one, the target's names and `loop`. */
static json_t *item_context(struct ais_jrun *run, const struct ais_jnode *target,
                            const json_t *context, size_t index0, size_t length) {
    json_t *object = ais_json_copy(context);
    if (!object || json_object_set_new(object, "loop", loop_json(index0, length)) < 0)
        ais_fail_memory(run->err);
    else if (export_names(run, target, object) == 0)
        return object;
    json_decref(object);
    return NULL;
}

int ais_jinja_each(const struct ais_jinja_tree *tree, const json_t *context,
                   int (*visit)(void *payload, const json_t *context, struct ais_error *err),
                   void *payload, struct ais_error *err) {
    const struct ais_jnode *node = tree->root;
    const struct ais_jlist *items;
    struct ais_jval over, list;
    struct ais_jrun run;
    int rc = -1;
    if (begin(&run, tree, context, err) < 0 || ais_jeval(&run, node->b, &over) < 0)
        goto out;
    run.at = node->b;
    if (ais_jval_list(&run, over, &list) < 0)
        goto out;
    items = list.as.list;
    run.scope = ais_jscope_new(&run, run.scope);
    rc = run.scope ? 0 : -1;
    for (size_t i = 0; i < items->count && rc == 0; i++) {
        json_t *own = NULL;
        run.at = node->a;
        if (ais_jeval_assign(&run, node->a, items->items[i]) == 0)
            own = item_context(&run, node->a, context, i, items->count);
        rc = own ? visit(payload, own, err) : -1;
        json_decref(own);
    }
out:
    end(&run);
    return rc;
}
