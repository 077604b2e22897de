#include "update/merging.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool ais_same_file(const struct ais_git_file *a, const struct ais_git_file *b) {
    return a && b ? a->mode == b->mode && ais_oid_equal(&a->blob, &b->blob) : a == b;
}

bool ais_is_plain(const struct ais_git_file *file) {
    return file->mode == AIS_MODE_FILE || file->mode == AIS_MODE_EXECUTABLE;
}

const char *ais_outcome_name(enum ais_outcome outcome) {
    static const char *const names[] = {"taken", "kept", "merged", "moved", "conflict"};
    return names[outcome];
}

int ais_merging_note(struct ais_merging *m, enum ais_outcome outcome, const char *path,
                     const char *note) {
    struct ais_merge *out = m->out;
    if (ais_grow(&out->lines, &out->line_capacity, out->line_count + 1, sizeof *out->lines) < 0)
        return ais_fail_memory(m->err);
    out->lines[out->line_count++] = (struct ais_outcome_line){outcome, path, note};
    return 0;
}

int ais_merging_note_path(struct ais_merging *m, enum ais_outcome outcome, const char *path,
                          const char *text, const char *other) {
    size_t size = strlen(text) + strlen(other) + 2;
    char *note = ais_arena_alloc(&m->out->arena, size);
    if (!note)
        return ais_fail_memory(m->err);
    snprintf(note, size, "%s %s", text, other);
    return ais_merging_note(m, outcome, path, note);
}

int ais_merging_add(struct ais_merging *m, const char *path, const struct ais_git_file *file,
                    enum ais_side side) {
    struct ais_item item = {.file = {path, file->blob, file->mode}, .side = side};
    if (ais_grow(&m->items, &m->capacity, m->count + 1, sizeof item) < 0)
        return ais_fail_memory(m->err);
    item.is_protected = side == AIS_THEIRS || ais_git_files_find(m->in->theirs, path)
                            ? ais_record_role(m->in->new_record, path) == AIS_PROTECTED
                            : false;
    m->items[m->count++] = item;
    return 0;
}

/* Whether a file beside another may not have this name: a tree has it, or another such file. */
static bool is_taken(const struct ais_merging *m, const char *path) {
    if (ais_git_files_find(&m->ours, path) || ais_git_files_find(&m->theirs, path))
        return true;
    for (size_t i = 0; i < m->beside_count; i++)
        if (strcmp(m->besides[i], path) == 0)
            return true;
    return false;
}

static int put_beside(struct ais_merging *m, const struct ais_git_file *theirs,
                      const char **beside) {
    size_t size = strlen(theirs->path) + strlen(m->suffix) + 16;
    char *path = ais_arena_alloc(&m->out->arena, size);
    if (!path)
        return ais_fail_memory(m->err);
    snprintf(path, size, "%s%s", theirs->path, m->suffix);
    for (unsigned i = 2; is_taken(m, path); i++)
        snprintf(path, size, "%s%s.%u", theirs->path, m->suffix, i);
    if (ais_grow(&m->besides, &m->beside_capacity, m->beside_count + 1, sizeof *m->besides) < 0)
        return ais_fail_memory(m->err);
    m->besides[m->beside_count++] = path;
    *beside = path;
    return ais_merging_add(m, path, theirs, AIS_THEIRS);
}

int ais_merging_conflict_at(struct ais_merging *m, const struct ais_git_file *const sides[3],
                            const char *path, const struct ais_git_file *shown, const char *note) {
    struct ais_git_file files[3];
    const struct ais_git_file *moved[3] = {NULL, NULL, NULL};
    for (size_t i = 0; i < 3; i++) {
        if (!sides[i])
            continue;
        files[i] = (struct ais_git_file){path, sides[i]->blob, sides[i]->mode};
        moved[i] = &files[i];
    }
    return ais_merging_conflict(m, moved, shown, note);
}

int ais_merging_conflict(struct ais_merging *m, const struct ais_git_file *const sides[3],
                         const struct ais_git_file *shown, const char *note) {
    const struct ais_git_file *ours = sides[1], *theirs = sides[2];
    struct ais_merge *out = m->out;
    struct ais_conflict conflict = {0};
    const char *path = ours ? ours->path : theirs ? theirs->path : "", *beside = "";
    if (m->in->keep) {
        if (ours && ais_merging_add(m, ours->path, ours, AIS_OURS) < 0)
            return -1;
        if (!theirs)
            return ais_merging_note(m, AIS_CLASHED, path, note);
        if (put_beside(m, theirs, &beside) < 0)
            return -1;
        return ais_merging_note_path(m, AIS_CLASHED, path, "kept yours, the template's is", beside);
    }
    if (shown && ais_merging_add(m, shown->path, shown, ours ? AIS_OURS : AIS_THEIRS) < 0)
        return -1;
    if (ais_grow(&out->conflicts, &out->conflict_capacity, out->conflict_count + 1,
                 sizeof conflict) < 0)
        return ais_fail_memory(m->err);
    if (sides[0])
        conflict.base = *sides[0];
    if (ours)
        conflict.ours = *ours;
    if (theirs)
        conflict.theirs = *theirs;
    out->conflicts[out->conflict_count++] = conflict;
    return ais_merging_note(m, AIS_CLASHED, path, note);
}

