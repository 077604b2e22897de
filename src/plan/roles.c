#include "plan/roles.h"

#include <string.h>

/* Backtracks at the last star only, so that no pattern takes longer than |glob| * |path|. */
bool ais_glob_match(const char *glob, const char *path) {
    const char *star_glob = NULL, *star_path = NULL; /* after the last '*' */
    const char *wide_glob = NULL, *wide_path = NULL; /* after the last "**" */
    for (;;) {
        if (glob[0] == '*' && glob[1] == '*') {
            wide_glob = glob + (glob[2] == '/' ? 3 : 2);
            wide_path = path;
            star_glob = NULL;
            glob = wide_glob;
        } else if (*glob == '*') {
            star_glob = ++glob;
            star_path = path;
        } else if (*glob == *path || (*glob == '?' && *path && *path != '/')) {
            if (!*path)
                return true;
            glob++;
            path++;
        } else if (star_glob && *star_path && *star_path != '/') {
            glob = star_glob;
            path = ++star_path;
        } else if (wide_glob && *wide_path) {
            /* "**" followed by '/' stands for whole names, so it goes on behind the next '/' */
            const char *next = wide_glob[-1] == '/' ? strchr(wide_path, '/') : wide_path;
            if (!next)
                return false;
            star_glob = NULL;
            glob = wide_glob;
            path = wide_path = next + 1;
        } else {
            return false;
        }
    }
}

static bool any(const json_t *globs, const char *path) {
    for (size_t i = 0; i < json_array_size(globs); i++)
        if (ais_glob_match(json_string_value(json_array_get(globs, i)), path))
            return true;
    return false;
}

enum ais_role ais_role_of(const struct ais_template *t, const bool *active, const char *path) {
    enum ais_role role = AIS_MERGE;
    for (size_t i = 0; i < t->part_count; i++) {
        const struct ais_manifest *m = &t->parts[i]->manifest;
        if (!active[i])
            continue;
        if (any(m->protected_globs, path))
            return AIS_PROTECTED;
        if (any(m->student_globs, path))
            role = AIS_STUDENT;
    }
    return role;
}

static size_t bytes_of(const json_t *globs) {
    size_t bytes = 0;
    for (size_t i = 0; i < json_array_size(globs); i++)
        bytes += json_string_length(json_array_get(globs, i)) + 1;
    return bytes;
}

size_t ais_role_bytes(const struct ais_template *t, const bool *active) {
    size_t bytes = 0;
    for (size_t i = 0; i < t->part_count; i++)
        if (active[i])
            bytes += bytes_of(t->parts[i]->manifest.protected_globs) +
                     bytes_of(t->parts[i]->manifest.student_globs);
    return bytes;
}

const char *ais_role_name(enum ais_role role) {
    static const char *const names[] = {"merge", "protected", "student"};
    return names[role];
}
