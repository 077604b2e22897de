#include "update/merging.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* By path, ours first. */
static int by_path(const void *a, const void *b) {
    const struct ais_item *x = a, *y = b;
    int order = strcmp(x->file.path, y->file.path);
    return order ? order : (int)x->side - (int)y->side;
}

static void sort(struct ais_merging *m) {
    if (m->count)
        qsort(m->items, m->count, sizeof *m->items, by_path);
}

/* Two files want one path: both sides added it, or one gave a file of another name this one. An
 * empty file has no line to be in the way: the other one is taken, as git does. */
static int settle_same(struct ais_merging *m, struct ais_item ours, struct ais_item theirs) {
    const struct ais_git_file *const sides[3] = {NULL, &ours.file, &theirs.file};
    const struct ais_three three = {
        NULL, &ours.file.blob, &theirs.file.blob, {m->our_label, m->their_label}};
    struct ais_git_file merged = ours.file;
    enum ais_three_result result = AIS_THREE_APART;
    if (ais_same_file(&ours.file, &theirs.file))
        return ais_merging_add(m, ours.file.path, &ours.file, AIS_OURS);
    if (!ais_oid_equal(&ours.file.blob, &theirs.file.blob) && ais_is_plain(&ours.file) &&
        ais_git_merge_three(m->in->repo, &three, &merged.blob, &result, m->err) < 0)
        return -1;
    if (result != AIS_THREE_CLEAN || ours.file.mode != theirs.file.mode)
        return ais_merging_conflict(m, sides, &merged, "both added it");
    if (ais_merging_add(m, merged.path, &merged, AIS_OURS) < 0)
        return -1;
    return ais_merging_note(m, AIS_MERGED, merged.path, "both added it");
}

/* Pairs of one path become one file; others stay. */
static int settle_doubles(struct ais_merging *m) {
    size_t count = m->count;
    struct ais_item *old = m->items;
    int rc = -1;
    m->items = NULL;
    m->count = m->capacity = 0;
    for (size_t i = 0; i < count; i++) {
        bool twice = i + 1 < count && strcmp(old[i].file.path, old[i + 1].file.path) == 0;
        if (twice ? settle_same(m, old[i], old[i + 1]) < 0
                  : ais_merging_add(m, old[i].file.path, &old[i].file, old[i].side) < 0)
            goto out;
        i += twice;
    }
    rc = 0;
out:
    ais_free(old);
    return rc;
}

static struct ais_item *find(const struct ais_merging *m, const char *path, size_t size) {
    size_t low = 0, high = m->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *there = m->items[middle].file.path;
        int order = strncmp(there, path, size);
        if (order == 0)
            order = there[size] ? 1 : 0;
        if (order == 0)
            return &m->items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Gives the item a name of its own; the first `size` bytes of its path are the one that is taken.
 */
static int move_aside(struct ais_merging *m, struct ais_item *item, size_t size) {
    const char *suffix = item->side == AIS_OURS ? "~HEAD" : m->suffix, *path = item->file.path;
    size_t length = strlen(path) + strlen(suffix) + 16;
    char *aside = ais_arena_alloc(&m->out->arena, length);
    struct ais_conflict conflict = {0};
    struct ais_merge *out = m->out;
    if (!aside)
        return ais_fail_memory(m->err);
    snprintf(aside, length, "%.*s%s%s", (int)size, path, suffix, path + size);
    for (unsigned i = 2; find(m, aside, strlen(aside)); i++)
        snprintf(aside, length, "%.*s%s.%u%s", (int)size, path, suffix, i, path + size);
    item->file.path = aside;
    *(item->side == AIS_OURS ? &conflict.ours : &conflict.theirs) = item->file;
    if (!m->in->keep) {
        if (ais_grow(&out->conflicts, &out->conflict_capacity, out->conflict_count + 1,
                     sizeof conflict) < 0)
            return ais_fail_memory(m->err);
        out->conflicts[out->conflict_count++] = conflict;
    }
    return ais_merging_note_path(m, AIS_CLASHED, aside, "a file and a folder want the name", path);
}

/* The student's stays where it is, unless the other one is protected. */
static int settle_folders(struct ais_merging *m, bool *moved) {
    *moved = false;
    for (size_t i = 0; i < m->count; i++) {
        struct ais_item *item = &m->items[i];
        const char *path = item->file.path;
        for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
            size_t size = (size_t)(slash - path);
            struct ais_item *file = find(m, path, size);
            bool folder_stays;
            if (!file)
                continue;
            folder_stays = item->side == AIS_OURS ? !file->is_protected : item->is_protected;
            *moved = true;
            return move_aside(m, folder_stays ? file : item, size);
        }
    }
    return 0;
}

int ais_merging_collisions(struct ais_merging *m) {
    bool moved = true;
    sort(m);
    if (settle_doubles(m) < 0)
        return -1;
    while (moved) {
        sort(m);
        if (settle_folders(m, &moved) < 0)
            return -1;
    }
    return 0;
}
