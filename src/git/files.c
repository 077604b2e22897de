#include "git/files.h"

#include "base/path.h"
#include "git/room.h"

#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <stdlib.h>
#include <string.h>

bool ais_oid_equal(const struct ais_oid *a, const struct ais_oid *b) {
    return memcmp(a, b, sizeof *a) == 0;
}

static int append(struct ais_git_files *files, const char *path, unsigned mode,
                  const struct ais_oid *blob, struct ais_error *err) {
    if (!path ||
        ais_grow(&files->list, &files->capacity, files->count + 1, sizeof *files->list) < 0)
        return ais_fail_memory(err);
    files->list[files->count++] = (struct ais_git_file){path, *blob, mode};
    return 0;
}

int ais_git_files_add(struct ais_git_files *files, const char *path, unsigned mode,
                      const struct ais_oid *blob, struct ais_error *err) {
    return append(files, ais_arena_strdup(&files->arena, path), mode, blob, err);
}

static int by_path(const void *a, const void *b) {
    const struct ais_git_file *x = a, *y = b;
    return strcmp(x->path, y->path);
}

void ais_git_files_sort(struct ais_git_files *files) {
    if (files->count)
        qsort(files->list, files->count, sizeof *files->list, by_path);
}

struct ais_git_file *ais_git_files_find(const struct ais_git_files *files, const char *path) {
    const struct ais_git_file key = {.path = path};
    return files->count ? bsearch(&key, files->list, files->count, sizeof *files->list, by_path)
                        : NULL;
}

void ais_git_files_release(struct ais_git_files *files) {
    ais_free(files->list);
    ais_arena_release(&files->arena);
    *files = (struct ais_git_files){0};
}

/* "folder/name" in the list's arena, or NULL. */
static char *join(struct ais_git_files *files, const char *folder, const char *name) {
    size_t a = strlen(folder), b = strlen(name);
    char *path = ais_arena_alloc(&files->arena, a + b + 2);
    if (!path)
        return NULL;
    memcpy(path, folder, a);
    if (a)
        path[a++] = '/';
    memcpy(path + a, name, b);
    return path;
}

/* `trees` counts the folders that were read: they may hold each other without any file. */
static int read_tree(const struct ais_repo *repo, const git_oid *oid, const char *folder,
                     unsigned depth, size_t *trees, struct ais_git_files *files,
                     struct ais_error *err) {
    const struct ais_place at = {.path = repo->root};
    git_tree *tree = NULL;
    int rc = -1;
    if (depth > AIS_DEPTH_MAX)
        return ais_fail_at(err, AIS_FAILED, at, "more than 64 folders deep");
    if (++*trees > AIS_TREE_FILES_MAX)
        return ais_fail_at(err, AIS_FAILED, at, "more folders than a project has");
    if (git_tree_lookup(&tree, repo->git, oid) < 0)
        return ais_git_fail(repo->root, "read a tree", err);
    for (size_t i = 0; i < git_tree_entrycount(tree); i++) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
        struct ais_oid id = ais_git_id(git_tree_entry_id(entry));
        char *path = join(files, folder, git_tree_entry_name(entry));
        if (!path) {
            ais_fail_memory(err);
            goto out;
        }
        if (files->count >= AIS_TREE_FILES_MAX || strlen(path) > AIS_PATH_MAX) {
            ais_fail_at(err, AIS_FAILED, at, "more files, or longer paths, than a project has");
            goto out;
        }
        if (git_tree_entry_type(entry) == GIT_OBJECT_TREE
                ? read_tree(repo, git_tree_entry_id(entry), path, depth + 1, trees, files, err) < 0
                : append(files, path, git_tree_entry_filemode(entry), &id, err) < 0)
            goto out;
    }
    rc = 0;
out:
    git_tree_free(tree);
    return rc;
}

int ais_git_tree_read(const struct ais_repo *repo, const struct ais_oid *id,
                      struct ais_git_files *files, struct ais_error *err) {
    git_oid oid = ais_git_oid(id);
    size_t trees = 0;
    *files = (struct ais_git_files){0};
    if (read_tree(repo, &oid, "", 0, &trees, files, err) < 0)
        return -1;
    ais_git_files_sort(files);
    return 0;
}

