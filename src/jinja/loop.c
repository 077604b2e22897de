#include "jinja/loop.h"

#include "jinja/eval.h"

#include <string.h>

static const struct ais_jval nothing = {.kind = J_ABSENT};

/* Whether an item passes the loop's `if`: 1, 0 or -1. It may be asked from anywhere. */
static int passes(struct ais_jrun *run, struct ais_jloop *loop, struct ais_jval item) {
    struct ais_jscope *scope = run->scope;
    const struct ais_jinja_tree *tree = run->tree;
    int truth = -1;
    run->tree = loop->tree;
    run->scope = loop->test_scope;
    ais_jdict_clear(&run->scope->names);
    if (ais_jeval_assign(run, loop->node->a, item) == 0)
        truth = ais_jeval_truth(run, loop->node->c);
    if (truth >= 0) {
        run->scope = scope;
        run->tree = tree;
    }
    return truth;
}

/* The next item that counts. 1, 0 at the end, or -1. */
static int fetch(struct ais_jrun *run, struct ais_jloop *loop, struct ais_jval *item) {
    int more;
    while ((more = ais_jiter_next(run, &loop->iter, item)) > 0 && loop->test_scope) {
        int pass = passes(run, loop, *item);
        if (pass)
            return pass;
    }
    return more;
}

/* The item after the current one, fetched early. 1, 0 where there is none, or -1. */
static int peek(struct ais_jrun *run, struct ais_jloop *loop) {
    const struct ais_jnode *at = run->at;
    int more = 1;
    if (loop->after.kind == J_ABSENT) {
        more = fetch(run, loop, &loop->after);
        if (more == 0)
            loop->after = nothing;
        if (more >= 0)
            run->at = at;
    }
    return more;
}

/* Counts the items, which takes fetching those to come where there is no other way. */
static int measure(struct ais_jrun *run, struct ais_jloop *loop) {
    struct ais_jval rest, item;
    const struct ais_jnode *at = run->at;
    size_t length;
    int more;
    if (loop->length >= 0)
        return 0;
    if (!loop->test_scope && loop->iter.over.kind != J_ITER) {
        if (ais_jval_length(run, loop->iter.over, &length) < 0)
            return -1;
        loop->length = (int64_t)length;
        return 0;
    }
    if (ais_jlist_new(run, J_LIST, 0, &rest) < 0)
        return -1;
    while ((more = fetch(run, loop, &item)) > 0) {
        if (ais_jlist_add(run, rest.as.list, item) < 0)
            return -1;
    }
    if (more < 0)
        return -1;
    run->at = at;
    loop->test_scope = NULL;
    loop->length = (int64_t)rest.as.list->count + loop->index0 + 1 + (loop->after.kind != J_ABSENT);
    return ais_jiter_init(run, &loop->iter, rest);
}

static int pull(struct ais_jrun *run, struct ais_jloop *loop) {
    struct ais_jval item = loop->after;
    int more = 1;
    if (item.kind == J_ABSENT)
        more = fetch(run, loop, &item);
    loop->after = nothing;
    if (more > 0) {
        loop->index0++;
        loop->before = loop->current;
        loop->current = item;
    }
    return more;
}

/* A scope for the next round: the last one again, unless something may still read it. */
static struct ais_jscope *next_scope(struct ais_jrun *run, struct ais_jscope *last,
                                     struct ais_jloop *loop) {
    if (!last || last->kept)
        return ais_jscope_new(run, loop->scope);
    ais_jdict_clear(&last->names);
    return last;
}

static int eval_rounds(struct ais_jrun *run, struct ais_jloop *loop) {
    static const struct ais_jstr name = {"loop", 4, 4, false};
    const struct ais_jval self = {.kind = J_LOOP, .as.loop = loop};
    struct ais_jscope *scope = NULL;
    int more;
    while ((more = pull(run, loop)) > 0) {
        run->scope = scope = next_scope(run, scope, loop);
        if (!scope || ais_jdict_set(run, &scope->names, ais_jval_str(&name), self) < 0)
            return -1;
        run->at = loop->node;
        if (ais_jeval_assign(run, loop->node->a, loop->current) < 0 ||
            ais_jeval_body(run, loop->node->body) < 0)
            return -1;
        run->scope = loop->scope;
        run->at = loop->node;
    }
    return more;
}

/* Goes through `over` in the scope at hand. */
static int eval_loop(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval over,
                     int64_t depth0) {
    struct ais_jloop *loop = ais_jrun_alloc(run, sizeof *loop);
    if (!loop)
        return -1;
    *loop = (struct ais_jloop){.tree = run->tree,
                               .node = node,
                               .scope = run->scope,
                               .index0 = -1,
                               .length = -1,
                               .depth0 = depth0};
    if (ais_jiter_init(run, &loop->iter, over) < 0)
        return -1;
    if (node->c) {
        loop->test_scope = ais_jscope_new(run, run->scope);
        if (!loop->test_scope)
            return -1;
    }
    if (eval_rounds(run, loop) < 0)
        return -1;
    return loop->index0 < 0 && node->orelse ? ais_jeval_inner(run, node->orelse) : 0;
}

