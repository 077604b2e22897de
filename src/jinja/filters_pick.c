/* Filters that choose: by tests, by attributes, by what is there. */
#include "jinja/attribute.h"
#include "jinja/eval.h"

#include <string.h>

static const struct ais_jval nothing = {.kind = J_ABSENT};

static int do_default(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval fallback = call->in[1];
    bool falsy;
    int truth = 1;
    if (fallback.kind == J_ABSENT && ais_jrun_str(run, "", 0, &fallback) < 0)
        return -1;
    if (ais_jarg_bool(run, call->in[2], false, &falsy) < 0)
        return -1;
    if (call->in[0].kind != J_UNDEFINED && falsy)
        truth = ais_jval_truth(run, call->in[0]);
    *out = call->in[0].kind == J_UNDEFINED || !truth ? fallback : call->in[0];
    return truth < 0 ? -1 : 0;
}

static int do_attr(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *name;
    const char *chars;
    if (ais_jrun_defined(run, call->in[0]) < 0 || ais_jarg_str(run, call->in[1], &name) < 0)
        return -1;
    if (call->in[0].kind == J_DICT && !ais_jmethod_find(call->in[0], name->data, name->size)) {
        chars = ais_jrun_chars(run, name); /* keys are no attributes */
        return chars ? ais_jrun_undefined(run, chars, call->in[0], NULL, out) : -1;
    }
    return ais_jeval_attr(run, call->in[0], name, out);
}

/* The value of a keyword, or absent. */
static struct ais_jval keyword(const struct ais_jargs *args, const char *name) {
    for (size_t i = 0; i < args->keyword_count; i++) {
        const struct ais_jstr *str = args->keywords[i].name.as.str;
        if (str->size == strlen(name) && memcmp(str->data, name, str->size) == 0)
            return args->keywords[i].value;
    }
    return nothing;
}

/* map(attribute=..., default=...) */
static int map_attribute(struct ais_jrun *run, const struct ais_jargs *args,
                         struct ais_jlist *list) {
    struct ais_jval path = keyword(args, "attribute"), fallback = keyword(args, "default");
    size_t known = 1 + (fallback.kind != J_ABSENT);
    if (args->keyword_count > known)
        return ais_jrun_fail(run, "map takes \"attribute\" and \"default\" only");
    for (size_t i = 0; i < list->count; i++) {
        if (ais_jattribute(run, list->items[i], path, fallback, &list->items[i]) < 0)
            return -1;
    }
    return 0;
}

static int map_filter(struct ais_jrun *run, const struct ais_jargs *args, struct ais_jlist *list) {
    struct ais_jargs rest = *args;
    if (args->count == 0)
        return ais_jrun_fail(run, "map needs a filter or an attribute");
    rest.items++;
    rest.count--;
    for (size_t i = 0; i < list->count; i++) {
        if (ais_jrun_step(run, 1) < 0 ||
            ais_jfilter_apply(run, args->items[0], list->items[i], &rest, &list->items[i]) < 0)
            return -1;
    }
    return 0;
}

static int do_map(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jargs *args = call->args;
    bool attribute = args->count == 0 && keyword(args, "attribute").kind != J_ABSENT;
    struct ais_jval list;
    int rc, any = ais_jval_truth(run, call->in[0]);
    if (any < 0 || ais_jlist_new(run, J_LIST, 0, &list) < 0)
        return -1;
    if (!any) /* nothing to go through, whatever it is */
        return ais_jlist_once(run, list, out);
    if (ais_jval_list(run, call->in[0], &list) < 0)
        return -1;
    rc = attribute ? map_attribute(run, args, list.as.list) : map_filter(run, args, list.as.list);
    return rc < 0 ? -1 : ais_jlist_once(run, list, out);
}

/* Whether an item is chosen: 1, 0 or -1. The first `skip` arguments are not the test's. */
static int passes(struct ais_jrun *run, const struct ais_jargs *args, size_t skip,
                  struct ais_jval item) {
    struct ais_jargs rest = *args;
    struct ais_jval truth;
    if (args->count <= skip)
        return ais_jval_truth(run, item);
    rest.items += skip + 1;
    rest.count -= skip + 1;
    if (ais_jtest_apply(run, args->items[skip], item, &rest, &truth) < 0)
        return -1;
    return ais_jval_truth(run, truth);
}

static int choose(struct ais_jrun *run, const struct ais_jcall *call, bool by_attribute, int wanted,
                  struct ais_jval *out) {
    const struct ais_jargs *args = call->args;
    struct ais_jval item, tested, list;
    struct ais_jiter iter;
    int more, pass, any = ais_jval_truth(run, call->in[0]);
    if (any < 0 || ais_jlist_new(run, J_LIST, 0, &list) < 0)
        return -1;
    if (!any) /* nothing to go through, whatever it is */
        return ais_jlist_once(run, list, out);
    if (by_attribute && args->count == 0)
        return ais_jrun_fail(run, "the name of an attribute is missing");
    if (ais_jiter_init(run, &iter, call->in[0]) < 0)
        return -1;
    while ((more = ais_jiter_next(run, &iter, &item)) > 0) {
        tested = item;
        if (by_attribute && ais_jattribute(run, item, args->items[0], nothing, &tested) < 0)
            return -1;
        pass = passes(run, args, by_attribute, tested);
        if (pass < 0 || (pass == wanted && ais_jlist_add(run, list.as.list, item) < 0))
            return -1;
    }
    return more < 0 ? -1 : ais_jlist_once(run, list, out);
}

static int do_select(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return choose(run, call, false, 1, out);
}

static int do_reject(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return choose(run, call, false, 0, out);
}

static int do_selectattr(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return choose(run, call, true, 1, out);
}

static int do_rejectattr(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return choose(run, call, true, 0, out);
}

const struct ais_jbuiltin ais_jfilters_pick[] = {
    {"attr", "name", do_attr},
    {"d", "?default_value ?boolean", do_default},
    {"default", "?default_value ?boolean", do_default},
    {"map", "*", do_map},
    {"reject", "*", do_reject},
    {"rejectattr", "*", do_rejectattr},
    {"select", "*", do_select},
    {"selectattr", "*", do_selectattr},
    {NULL, NULL, NULL},
};
