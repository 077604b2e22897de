#include "git/merge.h"
#include "git/room.h"

#include <stdlib.h>
#include <string.h>

/* Above this many files that are gone or new, looking for likeness would take too long. */
enum { LIKENESS_MAX = 1000, ALIKE = 50 };

static const struct ais_oid empty_blob = {{0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6,
                                           0x43, 0x4b, 0x8b, 0x29, 0xae, 0x77, 0x5a,
                                           0xd8, 0xc2, 0xe4, 0x8c, 0x53, 0x91}};

/* The files of one tree whose paths the other lacks. */
struct lone {
    const struct ais_git_file **list;
    size_t count;
};

static bool is_renamable(const struct ais_git_file *file) {
    return (file->mode == AIS_MODE_FILE || file->mode == AIS_MODE_EXECUTABLE) &&
           !ais_oid_equal(&file->blob, &empty_blob);
}

static int by_blob(const void *a, const void *b) {
    const struct ais_git_file *const *x = a, *const *y = b;
    int order = memcmp(&(*x)->blob, &(*y)->blob, sizeof(*x)->blob);
    return order ? order : strcmp((*x)->path, (*y)->path);
}

static int list_lone(const struct ais_git_files *of, const struct ais_git_files *other,
                     struct lone *lone, struct ais_error *err) {
    lone->list = ais_calloc(of->count + 1, sizeof *lone->list);
    if (!lone->list)
        return ais_fail_memory(err);
    for (size_t i = 0; i < of->count; i++)
        if (is_renamable(&of->list[i]) && !ais_git_files_find(other, of->list[i].path))
            lone->list[lone->count++] = &of->list[i];
    qsort(lone->list, lone->count, sizeof *lone->list, by_blob);
    return 0;
}

static int add(struct ais_renames *renames, const char *from, const char *to,
               struct ais_error *err) {
    if (ais_grow(&renames->list, &renames->capacity, renames->count + 1, sizeof *renames->list) < 0)
        return ais_fail_memory(err);
    renames->list[renames->count++] = (struct ais_rename){from, to};
    return 0;
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Pairs gone[0..n) with come[0..m), which all have the same bytes: those of one name first. */
static int pair_same(const struct ais_git_file **gone, size_t n, const struct ais_git_file **come,
                     size_t m, struct ais_renames *renames, struct ais_error *err) {
    for (int any_name = 0; any_name < 2; any_name++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; gone[i] && j < m && j < LIKENESS_MAX; j++) {
                if (!come[j] ||
                    (!any_name && strcmp(base_name(gone[i]->path), base_name(come[j]->path)) != 0))
                    continue;
                if (add(renames, gone[i]->path, come[j]->path, err) < 0)
                    return -1;
                gone[i] = come[j] = NULL;
            }
    return 0;
}

static size_t same_blobs(const struct lone *lone, size_t from) {
    size_t to = from + 1;
    while (to < lone->count && ais_oid_equal(&lone->list[from]->blob, &lone->list[to]->blob))
        to++;
    return to - from;
}

/* Takes the NULLs out. */
static void close_gaps(struct lone *lone) {
    size_t kept = 0;
    for (size_t i = 0; i < lone->count; i++)
        if (lone->list[i])
            lone->list[kept++] = lone->list[i];
    lone->count = kept;
}

static int find_same(struct lone *gone, struct lone *come, struct ais_renames *renames,
                     struct ais_error *err) {
    size_t i = 0, j = 0;
    while (i < gone->count && j < come->count) {
        size_t n = same_blobs(gone, i), m = same_blobs(come, j);
        int order = memcmp(&gone->list[i]->blob, &come->list[j]->blob, sizeof(struct ais_oid));
        if (order == 0 && pair_same(gone->list + i, n, come->list + j, m, renames, err) < 0)
            return -1;
        i += order <= 0 ? n : 0;
        j += order >= 0 ? m : 0;
    }
    close_gaps(gone);
    close_gaps(come);
    return 0;
}

/* An index in memory that holds the files; the caller's (git_index_free). */
static git_index *make_index(const struct lone *lone) {
    git_index *index = NULL;
    if (git_index_new(&index) < 0)
        return NULL;
    for (size_t i = 0; i < lone->count; i++) {
        git_index_entry entry = {.mode = lone->list[i]->mode,
                                 .id = ais_git_oid(&lone->list[i]->blob),
                                 .path = lone->list[i]->path};
        if (git_index_add(index, &entry) < 0) {
            git_index_free(index);
            return NULL;
        }
    }
    return index;
}

static const char *own_path(const struct lone *lone, const char *path) {
    for (size_t i = 0; i < lone->count; i++)
        if (strcmp(lone->list[i]->path, path) == 0)
            return lone->list[i]->path;
    return NULL;
}

static int read_pairs(git_diff *diff, const struct lone *gone, const struct lone *come,
                      struct ais_renames *renames, struct ais_error *err) {
    for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
        const git_diff_delta *delta = git_diff_get_delta(diff, i);
        const char *from, *to;
        if (delta->status != GIT_DELTA_RENAMED)
            continue;
        from = own_path(gone, delta->old_file.path);
        to = own_path(come, delta->new_file.path);
        if (from && to && add(renames, from, to, err) < 0)
            return -1;
    }
    return 0;
}

