/* Filters that take things apart and put them together. */
#include "jinja/attribute.h"
#include "jinja/methods.h"

static int do_length(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    size_t length;
    if (ais_jval_length(run, call->in[0], &length) < 0)
        return -1;
    *out = ais_jval_int((int64_t)length);
    return 0;
}

static int do_list(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return ais_jval_list(run, call->in[0], out);
}

static int no_item(struct ais_jrun *run, const char *reason, struct ais_jval *out) {
    return ais_jrun_undefined(run, NULL, (struct ais_jval){.kind = J_ABSENT}, reason, out);
}

static int do_first(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jiter iter;
    int more;
    if (ais_jiter_init(run, &iter, call->in[0]) < 0)
        return -1;
    more = ais_jiter_next(run, &iter, out);
    return more == 0 ? no_item(run, "there is no first item", out) : more < 0 ? -1 : 0;
}

static int do_last(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval list;
    if (ais_jrun_defined(run, call->in[0]) < 0)
        return -1;
    if (call->in[0].kind == J_STR && call->in[0].as.str->chars)
        return ais_jtext_part(run, call->in[0].as.str, call->in[0].as.str->chars - 1,
                              call->in[0].as.str->chars, out);
    if (call->in[0].kind == J_ITER)
        return ais_jrun_fail(run, "a generator has no last item (the list filter makes a list)");
    if (ais_jval_list(run, call->in[0], &list) < 0)
        return -1;
    if (list.as.list->count == 0)
        return no_item(run, "there is no last item", out);
    *out = list.as.list->items[list.as.list->count - 1];
    return 0;
}

static int do_items(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval list;
    if (call->in[0].kind == J_UNDEFINED) {
        if (ais_jlist_new(run, J_LIST, 0, &list) < 0)
            return -1;
        return ais_jlist_once(run, list, out);
    }
    if (call->in[0].kind != J_DICT)
        return ais_jrun_fail(run, "items needs a dict, not %s", ais_jval_type(call->in[0]));
    if (ais_jdict_list(run, call->in[0].as.dict, VIEW_ITEMS, &list) < 0)
        return -1;
    return ais_jlist_once(run, list, out);
}

static int do_join(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    static const struct ais_jstr empty = {"", 0, 0, false};
    const struct ais_jstr *separator = &empty;
    struct ais_jval list;
    if (ais_jval_list(run, call->in[0], &list) < 0)
        return -1;
    if (call->in[1].kind != J_ABSENT && ais_jval_text(run, call->in[1], &separator) < 0)
        return -1;
    for (size_t i = 0; i < list.as.list->count; i++) {
        struct ais_jval *item = &list.as.list->items[i];
        if (ais_jattribute(run, *item, call->in[2], (struct ais_jval){.kind = J_ABSENT}, item) < 0)
            return -1;
    }
    return ais_jstr_join(run, separator, list, true, out);
}

static void reverse(struct ais_jlist *list) {
    for (size_t i = 0, j = list->count; i + 1 < j; i++, j--) {
        struct ais_jval item = list->items[i];
        list->items[i] = list->items[j - 1];
        list->items[j - 1] = item;
    }
}

static int reverse_str(struct ais_jrun *run, const struct ais_jstr *str, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    size_t left = str->size, bytes;
    while (left > 0) {
        ais_jtext_last(str->data, left, &bytes);
        left -= bytes;
        ais_buf_add(&buf, str->data + left, bytes);
    }
    return ais_jrun_take(run, &buf, str->safe, out);
}

/* What can be gone through backwards gives a generator, the rest a list. */
static int do_reverse(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval list;
    if (call->in[0].kind == J_STR)
        return reverse_str(run, call->in[0].as.str, out);
    if (ais_jval_list(run, call->in[0], &list) < 0)
        return -1;
    reverse(list.as.list);
    if (call->in[0].kind != J_ITER)
        return ais_jlist_once(run, list, out);
    *out = list;
    return 0;
}

/* Rows of `linecount` items each. */
static int do_batch(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval list, rows, row;
    int64_t size;
    if (ais_jval_list(run, call->in[0], &list) < 0 ||
        ais_jarg_int(run, call->in[1], 0, &size) < 0 || ais_jlist_new(run, J_LIST, 0, &rows) < 0)
        return -1;
    for (size_t i = 0; i < list.as.list->count; i++) {
        bool full = i > 0 && (int64_t)row.as.list->count == size;
        if (i == 0 && size == 0 &&
            (ais_jlist_new(run, J_LIST, 0, &row) < 0 || ais_jlist_add(run, rows.as.list, row) < 0))
            return -1;
        if ((i == 0 || full) &&
            (ais_jlist_new(run, J_LIST, 0, &row) < 0 || ais_jlist_add(run, rows.as.list, row) < 0))
            return -1;
        if (ais_jlist_add(run, row.as.list, list.as.list->items[i]) < 0)
            return -1;
    }
    if (call->in[2].kind != J_ABSENT && call->in[2].kind != J_NONE && list.as.list->count) {
        while ((int64_t)row.as.list->count < size) {
            if (ais_jlist_add(run, row.as.list, call->in[2]) < 0)
                return -1;
        }
    }
    return ais_jlist_once(run, rows, out);
}

/* `slices` columns, the first ones longer where it does not come out even. */
static int do_slice(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval list, columns, column;
    bool fill = call->in[2].kind != J_ABSENT && call->in[2].kind != J_NONE;
    int64_t slices;
    size_t count, size, longer, from = 0;
    if (ais_jval_list(run, call->in[0], &list) < 0 ||
        ais_jarg_int(run, call->in[1], 0, &slices) < 0 ||
        ais_jlist_new(run, J_LIST, 0, &columns) < 0)
        return -1;
    if (slices == 0)
        return ais_jrun_fail(run, "division by zero");
    count = slices < 0 ? 0 : (size_t)slices;
    size = count ? list.as.list->count / count : 0;
    longer = count ? list.as.list->count % count : 0;
    for (size_t i = 0; i < count; i++) {
        size_t to = from + size + (i < longer);
        if (ais_jlist_new(run, J_LIST, 0, &column) < 0 ||
            ais_jlist_add(run, columns.as.list, column) < 0)
            return -1;
        for (; from < to; from++) {
            if (ais_jlist_add(run, column.as.list, list.as.list->items[from]) < 0)
                return -1;
        }
        if (fill && i >= longer && ais_jlist_add(run, column.as.list, call->in[2]) < 0)
            return -1;
    }
    return ais_jlist_once(run, columns, out);
}

const struct ais_jbuiltin ais_jfilters_list[] = {
    {"batch", "linecount ?fill_with", do_batch},
    {"count", "", do_length},
    {"first", "", do_first},
    {"items", "", do_items},
    {"join", "?d ?attribute", do_join},
    {"last", "", do_last},
    {"length", "", do_length},
    {"list", "", do_list},
    {"reverse", "", do_reverse},
    {"slice", "slices ?fill_with", do_slice},
    {NULL, NULL, NULL},
};
