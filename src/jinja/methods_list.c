/* Methods of lists, tuples and dictionaries. */
#include "jinja/list.h"
#include "jinja/methods.h"

#include <string.h>

static int list_append(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    *out = J_NOTHING;
    return ais_jlist_add(run, call->in[0].as.list, call->in[1]);
}

static int list_clear(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    *out = J_NOTHING;
    call->in[0].as.list->count = 0;
    return 0;
}

static int list_copy(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return ais_jval_list(run, call->in[0], out);
}

static int any_count(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jiter iter;
    struct ais_jval item;
    int64_t count = 0;
    int more;
    if (ais_jiter_init(run, &iter, call->in[0]) < 0)
        return -1;
    while ((more = ais_jiter_next(run, &iter, &item)) > 0) {
        int equal = ais_jval_equal(run, item, call->in[1]);
        if (equal < 0)
            return -1;
        count += equal;
    }
    *out = ais_jval_int(count);
    return more;
}

/* The place of the first equal item: 1, 0 where there is none, or -1. */
static int place_of(struct ais_jrun *run, struct ais_jval self, struct ais_jval value,
                    size_t *place) {
    struct ais_jiter iter;
    struct ais_jval item;
    int more, equal;
    if (ais_jiter_init(run, &iter, self) < 0)
        return -1;
    for (*place = 0; (more = ais_jiter_next(run, &iter, &item)) > 0; ++*place) {
        equal = ais_jval_equal(run, item, value);
        if (equal)
            return equal;
    }
    return more;
}

static int any_index(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    size_t place;
    int found = place_of(run, call->in[0], call->in[1], &place);
    if (found <= 0)
        return found < 0 ? -1 : ais_jrun_fail(run, "the value is not in the list");
    *out = ais_jval_int((int64_t)place);
    return 0;
}

static int list_extend(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval more;
    *out = J_NOTHING;
    if (ais_jval_list(run, call->in[1], &more) < 0)
        return -1;
    for (size_t i = 0; i < more.as.list->count; i++) {
        if (ais_jlist_add(run, call->in[0].as.list, more.as.list->items[i]) < 0)
            return -1;
    }
    return 0;
}

static int list_insert(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jlist *list = call->in[0].as.list;
    int64_t at, count = (int64_t)list->count;
    *out = J_NOTHING;
    if (ais_jarg_int(run, call->in[1], 0, &at) < 0 || ais_jlist_add(run, list, call->in[2]) < 0 ||
        ais_jrun_step(run, list->count / 16) < 0)
        return -1;
    if (at < 0)
        at = at < -count ? 0 : at + count;
    at = at > count ? count : at;
    memmove(list->items + at + 1, list->items + at, (size_t)(count - at) * sizeof *list->items);
    list->items[at] = call->in[2];
    return 0;
}

static int cut_item(struct ais_jrun *run, struct ais_jlist *list, size_t at) {
    memmove(list->items + at, list->items + at + 1, (list->count - at - 1) * sizeof *list->items);
    list->count--;
    return ais_jrun_step(run, list->count / 16);
}

static int list_pop(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jlist *list = call->in[0].as.list;
    int64_t at;
    if (ais_jarg_int(run, call->in[1], -1, &at) < 0)
        return -1;
    at = at < 0 && at >= -(int64_t)list->count ? at + (int64_t)list->count : at;
    if (at < 0 || at >= (int64_t)list->count)
        return ais_jrun_fail(run, "there is no such item to pop");
    *out = list->items[at];
    if ((size_t)at + 1 < list->count)
        return cut_item(run, list, (size_t)at);
    list->count--;
    return 0;
}

static int list_remove(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    size_t place;
    int found = place_of(run, call->in[0], call->in[1], &place);
    *out = J_NOTHING;
    if (found <= 0)
        return found < 0 ? -1 : ais_jrun_fail(run, "the value is not in the list");
    return cut_item(run, call->in[0].as.list, place);
}

static int list_reverse(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jlist *list = call->in[0].as.list;
    *out = J_NOTHING;
    for (size_t i = 0, j = list->count; i + 1 < j; i++, j--) {
        struct ais_jval item = list->items[i];
        list->items[i] = list->items[j - 1];
        list->items[j - 1] = item;
    }
    return ais_jrun_step(run, list->count / 16);
}

static int list_sort(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval keys;
    bool reverse;
    *out = J_NOTHING;
    if (call->in[1].kind != J_ABSENT && call->in[1].kind != J_NONE)
        return ais_jrun_fail(run, "sort by a key is not supported (the sort filter does it)");
    if (ais_jarg_bool(run, call->in[2], false, &reverse) < 0 ||
        ais_jval_list(run, call->in[0], &keys) < 0)
        return -1;
    return ais_jlist_sort(run, call->in[0].as.list, keys.as.list, reverse);
}

const struct ais_jbuiltin ais_jmethods_list[] = {
    {"append", "object", list_append},
    {"clear", "", list_clear},
    {"copy", "", list_copy},
    {"count", "value", any_count},
    {"extend", "iterable", list_extend},
    {"index", "value", any_index},
    {"insert", "index object", list_insert},
    {"pop", "?index", list_pop},
    {"remove", "value", list_remove},
    {"reverse", "", list_reverse},
    {"sort", "?key ?reverse", list_sort},
    {NULL, NULL, NULL},
};

