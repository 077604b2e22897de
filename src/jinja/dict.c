#include "jinja/list.h"

#include <math.h>
#include <string.h>

/* Up to this many entries are searched one by one. */
enum { SMALL = 8 };

static uint64_t mix(uint64_t hash) {
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccdU;
    hash ^= hash >> 33;
    return hash;
}

static uint64_t hash_bytes(const char *data, size_t size) {
    uint64_t hash = 0xcbf29ce484222325U;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)data[i]) * 0x100000001b3U;
    return mix(hash);
}

static int hash_value(struct ais_jrun *run, struct ais_jval value, uint64_t *hash);

static int hash_tuple(struct ais_jrun *run, const struct ais_jlist *list, uint64_t *hash) {
    uint64_t all = list->count, one = 0;
    if (run->height >= ais_jrun_height_limit(run))
        return ais_jrun_fail(run, "values are nested too deeply");
    run->height++;
    for (size_t i = 0; i < list->count; i++) {
        if (hash_value(run, list->items[i], &one) < 0)
            return -1;
        all = mix(all * 31 + one);
    }
    run->height--;
    *hash = all;
    return 0;
}

/* Numbers that are equal have the same hash, whatever their kind. */
static uint64_t hash_float(double real) {
    if (real == floor(real) && fabs(real) < 9e18)
        return mix((uint64_t)(int64_t)real);
    return hash_bytes((const char *)&real, sizeof real);
}

static int hash_value(struct ais_jrun *run, struct ais_jval value, uint64_t *hash) {
    int64_t integer;
    if (ais_jrun_usable(run, value) < 0)
        return -1;
    if (ais_jval_is_int(value, &integer)) {
        *hash = mix((uint64_t)integer);
        return 0;
    }
    switch (value.kind) {
    case J_STR:
        *hash = hash_bytes(value.as.str->data, value.as.str->size);
        return ais_jrun_step_bytes(run, value.as.str->size);
    case J_FLOAT:
        *hash = hash_float(value.as.real);
        return 0;
    case J_TUPLE:
        return hash_tuple(run, value.as.list, hash);
    case J_LIST:
    case J_DICT:
    case J_VIEW:
        return ais_jrun_fail(run, "%s cannot be a key", ais_jval_type(value));
    case J_NONE:
    case J_UNDEFINED:
        *hash = 7;
        return 0;
    default:
        *hash = mix((uint64_t)(uintptr_t)value.as.str);
        return 0;
    }
}

int ais_jdict_new(struct ais_jrun *run, struct ais_jval *out) {
    struct ais_jdict *dict = ais_jrun_alloc(run, sizeof *dict);
    *out = (struct ais_jval){.kind = J_DICT, .as.dict = dict};
    return dict ? 0 : -1;
}

/* Whether an entry has that key: 1, 0 or -1. */
static int matches(struct ais_jrun *run, const struct ais_jentry *entry, struct ais_jval key,
                   uint64_t hash) {
    if (!entry->live || entry->hash != hash)
        return 0;
    if (key.kind == J_STR && entry->key.kind == J_STR) {
        const struct ais_jstr *a = key.as.str, *b = entry->key.as.str;
        return a->size == b->size && (a->size == 0 || memcmp(a->data, b->data, a->size) == 0);
    }
    return ais_jval_same(entry->key, key) ? 1 : ais_jval_equal(run, entry->key, key);
}

static int find_hashed(struct ais_jrun *run, const struct ais_jdict *dict, struct ais_jval key,
                       uint64_t hash, struct ais_jentry **entry) {
    size_t at = 0, probes = 0;
    int same;
    if (!dict->slots) {
        for (size_t i = 0; i < dict->used; i++) {
            same = matches(run, &dict->entries[i], key, hash);
            if (same) {
                *entry = &dict->entries[i];
                return same;
            }
        }
        return 0;
    }
    for (at = hash & (dict->slot_count - 1); dict->slots[at];
         at = (at + 1) & (dict->slot_count - 1)) {
        struct ais_jentry *candidate = &dict->entries[dict->slots[at] - 1];
        same = matches(run, candidate, key, hash);
        if (same) {
            *entry = candidate;
            return same;
        }
        /* keys chosen to collide cost what they take */
        if (++probes % 8 == 0 && ais_jrun_step(run, 1) < 0)
            return -1;
    }
    return 0;
}

