#include "plan/planning.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static int by_path(const void *a, const void *b) {
    const struct ais_planned *x = a, *y = b;
    int order = strcmp(x->file.path, y->file.path);
    return order ? order : x->sequence < y->sequence ? -1 : 1;
}

/* Of two files with one path the later one stands if it says so. */
static int settle_overrides(struct ais_planning *p) {
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct ais_planned *now = &p->planned[i], *before = kept ? &p->planned[kept - 1] : NULL;
        if (before && strcmp(before->file.path, now->file.path) == 0) {
            const struct ais_place *at = &before->entry.origin;
            if (!now->override)
                return ais_fail_at(p->err, AIS_TEMPLATE, now->entry.origin,
                                   "the path \"%s\" is made twice (also by %s:%u:%u; the later may "
                                   "say \"override\": true)",
                                   now->file.path, at->path, at->line, at->column);
            kept--;
        }
        p->planned[kept++] = *now;
    }
    p->count = kept;
    return 0;
}

/* A path that exists once the plan is written: a file, or a folder above one. */
struct spot {
    const char *key; /* folded */
    const char *path;
    size_t size; /* of path; the file's own, or less for a folder */
    bool folder;
    const struct ais_planned *owner;
};

static int by_key(const void *a, const void *b) {
    const struct spot *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order == 0)
        order = strcmp(x->owner->file.path, y->owner->file.path);
    return order ? order : (int)x->folder - (int)y->folder;
}

/* The spots of planned[i]; folders that the file before has as well are passed over. */
static int add_spots(struct ais_planning *p, size_t i, struct spot **spots, size_t *count,
                     size_t *capacity) {
    const struct ais_planned *now = &p->planned[i];
    const char *path = now->file.path, *before = i ? p->planned[i - 1].file.path : "";
    size_t size = strlen(path), common = 0;
    while (path[common] && path[common] == before[common])
        common++;
    for (size_t end = 1; end <= size; end++) {
        char *text, *key;
        if (end < size && (path[end] != '/' || end < common))
            continue;
        text = ais_strndup(path, end);
        key = text ? ais_text_fold(text) : NULL;
        ais_free(text);
        if (!key || ais_grow(spots, capacity, *count + 1, sizeof **spots) < 0) {
            ais_free(key);
            return ais_fail_memory(p->err);
        }
        (*spots)[(*count)++] = (struct spot){key, path, end, end < size, now};
    }
    return 0;
}

static int check_pair(struct ais_planning *p, const struct spot *a, const struct spot *b) {
    bool same = a->size == b->size && memcmp(a->path, b->path, a->size) == 0;
    if (strcmp(a->key, b->key) != 0 || (same && a->folder && b->folder))
        return 0;
    if (same)
        return ais_fail_at(p->err, AIS_TEMPLATE, b->owner->entry.origin,
                           "\"%.*s\" is a file and a folder (of \"%s\"; rename one)", (int)a->size,
                           a->path, a->folder ? a->owner->file.path : b->owner->file.path);
    return ais_fail_at(p->err, AIS_TEMPLATE, b->owner->entry.origin,
                       "\"%.*s\" and \"%.*s\" differ only in case or Unicode form, which some "
                       "systems can't tell apart",
                       (int)a->size, a->path, (int)b->size, b->path);
}

static int check_collisions(struct ais_planning *p) {
    struct spot *spots = NULL;
    size_t count = 0, capacity = 0;
    int rc = -1;
    for (size_t i = 0; i < p->count; i++)
        if (add_spots(p, i, &spots, &count, &capacity) < 0)
            goto out;
    if (count)
        qsort(spots, count, sizeof *spots, by_key);
    for (size_t i = 1; i < count; i++)
        if (check_pair(p, &spots[i - 1], &spots[i]) < 0)
            goto out;
    rc = 0;
out:
    for (size_t i = 0; i < count; i++)
        ais_free((char *)spots[i].key);
    ais_free(spots);
    return rc;
}

/* With a memo: the paths of the plan before need no check. */
static int check_new_paths(struct ais_planning *p) {
    struct ais_buf paths = AIS_BUF((size_t)AIS_PLAN_FILES_MAX * (AIS_PATH_MAX + 1));
    int rc = 0;
    if (!ais_memo_same_paths(p, &paths)) {
        rc = check_collisions(p);
        if (rc == 0 && !paths.no_memory) {
            ais_free(p->memo->paths);
            p->memo->paths = ais_buf_take(&paths);
        }
    }
    ais_buf_release(&paths);
    return rc;
}

int ais_planning_settle(struct ais_planning *p) {
    if (p->count)
        qsort(p->planned, p->count, sizeof *p->planned, by_path);
    if (settle_overrides(p) < 0)
        return -1;
    return p->memo ? check_new_paths(p) : check_collisions(p);
}
