/* Lists, dictionaries, and going through anything that has items. */
#ifndef AIS_JINJA_LIST_H
#define AIS_JINJA_LIST_H

#include "jinja/run.h"

/* A new, empty list or tuple with room for `capacity` items. */
int ais_jlist_new(struct ais_jrun *run, enum ais_jkind kind, size_t capacity, struct ais_jval *out);
int ais_jlist_add(struct ais_jrun *run, struct ais_jlist *list, struct ais_jval item);
/* A tuple of two. */
int ais_jlist_pair(struct ais_jrun *run, struct ais_jval a, struct ais_jval b,
                   struct ais_jval *out);
/* Wraps a list as something that can be gone through once. */
int ais_jlist_once(struct ais_jrun *run, struct ais_jval list, struct ais_jval *out);

int ais_jdict_new(struct ais_jrun *run, struct ais_jval *out);
/* -1 for a key that has no hash, such as a list. */
int ais_jdict_set(struct ais_jrun *run, struct ais_jdict *dict, struct ais_jval key,
                  struct ais_jval value);
/* 1 with *entry, 0 where there is no such key, or -1. */
int ais_jdict_find(struct ais_jrun *run, const struct ais_jdict *dict, struct ais_jval key,
                   struct ais_jentry **entry);
void ais_jdict_remove(struct ais_jdict *dict, struct ais_jentry *entry);
void ais_jdict_clear(struct ais_jdict *dict);
/* All keys, values or pairs as a new list. */
int ais_jdict_list(struct ais_jrun *run, const struct ais_jdict *dict, enum ais_jview_kind what,
                   struct ais_jval *out);

/* Going through a value. Lists and dictionaries may change on the way. */
struct ais_jiter {
    struct ais_jval over;
    size_t next;    /* item, or byte of a string */
    size_t entries; /* of a dictionary when the way began */
};
int ais_jiter_init(struct ais_jrun *run, struct ais_jiter *iter, struct ais_jval over);
/* 1 with *item, 0 at the end, or -1. */
int ais_jiter_next(struct ais_jrun *run, struct ais_jiter *iter, struct ais_jval *item);
/* Whether a value can be gone through. */
bool ais_jval_iterable(struct ais_jval value);

/* A new list of all items. */
int ais_jval_list(struct ais_jrun *run, struct ais_jval value, struct ais_jval *out);

/* Sorts in place, stably. `keys` has a key for every item. */
int ais_jlist_sort(struct ais_jrun *run, struct ais_jlist *items, struct ais_jlist *keys,
                   bool reverse);

#endif
