#include "jinja/eval.h"
#include "jinja/list.h"

static int eval_data(struct ais_jrun *run, const struct ais_jnode *node) {
    const struct ais_jstr *text = node->value.as.str;
    if (run->silent)
        return 0;
    ais_buf_add(run->out, text->data, text->size);
    if (ais_jrun_step_bytes(run, text->size) < 0)
        return -1;
    return ais_jrun_check(run, run->out);
}

static int eval_output(struct ais_jrun *run, const struct ais_jnode *node) {
    struct ais_jval value;
    if (run->silent)
        return 0;
    if (ais_jeval(run, node->a, &value) < 0)
        return -1;
    run->at = node->a;
    if (ais_jval_write(run, run->out, value) < 0)
        return -1;
    return ais_jrun_check(run, run->out);
}

static int eval_if(struct ais_jrun *run, const struct ais_jnode *node) {
    for (const struct ais_jnode *branch = node->b; branch; branch = branch->next) {
        int truth = branch->a ? ais_jeval_truth(run, branch->a) : 1;
        if (truth < 0)
            return -1;
        if (truth)
            return ais_jeval_body(run, branch->body);
    }
    return 0;
}

static int assign_attribute(struct ais_jrun *run, const struct ais_jnode *target,
                            struct ais_jval value) {
    struct ais_jval of;
    if (ais_jeval(run, target->a, &of) < 0)
        return -1;
    run->at = target;
    if (ais_jrun_defined(run, of) < 0)
        return -1;
    if (of.kind != J_NAMESPACE)
        return ais_jrun_fail(run, "attributes of a namespace can be set, not those of %s",
                             ais_jval_type(of));
    return ais_jdict_set(run, of.as.dict, target->value, value);
}

static int assign_tuple(struct ais_jrun *run, const struct ais_jnode *target,
                        struct ais_jval value) {
    struct ais_jiter iter;
    struct ais_jval item;
    int more;
    if (ais_jiter_init(run, &iter, value) < 0)
        return -1;
    for (const struct ais_jnode *each = target->a; each; each = each->next) {
        more = ais_jiter_next(run, &iter, &item);
        if (more == 0)
            return ais_jrun_fail(run, "there are fewer values than names");
        if (more < 0 || ais_jeval_assign(run, each, item) < 0)
            return -1;
        run->at = target;
    }
    more = ais_jiter_next(run, &iter, &item);
    return more > 0 ? ais_jrun_fail(run, "there are more values than names") : more;
}

int ais_jeval_assign(struct ais_jrun *run, const struct ais_jnode *target, struct ais_jval value) {
    int rc;
    if (target->kind == N_NAME)
        return ais_jrun_define(run, target->value, value);
    if (ais_jeval_enter(run, target) < 0)
        return -1;
    rc = target->kind == N_NSREF ? assign_attribute(run, target, value)
                                 : assign_tuple(run, target, value);
    run->height--;
    return rc;
}

static int eval_set(struct ais_jrun *run, const struct ais_jnode *node) {
    struct ais_jval value;
    if (ais_jeval(run, node->b, &value) < 0)
        return -1;
    run->at = node;
    return ais_jeval_assign(run, node->a, value);
}

/* Passes text through the filters of a block. */
static int filter_text(struct ais_jrun *run, const struct ais_jnode *filter, struct ais_jval text,
                       struct ais_jval *out) {
    struct ais_jval before = run->filtered;
    int rc;
    run->filtered = text;
    rc = ais_jeval(run, filter, out);
    run->filtered = before;
    return rc;
}

/* What a body prints in a scope of its own, filtered. */
static int eval_filtered(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    struct ais_jscope *outer = run->scope;
    struct ais_jval text;
    run->scope = ais_jscope_new(run, outer);
    if (!run->scope || ais_jeval_capture(run, node->body, &text) < 0 ||
        (node->b && filter_text(run, node->b, text, &text) < 0))
        return -1;
    run->scope = outer;
    *out = text;
    return 0;
}

static int eval_set_block(struct ais_jrun *run, const struct ais_jnode *node) {
    struct ais_jval value;
    if (eval_filtered(run, node, &value) < 0)
        return -1;
    run->at = node;
    return ais_jeval_assign(run, node->a, value);
}

