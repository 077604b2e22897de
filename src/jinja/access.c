/* Attributes, items and slices. */
#include "jinja/eval.h"
#include "jinja/list.h"
#include "jinja/loop.h"
#include "jinja/text.h"

#include <string.h>

static bool is_name(const struct ais_jstr *str, const char *name) {
    return str->size == strlen(name) && memcmp(str->data, name, str->size) == 0;
}

/* 1 with *out, 0 if there is no such key, or -1. */
static int get_key(struct ais_jrun *run, const struct ais_jdict *dict, const struct ais_jstr *name,
                   struct ais_jval *out) {
    struct ais_jentry *entry;
    int found = ais_jdict_find(run, dict, ais_jval_str(name), &entry);
    if (found > 0)
        *out = entry->value;
    return found;
}

static int get_method(struct ais_jrun *run, struct ais_jval of, const struct ais_jstr *name,
                      struct ais_jval *out) {
    const struct ais_jbuiltin *method = ais_jmethod_find(of, name->data, name->size);
    struct ais_jbound *bound;
    if (!method)
        return 0;
    bound = ais_jrun_alloc(run, sizeof *bound);
    if (!bound)
        return -1;
    *bound = (struct ais_jbound){of, method};
    *out = (struct ais_jval){.kind = J_BOUND, .as.bound = bound};
    return 1;
}

static int get_from_macro(struct ais_jrun *run, const struct ais_jmacro *macro,
                          const struct ais_jstr *name, struct ais_jval *out) {
    const struct ais_jnode *node = macro->node;
    if (is_name(name, "name")) {
        if (node->kind == N_CALL_BLOCK)
            return ais_jrun_str(run, "caller", 6, out) < 0 ? -1 : 1;
        *out = node->value;
    } else if (is_name(name, "catch_kwargs")) {
        *out = ais_jval_bool(node->flags & FLAG_KWARGS);
    } else if (is_name(name, "catch_varargs")) {
        *out = ais_jval_bool(node->flags & FLAG_VARARGS);
    } else if (is_name(name, "caller")) {
        *out = ais_jval_bool(node->flags & FLAG_CALLER);
    } else if (is_name(name, "arguments")) {
        if (ais_jlist_new(run, J_TUPLE, 0, out) < 0)
            return -1;
        for (const struct ais_jnode *param = node->a; param; param = param->next) {
            if (ais_jlist_add(run, out->as.list, param->value) < 0)
                return -1;
        }
    } else {
        return 0;
    }
    return 1;
}

static int get_block(struct ais_jrun *run, const struct ais_jstr *name, struct ais_jval *out) {
    return run->blocks ? get_key(run, run->blocks, name, out) : 0;
}

/* `super` of a block. */
static int get_super(struct ais_jrun *run, const struct ais_jblock *block,
                     const struct ais_jstr *name, struct ais_jval *out) {
    struct ais_jblock *super;
    if (!is_name(name, "super") || !block->bodies->parent)
        return 0;
    super = ais_jrun_alloc(run, sizeof *super);
    if (!super)
        return -1;
    *super = *block;
    super->bodies = block->bodies->parent;
    *out = (struct ais_jval){.kind = J_BLOCK, .as.block = super};
    return 1;
}

/* 1 with *out, 0 if there is no such attribute, or -1. */
static int get_attr(struct ais_jrun *run, struct ais_jval of, const struct ais_jstr *name,
                    struct ais_jval *out) {
    int found = get_method(run, of, name, out);
    if (found)
        return found;
    switch (of.kind) {
    case J_DICT:
    case J_NAMESPACE:
        return get_key(run, of.as.dict, name, out);
    case J_MODULE:
        return get_key(run, of.as.module->exports, name, out);
    case J_LOOP:
        return ais_jloop_attr(run, of.as.loop, name, out);
    case J_MACRO:
        return get_from_macro(run, of.as.macro, name, out);
    case J_SELF:
        return get_block(run, name, out);
    case J_BLOCK:
        return get_super(run, of.as.block, name, out);
    case J_CYCLER:
        if (!is_name(name, "current"))
            return 0;
        *out = of.as.cycler->items->items[of.as.cycler->next];
        return 1;
    case J_TUPLE:
        if (!of.as.list->grouped || (!is_name(name, "grouper") && !is_name(name, "list")))
            return 0;
        *out = of.as.list->items[is_name(name, "list")];
        return 1;
    default:
        return 0;
    }
}

