/* Functions that every template has. */
#include "jinja/list.h"
#include "jinja/methods.h"

static int fn_range(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jrange *range = ais_jrun_alloc(run, sizeof *range);
    bool one = call->in[2].kind == J_ABSENT;
    int64_t way, step;
    if (!range || ais_jarg_int(run, call->in[1], 0, one ? &range->stop : &range->start) < 0 ||
        (!one && ais_jarg_int(run, call->in[2], 0, &range->stop) < 0) ||
        ais_jarg_int(run, call->in[3], 1, &range->step) < 0)
        return -1;
    step = range->step;
    if (step == 0)
        return ais_jrun_fail(run, "the step of a range cannot be 0");
    if (step == INT64_MIN || (step > 0 ? __builtin_sub_overflow(range->stop, range->start, &way)
                                       : __builtin_sub_overflow(range->start, range->stop, &way)))
        return ais_jrun_fail(run, "a range is too long");
    range->count = way <= 0 ? 0 : (way - 1) / (step > 0 ? step : -step) + 1;
    *out = (struct ais_jval){.kind = J_RANGE, .as.range = range};
    return 0;
}

static int fn_dict(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    if (ais_jdict_new(run, out) < 0)
        return -1;
    return ais_jdict_update(run, out->as.dict, call->args);
}

static int fn_namespace(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    if (fn_dict(run, call, out) < 0)
        return -1;
    out->kind = J_NAMESPACE;
    return 0;
}

static int new_cycler(struct ais_jrun *run, enum ais_jkind kind, struct ais_jval items,
                      struct ais_jval *out) {
    struct ais_jcycler *cycler = ais_jrun_alloc(run, sizeof *cycler);
    if (!cycler)
        return -1;
    cycler->items = items.as.list;
    *out = (struct ais_jval){.kind = kind, .as.cycler = cycler};
    return 0;
}

static int fn_cycler(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jargs *args = call->args;
    struct ais_jval items;
    if (args->count == 0 || args->keyword_count)
        return ais_jrun_fail(run, "cycler takes one value or more, without names");
    if (ais_jlist_new(run, J_LIST, 0, &items) < 0)
        return -1;
    for (size_t i = 0; i < args->count; i++) {
        if (ais_jlist_add(run, items.as.list, args->items[i]) < 0)
            return -1;
    }
    return new_cycler(run, J_CYCLER, items, out);
}

static int fn_joiner(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval items, separator = call->in[1];
    if ((separator.kind == J_ABSENT && ais_jrun_str(run, ", ", 2, &separator) < 0) ||
        ais_jlist_new(run, J_LIST, 0, &items) < 0 ||
        ais_jlist_add(run, items.as.list, separator) < 0)
        return -1;
    return new_cycler(run, J_JOINER, items, out);
}

const struct ais_jbuiltin ais_jfunctions[] = {
    {"cycler", "*", fn_cycler},
    {"dict", "*", fn_dict},
    {"joiner", "?sep", fn_joiner},
    {"namespace", "*", fn_namespace},
    {"range", "start ?stop ?step", fn_range},
    {NULL, NULL, NULL},
};

static int cycler_next(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jcycler *cycler = call->in[0].as.cycler;
    (void)run;
    *out = cycler->items->items[cycler->next];
    cycler->next = (cycler->next + 1) % cycler->items->count;
    return 0;
}

static int cycler_reset(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    call->in[0].as.cycler->next = 0;
    *out = J_NOTHING;
    return 0;
}

const struct ais_jbuiltin ais_jmethods_cycler[] = {
    {"next", "", cycler_next},
    {"reset", "", cycler_reset},
    {NULL, NULL, NULL},
};