/* Git sorts folders as if their names ended in '/', which is how paths are sorted: files[from..to)
 * share their first `prefix` bytes. */
static int write_tree(const struct ais_repo *repo, const struct ais_git_files *files, size_t from,
                      size_t to, size_t prefix, git_oid *id, struct ais_error *err) {
    git_treebuilder *builder = NULL;
    char name[AIS_PATH_MAX + 1];
    int rc = -1;
    if (git_treebuilder_new(&builder, repo->git, NULL) < 0)
        return ais_git_fail(repo->root, "write a tree", err);
    while (from < to) {
        const char *path = files->list[from].path + prefix;
        size_t size = strcspn(path, "/"), next = from + 1;
        git_oid child = ais_git_oid(&files->list[from].blob);
        unsigned mode = files->list[from].mode;
        memcpy(name, path, size);
        name[size] = '\0';
        if (path[size]) {
            mode = GIT_FILEMODE_TREE;
            while (next < to && strncmp(files->list[next].path + prefix, path, size + 1) == 0)
                next++;
            if (write_tree(repo, files, from, next, prefix + size + 1, &child, err) < 0)
                goto out;
        }
        if (git_treebuilder_insert(NULL, builder, name, &child, mode) < 0) {
            ais_git_fail(repo->root, "write a tree", err);
            goto out;
        }
        from = next;
    }
    if (git_treebuilder_write(id, builder) < 0)
        ais_git_fail(repo->root, "write a tree", err);
    else
        rc = 0;
out:
    git_treebuilder_free(builder);
    return rc;
}

int ais_git_tree_write(const struct ais_repo *repo, const struct ais_git_files *files,
                       struct ais_oid *id, struct ais_error *err) {
    git_oid oid;
    if (write_tree(repo, files, 0, files->count, 0, &oid, err) < 0)
        return -1;
    *id = ais_git_id(&oid);
    return 0;
}

int ais_git_blob_read(const struct ais_repo *repo, const struct ais_oid *id, struct ais_buf *out,
                      struct ais_error *err) {
    git_oid oid = ais_git_oid(id);
    git_blob *blob = NULL;
    if (git_blob_lookup(&blob, repo->git, &oid) < 0)
        return ais_git_fail(repo->root, "read a file of the history", err);
    ais_buf_add(out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
    git_blob_free(blob);
    return ais_buf_check(out, AIS_FAILED, "a file of the history", err);
}

/* libgit2 1.5 makes and removes a file even for a blob that is there. */
int ais_git_blob_write(const struct ais_repo *repo, const void *data, size_t size,
                       struct ais_oid *id, struct ais_error *err) {
    git_odb *odb = NULL;
    git_oid oid;
    int rc = -1;
    if (git_repository_odb(&odb, repo->git) < 0 ||
        git_odb_hash(&oid, size ? data : "", size, GIT_OBJECT_BLOB) < 0 ||
        (!git_odb_exists_ext(odb, &oid, GIT_ODB_LOOKUP_NO_REFRESH) &&
         git_odb_write(&oid, odb, size ? data : "", size, GIT_OBJECT_BLOB) < 0)) {
        ais_git_fail(repo->root, "write a file of the history", err);
        goto out;
    }
    *id = ais_git_id(&oid);
    rc = 0;
out:
    git_odb_free(odb);
    return rc;
}

int ais_git_blob_hash(const void *data, size_t size, struct ais_oid *id, struct ais_error *err) {
    git_oid oid;
    if (git_odb_hash(&oid, size ? data : "", size, GIT_OBJECT_BLOB) < 0)
        return ais_git_fail("", "name a file", err);
    *id = ais_git_id(&oid);
    return 0;
}

int ais_git_only_look(struct ais_repo *repo, struct ais_error *err) {
    git_odb *odb = NULL;
    git_odb_backend *memory = NULL;
    int rc = 0;
    if (git_repository_odb(&odb, repo->git) < 0 || git_mempack_new(&memory) < 0 ||
        git_odb_add_backend(odb, memory, 1000) < 0)
        rc = ais_git_fail(repo->root, "keep objects in memory", err);
    git_odb_free(odb); /* the repository has its own hold of it */
    return rc;
}
