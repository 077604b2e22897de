#include "jinja/value.h"

#include "jinja/list.h"
#include "jinja/number.h"

#include <math.h>
#include <string.h>

struct ais_jval ais_jval_bool(bool truth) {
    return (struct ais_jval){.kind = J_BOOL, .as.truth = truth};
}

struct ais_jval ais_jval_int(int64_t integer) {
    return (struct ais_jval){.kind = J_INT, .as.integer = integer};
}

struct ais_jval ais_jval_float(double real) {
    return (struct ais_jval){.kind = J_FLOAT, .as.real = real};
}

struct ais_jval ais_jval_str(const struct ais_jstr *str) {
    return (struct ais_jval){.kind = J_STR, .as.str = str};
}

const char *ais_jval_type(struct ais_jval value) {
    static const char *const names[] = {
        [J_ABSENT] = "nothing",    [J_UNDEFINED] = "undefined",
        [J_NONE] = "none",         [J_BOOL] = "bool",
        [J_INT] = "int",           [J_FLOAT] = "float",
        [J_STR] = "str",           [J_LIST] = "list",
        [J_TUPLE] = "tuple",       [J_DICT] = "dict",
        [J_RANGE] = "range",       [J_VIEW] = "view of a dict",
        [J_ITER] = "generator",    [J_NAMESPACE] = "namespace",
        [J_LOOP] = "loop",         [J_MACRO] = "macro",
        [J_MODULE] = "template",   [J_BOUND] = "method",
        [J_FUNCTION] = "function", [J_HOST] = "function",
        [J_CYCLER] = "cycler",     [J_JOINER] = "joiner",
        [J_SELF] = "self",         [J_BLOCK] = "block",
    };
    return names[value.kind];
}

bool ais_jval_is_int(struct ais_jval value, int64_t *integer) {
    if (value.kind == J_INT)
        *integer = value.as.integer;
    else if (value.kind == J_BOOL)
        *integer = value.as.truth;
    else
        return false;
    return true;
}

bool ais_jval_is_number(struct ais_jval value, double *real) {
    int64_t integer;
    if (value.kind == J_FLOAT)
        *real = value.as.real;
    else if (ais_jval_is_int(value, &integer))
        *real = (double)integer;
    else
        return false;
    return true;
}

/* 1 with the length, 0 where the kind has none. */
static int length_of(struct ais_jval value, size_t *length) {
    switch (value.kind) {
    case J_STR:
        *length = value.as.str->chars;
        return 1;
    case J_LIST:
    case J_TUPLE:
        *length = value.as.list->count;
        return 1;
    case J_DICT:
        *length = value.as.dict->count;
        return 1;
    case J_RANGE:
        *length = (size_t)value.as.range->count;
        return 1;
    case J_VIEW:
        *length = value.as.view->dict->count;
        return 1;
    default:
        return 0;
    }
}

int ais_jval_length(struct ais_jrun *run, struct ais_jval value, size_t *length) {
    if (ais_jrun_usable(run, value) < 0)
        return -1;
    *length = 0;
    if (!ais_jval_is_lenient(value) && !length_of(value, length))
        return ais_jrun_fail(run, "%s has no length", ais_jval_type(value));
    return 0;
}

int ais_jval_truth(struct ais_jrun *run, struct ais_jval value) {
    size_t length;
    switch (value.kind) {
    case J_ABSENT:
    case J_NONE:
        return 0;
    case J_UNDEFINED:
        return ais_jrun_usable(run, value);
    case J_BOOL:
        return value.as.truth;
    case J_INT:
        return value.as.integer != 0;
    case J_FLOAT:
        return value.as.real != 0;
    default:
        return length_of(value, &length) ? length > 0 : 1;
    }
}

bool ais_jval_same(struct ais_jval a, struct ais_jval b) {
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case J_ABSENT:
    case J_NONE:
    case J_SELF:
        return true;
    case J_BOOL:
        return a.as.truth == b.as.truth;
    case J_INT:
        return a.as.integer == b.as.integer;
    case J_FLOAT:
        return a.as.real == b.as.real;
    default: /* every other kind is a pointer */
        return a.as.str == b.as.str;
    }
}

static int equal_lists(struct ais_jrun *run, const struct ais_jlist *a, const struct ais_jlist *b) {
    if (a->count != b->count)
        return 0;
    for (size_t i = 0; i < a->count; i++) {
        int equal = ais_jval_equal(run, a->items[i], b->items[i]);
        if (equal <= 0)
            return equal;
    }
    return 1;
}

static int equal_dicts(struct ais_jrun *run, const struct ais_jdict *a, const struct ais_jdict *b) {
    if (a->count != b->count)
        return 0;
    for (size_t i = 0; i < a->used; i++) {
        struct ais_jentry *other;
        int equal;
        if (!a->entries[i].live)
            continue;
        equal = ais_jdict_find(run, b, a->entries[i].key, &other);
        if (equal > 0)
            equal = ais_jval_equal(run, a->entries[i].value, other->value);
        if (equal <= 0)
            return equal;
    }
    return 1;
}