/* Both sides have the file, and each changed it. */
static int merge_content(struct ais_merging *m, const struct ais_git_file *const sides[3],
                         const char *path) {
    const struct ais_git_file *b = sides[0], *o = sides[1], *t = sides[2];
    const struct ais_three three = {&b->blob, &o->blob, &t->blob, {m->our_label, m->their_label}};
    struct ais_git_file merged = {path, o->blob, o->mode == b->mode ? t->mode : o->mode};
    enum ais_three_result result = AIS_THREE_APART;
    if (ais_oid_equal(&t->blob, &b->blob) || ais_oid_equal(&o->blob, &t->blob)) {
        result = AIS_THREE_CLEAN;
    } else if (ais_oid_equal(&o->blob, &b->blob)) {
        merged.blob = t->blob;
        result = AIS_THREE_CLEAN;
    } else if (ais_is_plain(o) && ais_is_plain(b) && ais_is_plain(t) &&
               ais_git_merge_three(m->in->repo, &three, &merged.blob, &result, m->err) < 0) {
        return -1;
    }
    if (!ais_is_plain(o) && !ais_same_file(t, b))
        result = AIS_THREE_APART;
    if (result == AIS_THREE_CLEAN)
        return ais_merging_add(m, path, &merged, path == t->path && path != o->path);
    if (result == AIS_THREE_APART)
        merged = (struct ais_git_file){path, o->blob, o->mode};
    return ais_merging_conflict_at(m, sides, path, &merged,
                                   result == AIS_THREE_APART
                                       ? "both changed it, and it has no lines"
                                       : "both changed the same lines");
}

/* The template took the file away. */
static int merge_removed(struct ais_merging *m, const struct ais_git_file *const sides[3]) {
    const struct ais_git_file *b = sides[0], *o = sides[1];
    if (ais_same_file(b, o) && strcmp(b->path, o->path) == 0)
        return ais_merging_note(m, AIS_TAKEN, b->path, "removed");
    return ais_merging_conflict_at(m, sides, o->path, o, "you changed it, the template removed it");
}

/* The student took the file away. */
static int merge_dropped(struct ais_merging *m, const struct ais_git_file *const sides[3]) {
    const struct ais_git_file *b = sides[0], *t = sides[2];
    if (ais_same_file(b, t) && strcmp(b->path, t->path) == 0)
        return 0;
    return ais_merging_conflict_at(m, sides, t->path, t, "you removed it, the template changed it");
}

static int note_merged(struct ais_merging *m, const struct ais_git_file *const sides[3],
                       const char *path) {
    const struct ais_git_file *b = sides[0], *o = sides[1], *t = sides[2];
    if (path != o->path)
        return ais_merging_note_path(m, AIS_MOVED, path, "from", b->path);
    if (ais_same_file(b, t) || ais_same_file(o, t))
        return 0;
    if (strcmp(b->path, path) != 0)
        return ais_merging_note_path(m, AIS_MOVED, path, "changed; in the template it is", t->path);
    return ais_same_file(b, o) ? ais_merging_note(m, AIS_TAKEN, path, "changed")
                               : ais_merging_note(m, AIS_MERGED, path, "both changed it");
}

/* A path of the older template. */
static int merge_path(struct ais_merging *m, const struct ais_git_file *b) {
    const char *q = ais_renames_to(&m->our_renames, b->path),
               *r = ais_renames_to(&m->their_renames, b->path);
    const struct ais_git_file *o = ais_git_files_find(&m->ours, q ? q : b->path),
                              *t = ais_git_files_find(&m->theirs, r ? r : b->path);
    const struct ais_git_file *const sides[3] = {b, o, t};
    size_t before = m->out->line_count;
    const char *path;
    if (!o && !t)
        return 0;
    if (!o)
        return merge_dropped(m, sides);
    if (!t)
        return merge_removed(m, sides);
    path = q || !r ? o->path : t->path;
    if (q && r && strcmp(q, r) != 0) {
        if (!m->in->keep && ais_merging_add(m, r, t, AIS_THEIRS) < 0)
            return -1;
        return ais_merging_conflict(m, sides, o, "both renamed it");
    }
    if (merge_content(m, sides, path) < 0)
        return -1;
    return m->out->line_count > before ? 0 : note_merged(m, sides, path);
}

static bool is_target(const struct ais_renames *renames, const char *path) {
    for (size_t i = 0; i < renames->count; i++)
        if (strcmp(renames->list[i].to, path) == 0)
            return true;
    return false;
}

static bool is_below(const char *path, const char *folder, size_t size) {
    return strncmp(path, folder, size) == 0 && path[size] == '/';
}

/* The folder that the student moved the folder of `path` to, or NULL: nothing of theirs is left in
 * it. The size of its name in *size. */
