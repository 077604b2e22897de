#include "jinja/list.h"

#include <string.h>

int ais_jlist_new(struct ais_jrun *run, enum ais_jkind kind, size_t capacity,
                  struct ais_jval *out) {
    struct ais_jlist *list = ais_jrun_alloc(run, sizeof *list);
    if (!list)
        return -1;
    if (capacity) {
        if (capacity > SIZE_MAX / sizeof *list->items)
            return ais_fail_memory(run->err);
        list->items = ais_jrun_alloc(run, capacity * sizeof *list->items);
        if (!list->items)
            return -1;
        list->capacity = capacity;
    }
    *out = (struct ais_jval){.kind = kind, .as.list = list};
    return 0;
}

int ais_jlist_add(struct ais_jrun *run, struct ais_jlist *list, struct ais_jval item) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 4;
        struct ais_jval *items = ais_jrun_alloc(run, capacity * sizeof *items);
        if (!items)
            return -1;
        if (list->count)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = item;
    return 0;
}

int ais_jlist_pair(struct ais_jrun *run, struct ais_jval a, struct ais_jval b,
                   struct ais_jval *out) {
    if (ais_jlist_new(run, J_TUPLE, 2, out) < 0 || ais_jlist_add(run, out->as.list, a) < 0)
        return -1;
    return ais_jlist_add(run, out->as.list, b);
}

int ais_jlist_once(struct ais_jrun *run, struct ais_jval list, struct ais_jval *out) {
    struct ais_jonce *once = ais_jrun_alloc(run, sizeof *once);
    if (!once)
        return -1;
    once->items = list.as.list;
    *out = (struct ais_jval){.kind = J_ITER, .as.once = once};
    return 0;
}

/* Merge sort of positions, so that items and keys move once. */
struct sorting {
    struct ais_jrun *run;
    const struct ais_jval *keys;
    size_t *order, *spare;
    bool reverse;
};

/* Whether the right one must come before the left one. */
static int must_swap(struct sorting *s, size_t left, size_t right) {
    if (s->reverse)
        return ais_jval_order(s->run, "<", s->keys[left], s->keys[right]);
    return ais_jval_order(s->run, "<", s->keys[right], s->keys[left]);
}

static int merge(struct sorting *s, size_t from, size_t middle, size_t to) {
    size_t i = from, j = middle, k = from;
    while (i < middle && j < to) {
        int swap = must_swap(s, s->order[i], s->order[j]);
        if (swap < 0)
            return -1;
        s->spare[k++] = swap ? s->order[j++] : s->order[i++];
    }
    while (i < middle)
        s->spare[k++] = s->order[i++];
    while (j < to)
        s->spare[k++] = s->order[j++];
    memcpy(s->order + from, s->spare + from, (to - from) * sizeof *s->order);
    return 0;
}

static int merge_all(struct sorting *s, size_t count) {
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t from = 0; from + width < count; from += 2 * width) {
            size_t to = from + 2 * width < count ? from + 2 * width : count;
            if (merge(s, from, from + width, to) < 0)
                return -1;
        }
    }
    return 0;
}

int ais_jlist_sort(struct ais_jrun *run, struct ais_jlist *items, struct ais_jlist *keys,
                   bool reverse) {
    size_t count = items->count;
    struct ais_jval *sorted;
    struct sorting s = {run, keys->items, NULL, NULL, reverse};
    if (count < 2)
        return 0;
    sorted = ais_jrun_alloc(run, count * sizeof *sorted);
    s.order = ais_jrun_alloc(run, count * sizeof *s.order);
    s.spare = ais_jrun_alloc(run, count * sizeof *s.spare);
    if (!sorted || !s.order || !s.spare)
        return -1;
    for (size_t i = 0; i < count; i++)
        s.order[i] = i;
    if (merge_all(&s, count) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        sorted[i] = items->items[s.order[i]];
    memcpy(items->items, sorted, count * sizeof *sorted);
    return 0;
}
