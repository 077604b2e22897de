#include "update/merging.h"

#include <string.h>

/* A path with its file in each tree, or NULL. */
struct trio {
    const char *path;
    const struct ais_git_file *base, *ours, *theirs;
};

static int keep(struct ais_merging *m, struct ais_git_files *files, const struct ais_git_file *file,
                const char *path) {
    return file ? ais_git_files_add(files, path, file->mode, &file->blob, m->err) : 0;
}

static int add(struct ais_merging *m, const struct trio *t) {
    if (keep(m, &m->base, t->base, t->path) < 0 || keep(m, &m->ours, t->ours, t->path) < 0)
        return -1;
    return keep(m, &m->theirs, t->theirs, t->path);
}

static int add_protected(struct ais_merging *m, struct trio t) {
    const char *note = NULL;
    if (!t.theirs && !t.base)
        return add(m, &t); /* the student's own file in a protected folder */
    if (!t.theirs)
        note = !t.ours                         ? NULL
               : ais_same_file(t.ours, t.base) ? "removed"
                                               : "protected, removed; yours is in the history";
    else if (!t.ours)
        note = t.base ? "protected, put back" : "added";
    else if (!ais_same_file(t.ours, t.theirs))
        note = ais_same_file(t.ours, t.base) ? "changed" : "protected, yours is in the history";
    if (note && ais_merging_note(m, AIS_TAKEN, t.path, note) < 0)
        return -1;
    t.base = t.ours = t.theirs;
    return add(m, &t);
}

static int add_students(struct ais_merging *m, struct trio t) {
    if (!t.ours && !t.base)
        return add(m, &t); /* added as it is absent */
    if (t.theirs && !ais_same_file(t.theirs, t.base) && !ais_same_file(t.theirs, t.ours) &&
        ais_merging_note(m, AIS_KEPT, t.path, t.ours ? "yours" : "yours, removed") < 0)
        return -1;
    t.base = t.theirs = t.ours;
    return add(m, &t);
}

static const struct ais_git_file *head(const struct ais_git_files *files, size_t at) {
    return at < files->count ? &files->list[at] : NULL;
}

static const char *lesser(const char *path, const struct ais_git_file *file) {
    return file && (!path || strcmp(file->path, path) < 0) ? file->path : path;
}

static const struct ais_git_file *take(const struct ais_git_file *file, const char *path,
                                       size_t *at) {
    if (!file || strcmp(file->path, path) != 0)
        return NULL;
    ++*at;
    return file;
}

int ais_merging_roles(struct ais_merging *m) {
    const struct ais_merge_input *in = m->in;
    size_t i = 0, j = 0, k = 0;
    uint64_t path_bytes = 0;
    for (;;) {
        const struct ais_git_file *b = head(in->base, i), *o = head(in->ours, j),
                                  *t = head(in->theirs, k);
        const char *path = lesser(lesser(lesser(NULL, b), o), t);
        struct trio trio = {path, take(b, path, &i), take(o, path, &j), take(t, path, &k)};
        enum ais_role role;
        int rc;
        if (!path)
            return 0;
        path_bytes += 2 * strlen(path); /* the merge asks once more, of what the student added */
        if (ais_record_bound(in->new_record, path_bytes, AIS_RECORD_PATH, m->err) < 0 ||
            ais_record_bound(in->old_record, path_bytes, AIS_RECORD_PATH, m->err) < 0)
            return -1;
        role = ais_record_role(trio.theirs || !trio.base ? in->new_record : in->old_record, path);
        rc = role == AIS_PROTECTED ? add_protected(m, trio)
             : role == AIS_STUDENT ? add_students(m, trio)
                                   : add(m, &trio);
        if (rc < 0)
            return -1;
    }
}