static int eval_filter_block(struct ais_jrun *run, const struct ais_jnode *node) {
    struct ais_jval value;
    if (eval_filtered(run, node, &value) < 0)
        return -1;
    run->at = node;
    if (ais_jval_write(run, run->out, value) < 0)
        return -1;
    return ais_jrun_check(run, run->out);
}

/* The values are evaluated outside of the new scope. */
static int eval_with(struct ais_jrun *run, const struct ais_jnode *node) {
    struct ais_jscope *outer = run->scope, *inner = ais_jscope_new(run, outer);
    int rc = inner ? 0 : -1;
    for (const struct ais_jnode *set = node->a; set && rc == 0; set = set->next) {
        struct ais_jval value;
        rc = ais_jeval(run, set->b, &value);
        if (rc == 0) {
            run->at = set;
            run->scope = inner;
            rc = ais_jeval_assign(run, set->a, value);
            run->scope = outer;
        }
    }
    if (rc < 0)
        return -1;
    run->scope = inner;
    rc = ais_jeval_body(run, node->body);
    run->scope = outer;
    return rc;
}

static int eval_macro(struct ais_jrun *run, const struct ais_jnode *node) {
    struct ais_jval macro;
    if (ais_jmacro_new(run, node, &macro) < 0)
        return -1;
    return ais_jrun_define(run, node->value, macro);
}

/* Calls with the block as `caller`. */
static int eval_call_block(struct ais_jrun *run, const struct ais_jnode *node) {
    static const struct ais_jstr caller = {"caller", 6, 6, false};
    const struct ais_jnode *call = node->b;
    struct ais_jargs args;
    struct ais_jval callee, macro, value;
    if (ais_jmacro_new(run, node, &macro) < 0 || ais_jeval(run, call->a, &callee) < 0 ||
        ais_jeval_args(run, call->b, &args) < 0)
        return -1;
    run->at = call;
    if (ais_jargs_add_keyword(run, &args, ais_jval_str(&caller), macro) < 0 ||
        ais_jeval_call(run, callee, &args, &value) < 0)
        return -1;
    run->at = call;
    if (ais_jval_write(run, run->out, value) < 0)
        return -1;
    return ais_jrun_check(run, run->out);
}

static int eval_statement(struct ais_jrun *run, const struct ais_jnode *node) {
    switch (node->kind) {
    case N_DATA:
        return eval_data(run, node);
    case N_OUTPUT:
        return eval_output(run, node);
    case N_IF:
        return eval_if(run, node);
    case N_FOR:
        return ais_jeval_for(run, node);
    case N_SET:
        return eval_set(run, node);
    case N_SET_BLOCK:
        return eval_set_block(run, node);
    case N_WITH:
        return eval_with(run, node);
    case N_FILTER_BLOCK:
        return eval_filter_block(run, node);
    case N_MACRO:
        return eval_macro(run, node);
    case N_CALL_BLOCK:
        return eval_call_block(run, node);
    case N_INCLUDE:
        return ais_jeval_include(run, node);
    case N_IMPORT:
        return ais_jeval_import(run, node);
    case N_FROM:
        return ais_jeval_from(run, node);
    case N_BLOCK:
        return ais_jeval_block(run, node);
    default: /* N_EXTENDS, the last of those that the parser makes a statement of */
        return ais_jeval_extends(run, node);
    }
}

int ais_jeval_body(struct ais_jrun *run, const struct ais_jnode *body) {
    for (const struct ais_jnode *node = body; node; node = node->next) {
        if (ais_jeval_enter(run, node) < 0 || eval_statement(run, node) < 0)
            return -1;
        run->height--;
    }
    return 0;
}

int ais_jeval_inner(struct ais_jrun *run, const struct ais_jnode *body) {
    struct ais_jscope *outer = run->scope;
    int rc;
    run->scope = ais_jscope_new(run, outer);
    rc = run->scope ? ais_jeval_body(run, body) : -1;
    run->scope = outer;
    return rc;
}

int ais_jeval_capture(struct ais_jrun *run, const struct ais_jnode *body, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run), *outer = run->out;
    bool silent = run->silent;
    int rc;
    run->out = &buf;
    run->silent = false;
    rc = ais_jeval_body(run, body);
    run->out = outer;
    run->silent = silent;
    if (rc == 0)
        return ais_jrun_take(run, &buf, false, out);
    ais_buf_release(&buf);
    return -1;
}