static int missing(struct ais_jrun *run, struct ais_jval of, struct ais_jval key,
                   struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    struct ais_jval text = key;
    const char *name;
    if (key.kind != J_STR) {
        if (ais_jval_write_repr(run, &buf, key) < 0) {
            ais_buf_release(&buf);
            return -1;
        }
        if (ais_jrun_take(run, &buf, false, &text) < 0)
            return -1;
    }
    name = ais_jrun_chars(run, text.as.str);
    return name ? ais_jrun_undefined(run, name, of, NULL, out) : -1;
}

int ais_jeval_attr(struct ais_jrun *run, struct ais_jval of, const struct ais_jstr *name,
                   struct ais_jval *out) {
    int found;
    if (ais_jrun_defined(run, of) < 0)
        return -1;
    found = get_attr(run, of, name, out);
    if (found)
        return found < 0 ? -1 : 0;
    return missing(run, of, ais_jval_str(name), out);
}

static bool in_range(int64_t index, size_t count, size_t *at) {
    if (index < 0)
        index += (int64_t)count;
    *at = (size_t)index;
    return index >= 0 && (size_t)index < count;
}

/* 1 with *out, 0 if there is no such item, or -1. */
static int get_item(struct ais_jrun *run, struct ais_jval of, struct ais_jval key,
                    struct ais_jval *out) {
    struct ais_jentry *entry;
    int64_t index;
    size_t at;
    int found;
    if (of.kind == J_DICT) {
        if (key.kind == J_LIST || key.kind == J_DICT || key.kind == J_VIEW)
            return 0;
        found = ais_jdict_find(run, of.as.dict, key, &entry);
        if (found > 0)
            *out = entry->value;
        return found;
    }
    if (!ais_jval_is_int(key, &index))
        return 0;
    switch (of.kind) {
    case J_LIST:
    case J_TUPLE:
        if (!in_range(index, of.as.list->count, &at))
            return 0;
        *out = of.as.list->items[at];
        return 1;
    case J_STR:
        if (!in_range(index, of.as.str->chars, &at))
            return 0;
        return ais_jtext_part(run, of.as.str, at, at + 1, out) < 0 ? -1 : 1;
    case J_RANGE:
        if (!in_range(index, (size_t)of.as.range->count, &at))
            return 0;
        *out = ais_jval_int(of.as.range->start + of.as.range->step * (int64_t)at);
        return 1;
    default:
        return 0;
    }
}

int ais_jeval_item(struct ais_jrun *run, struct ais_jval of, struct ais_jval key,
                   struct ais_jval *out) {
    int found;
    if (ais_jrun_defined(run, of) < 0 || (of.kind == J_DICT && ais_jrun_defined(run, key) < 0))
        return -1;
    found = get_item(run, of, key, out);
    if (!found && key.kind == J_STR)
        found = get_attr(run, of, key.as.str, out);
    if (found)
        return found < 0 ? -1 : 0;
    return missing(run, of, key, out);
}

struct slice {
    int64_t start, stop, step, count;
};

static int bound(struct ais_jrun *run, struct ais_jval part, int64_t length, int64_t step,
                 int64_t fallback, int64_t *out) {
    int64_t least = step < 0 ? -1 : 0, most = step < 0 ? length - 1 : length;
    *out = fallback;
    if (part.kind == J_NONE)
        return 0;
    if (ais_jrun_defined(run, part) < 0)
        return -1;
    if (!ais_jval_is_int(part, out))
        return ais_jrun_fail(run, "a slice needs whole numbers, not %s", ais_jval_type(part));
    if (*out < 0)
        *out = *out < -length ? least : *out + length;
    *out = *out < least ? least : *out > most ? most : *out;
    return 0;
}

