#include "git/compare.h"

#include "git/room.h"

#include <stdint.h>
#include <string.h>

/* The blob of a work tree's file whose content the index does not vouch for. */
static int hash_file(const struct ais_repo *repo, const char *path, bool write, git_oid *oid,
                     struct ais_error *err) {
    int rc = write ? git_blob_create_from_workdir(oid, repo->git, path)
                   : git_repository_hashfile(oid, repo->git, path, GIT_OBJECT_BLOB, NULL);
    return rc < 0 ? ais_git_fail(repo->root, "read a file", err) : 0;
}

static int add_work_file(const struct ais_repo *repo, const struct ais_git_files *known, bool write,
                         const git_status_entry *entry, struct ais_git_files *files,
                         struct ais_error *err) {
    const git_diff_delta *delta = entry->index_to_workdir;
    git_oid oid = {{0}};
    struct ais_oid id;
    const char *path = delta ? delta->new_file.path : "";
    size_t size = strlen(path);
    unsigned mode = delta ? delta->new_file.mode : 0;
    if (!size || path[size - 1] == '/' || mode == GIT_FILEMODE_COMMIT || !mode ||
        (entry->status & GIT_STATUS_WT_DELETED))
        return 0;
    if (entry->status == GIT_STATUS_CURRENT)
        oid = delta->old_file.id;
    else if ((write || ais_git_files_find(known, path)) &&
             hash_file(repo, path, write, &oid, err) < 0)
        return -1;
    id = ais_git_id(&oid);
    return ais_git_files_add(files, path, mode, &id, err);
}

/* A file in conflict stands in the index up to three times. */
static void drop_doubles(struct ais_git_files *files) {
    size_t kept = 0;
    for (size_t i = 0; i < files->count; i++)
        if (!kept || strcmp(files->list[kept - 1].path, files->list[i].path) != 0)
            files->list[kept++] = files->list[i];
    files->count = kept;
}

int ais_compare_work(const struct ais_repo *repo, const struct ais_git_files *known, bool write,
                     struct ais_git_files *files, struct ais_error *err) {
    git_status_options options;
    git_status_list *list = NULL;
    int rc = -1;
    *files = (struct ais_git_files){0};
    git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
    options.show = GIT_STATUS_SHOW_WORKDIR_ONLY;
    options.flags = GIT_STATUS_OPT_INCLUDE_UNMODIFIED | GIT_STATUS_OPT_INCLUDE_UNTRACKED |
                    GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS | GIT_STATUS_OPT_EXCLUDE_SUBMODULES |
                    GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
    if (git_status_list_new(&list, repo->git, &options) < 0)
        return ais_git_fail(repo->root, "list the files", err);
    for (size_t i = 0; i < git_status_list_entrycount(list); i++)
        if (add_work_file(repo, known, write, git_status_byindex(list, i), files, err) < 0)
            goto out;
    ais_git_files_sort(files);
    drop_doubles(files);
    rc = 0;
out:
    git_status_list_free(list);
    return rc;
}

int ais_compare_files(const struct ais_git_files *from, const struct ais_git_files *to,
                      int (*visit)(void *payload, const struct ais_git_file *before,
                                   const struct ais_git_file *after, struct ais_error *err),
                      void *payload, struct ais_error *err) {
    size_t i = 0, j = 0;
    while (i < from->count || j < to->count) {
        const struct ais_git_file *a = i < from->count ? &from->list[i] : NULL;
        const struct ais_git_file *b = j < to->count ? &to->list[j] : NULL;
        int order = !a ? 1 : !b ? -1 : strcmp(a->path, b->path);
        i += order <= 0;
        j += order >= 0;
        if (a && b && order == 0 && a->mode == b->mode && ais_oid_equal(&a->blob, &b->blob))
            continue;
        if (visit(payload, order <= 0 ? a : NULL, order >= 0 ? b : NULL, err) < 0)
            return -1;
    }
    return 0;
}

/* The differences of two trees, every option that the configuration could decide being given; the
 * caller's (git_diff_free). */
static git_diff *compare(const struct ais_repo *repo, const struct ais_compared *compared,
                         struct ais_error *err) {
    git_oid ids[2] = {ais_git_oid(&compared->from), ais_git_oid(&compared->to)};
    git_tree *trees[2] = {NULL, NULL};
    git_diff *diff = NULL;
    git_diff_options options;
    char *paths[] = {(char *)(uintptr_t)compared->path};
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_SHOW_BINARY | GIT_DIFF_DISABLE_PATHSPEC_MATCH;
    options.context_lines = 3;
    options.id_abbrev = AIS_OID_HEX - 1;
    options.old_prefix = "a";
    options.new_prefix = "b";
    if (*compared->path)
        options.pathspec = (git_strarray){paths, 1};
    if (git_tree_lookup(&trees[0], repo->git, &ids[0]) < 0 ||
        git_tree_lookup(&trees[1], repo->git, &ids[1]) < 0 ||
        git_diff_tree_to_tree(&diff, repo->git, trees[0], trees[1], &options) < 0) {
        ais_git_fail(repo->root, "compare the files", err);
        diff = NULL;
    }
    git_tree_free(trees[0]);
    git_tree_free(trees[1]);
    return diff;
}

