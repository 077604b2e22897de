#include "jinja/eval.h"

#include "jinja/list.h"
#include "jinja/number.h"

static int eval_items(struct ais_jrun *run, enum ais_jkind kind, const struct ais_jnode *node,
                      struct ais_jval *out) {
    if (ais_jlist_new(run, kind, 0, out) < 0)
        return -1;
    for (const struct ais_jnode *item = node->a; item; item = item->next) {
        struct ais_jval value;
        if (ais_jeval(run, item, &value) < 0 || ais_jlist_add(run, out->as.list, value) < 0)
            return -1;
    }
    return 0;
}

static int eval_dict(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    if (ais_jdict_new(run, out) < 0)
        return -1;
    for (const struct ais_jnode *pair = node->a; pair; pair = pair->next) {
        struct ais_jval key, value;
        if (ais_jeval(run, pair->a, &key) < 0 || ais_jeval(run, pair->b, &value) < 0)
            return -1;
        run->at = pair;
        if (ais_jdict_set(run, out->as.dict, key, value) < 0)
            return -1;
    }
    return 0;
}

static int eval_unary(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    struct ais_jval value;
    double real;
    int truth;
    if (node->op == OP_NOT) {
        truth = ais_jeval_truth(run, node->a);
        *out = ais_jval_bool(!truth);
        return truth < 0 ? -1 : 0;
    }
    if (ais_jeval(run, node->a, &value) < 0)
        return -1;
    run->at = node;
    if (ais_jrun_defined(run, value) < 0)
        return -1;
    if (!ais_jval_is_number(value, &real))
        return ais_jrun_fail(run, "\"%s\" cannot be applied to %s", ais_jop_text(node->op),
                             ais_jval_type(value));
    if (node->op == OP_NEG)
        return ais_jnumber_negate(run, value, out);
    *out = value.kind == J_BOOL ? ais_jval_int(value.as.truth) : value;
    return 0;
}

static int eval_logic(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    int truth;
    if (ais_jeval(run, node->a, out) < 0)
        return -1;
    run->at = node->a;
    truth = ais_jval_truth(run, *out);
    if (truth < 0)
        return -1;
    return truth == (node->kind == N_AND) ? ais_jeval(run, node->b, out) : 0;
}

static int eval_concat(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    for (const struct ais_jnode *item = node->a; item; item = item->next) {
        struct ais_jval value;
        if (ais_jeval(run, item, &value) < 0) {
            ais_buf_release(&buf);
            return -1;
        }
        run->at = item;
        if (ais_jval_write(run, &buf, value) < 0) {
            ais_buf_release(&buf);
            return -1;
        }
    }
    run->at = node;
    return ais_jrun_take(run, &buf, false, out);
}

/* 1, 0 or -1. */
static int compare(struct ais_jrun *run, unsigned op, struct ais_jval a, struct ais_jval b) {
    int rc;
    switch (op) {
    case OP_EQ:
        return ais_jval_equal(run, a, b);
    case OP_NE:
        rc = ais_jval_equal(run, a, b);
        return rc < 0 ? -1 : !rc;
    case OP_IN:
        return ais_jval_contains(run, b, a);
    case OP_NOT_IN:
        rc = ais_jval_contains(run, b, a);
        return rc < 0 ? -1 : !rc;
    default:
        return ais_jval_order(run, ais_jop_text(op), a, b);
    }
}

/* a < b < c: each one holds against the next. */
static int eval_compare(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    struct ais_jval left, right;
    int holds = 1;
    if (ais_jeval(run, node->a, &left) < 0)
        return -1;
    for (const struct ais_jnode *operand = node->b; operand && holds; operand = operand->next) {
        if (ais_jeval(run, operand->a, &right) < 0)
            return -1;
        run->at = operand;
        holds = compare(run, operand->op, left, right);
        if (holds < 0)
            return -1;
        left = right;
    }
    *out = ais_jval_bool(holds);
    return 0;
}

static int eval_condition(struct ais_jrun *run, const struct ais_jnode *node,
                          struct ais_jval *out) {
    int truth = ais_jeval_truth(run, node->a);
    if (truth < 0)
        return -1;
    if (truth)
        return ais_jeval(run, node->b, out);
    if (node->c)
        return ais_jeval(run, node->c, out);
    run->at = node;
    return ais_jrun_lenient(run, "the \"if\" is false and has no \"else\"", out);
}

