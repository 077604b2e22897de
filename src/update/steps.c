#include "update/steps.h"

#include "base/path.h"
#include "git/compare.h"

#include <stdlib.h>
#include <string.h>

int ais_steps_add(struct ais_steps *steps, const struct ais_step *step, struct ais_error *err) {
    struct ais_step copy = *step;
    copy.path = ais_arena_strdup(&steps->arena, step->path);
    if (!copy.path || ais_grow(&steps->list, &steps->capacity, steps->count + 1, sizeof copy) < 0)
        return ais_fail_memory(err);
    steps->list[steps->count++] = copy;
    return 0;
}

void ais_steps_release(struct ais_steps *steps) {
    ais_free(steps->list);
    ais_arena_release(&steps->arena);
    *steps = (struct ais_steps){0};
}

/* The planning: `changed` are the tracked files that differ from HEAD, `hidden` those that git was
 * told not to look at; `misled` where one of these is in the way. */
struct planning {
    struct ais_steps *steps;
    const struct ais_repo *repo;
    const struct ais_work *work;
    const struct ais_git_files *head;
    struct ais_names changed, hidden, *in_the_way;
    bool misled;
};

static int add_name(struct ais_names *names, const char *path, struct ais_error *err) {
    char *copy = ais_strdup(path);
    if (!copy || ais_grow(&names->names, &names->capacity, names->count + 1, sizeof copy) < 0) {
        ais_free(copy);
        return ais_fail_memory(err);
    }
    names->names[names->count++] = copy;
    return 0;
}

static int by_name(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

static int note_changed(void *payload, const char *path, struct ais_error *err) {
    struct planning *p = payload;
    return add_name(&p->changed, path, err);
}

static int note_hidden(void *payload, const char *path, struct ais_error *err) {
    struct planning *p = payload;
    return add_name(&p->hidden, path, err);
}

static void sort(struct ais_names *names) {
    if (names->count)
        qsort(names->names, names->count, sizeof *names->names, by_name);
}

static bool is_among(const struct ais_names *names, const char *path) {
    return names->count &&
           bsearch(&path, names->names, names->count, sizeof *names->names, by_name) != NULL;
}

/* Whether the file that lies in the place of HEAD's may be replaced: it is HEAD's, to git's
 * knowledge, or to the byte where git does not look. */
static int may_replace(const struct planning *p, const struct ais_git_file *before,
                       const struct ais_work_file *file, bool *good, struct ais_error *err) {
    struct ais_oid blob;
    *good = (file->kind == AIS_WORK_FILE || file->kind == AIS_WORK_LINK) &&
            !is_among(&p->changed, before->path);
    if (!*good || !is_among(&p->hidden, before->path))
        return 0;
    if (ais_git_blob_hash(file->bytes.data, file->bytes.size, &blob, err) < 0)
        return -1;
    *good = ais_oid_equal(&blob, &before->blob);
    return 0;
}

/* Whether what lies there is a folder of HEAD's files, or there is a file of HEAD in the place of a
 * folder: the other steps take it away first, or fail at what nobody tracks. */
static bool will_go(const struct planning *p, const char *path, enum ais_work_kind kind) {
    char folder[AIS_PATH_MAX + 1];
    size_t size = strlen(path);
    if (kind == AIS_WORK_FOLDER)
        for (size_t i = 0; i < p->head->count; i++)
            if (strncmp(p->head->list[i].path, path, size) == 0 &&
                p->head->list[i].path[size] == '/')
                return true;
    if (kind != AIS_WORK_OTHER || size >= sizeof folder)
        return false;
    memcpy(folder, path, size + 1);
    for (char *slash = strrchr(folder, '/'); slash; slash = strrchr(folder, '/')) {
        *slash = '\0';
        if (ais_git_files_find(p->head, folder))
            return true;
    }
    return false;
}

static int plan_step(void *payload, const struct ais_git_file *before,
                     const struct ais_git_file *after, struct ais_error *err) {
    struct planning *p = payload;
    struct ais_step step = {.path = before ? before->path : after ? after->path : ""};
    struct ais_work_file file;
    bool good = false;
    int rc = -1;
    if (after)
        step.to = (struct ais_step_state){.mode = after->mode, .blob = after->blob};
    if (ais_work_read(p->work, step.path, &file, err) < 0)
        goto out;
    if (before && may_replace(p, before, &file, &good, err) < 0)
        goto out;
    if (!before)
        good = file.kind == AIS_WORK_NOTHING || will_go(p, step.path, file.kind);
    if (before && good) {
        step.from = (struct ais_step_state){.mode = file.mode, .permissions = file.permissions};
        if (ais_git_blob_write(p->repo, file.bytes.data, file.bytes.size, &step.from.blob, err) < 0)
            goto out;
    }
    p->misled |= !good && is_among(&p->hidden, step.path);
    rc = good ? ais_steps_add(p->steps, &step, err) : add_name(p->in_the_way, step.path, err);
out:
    ais_work_release(&file);
    return rc;
}

int ais_steps_plan(struct ais_steps *steps, const struct ais_repo *repo,
                   const struct ais_work *work, const struct ais_git_files *before,
                   const struct ais_git_files *after, struct ais_names *in_the_way,
                   struct ais_error *err) {
    struct planning p = {steps, repo, work, before, {0}, {0}, in_the_way, false};
    int rc = -1;
    if (ais_compare_head(repo, false, note_changed, &p, err) < 0 ||
        ais_compare_hidden(repo, note_hidden, &p, err) < 0)
        goto out;
    sort(&p.changed);
    sort(&p.hidden);
    rc = ais_compare_files(before, after, plan_step, &p, err);
    if (rc == 0 && p.misled)
        rc = ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = work->shown},
                         "git was told not to look at files that are in the way (git update-index "
                         "--no-assume-unchanged --no-skip-worktree FILE, or git sparse-checkout "
                         "disable)");