/* A patch that is being written. */
struct printing {
    int (*write)(void *payload, const char *text, size_t size, struct ais_error *err);
    void *payload;
    struct ais_error *err;
};

static int print_line(const git_diff_delta *delta, const git_diff_hunk *hunk,
                      const git_diff_line *line, void *payload) {
    struct printing *p = payload;
    bool content = line->origin == GIT_DIFF_LINE_CONTEXT ||
                   line->origin == GIT_DIFF_LINE_ADDITION || line->origin == GIT_DIFF_LINE_DELETION;
    (void)delta;
    (void)hunk;
    if (content && p->write(p->payload, &line->origin, 1, p->err) < 0)
        return -1;
    return p->write(p->payload, line->content, line->content_len, p->err);
}

int ais_compare_patch(const struct ais_repo *repo, const struct ais_compared *compared,
                      int (*write)(void *payload, const char *text, size_t size,
                                   struct ais_error *err),
                      void *payload, size_t *count, struct ais_error *err) {
    git_diff *diff = compare(repo, compared, err);
    struct printing p = {write, payload, err};
    int rc = -1;
    if (!diff)
        return -1;
    *count = git_diff_num_deltas(diff);
    rc = git_diff_print(diff, GIT_DIFF_FORMAT_PATCH, print_line, &p) < 0
             ? ais_git_fail(repo->root, "print the differences", err)
             : 0;
    git_diff_free(diff);
    return rc;
}

static int count_file(git_diff *diff, size_t i, struct ais_counts *counts, struct ais_error *err) {
    const git_diff_delta *delta = git_diff_get_delta(diff, i);
    git_patch *patch = NULL;
    int rc = 0;
    *counts = (struct ais_counts){.path = delta->new_file.path};
    if (git_patch_from_diff(&patch, diff, i) < 0 ||
        (patch && git_patch_line_stats(NULL, &counts->added, &counts->removed, patch) < 0))
        rc = ais_git_fail("", "count the differences", err);
    else if (patch)
        delta = git_patch_get_delta(patch);
    counts->binary = delta->flags & GIT_DIFF_FLAG_BINARY;
    git_patch_free(patch);
    return rc;
}

int ais_compare_count(const struct ais_repo *repo, const struct ais_compared *compared,
                      int (*visit)(void *payload, const struct ais_counts *counts,
                                   struct ais_error *err),
                      void *payload, struct ais_error *err) {
    git_diff *diff = compare(repo, compared, err);
    struct ais_counts counts;
    int rc = diff ? 0 : -1;
    for (size_t i = 0; rc == 0 && i < git_diff_num_deltas(diff); i++) {
        rc = count_file(diff, i, &counts, err);
        if (rc == 0)
            rc = visit(payload, &counts, err);
    }
    git_diff_free(diff);
    return rc;
}

int ais_compare_head(const struct ais_repo *repo, bool staged,
                     int (*visit)(void *payload, const char *path, struct ais_error *err),
                     void *payload, struct ais_error *err) {
    git_status_options options;
    git_status_list *list = NULL;
    int rc = -1;
    git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
    options.show = staged ? GIT_STATUS_SHOW_INDEX_ONLY : GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
    options.flags = GIT_STATUS_OPT_EXCLUDE_SUBMODULES | GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
    if (git_status_list_new(&list, repo->git, &options) < 0)
        return ais_git_fail(repo->root, "list the files", err);
    for (size_t i = 0; i < git_status_list_entrycount(list); i++) {
        const git_status_entry *entry = git_status_byindex(list, i);
        const git_diff_delta *delta =
            entry->head_to_index ? entry->head_to_index : entry->index_to_workdir;
        if (delta && visit(payload, delta->old_file.path, err) < 0)
            goto out;
    }
    rc = 0;
out:
    git_status_list_free(list);
    return rc;
}

int ais_compare_hidden(const struct ais_repo *repo,
                       int (*visit)(void *payload, const char *path, struct ais_error *err),
                       void *payload, struct ais_error *err) {
    git_index *index = NULL;
    int rc = -1;
    if (git_repository_index(&index, repo->git) < 0)
        return ais_git_fail(repo->root, "read the index", err);
    for (size_t i = 0; i < git_index_entrycount(index); i++) {
        const git_index_entry *entry = git_index_get_byindex(index, i);
        bool hidden = (entry->flags & GIT_INDEX_ENTRY_VALID) ||
                      (entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE);
        if (hidden && visit(payload, entry->path, err) < 0)
            goto out;
    }
    rc = 0;
out:
    git_index_free(index);
    return rc;
}