static int eval_slice(struct ais_jrun *run, struct ais_jval of, const struct ais_jnode *node,
                      struct ais_jval *out) {
    const struct ais_jnode *nodes[3] = {node->a, node->b, node->c};
    struct ais_jval parts[3];
    for (int i = 0; i < 3; i++) {
        parts[i] = J_NOTHING;
        if (nodes[i] && ais_jeval(run, nodes[i], &parts[i]) < 0)
            return -1;
    }
    run->at = node;
    return ais_jeval_slice(run, of, parts, out);
}

static int eval_access(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    struct ais_jval of, key;
    if (ais_jeval(run, node->a, &of) < 0)
        return -1;
    if (node->kind == N_ATTR) {
        run->at = node;
        return ais_jeval_attr(run, of, node->value.as.str, out);
    }
    if (node->b->kind == N_SLICE)
        return eval_slice(run, of, node->b, out);
    if (ais_jeval(run, node->b, &key) < 0)
        return -1;
    run->at = node;
    return ais_jeval_item(run, of, key, out);
}

static int eval_call(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    struct ais_jargs args;
    struct ais_jval callee;
    if (ais_jeval(run, node->a, &callee) < 0 || ais_jeval_args(run, node->b, &args) < 0)
        return -1;
    run->at = node;
    return ais_jeval_call(run, callee, &args, out);
}

static int eval_filter(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    struct ais_jval subject = run->filtered;
    struct ais_jargs args;
    if ((node->a && ais_jeval(run, node->a, &subject) < 0) ||
        ais_jeval_args(run, node->b, &args) < 0)
        return -1;
    run->at = node;
    if (!node->builtin)
        return ais_jfilter_apply(run, node->value, subject, &args, out);
    return ais_jbuiltin_call(run, node->builtin, "filter", subject, &args, out);
}

static int eval_test(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    struct ais_jval subject;
    struct ais_jargs args;
    if (ais_jeval(run, node->a, &subject) < 0 || ais_jeval_args(run, node->b, &args) < 0)
        return -1;
    run->at = node;
    if (!node->builtin)
        return ais_jtest_apply(run, node->value, subject, &args, out);
    return ais_jbuiltin_call(run, node->builtin, "test", subject, &args, out);
}

static int eval_binary(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    struct ais_jval a, b;
    if (ais_jeval(run, node->a, &a) < 0 || ais_jeval(run, node->b, &b) < 0)
        return -1;
    run->at = node;
    return ais_jeval_binary(run, node->op, a, b, out);
}

static int eval(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    switch (node->kind) {
    case N_CONST:
        *out = node->value;
        return 0;
    case N_NAME:
        return ais_jrun_lookup(run, node->value, out);
    case N_TUPLE:
        return eval_items(run, J_TUPLE, node, out);
    case N_LIST:
        return eval_items(run, J_LIST, node, out);
    case N_DICT:
        return eval_dict(run, node, out);
    case N_UNARY:
        return eval_unary(run, node, out);
    case N_BINARY:
        return eval_binary(run, node, out);
    case N_AND:
    case N_OR:
        return eval_logic(run, node, out);
    case N_CONCAT:
        return eval_concat(run, node, out);
    case N_COMPARE:
        return eval_compare(run, node, out);
    case N_COND:
        return eval_condition(run, node, out);
    case N_ATTR:
    case N_ITEM:
        return eval_access(run, node, out);
    case N_CALL:
        return eval_call(run, node, out);
    case N_FILTER:
        return eval_filter(run, node, out);
    case N_TEST:
        return eval_test(run, node, out);
    default:
        return ais_jrun_fail(run, "a slice can stand alone only");
    }
}

int ais_jeval_enter(struct ais_jrun *run, const struct ais_jnode *node) {
    run->at = node;
    if (run->height >= ais_jrun_height_limit(run))
        return ais_jrun_fail(run, "evaluation is nested too deeply");
    run->height++;
    return ais_jrun_step(run, 1);
}

int ais_jeval(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    int rc;
    if (ais_jeval_enter(run, node) < 0)
        return -1;
    rc = eval(run, node, out);
    run->height--;
    return rc;
}

int ais_jeval_truth(struct ais_jrun *run, const struct ais_jnode *node) {
    struct ais_jval value;
    if (ais_jeval(run, node, &value) < 0)
        return -1;
    run->at = node;
    return ais_jval_truth(run, value);
}
