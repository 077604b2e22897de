/* Arithmetic on values of any kind. */
#include "jinja/eval.h"
#include "jinja/html.h"
#include "jinja/list.h"
#include "jinja/number.h"

#include <string.h>

static int fail_operands(struct ais_jrun *run, unsigned op, struct ais_jval a, struct ais_jval b) {
    return ais_jrun_fail(run, "\"%s\" cannot be applied to %s and %s", ais_jop_text(op),
                         ais_jval_type(a), ais_jval_type(b));
}

/* Text that is safe for HTML escapes what it is joined with. */
static void add_part(struct ais_buf *buf, const struct ais_jstr *str, bool safe) {
    if (safe && !str->safe)
        ais_jhtml_escape(buf, str->data, str->size);
    else
        ais_buf_add(buf, str->data, str->size);
}

static int add_strings(struct ais_jrun *run, const struct ais_jstr *a, const struct ais_jstr *b,
                       struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    bool safe = a->safe || b->safe;
    add_part(&buf, a, safe);
    add_part(&buf, b, safe);
    return ais_jrun_take(run, &buf, safe, out);
}

static int add_lists(struct ais_jrun *run, struct ais_jval a, struct ais_jval b,
                     struct ais_jval *out) {
    const struct ais_jlist *x = a.as.list, *y = b.as.list;
    struct ais_jlist *sum;
    if (ais_jlist_new(run, a.kind, x->count + y->count, out) < 0)
        return -1;
    sum = out->as.list;
    if (x->count)
        memcpy(sum->items, x->items, x->count * sizeof *x->items);
    if (y->count)
        memcpy(sum->items + x->count, y->items, y->count * sizeof *y->items);
    sum->count = x->count + y->count;
    return 0;
}

static int repeat_string(struct ais_jrun *run, const struct ais_jstr *str, size_t times,
                         struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    if (str->size && times > run->limits->output / str->size)
        buf.too_large = true;
    for (size_t i = 0; i < times && str->size && !buf.no_memory && !buf.too_large; i++)
        ais_buf_add(&buf, str->data, str->size);
    return ais_jrun_take(run, &buf, str->safe, out);
}

static int repeat_list(struct ais_jrun *run, struct ais_jval list, size_t times,
                       struct ais_jval *out) {
    const struct ais_jlist *once = list.as.list;
    if (once->count && times > run->limits->memory / sizeof *once->items / once->count)
        return ais_jrun_fail(run, "values take more than %zu bytes", run->limits->memory);
    if (ais_jlist_new(run, list.kind, once->count * times, out) < 0)
        return -1;
    for (size_t i = 0; once->count && i < times; i++) {
        memcpy(out->as.list->items + i * once->count, once->items,
               once->count * sizeof *once->items);
    }
    out->as.list->count = once->count * times;
    return 0;
}

static bool is_list(struct ais_jval value) {
    return value.kind == J_LIST || value.kind == J_TUPLE;
}

static int repeat(struct ais_jrun *run, struct ais_jval a, struct ais_jval b,
                  struct ais_jval *out) {
    struct ais_jval what = a;
    int64_t times;
    if (!ais_jval_is_int(b, &times)) {
        what = b;
        if (!ais_jval_is_int(a, &times))
            return fail_operands(run, OP_MUL, a, b);
    }
    times = times < 0 ? 0 : times;
    if (what.kind == J_STR)
        return repeat_string(run, what.as.str, (size_t)times, out);
    return is_list(what) ? repeat_list(run, what, (size_t)times, out)
                         : fail_operands(run, OP_MUL, a, b);
}

int ais_jeval_binary(struct ais_jrun *run, unsigned op, struct ais_jval a, struct ais_jval b,
                     struct ais_jval *out) {
    double x;
    if (ais_jrun_defined(run, a) < 0 || ais_jrun_defined(run, b) < 0)
        return -1;
    if (ais_jval_is_number(a, &x) && ais_jval_is_number(b, &x))
        return ais_jnumber_binary(run, op, a, b, out);
    if (op == OP_ADD && a.kind == J_STR && b.kind == J_STR)
        return add_strings(run, a.as.str, b.as.str, out);
    if (op == OP_ADD && is_list(a) && a.kind == b.kind)
        return add_lists(run, a, b, out);
    if (op == OP_MUL)
        return repeat(run, a, b, out);
    if (op == OP_MOD && a.kind == J_STR)
        return ais_jformat_percent(run, a.as.str, b, out);
    return fail_operands(run, op, a, b);
}