out:
    ais_names_release(&p.changed);
    ais_names_release(&p.hidden);
    return rc;
}

static bool same_state(const struct ais_step_state *a, const struct ais_step_state *b) {
    return a->mode == b->mode && (!a->mode || ais_oid_equal(&a->blob, &b->blob));
}

/* What the path holds now; *known is false for what is no file and no link. */
static int read_state(const struct ais_work *work, const char *path, struct ais_step_state *now,
                      bool *known, struct ais_error *err) {
    struct ais_work_file file;
    int rc = ais_work_read(work, path, &file, err);
    *now = (struct ais_step_state){0};
    *known = file.kind <= AIS_WORK_LINK;
    if (rc == 0 && (file.kind == AIS_WORK_FILE || file.kind == AIS_WORK_LINK)) {
        now->mode = file.mode;
        rc = ais_git_blob_hash(file.bytes.data, file.bytes.size, &now->blob, err);
    }
    ais_work_release(&file);
    return rc;
}

static int put(const struct ais_repo *repo, const struct ais_work *work, const char *path,
               const struct ais_step_state *state, struct ais_error *err) {
    struct ais_buf bytes = AIS_BUF(1 << 30);
    int rc = ais_git_blob_read(repo, &state->blob, &bytes, err);
    if (rc == 0)
        rc = ais_work_put(work, path, state->mode, state->permissions, &bytes, err);
    ais_buf_release(&bytes);
    return rc;
}

static int go_one(const struct ais_step *step, const struct ais_repo *repo,
                  const struct ais_work *work, bool back, struct ais_error *err) {
    const struct ais_step_state *from = back ? &step->to : &step->from,
                                *to = back ? &step->from : &step->to;
    struct ais_step_state now;
    bool known;
    if (read_state(work, step->path, &now, &known, err) < 0)
        return -1;
    if (known && same_state(&now, to))
        return 0;
    if (!known || !same_state(&now, from))
        return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = work->shown},
                           "\"%s\" was changed meanwhile (put your version elsewhere, and run it "
                           "again)",
                           step->path);
    return to->mode ? put(repo, work, step->path, to, err) : ais_work_remove(work, step->path, err);
}

int ais_steps_go(const struct ais_steps *steps, const struct ais_repo *repo,
                 const struct ais_work *work, bool back, const volatile sig_atomic_t *stop,
                 struct ais_error *err) {
    for (int adding = 0; adding < 2; adding++) /* what goes makes room for what comes */
        for (size_t i = 0; i < steps->count; i++) {
            const struct ais_step *step = &steps->list[i];
            bool adds = (back ? step->from.mode : step->to.mode) != 0;
            if (stop && *stop)
                return ais_fail(err, AIS_FAILED, "interrupted");
            if (adds == (adding == 1) && go_one(step, repo, work, back, err) < 0)
                return -1;
        }
    return 0;
}
