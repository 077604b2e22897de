/* Filters that compare items: sorting, grouping, extremes, sums. */
#include "jinja/attribute.h"
#include "jinja/eval.h"

static const struct ais_jval nothing = {.kind = J_ABSENT};

/* The keys of all items, as a list. */
static int all_keys(struct ais_jrun *run, struct ais_jval items, struct ais_jval path, bool exact,
                    bool many, struct ais_jval *out) {
    const struct ais_jlist *list = items.as.list;
    if (ais_jlist_new(run, J_LIST, list->count, out) < 0)
        return -1;
    for (size_t i = 0; i < list->count; i++) {
        struct ais_jval key;
        if (ais_jattribute_key(run, list->items[i], path, exact, many, &key) < 0 ||
            ais_jlist_add(run, out->as.list, key) < 0)
            return -1;
    }
    return 0;
}

static int do_sort(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval keys;
    bool reverse, exact;
    if (ais_jval_list(run, call->in[0], out) < 0 ||
        ais_jarg_bool(run, call->in[1], false, &reverse) < 0 ||
        ais_jarg_bool(run, call->in[2], false, &exact) < 0 ||
        all_keys(run, *out, call->in[3], exact, true, &keys) < 0)
        return -1;
    return ais_jlist_sort(run, out->as.list, keys.as.list, reverse);
}

static int do_unique(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval list, keys, seen, unique;
    bool exact;
    if (ais_jval_list(run, call->in[0], &list) < 0 ||
        ais_jarg_bool(run, call->in[1], false, &exact) < 0 ||
        all_keys(run, list, call->in[2], exact, false, &keys) < 0 ||
        ais_jdict_new(run, &seen) < 0 || ais_jlist_new(run, J_LIST, 0, &unique) < 0)
        return -1;
    for (size_t i = 0; i < list.as.list->count; i++) {
        size_t before = seen.as.dict->count;
        if (ais_jdict_set(run, seen.as.dict, keys.as.list->items[i], J_NOTHING) < 0)
            return -1;
        if (seen.as.dict->count > before &&
            ais_jlist_add(run, unique.as.list, list.as.list->items[i]) < 0)
            return -1;
    }
    return ais_jlist_once(run, unique, out);
}

/* The first item whose key no other one passes. */
static int extreme(struct ais_jrun *run, const struct ais_jcall *call, const char *op,
                   struct ais_jval *out) {
    struct ais_jval list, keys;
    size_t best = 0;
    bool exact;
    if (ais_jval_list(run, call->in[0], &list) < 0 ||
        ais_jarg_bool(run, call->in[1], false, &exact) < 0 ||
        all_keys(run, list, call->in[2], exact, false, &keys) < 0)
        return -1;
    if (list.as.list->count == 0)
        return ais_jrun_undefined(run, NULL, nothing, "there is no item to compare", out);
    for (size_t i = 1; i < list.as.list->count; i++) {
        int better = ais_jval_order(run, op, keys.as.list->items[i], keys.as.list->items[best]);
        if (better < 0)
            return -1;
        if (better)
            best = i;
    }
    *out = list.as.list->items[best];
    return 0;
}

static int do_min(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return extreme(run, call, "<", out);
}

static int do_max(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return extreme(run, call, ">", out);
}

static int do_sum(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jiter iter;
    struct ais_jval item;
    int more;
    *out = call->in[2].kind == J_ABSENT ? ais_jval_int(0) : call->in[2];
    if (ais_jiter_init(run, &iter, call->in[0]) < 0)
        return -1;
    if (out->kind == J_STR)
        return ais_jrun_fail(run, "sum cannot start with a str (the join filter joins them)");
    while ((more = ais_jiter_next(run, &iter, &item)) > 0) {
        if (ais_jattribute(run, item, call->in[1], nothing, &item) < 0 ||
            ais_jeval_binary(run, OP_ADD, *out, item, out) < 0)
            return -1;
    }
    return more;
}

/* The key of a group: strings in lower case unless `exact`. */
static int group_key(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval item,
                     bool exact, struct ais_jval *out) {
    if (ais_jattribute(run, item, call->in[1], call->in[2], out) < 0)
        return -1;
    return ais_jattribute_key(run, *out, nothing, exact, false, out);
}

static int new_group(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval item,
                     struct ais_jval *group) {
    struct ais_jval key, members;
    if (ais_jattribute(run, item, call->in[1], call->in[2], &key) < 0 ||
        ais_jlist_new(run, J_LIST, 0, &members) < 0 || ais_jlist_pair(run, key, members, group) < 0)
        return -1;
    group->as.list->grouped = true;
    return 0;
}

static int do_groupby(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval items, keys, group = nothing, key, last = nothing;
    bool exact;
    if (ais_jval_list(run, call->in[0], &items) < 0 ||
        ais_jarg_bool(run, call->in[3], false, &exact) < 0 ||
        ais_jlist_new(run, J_LIST, 0, &keys) < 0 || ais_jlist_new(run, J_LIST, 0, out) < 0)
        return -1;
    for (size_t i = 0; i < items.as.list->count; i++) {
        if (group_key(run, call, items.as.list->items[i], exact, &key) < 0 ||
            ais_jlist_add(run, keys.as.list, key) < 0)
            return -1;
    }
    if (ais_jlist_sort(run, items.as.list, keys.as.list, false) < 0)
        return -1;
    for (size_t i = 0; i < items.as.list->count; i++) {
        const struct ais_jval item = items.as.list->items[i];
        int same = 0;
        if (group_key(run, call, item, exact, &key) < 0)
            return -1;
        if (group.kind != J_ABSENT)
            same = ais_jval_equal(run, last, key);
        if (same < 0 || (!same && (new_group(run, call, item, &group) < 0 ||
                                   ais_jlist_add(run, out->as.list, group) < 0)))
            return -1;
        last = key;
        if (ais_jlist_add(run, group.as.list->items[1].as.list, item) < 0)
            return -1;
    }
    return 0;
}

static int do_dictsort(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jval self = call->in[0];
    const struct ais_jstr *by;
    struct ais_jval keys;
    bool exact, reverse, value;
    if (ais_jrun_defined(run, self) < 0 || ais_jarg_bool(run, call->in[1], false, &exact) < 0 ||
        ais_jarg_str(run, call->in[2], &by) < 0 ||
        ais_jarg_bool(run, call->in[3], false, &reverse) < 0)
        return -1;
    value = by->size == 5 && by->data[0] == 'v';
    if (by->size && !value && !(by->size == 3 && by->data[0] == 'k'))
        return ais_jrun_fail(run, "dictsort sorts by \"key\" or \"value\"");
    if (self.kind != J_DICT)
        return ais_jrun_fail(run, "dictsort needs a dict, not %s", ais_jval_type(self));
    if (ais_jdict_list(run, self.as.dict, VIEW_ITEMS, out) < 0 ||
        all_keys(run, *out, ais_jval_int(value), exact, false, &keys) < 0)
        return -1;
    return ais_jlist_sort(run, out->as.list, keys.as.list, reverse);
}

const struct ais_jbuiltin ais_jfilters_order[] = {
    {"dictsort", "?case_sensitive ?by ?reverse", do_dictsort},
    {"groupby", "attribute ?default ?case_sensitive", do_groupby},
    {"max", "?case_sensitive ?attribute", do_max},
    {"min", "?case_sensitive ?attribute", do_min},
    {"sort", "?reverse ?case_sensitive ?attribute", do_sort},
    {"sum", "?attribute ?start", do_sum},
    {"unique", "?case_sensitive ?attribute", do_unique},
    {NULL, NULL, NULL},
};