const struct ais_jbuiltin ais_jmethods_tuple[] = {
    {"count", "value", any_count},
    {"index", "value", any_index},
    {NULL, NULL, NULL},
};

static int view(struct ais_jrun *run, const struct ais_jcall *call, enum ais_jview_kind what,
                struct ais_jval *out) {
    struct ais_jview *made = ais_jrun_alloc(run, sizeof *made);
    if (!made)
        return -1;
    *made = (struct ais_jview){call->in[0].as.dict, what};
    *out = (struct ais_jval){.kind = J_VIEW, .as.view = made};
    return 0;
}

static int dict_items(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return view(run, call, VIEW_ITEMS, out);
}

static int dict_keys(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return view(run, call, VIEW_KEYS, out);
}

static int dict_values(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return view(run, call, VIEW_VALUES, out);
}

static int dict_get(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jentry *entry;
    int found = ais_jdict_find(run, call->in[0].as.dict, call->in[1], &entry);
    *out = call->in[2].kind == J_ABSENT ? J_NOTHING : call->in[2];
    if (found > 0)
        *out = entry->value;
    return found < 0 ? -1 : 0;
}

static int dict_clear(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    (void)run;
    *out = J_NOTHING;
    ais_jdict_clear(call->in[0].as.dict);
    return 0;
}

static int copy_entries(struct ais_jrun *run, struct ais_jdict *to, const struct ais_jdict *from) {
    size_t used = from->used;
    for (size_t i = 0; i < used && i < from->used; i++) {
        const struct ais_jentry entry = from->entries[i];
        if (entry.live && ais_jdict_set(run, to, entry.key, entry.value) < 0)
            return -1;
    }
    return 0;
}

static int dict_copy(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    if (ais_jdict_new(run, out) < 0)
        return -1;
    return copy_entries(run, out->as.dict, call->in[0].as.dict);
}

static int dict_pop(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jentry *entry;
    int found = ais_jdict_find(run, call->in[0].as.dict, call->in[1], &entry);
    if (found < 0)
        return -1;
    if (!found && call->in[2].kind == J_ABSENT)
        return ais_jrun_fail(run, "there is no such key to pop");
    *out = found ? entry->value : call->in[2];
    if (found)
        ais_jdict_remove(call->in[0].as.dict, entry);
    return 0;
}

static int dict_popitem(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jdict *dict = call->in[0].as.dict;
    struct ais_jentry *entry;
    size_t last = dict->used;
    while (last > 0 && !dict->entries[last - 1].live)
        last--;
    if (last == 0)
        return ais_jrun_fail(run, "there is no item to pop");
    entry = &dict->entries[last - 1];
    ais_jdict_remove(dict, entry);
    if (ais_jrun_step(run, (dict->used - last) / 16) < 0)
        return -1;
    return ais_jlist_pair(run, entry->key, entry->value, out);
}

static int dict_setdefault(struct ais_jrun *run, const struct ais_jcall *call,
                           struct ais_jval *out) {
    struct ais_jentry *entry;
    int found = ais_jdict_find(run, call->in[0].as.dict, call->in[1], &entry);
    *out = call->in[2].kind == J_ABSENT ? J_NOTHING : call->in[2];
    if (found < 0)
        return -1;
    if (found)
        *out = entry->value;
    return found ? 0 : ais_jdict_set(run, call->in[0].as.dict, call->in[1], *out);
}

static int dict_update(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    *out = J_NOTHING;
    return ais_jdict_update(run, call->in[0].as.dict, call->args);
}

/* One entry of a list of pairs. */
static int add_pair(struct ais_jrun *run, struct ais_jdict *dict, struct ais_jval pair) {
    struct ais_jval list;
    if (ais_jval_list(run, pair, &list) < 0)
        return -1;
    if (list.as.list->count != 2)
        return ais_jrun_fail(run, "a dict is made of pairs");
    return ais_jdict_set(run, dict, list.as.list->items[0], list.as.list->items[1]);
}

int ais_jdict_update(struct ais_jrun *run, struct ais_jdict *dict, const struct ais_jargs *args) {
    struct ais_jiter iter;
    struct ais_jval pair;
    int more = 0;
    if (args->count > 1)
        return ais_jrun_fail(run, "a dict takes at most 1 value without a name");
    if (args->count && args->items[0].kind == J_DICT) {
        if (copy_entries(run, dict, args->items[0].as.dict) < 0)
            return -1;
    } else if (args->count) {
        if (ais_jiter_init(run, &iter, args->items[0]) < 0)
            return -1;
        while ((more = ais_jiter_next(run, &iter, &pair)) > 0) {
            if (add_pair(run, dict, pair) < 0)
                return -1;
        }
    }
    for (size_t i = 0; i < args->keyword_count && more == 0; i++)
        more = ais_jdict_set(run, dict, args->keywords[i].name, args->keywords[i].value);
    return more;
}

const struct ais_jbuiltin ais_jmethods_dict[] = {
    {"clear", "", dict_clear},
    {"copy", "", dict_copy},
    {"get", "key ?default", dict_get},
    {"items", "", dict_items},
    {"keys", "", dict_keys},
    {"pop", "key ?default", dict_pop},
    {"popitem", "", dict_popitem},
    {"setdefault", "key ?default", dict_setdefault},
    {"update", "*", dict_update},
    {"values", "", dict_values},
    {NULL, NULL, NULL},
};
