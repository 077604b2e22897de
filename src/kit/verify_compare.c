#include "base/path.h"
#include "kit/verifying.h"
#include "plan/roles.h"

#include <stdlib.h>
#include <string.h>

static int add_change(struct ais_verified *v, enum ais_change_kind kind, const char *path,
                      struct ais_error *err) {
    const char *copy = ais_arena_strdup(&v->arena, path);
    if (!copy ||
        ais_grow(&v->changes, &v->change_capacity, v->change_count + 1, sizeof *v->changes) < 0)
        return ais_fail_memory(err);
    v->changes[v->change_count++] = (struct ais_change){kind, copy};
    if (kind != AIS_LINE_ENDS)
        v->different = true;
    return 0;
}

static bool is_protected(const struct ais_record *record, const char *path) {
    for (size_t i = 0; i < record->glob_count; i++)
        if (ais_glob_match(record->protected_globs[i], path))
            return true;
    return false;
}

static int by_path(const void *a, const void *b) {
    const struct ais_digested *x = a, *y = b;
    return strcmp(x->path, y->path);
}

static const struct ais_digested *find(const struct ais_digested *files, size_t count,
                                       const char *path) {
    struct ais_digested key = {.path = path};
    return count ? bsearch(&key, files, count, sizeof key, by_path) : NULL;
}

/* The role that was handed out with the file; by the globs where there is no manifest. */
static bool was_protected(const struct ais_record *record, const char *path) {
    const struct ais_digested *file = find(record->files, record->file_count, path);
    if (file)
        return record->roles[file - record->files] == AIS_PROTECTED;
    return is_protected(record, path);
}

/* Whether the file is as it was, except maybe for its line ends. */
static bool is_same(const struct ais_digested *was, const struct ais_submitted *is) {
    return is &&
           (strcmp(was->sha256, is->sha256) == 0 || strcmp(was->sha256, is->unix_sha256) == 0);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of what was not read, sorted: there can be as many as there are files. */
static const char **sorted_odd(const struct ais_submission *s) {
    const char **names = ais_calloc(s->odd.count + 1, sizeof *names);
    for (size_t i = 0; names && i < s->odd.count; i++)
        names[i] = s->odd.names[i];
    if (names)
        qsort(names, s->odd.count, sizeof *names, by_name);
    return names;
}

static int compare_protected(struct ais_verified *v, const struct ais_submission *s,
                             const struct ais_reference *r, const char *const *odd,
                             struct ais_error *err) {
    for (size_t i = 0; i < r->count; i++) {
        const struct ais_digested *was = &r->files[i];
        const struct ais_submitted *is = ais_submission_find(s, was->path);
        int rc = 0;
        if (strcmp(was->path, AIS_RECORD_PATH) == 0 || !was_protected(r->record, was->path))
            continue;
        if (!is)
            rc = add_change(v,
                            bsearch(&was->path, odd, s->odd.count, sizeof *odd, by_name)
                                ? AIS_CHANGED
                                : AIS_REMOVED,
                            was->path, err);
        else if (!is_same(was, is))
            rc = add_change(v, AIS_CHANGED, was->path, err);
        else if (strcmp(was->sha256, is->sha256) != 0)
            rc = add_change(v, AIS_LINE_ENDS, was->path, err);
        if (rc < 0)
            return -1;
    }
    return 0;
}

static bool is_one_of(const char *name, size_t size, const char *const *list) {
    for (; *list; list++)
        if (strlen(*list) == size && memcmp(name, *list, size) == 0)
            return true;
    return false;
}

/* What interpreters, editors and desktops leave behind wherever they were. */
static bool is_leaving(const char *path) {
    static const char *const folders[] = {"__pycache__", ".pytest_cache",      ".mypy_cache",
                                          ".ruff_cache", ".ipynb_checkpoints", NULL};
    static const char *const files[] = {".DS_Store", "Thumbs.db", "desktop.ini", NULL};
    for (const char *slash; (slash = strchr(path, '/')); path = slash + 1)
        if (is_one_of(path, (size_t)(slash - path), folders))
            return true;
    return is_one_of(path, strlen(path), files) || strncmp(path, "._", 2) == 0;
}

static int look_at_new(struct ais_verified *v, const struct ais_reference *r, const char *path,
                       size_t *leavings, struct ais_error *err) {
    if (find(r->files, r->count, path) || !is_protected(r->record, path))
        return 0;
    if (!is_leaving(path))
        return add_change(v, AIS_ADDED, path, err);
    ++*leavings;
    return 0;
}

static int compare_added(struct ais_verified *v, const struct ais_submission *s,
                         const struct ais_reference *r, struct ais_error *err) {
    size_t leavings = 0;
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->files[i].path, AIS_RECORD_PATH) != 0 &&
            look_at_new(v, r, s->files[i].path, &leavings, err) < 0)
            return -1;
    for (size_t i = 0; i < s->odd.count; i++)
        if (look_at_new(v, r, s->odd.names[i], &leavings, err) < 0)
            return -1;
    if (!leavings)
        return 0;
    return ais_verified_text(
        v, &v->notes, err,
        "%zu files of caches and the like lie below what is protected (remove them "
        "before tests are run)",
        leavings);
}

static int compare_milestones(struct ais_verified *v, const struct ais_submission *s,
                              const struct ais_reference *r, struct ais_error *err) {
    const struct ais_record *record = r->record;
    v->milestones =
        ais_arena_alloc(&v->arena, (record->milestone_count + 1) * sizeof *v->milestones);
    if (!v->milestones)
        return ais_fail_memory(err);
    for (size_t i = 0; i < record->milestone_count; i++) {
        const struct ais_record_milestone *m = &record->milestones[i];
        struct ais_touched *t = &v->milestones[v->milestone_count++];
        t->id = ais_arena_strdup(&v->arena, m->id);
        t->total = m->file_count;
        for (size_t k = 0; k < m->file_count; k++) {
            const struct ais_digested *was = find(r->files, r->count, m->files[k]);
            t->touched += was && !is_same(was, ais_submission_find(s, m->files[k]));
        }
        if (!t->id)
            return ais_fail_memory(err);
    }
    return 0;
}

static int by_kind_and_path(const void *a, const void *b) {
    const struct ais_change *x = a, *y = b;
    if (x->kind != y->kind)
        return (x->kind > y->kind) - (x->kind < y->kind);
    return strcmp(x->path, y->path);
}

/* Whether all globs can be matched with all paths, also with those that were not read. */
static int check_bound(const struct ais_submission *s, const struct ais_reference *r,
                       struct ais_error *err) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < s->count; i++)
        bytes += strlen(s->files[i].path);
    for (size_t i = 0; i < s->odd.count; i++)
        bytes += strlen(s->odd.names[i]);
    for (size_t i = 0; i < r->count; i++)
        bytes += strlen(r->files[i].path);
    return ais_record_bound(r->record, bytes, s->shown, err);
}

int ais_verify_compare(struct ais_verified *result, const struct ais_submission *s,
                       const struct ais_reference *reference, struct ais_error *err) {
    const char **odd = sorted_odd(s);
    int rc = -1;
    if (!odd) {
        ais_fail_memory(err);
    } else if (check_bound(s, reference, err) == 0 &&
               compare_protected(result, s, reference, odd, err) == 0 &&
               compare_added(result, s, reference, err) == 0 &&
               compare_milestones(result, s, reference, err) == 0) {
        if (result->change_count)
            qsort(result->changes, result->change_count, sizeof *result->changes, by_kind_and_path);
        rc = 0;
    }
    ais_free(odd);
    return rc;
}
