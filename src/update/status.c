#include "update/status.h"

#include "template/template.h"
#include "update/next.h"

#include <stdio.h>
#include <string.h>

static int add(void *payload, const struct ais_git_file *before, const struct ais_git_file *after,
               struct ais_error *err) {
    struct ais_project_status *s = payload;
    const char *path = before ? before->path : after->path;
    struct ais_status_file file = {.what = !before  ? 'A'
                                           : !after ? 'D'
                                                    : 'M',
                                   .role = ais_record_role(&s->origin.record, path),
                                   .path = ais_arena_strdup(&s->arena, path)};
    s->path_bytes += strlen(path);
    if (ais_record_bound(&s->origin.record, s->path_bytes, AIS_RECORD_PATH, err) < 0)
        return -1;
    if (!file.path || ais_grow(&s->files, &s->capacity, s->count + 1, sizeof file) < 0)
        return ais_fail_memory(err);
    s->files[s->count++] = file;
    return 0;
}

/* Best effort: without a template of that name, or with a broken one, there is nothing newer. A
 * record can name a folder, which is never looked into. */
static void find_newer(struct ais_project_status *s, const struct ais_catalogue *catalogue) {
    struct ais_error ignored = {0};
    const char *name = s->origin.record.template_name;
    struct ais_template *t =
        strpbrk(name, "/.") ? NULL : ais_template_load(catalogue, name, &ignored);
    const char *version = t ? ais_template_manifest(t)->version : NULL;
    if (version && ais_version_compare(version, s->origin.record.version) > 0)
        snprintf(s->newer, sizeof s->newer, "%s", version);
    ais_template_free(t);
}

int ais_status_read(struct ais_project_status *s, const char *folder,
                    const struct ais_catalogue *catalogue, struct ais_error *err) {
    struct ais_origin *o = &s->origin;
    struct ais_git_files work = {0};
    int rc = -1;
    *s = (struct ais_project_status){0};
    if (ais_origin_open(o, folder, err) == 0 &&
        ais_compare_work(o->repo, &o->files, false, &work, err) == 0)
        rc = ais_compare_files(&o->files, &work, add, s, err);
    if (rc == 0)
        find_newer(s, catalogue);
    ais_git_files_release(&work);
    return rc;
}

void ais_status_release(struct ais_project_status *s) {
    ais_origin_release(&s->origin);
    ais_free(s->files);
    ais_arena_release(&s->arena);
    *s = (struct ais_project_status){0};
}

/* Opens the project, and makes a tree of what it was given and one of what is there. */
static int compare(struct ais_origin *o, const char *folder, struct ais_compared *compared,
                   struct ais_error *err) {
    struct ais_git_files work = {0};
    int rc = -1;
    if (ais_origin_open(o, folder, err) == 0 && ais_git_only_look(o->repo, err) == 0 &&
        ais_compare_work(o->repo, &o->files, true, &work, err) == 0 &&
        ais_git_tree_write(o->repo, &o->files, &compared->from, err) == 0)
        rc = ais_git_tree_write(o->repo, &work, &compared->to, err);
    ais_git_files_release(&work);
    return rc;
}

int ais_status_patch(const char *folder, const char *path,
                     int (*write)(void *payload, const char *text, size_t size,
                                  struct ais_error *err),
                     void *payload, size_t *count, struct ais_error *err) {
    struct ais_compared compared = {.path = path};
    struct ais_origin o;
    int rc = compare(&o, folder, &compared, err);
    if (rc == 0)
        rc = ais_compare_patch(o.repo, &compared, write, payload, count, err);
    ais_origin_release(&o);
    return rc;
}

int ais_status_count(const char *folder, const char *path,
                     int (*visit)(void *payload, const struct ais_counts *counts,
                                  struct ais_error *err),
                     void *payload, struct ais_error *err) {
    struct ais_compared compared = {.path = path};
    struct ais_origin o;
    int rc = compare(&o, folder, &compared, err);
    if (rc == 0)
        rc = ais_compare_count(o.repo, &compared, visit, payload, err);
    ais_origin_release(&o);
    return rc;
}