int ais_jeval_for(struct ais_jrun *run, const struct ais_jnode *node) {
    struct ais_jval over;
    if (ais_jeval(run, node->b, &over) < 0)
        return -1;
    run->at = node->b;
    return eval_loop(run, node, over, 0);
}

int ais_jloop_call(struct ais_jrun *run, const struct ais_jloop *loop, struct ais_jval over,
                   struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run), *outer = run->out;
    struct ais_jscope *scope = run->scope;
    const struct ais_jinja_tree *tree = run->tree;
    bool silent = run->silent;
    int rc;
    if (!(loop->node->flags & FLAG_RECURSIVE))
        return ais_jrun_fail(run, "a loop must be \"recursive\" to be called");
    if (ais_jeval_enter_call(run) < 0)
        return -1;
    run->out = &buf;
    run->silent = false;
    run->scope = loop->scope;
    run->tree = loop->tree;
    rc = eval_loop(run, loop->node, over, loop->depth0 + 1);
    run->out = outer;
    if (rc < 0) {
        ais_buf_release(&buf);
        return -1;
    }
    run->silent = silent;
    run->scope = scope;
    run->tree = tree;
    run->calls--;
    return ais_jrun_take(run, &buf, false, out);
}

static bool is_name(const struct ais_jstr *str, const char *name) {
    return str->size == strlen(name) && memcmp(str->data, name, str->size) == 0;
}

static int neighbour(struct ais_jrun *run, struct ais_jloop *loop, bool next,
                     struct ais_jval *out) {
    int more = next ? peek(run, loop) : loop->index0 > 0;
    if (more < 0)
        return -1;
    *out = next ? loop->after : loop->before;
    if (!more &&
        ais_jrun_undefined(run, NULL, nothing,
                           next ? "there is no next item" : "there is no previous item", out) < 0)
        return -1;
    return 1;
}

/* Attributes that need to know how many items there are. */
static int counted(struct ais_jrun *run, struct ais_jloop *loop, const struct ais_jstr *name,
                   struct ais_jval *out) {
    if (measure(run, loop) < 0)
        return -1;
    if (is_name(name, "length"))
        *out = ais_jval_int(loop->length);
    else if (is_name(name, "revindex"))
        *out = ais_jval_int(loop->length - loop->index0);
    else
        *out = ais_jval_int(loop->length - loop->index0 - 1);
    return 1;
}

int ais_jloop_attr(struct ais_jrun *run, struct ais_jloop *loop, const struct ais_jstr *name,
                   struct ais_jval *out) {
    int more;
    if (is_name(name, "index")) {
        *out = ais_jval_int(loop->index0 + 1);
    } else if (is_name(name, "index0")) {
        *out = ais_jval_int(loop->index0);
    } else if (is_name(name, "first")) {
        *out = ais_jval_bool(loop->index0 == 0);
    } else if (is_name(name, "last")) {
        more = peek(run, loop);
        *out = ais_jval_bool(more == 0);
        return more < 0 ? -1 : 1;
    } else if (is_name(name, "length") || is_name(name, "revindex") || is_name(name, "revindex0")) {
        return counted(run, loop, name, out);
    } else if (is_name(name, "depth")) {
        *out = ais_jval_int(loop->depth0 + 1);
    } else if (is_name(name, "depth0")) {
        *out = ais_jval_int(loop->depth0);
    } else if (is_name(name, "previtem") || is_name(name, "nextitem")) {
        return neighbour(run, loop, is_name(name, "nextitem"), out);
    } else {
        return 0;
    }
    return 1;
}

static int loop_cycle(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jargs *args = call->args;
    if (args->count == 0)
        return ais_jrun_fail(run, "there is nothing to cycle through");
    *out = args->items[(size_t)call->in[0].as.loop->index0 % args->count];
    return 0;
}

static int loop_changed(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jloop *loop = call->in[0].as.loop;
    struct ais_jval now;
    int same = 0;
    if (ais_jlist_new(run, J_TUPLE, 0, &now) < 0)
        return -1;
    for (size_t i = 0; i < call->args->count; i++) {
        if (ais_jlist_add(run, now.as.list, call->args->items[i]) < 0)
            return -1;
    }
    if (loop->changed.kind != J_ABSENT)
        same = ais_jval_equal(run, loop->changed, now);
    loop->changed = now;
    *out = ais_jval_bool(!same);
    return same < 0 ? -1 : 0;
}

const struct ais_jbuiltin ais_jmethods_loop[] = {
    {"changed", "*", loop_changed},
    {"cycle", "*", loop_cycle},
    {NULL, NULL, NULL},
};
