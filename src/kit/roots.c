#include "kit/roots.h"

#include "base/path.h"
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

enum { WRAPPED_MAX = 3 };

static int by_text(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* Bytes of the path before the record or `.git/HEAD` at its end, or -1. */
static long root_size(const char *path) {
    static const char *const signs[] = {AIS_RECORD_PATH, ".git/HEAD"};
    size_t size = strlen(path);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i]);
        if (size >= n && strcmp(path + size - n, signs[i]) == 0 &&
            (size == n || path[size - n - 1] == '/'))
            return (long)(size - n);
    }
    return -1;
}

static size_t depth(const char *path, size_t size) {
    size_t n = 0;
    for (size_t i = 0; i < size; i++)
        n += path[i] == '/';
    return n;
}

/* Tries the path's beginnings that end in '/', from "" on. */
static long find(const struct ais_roots *roots, const char *path, size_t size) {
    char prefix[(WRAPPED_MAX + 1) * (AIS_NAME_MAX + 1)];
    for (size_t n = 0, i = 0; i <= WRAPPED_MAX; i++) {
        const char *slash, **found;
        const char *key = prefix;
        memcpy(prefix, path, n);
        prefix[n] = '\0';
        found = roots->count ? bsearch(&key, roots->list, roots->count, sizeof key, by_text) : NULL;
        if (found)
            return found - roots->list;
        slash = memchr(path + n, '/', size - n);
        if (!slash || (size_t)(slash + 1 - path) >= sizeof prefix)
            return -1;
        n = (size_t)(slash + 1 - path);
    }
    return -1;
}

static int add(struct ais_roots *roots, const char *path, size_t size, struct ais_error *err) {
    const char *prefix = ais_arena_strndup(&roots->arena, path, size);
    if (!prefix || ais_grow(&roots->list, &roots->capacity, roots->count + 1, sizeof prefix) < 0)
        return ais_fail_memory(err);
    roots->list[roots->count++] = prefix;
    return 0;
}

/* Leaves out doubles, and roots inside others: those are data of the outer one. */
static void settle(struct ais_roots *roots) {
    size_t kept = 0;
    if (roots->count)
        qsort(roots->list, roots->count, sizeof *roots->list, by_text);
    for (size_t i = 0; i < roots->count; i++) {
        const char *before = kept ? roots->list[kept - 1] : NULL;
        if (!before || strncmp(roots->list[i], before, strlen(before)) != 0)
            roots->list[kept++] = roots->list[i];
    }
    roots->count = kept;
}

int ais_roots_find(struct ais_roots *roots, const struct ais_names *files, struct ais_error *err) {
    *roots = (struct ais_roots){0};
    for (size_t i = 0; i < files->count; i++) {
        long size = root_size(files->names[i]);
        if (size < 0 || depth(files->names[i], (size_t)size) > WRAPPED_MAX ||
            strncmp(files->names[i], "__MACOSX/", 9) == 0)
            continue;
        if (add(roots, files->names[i], (size_t)size, err) < 0)
            return -1;
    }
    settle(roots);
    return 0;
}

void ais_roots_release(struct ais_roots *roots) {
    ais_free(roots->list);
    ais_arena_release(&roots->arena);
    *roots = (struct ais_roots){0};
}

long ais_roots_of(const struct ais_roots *roots, const char *path) {
    return find(roots, path, strlen(path));
}