static int measure(struct ais_jrun *run, const struct ais_jval parts[3], size_t length,
                   struct slice *slice) {
    int64_t size = (int64_t)length, way;
    slice->step = 1;
    if (parts[2].kind != J_NONE) {
        if (ais_jrun_defined(run, parts[2]) < 0)
            return -1;
        if (!ais_jval_is_int(parts[2], &slice->step))
            return ais_jrun_fail(run, "a slice needs whole numbers, not %s",
                                 ais_jval_type(parts[2]));
        if (slice->step == 0)
            return ais_jrun_fail(run, "the step of a slice cannot be 0");
    }
    if (slice->step < -INT64_MAX)
        slice->step = -INT64_MAX;
    if (bound(run, parts[0], size, slice->step, slice->step < 0 ? size - 1 : 0, &slice->start) <
            0 ||
        bound(run, parts[1], size, slice->step, slice->step < 0 ? -1 : size, &slice->stop) < 0)
        return -1;
    way = slice->step < 0 ? slice->start - slice->stop : slice->stop - slice->start;
    slice->count = way <= 0 ? 0 : (way - 1) / (slice->step < 0 ? -slice->step : slice->step) + 1;
    return 0;
}

static int slice_list(struct ais_jrun *run, struct ais_jval of, const struct slice *slice,
                      struct ais_jval *out) {
    if (ais_jlist_new(run, of.kind, (size_t)slice->count, out) < 0)
        return -1;
    for (int64_t i = 0; i < slice->count; i++) {
        size_t at = (size_t)(slice->start + i * slice->step);
        if (ais_jlist_add(run, out->as.list, of.as.list->items[at]) < 0)
            return -1;
    }
    return 0;
}

/* With a step characters are picked one by one, from offsets gathered first. */
static int slice_str(struct ais_jrun *run, const struct ais_jstr *str, const struct slice *slice,
                     struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    size_t *offsets, left = str->size;
    const char *p = str->data;
    if (slice->step == 1)
        return ais_jtext_part(run, str, (size_t)slice->start, (size_t)slice->stop, out);
    offsets = ais_jrun_alloc(run, (str->chars + 1) * sizeof *offsets);
    if (!offsets)
        return -1;
    for (size_t i = 0; i < str->chars; i++) {
        offsets[i] = str->size - left;
        ais_jtext_next(&p, &left);
    }
    offsets[str->chars] = str->size;
    for (int64_t i = 0; i < slice->count; i++) {
        size_t at = (size_t)(slice->start + i * slice->step);
        ais_buf_add(&buf, str->data + offsets[at], offsets[at + 1] - offsets[at]);
    }
    return ais_jrun_take(run, &buf, str->safe, out);
}

static int slice_range(struct ais_jrun *run, const struct ais_jrange *of, const struct slice *slice,
                       struct ais_jval *out) {
    struct ais_jrange *range = ais_jrun_alloc(run, sizeof *range);
    if (!range)
        return -1;
    if (__builtin_mul_overflow(of->step, slice->step, &range->step))
        return ais_jrun_fail(run, "a whole number does not fit into 64 bits");
    range->start = of->start + of->step * slice->start;
    range->stop = of->start + of->step * slice->stop;
    range->count = slice->count;
    *out = (struct ais_jval){.kind = J_RANGE, .as.range = range};
    return 0;
}

int ais_jeval_slice(struct ais_jrun *run, struct ais_jval of, const struct ais_jval parts[3],
                    struct ais_jval *out) {
    struct slice slice;
    size_t length;
    if (ais_jrun_defined(run, of) < 0)
        return -1;
    if (of.kind != J_STR && of.kind != J_LIST && of.kind != J_TUPLE && of.kind != J_RANGE)
        return ais_jrun_fail(run, "%s has no slices", ais_jval_type(of));
    if (ais_jval_length(run, of, &length) < 0 || measure(run, parts, length, &slice) < 0)
        return -1;
    if (of.kind == J_STR)
        return slice_str(run, of.as.str, &slice, out);
    if (of.kind == J_RANGE)
        return slice_range(run, of.as.range, &slice, out);
    return slice_list(run, of, &slice, out);
}
