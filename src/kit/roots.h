/* Where the projects lie in a list of paths: wherever a record or a git history begins, at most
 * three folders deep, as students and learning platforms wrap them. */
#ifndef AIS_KIT_ROOTS_H
#define AIS_KIT_ROOTS_H

#include "base/io.h"
#include "base/mem.h"

/* Prefixes "" or ending in '/', sorted, none inside another. */
struct ais_roots {
    const char **list;
    size_t count, capacity;
    struct ais_arena arena;
};

/* `files` are sorted. Released by ais_roots_release, also after an error. */
int ais_roots_find(struct ais_roots *roots, const struct ais_names *files, struct ais_error *err);
void ais_roots_release(struct ais_roots *roots);

/* The number of the root that holds the path, or -1. */
long ais_roots_of(const struct ais_roots *roots, const char *path);

#endif
