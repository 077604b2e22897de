#include "jinja/list.h"
#include "jinja/text.h"

bool ais_jval_iterable(struct ais_jval value) {
    switch (value.kind) {
    case J_STR:
    case J_LIST:
    case J_TUPLE:
    case J_DICT:
    case J_RANGE:
    case J_VIEW:
    case J_ITER:
        return true;
    default:
        return ais_jval_is_lenient(value);
    }
}

int ais_jiter_init(struct ais_jrun *run, struct ais_jiter *iter, struct ais_jval over) {
    *iter = (struct ais_jiter){.over = over};
    if (ais_jrun_usable(run, over) < 0)
        return -1;
    if (!ais_jval_iterable(over))
        return ais_jrun_fail(run, "%s cannot be gone through", ais_jval_type(over));
    if (over.kind == J_DICT)
        iter->entries = over.as.dict->count;
    else if (over.kind == J_VIEW)
        iter->entries = over.as.view->dict->count;
    return 0;
}

static int next_entry(struct ais_jrun *run, struct ais_jiter *iter, const struct ais_jdict *dict,
                      enum ais_jview_kind what, struct ais_jval *item) {
    const struct ais_jentry *entry;
    if (dict->count != iter->entries)
        return ais_jrun_fail(run, "a dict changed while it was gone through");
    while (iter->next < dict->used && !dict->entries[iter->next].live)
        iter->next++;
    if (iter->next >= dict->used)
        return 0;
    entry = &dict->entries[iter->next++];
    if (what == VIEW_ITEMS)
        return ais_jlist_pair(run, entry->key, entry->value, item) < 0 ? -1 : 1;
    *item = what == VIEW_KEYS ? entry->key : entry->value;
    return 1;
}

static int next_character(struct ais_jrun *run, struct ais_jiter *iter, struct ais_jval *item) {
    const struct ais_jstr *str = iter->over.as.str;
    const char *start = str->data + iter->next, *p = start;
    size_t left = str->size - iter->next;
    if (left == 0)
        return 0;
    ais_jtext_next(&p, &left);
    iter->next = str->size - left;
    return ais_jrun_str(run, start, (size_t)(p - start), item) < 0 ? -1 : 1;
}

static int next_of(const struct ais_jlist *list, size_t *next, struct ais_jval *item) {
    if (*next >= list->count)
        return 0;
    *item = list->items[(*next)++];
    return 1;
}

static int next_in_range(struct ais_jiter *iter, struct ais_jval *item) {
    const struct ais_jrange *range = iter->over.as.range;
    if (iter->next >= (size_t)range->count)
        return 0;
    *item = ais_jval_int(range->start + range->step * (int64_t)iter->next);
    iter->next++;
    return 1;
}

int ais_jiter_next(struct ais_jrun *run, struct ais_jiter *iter, struct ais_jval *item) {
    const struct ais_jval over = iter->over;
    if (ais_jrun_step(run, 1) < 0)
        return -1;
    switch (over.kind) {
    case J_STR:
        return next_character(run, iter, item);
    case J_LIST:
    case J_TUPLE:
        return next_of(over.as.list, &iter->next, item);
    case J_ITER:
        return next_of(over.as.once->items, &over.as.once->next, item);
    case J_DICT:
        return next_entry(run, iter, over.as.dict, VIEW_KEYS, item);
    case J_VIEW:
        return next_entry(run, iter, over.as.view->dict, over.as.view->what, item);
    case J_RANGE:
        return next_in_range(iter, item);
    default:
        return 0;
    }
}

int ais_jval_list(struct ais_jrun *run, struct ais_jval value, struct ais_jval *out) {
    struct ais_jiter iter;
    struct ais_jval item;
    int more;
    if (ais_jiter_init(run, &iter, value) < 0 || ais_jlist_new(run, J_LIST, 0, out) < 0)
        return -1;
    while ((more = ais_jiter_next(run, &iter, &item)) > 0) {
        if (ais_jlist_add(run, out->as.list, item) < 0)
            return -1;
    }
    return more;
}