int ais_jdict_find(struct ais_jrun *run, const struct ais_jdict *dict, struct ais_jval key,
                   struct ais_jentry **entry) {
    uint64_t hash;
    if (hash_value(run, key, &hash) < 0)
        return -1;
    return find_hashed(run, dict, key, hash, entry);
}

static void take_slot(struct ais_jdict *dict, size_t position) {
    size_t at = dict->entries[position].hash & (dict->slot_count - 1);
    while (dict->slots[at])
        at = (at + 1) & (dict->slot_count - 1);
    dict->slots[at] = (uint32_t)position + 1;
}

/* Makes room for one more entry, and leaves the removed ones behind. */
static int grow(struct ais_jrun *run, struct ais_jdict *dict) {
    size_t capacity = dict->count < SMALL / 2 ? SMALL / 2 : dict->count * 2, used = 0;
    size_t slot_count = capacity > SMALL ? 16 : 0;
    struct ais_jentry *entries = ais_jrun_alloc(run, capacity * sizeof *entries);
    uint32_t *slots = NULL;
    while (slot_count && slot_count < capacity * 2)
        slot_count *= 2;
    if (slot_count)
        slots = ais_jrun_alloc(run, slot_count * sizeof *slots);
    if (!entries || (slot_count && !slots))
        return -1;
    for (size_t i = 0; i < dict->used; i++) {
        if (dict->entries[i].live)
            entries[used++] = dict->entries[i];
    }
    dict->entries = entries;
    dict->used = used;
    dict->capacity = capacity;
    dict->slots = slots;
    dict->slot_count = slot_count;
    for (size_t i = 0; slots && i < used; i++)
        take_slot(dict, i);
    return 0;
}

int ais_jdict_set(struct ais_jrun *run, struct ais_jdict *dict, struct ais_jval key,
                  struct ais_jval value) {
    struct ais_jentry *entry;
    uint64_t hash;
    int found;
    if (hash_value(run, key, &hash) < 0)
        return -1;
    found = find_hashed(run, dict, key, hash, &entry);
    if (found < 0)
        return -1;
    if (found) {
        entry->value = value;
        return 0;
    }
    if (dict->used == dict->capacity && grow(run, dict) < 0)
        return -1;
    dict->entries[dict->used] = (struct ais_jentry){key, value, hash, true};
    if (dict->slots)
        take_slot(dict, dict->used);
    dict->used++;
    dict->count++;
    return 0;
}

void ais_jdict_remove(struct ais_jdict *dict, struct ais_jentry *entry) {
    entry->live = false;
    dict->count--;
}

void ais_jdict_clear(struct ais_jdict *dict) {
    if (dict->slots)
        memset(dict->slots, 0, dict->slot_count * sizeof *dict->slots);
    dict->used = dict->count = 0;
}

int ais_jdict_list(struct ais_jrun *run, const struct ais_jdict *dict, enum ais_jview_kind what,
                   struct ais_jval *out) {
    if (ais_jlist_new(run, J_LIST, dict->count, out) < 0)
        return -1;
    for (size_t i = 0; i < dict->used; i++) {
        const struct ais_jentry *entry = &dict->entries[i];
        struct ais_jval item = what == VIEW_KEYS ? entry->key : entry->value;
        if (!entry->live)
            continue;
        if (what == VIEW_ITEMS && ais_jlist_pair(run, entry->key, entry->value, &item) < 0)
            return -1;
        if (ais_jlist_add(run, out->as.list, item) < 0)
            return -1;
    }
    return 0;
}
