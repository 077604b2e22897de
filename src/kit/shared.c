#include "kit/shared.h"

#include "base/mem.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { FIRST_SLOTS = 1024, WELL = 6, QUICK = 1 };

int ais_shared_init(struct ais_shared *shared, struct ais_error *err) {
    *shared = (struct ais_shared){.slot_count = FIRST_SLOTS};
    shared->slots = ais_calloc(FIRST_SLOTS, sizeof *shared->slots);
    if (!shared->slots)
        return ais_fail_memory(err);
    shared->well = ais_deflater_new(WELL, err);
    shared->quick = shared->well ? ais_deflater_new(QUICK, err) : NULL;
    shared->ender = shared->quick ? ais_ender_new(err) : NULL;
    return shared->ender ? 0 : -1;
}

static void file_free(struct ais_shared_file *file) {
    if (!file)
        return;
    ais_free((char *)file->file.path);
    ais_ready_release(&file->ready);
    ais_segment_release(&file->member);
    ais_segment_release(&file->object);
    ais_free(file->head);
    ais_free(file);
}

void ais_shared_release(struct ais_shared *shared) {
    for (size_t i = 0; shared->slots && i < shared->slot_count; i++)
        file_free(shared->slots[i]);
    ais_free(shared->slots);
    ais_deflater_free(shared->well);
    ais_deflater_free(shared->quick);
    ais_ender_free(shared->ender);
    *shared = (struct ais_shared){0};
}

bool ais_shared_take(struct ais_shared *shared, size_t size) {
    if (size > AIS_SHARED_BYTES_MAX - shared->bytes)
        return false;
    shared->bytes += size;
    return true;
}

static bool same(const struct ais_file *a, const struct ais_file *b) {
    return a->data == b->data && a->size == b->size && a->executable == b->executable &&
           strcmp(a->path, b->path) == 0;
}

/* The slot of the file, or the empty one where it belongs. */
static struct ais_shared_file **find_slot(const struct ais_shared *shared,
                                          const struct ais_file *file) {
    uint64_t at = (uint64_t)(uintptr_t)file->data;
    at = (at ^ at >> 29) * 0x9e3779b97f4a7c15u + file->size;
    for (at = (at >> 16) % shared->slot_count;; at = (at + 1) % shared->slot_count) {
        struct ais_shared_file **slot = &shared->slots[at];
        if (!*slot || same(&(*slot)->file, file))
            return slot;
    }
}

static bool more_slots(struct ais_shared *shared) {
    struct ais_shared old = *shared;
    shared->slot_count *= 2;
    shared->slots = ais_calloc(shared->slot_count, sizeof *shared->slots);
    if (!shared->slots) {
        *shared = old;
        return false;
    }
    for (size_t i = 0; i < old.slot_count; i++)
        if (old.slots[i])
            *find_slot(shared, &old.slots[i]->file) = old.slots[i];
    ais_free(old.slots);
    return true;
}

struct ais_shared_file *ais_shared_find(struct ais_shared *shared, const struct ais_file *file) {
    struct ais_shared_file **slot, *made;
    struct ais_file own = *file;
    if (!file->steady)
        return NULL;
    slot = find_slot(shared, file);
    made = *slot;
    if (made)
        return made;
    if (!ais_shared_take(shared, file->size + sizeof *made))
        return NULL;
    if (shared->count * 2 >= shared->slot_count && !more_slots(shared))
        return NULL;
    made = ais_calloc(1, sizeof *made);
    own.path = made ? ais_strdup(file->path) : NULL;
    if (!own.path) {
        ais_free(made);
        return NULL;
    }
    made->file = own;
    if (ais_ready_make(&made->ready, AIS_BLOB_OBJECT, file->data, file->size, NULL) < 0) {
        file_free(made);
        return NULL;
    }
    *find_slot(shared, file) = made;
    shared->count++;
    return made;
}

const struct ais_ready *ais_shared_ready(void *payload, const struct ais_file *file) {
    struct ais_shared_file *shared = ais_shared_find(payload, file);
    return shared ? &shared->ready : NULL;
}

struct ais_shared_file *ais_shared_of(const struct ais_ready *ready) {
    return (struct ais_shared_file *)((char *)ready - offsetof(struct ais_shared_file, ready));
}