static const char *moved_folder(const struct ais_merging *m, const char *path, size_t *size) {
    const char *end = strrchr(path, '/');
    size_t length = end ? (size_t)(end - path) : 0;
    for (size_t i = 0; i < m->ours.count && length; i++)
        if (is_below(m->ours.list[i].path, path, length))
            return NULL;
    for (size_t i = 0; i < m->our_renames.count && length; i++) {
        const struct ais_rename *r = &m->our_renames.list[i];
        const char *slash = strrchr(r->to, '/');
        if (!is_below(r->from, path, length) || !slash)
            continue;
        *size = (size_t)(slash - r->to);
        return r->to;
    }
    return NULL;
}

static int add_theirs(struct ais_merging *m, const struct ais_git_file *file) {
    size_t size;
    const char *folder = moved_folder(m, file->path, &size), *name;
    if (ais_merging_add(m, file->path, file, AIS_THEIRS) < 0)
        return -1;
    if (!folder)
        return ais_git_files_find(&m->ours, file->path)
                   ? 0
                   : ais_merging_note(m, AIS_TAKEN, file->path, "added");
    name = ais_arena_strndup(&m->out->arena, folder, size);
    return name ? ais_merging_note_path(m, AIS_MOVED, file->path,
                                        "added; you moved the other files to", name)
                : ais_fail_memory(m->err);
}

/* Files that the older template has not. */
static int merge_added(struct ais_merging *m) {
    for (size_t i = 0; i < m->ours.count; i++) {
        const struct ais_git_file *o = &m->ours.list[i];
        if (!ais_git_files_find(&m->base, o->path) && !is_target(&m->our_renames, o->path) &&
            ais_merging_add(m, o->path, o, AIS_OURS) < 0)
            return -1;
    }
    for (size_t i = 0; i < m->theirs.count; i++) {
        const struct ais_git_file *t = &m->theirs.list[i];
        if (!ais_git_files_find(&m->base, t->path) && !is_target(&m->their_renames, t->path) &&
            add_theirs(m, t) < 0)
            return -1;
    }
    return 0;
}

static int by_path(const void *a, const void *b) {
    const struct ais_outcome_line *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    return order ? order : (int)x->outcome - (int)y->outcome;
}

static int finish(struct ais_merging *m) {
    struct ais_merge *out = m->out;
    for (size_t i = 0; i < m->count; i++) {
        const struct ais_git_file *file = &m->items[i].file;
        if (ais_git_files_add(&out->result, file->path, file->mode, &file->blob, m->err) < 0)
            return -1;
    }
    ais_git_files_sort(&out->result);
    if (out->line_count)
        qsort(out->lines, out->line_count, sizeof *out->lines, by_path);
    for (size_t i = 0; i < out->line_count; i++) { /* their trees may end before the report */
        out->lines[i].path = ais_arena_strdup(&out->arena, out->lines[i].path);
        if (!out->lines[i].path)
            return ais_fail_memory(m->err);
    }
    return 0;
}

static int own_paths(struct ais_merge *out, struct ais_error *err) {
    for (size_t i = 0; i < out->conflict_count; i++) {
        struct ais_git_file *stages[] = {&out->conflicts[i].base, &out->conflicts[i].ours,
                                         &out->conflicts[i].theirs};
        for (size_t j = 0; j < 3; j++) {
            if (!stages[j]->mode)
                continue;
            stages[j]->path = ais_arena_strdup(&out->arena, stages[j]->path);
            if (!stages[j]->path)
                return ais_fail_memory(err);
        }
    }
    return 0;
}

int ais_merge_trees(struct ais_merge *merge, const struct ais_merge_input *in,
                    struct ais_error *err) {
    struct ais_merging m = {.in = in, .out = merge, .our_label = "HEAD", .err = err};
    int rc = -1;
    *merge = (struct ais_merge){0};
    snprintf(m.their_label, sizeof m.their_label, "%.500s %.60s", in->new_record->template_name,
             in->new_record->version);
    snprintf(m.suffix, sizeof m.suffix, "~%.60s", in->new_record->version);
    if (ais_merging_roles(&m) < 0 ||
        ais_git_renames(in->repo, &m.base, &m.ours, &m.our_renames, err) < 0 ||
        ais_git_renames(in->repo, &m.base, &m.theirs, &m.their_renames, err) < 0)
        goto out;
    for (size_t i = 0; i < m.base.count; i++)
        if (merge_path(&m, &m.base.list[i]) < 0)
            goto out;
    if (merge_added(&m) < 0 || ais_merging_collisions(&m) < 0 || finish(&m) < 0)
        goto out;
    rc = own_paths(merge, err);
out:
    ais_git_files_release(&m.base);
    ais_git_files_release(&m.ours);
    ais_git_files_release(&m.theirs);
    ais_renames_release(&m.our_renames);
    ais_renames_release(&m.their_renames);
    ais_free(m.items);
    ais_free(m.besides);
    return rc;
}

void ais_merge_release(struct ais_merge *merge) {
    ais_git_files_release(&merge->result);
    ais_free(merge->conflicts);
    ais_free(merge->lines);
    ais_arena_release(&merge->arena);
    *merge = (struct ais_merge){0};
}