static int find_alike(const struct ais_repo *repo, const struct lone *gone, const struct lone *come,
                      struct ais_renames *renames, struct ais_error *err) {
    git_diff_find_options options;
    git_index *from = NULL, *to = NULL;
    git_diff *diff = NULL;
    int rc = -1;
    if (!gone->count || !come->count || gone->count > LIKENESS_MAX || come->count > LIKENESS_MAX)
        return 0;
    git_diff_find_options_init(&options, GIT_DIFF_FIND_OPTIONS_VERSION);
    options.flags = GIT_DIFF_FIND_RENAMES;
    options.rename_threshold = ALIKE;
    options.rename_limit = LIKENESS_MAX;
    from = make_index(gone);
    to = make_index(come);
    if (!from || !to || git_diff_index_to_index(&diff, repo->git, from, to, NULL) < 0 ||
        git_diff_find_similar(diff, &options) < 0)
        ais_git_fail(repo->root, "look for renames", err);
    else
        rc = read_pairs(diff, gone, come, renames, err);
    git_diff_free(diff);
    git_index_free(from);
    git_index_free(to);
    return rc;
}

static int by_from(const void *a, const void *b) {
    const struct ais_rename *x = a, *y = b;
    return strcmp(x->from, y->from);
}

int ais_git_renames(const struct ais_repo *repo, const struct ais_git_files *older,
                    const struct ais_git_files *newer, struct ais_renames *renames,
                    struct ais_error *err) {
    struct lone gone = {0}, come = {0};
    int rc = -1;
    *renames = (struct ais_renames){0};
    if (list_lone(older, newer, &gone, err) == 0 && list_lone(newer, older, &come, err) == 0 &&
        find_same(&gone, &come, renames, err) == 0 &&
        find_alike(repo, &gone, &come, renames, err) == 0)
        rc = 0;
    if (renames->count)
        qsort(renames->list, renames->count, sizeof *renames->list, by_from);
    ais_free(gone.list);
    ais_free(come.list);
    return rc;
}

const char *ais_renames_to(const struct ais_renames *renames, const char *from) {
    const struct ais_rename key = {.from = from};
    const struct ais_rename *found =
        renames->count ? bsearch(&key, renames->list, renames->count, sizeof key, by_from) : NULL;
    return found ? found->to : NULL;
}

void ais_renames_release(struct ais_renames *renames) {
    ais_free(renames->list);
    *renames = (struct ais_renames){0};
}