static bool equal_strings(const struct ais_jstr *a, const struct ais_jstr *b) {
    return a->size == b->size && (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
}

static bool equal_ranges(const struct ais_jrange *a, const struct ais_jrange *b) {
    return a->count == b->count && (a->count == 0 || a->start == b->start) &&
           (a->count < 2 || a->step == b->step);
}

/* Equality of two containers of the same kind. */
static int equal_deep(struct ais_jrun *run, struct ais_jval a, struct ais_jval b) {
    int rc;
    if (run->height >= ais_jrun_height_limit(run))
        return ais_jrun_fail(run, "values are nested too deeply");
    run->height++;
    rc = a.kind == J_DICT ? equal_dicts(run, a.as.dict, b.as.dict)
                          : equal_lists(run, a.as.list, b.as.list);
    run->height--;
    return rc;
}

int ais_jval_equal(struct ais_jrun *run, struct ais_jval a, struct ais_jval b) {
    double x, y;
    if (ais_jrun_usable(run, a) < 0 || ais_jrun_usable(run, b) < 0 || ais_jrun_step(run, 1) < 0)
        return -1;
    if (ais_jval_is_number(a, &x) && ais_jval_is_number(b, &y))
        return ais_jnumber_compare(a, b) == 0;
    if (a.kind != b.kind || a.kind == J_UNDEFINED)
        return a.kind == b.kind;
    switch (a.kind) {
    case J_STR:
        if (ais_jrun_step_bytes(run, a.as.str->size) < 0)
            return -1;
        return equal_strings(a.as.str, b.as.str);
    case J_LIST:
    case J_TUPLE:
    case J_DICT:
        return equal_deep(run, a, b);
    case J_RANGE:
        return equal_ranges(a.as.range, b.as.range);
    default:
        return ais_jval_same(a, b);
    }
}

static int fail_order(struct ais_jrun *run, const char *op, struct ais_jval a, struct ais_jval b) {
    return ais_jrun_fail(run, "\"%s\" cannot order %s and %s", op, ais_jval_type(a),
                         ais_jval_type(b));
}

/* The sign of an order, against an operator. */
static int ordered(const char *op, int sign) {
    bool equal = op[1] == '=';
    return op[0] == '<' ? sign < 0 || (equal && sign == 0) : sign > 0 || (equal && sign == 0);
}

static int order_strings(struct ais_jrun *run, const char *op, const struct ais_jstr *a,
                         const struct ais_jstr *b) {
    size_t least = a->size < b->size ? a->size : b->size;
    int sign = least ? memcmp(a->data, b->data, least) : 0;
    if (ais_jrun_step_bytes(run, least) < 0)
        return -1;
    if (sign == 0)
        sign = a->size < b->size ? -1 : a->size > b->size;
    return ordered(op, sign);
}

static int order_lists(struct ais_jrun *run, const char *op, const struct ais_jlist *a,
                       const struct ais_jlist *b) {
    size_t least = a->count < b->count ? a->count : b->count;
    for (size_t i = 0; i < least; i++) {
        int equal = ais_jval_equal(run, a->items[i], b->items[i]);
        if (equal < 0)
            return -1;
        if (!equal)
            return ais_jval_order(run, op, a->items[i], b->items[i]);
    }
    return ordered(op, a->count < b->count ? -1 : a->count > b->count);
}

int ais_jval_order(struct ais_jrun *run, const char *op, struct ais_jval a, struct ais_jval b) {
    double x, y;
    int rc;
    if (ais_jrun_defined(run, a) < 0 || ais_jrun_defined(run, b) < 0 || ais_jrun_step(run, 1) < 0)
        return -1;
    if (ais_jval_is_number(a, &x) && ais_jval_is_number(b, &y))
        return isnan(x) || isnan(y) ? 0 : ordered(op, ais_jnumber_compare(a, b));
    if (a.kind == J_STR && b.kind == J_STR)
        return order_strings(run, op, a.as.str, b.as.str);
    if (a.kind != b.kind || (a.kind != J_LIST && a.kind != J_TUPLE))
        return fail_order(run, op, a, b);
    if (run->height >= ais_jrun_height_limit(run))
        return ais_jrun_fail(run, "values are nested too deeply");
    run->height++;
    rc = order_lists(run, op, a.as.list, b.as.list);
    run->height--;
    return rc;
}

static int contains_item(struct ais_jrun *run, struct ais_jval container, struct ais_jval item) {
    struct ais_jiter iter;
    struct ais_jval each;
    int more;
    if (ais_jiter_init(run, &iter, container) < 0)
        return -1;
    while ((more = ais_jiter_next(run, &iter, &each)) > 0) {
        int equal = ais_jval_same(each, item) ? 1 : ais_jval_equal(run, item, each);
        if (equal)
            return equal;
    }
    return more;
}

int ais_jval_contains(struct ais_jrun *run, struct ais_jval container, struct ais_jval item) {
    struct ais_jentry *entry;
    if (ais_jrun_usable(run, container) < 0)
        return -1;
    if (container.kind == J_STR) {
        if (ais_jrun_defined(run, item) < 0)
            return -1;
        if (item.kind != J_STR)
            return ais_jrun_fail(run, "a str cannot hold %s", ais_jval_type(item));
        if (ais_jrun_step_bytes(run, container.as.str->size) < 0)
            return -1;
        return item.as.str->size == 0 || memmem(container.as.str->data, container.as.str->size,
                                                item.as.str->data, item.as.str->size) != NULL;
    }
    if (container.kind == J_DICT)
        return ais_jdict_find(run, container.as.dict, item, &entry);
    if (container.kind == J_VIEW && container.as.view->what == VIEW_KEYS)
        return ais_jdict_find(run, container.as.view->dict, item, &entry);
    if (!ais_jval_iterable(container))
        return ais_jrun_fail(run, "%s cannot hold anything", ais_jval_type(container));
    return contains_item(run, container, item);
}
