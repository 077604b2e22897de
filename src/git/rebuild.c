#include "git/rebuild.h"

#include "base/path.h"
#include "git/image_parts.h"
#include "git/room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t index_bytes_max = 512 << 20;
enum { FOLDERS_DEEP = 256 };

/* A repository being copied, object by object. */
struct rebuilding {
    const char *root;
    git_repository *repository;
    git_odb *odb;
    struct ais_pack pack;
    git_oid *commits; /* to be walked; those that were, at the front */
    size_t commit_count, commit_capacity;
    struct ais_file *files; /* of HEAD's tree */
    struct ais_oid *blobs;
    size_t count, file_capacity, blob_capacity;
    struct ais_arena arena; /* owns the paths */
    struct ais_error *err;
};

static int refuse(const struct rebuilding *r, const char *what) {
    return ais_fail_at(r->err, AIS_FAILED, (struct ais_place){.path = r->root}, "%s", what);
}

/* Copies an object whose bytes must have its id. The caller frees *object. */
static int copy(struct rebuilding *r, const git_oid *id, git_object_t type,
                git_odb_object **object) {
    static const enum ais_object_type types[] = {[GIT_OBJECT_COMMIT] = AIS_COMMIT_OBJECT,
                                                 [GIT_OBJECT_TREE] = AIS_TREE_OBJECT,
                                                 [GIT_OBJECT_BLOB] = AIS_BLOB_OBJECT};
    struct ais_oid copied;
    *object = NULL;
    if (git_odb_read(object, r->odb, id) < 0)
        return ais_git_fail(r->root, "read an object that HEAD reaches", r->err);
    if (git_odb_object_type(*object) != type)
        return refuse(r, "the repository is damaged: an object is of another type than is said");
    if (ais_pack_add(&r->pack, types[type], git_odb_object_data(*object),
                     git_odb_object_size(*object), &copied, r->err) < 0)
        return -1;
    if (memcmp(copied.bytes, id->id, sizeof copied.bytes) != 0)
        return refuse(r, "the repository is damaged: an object has another id than is said");
    return 0;
}

static bool is_copied(const struct rebuilding *r, const git_oid *id) {
    struct ais_oid oid;
    memcpy(oid.bytes, id->id, sizeof oid.bytes);
    return ais_pack_has(&r->pack, &oid);
}

static int copy_blob(struct rebuilding *r, const git_oid *id) {
    git_odb_object *object = NULL;
    int rc = is_copied(r, id) ? 0 : copy(r, id, GIT_OBJECT_BLOB, &object);
    git_odb_object_free(object);
    return rc;
}

/* Copies a tree and all that is in it, unless it was copied. */
static int copy_tree(struct rebuilding *r, const git_oid *id, unsigned depth) {
    git_odb_object *object = NULL;
    git_tree *tree = NULL;
    int rc = -1;
    if (is_copied(r, id))
        return 0;
    if (depth > FOLDERS_DEEP)
        return refuse(r, "the history holds folders more than 256 deep");
    if (copy(r, id, GIT_OBJECT_TREE, &object) < 0)
        goto out;
    if (git_tree_lookup(&tree, r->repository, id) < 0) {
        ais_git_fail(r->root, "read a tree that HEAD reaches", r->err);
        goto out;
    }
    for (size_t i = 0; i < git_tree_entrycount(tree); i++) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
        git_object_t type = git_tree_entry_type(entry);
        int got = type == GIT_OBJECT_TREE   ? copy_tree(r, git_tree_entry_id(entry), depth + 1)
                  : type == GIT_OBJECT_BLOB ? copy_blob(r, git_tree_entry_id(entry))
                                            : 0; /* a submodule's commit lies elsewhere */
        if (got < 0)
            goto out;
    }
    rc = 0;
out:
    git_tree_free(tree);
    git_odb_object_free(object);
    return rc;
}

static int add_commit(struct rebuilding *r, const git_oid *id) {
    if (ais_grow(&r->commits, &r->commit_capacity, r->commit_count + 1, sizeof *id) < 0)
        return ais_fail_memory(r->err);
    r->commits[r->commit_count++] = *id;
    return 0;
}

static int copy_commit(struct rebuilding *r, const git_oid *id) {
    git_odb_object *object = NULL;
    git_commit *commit = NULL;
    int rc = -1;
    if (copy(r, id, GIT_OBJECT_COMMIT, &object) < 0)
        goto out;
    if (git_commit_lookup(&commit, r->repository, id) < 0) {
        ais_git_fail(r->root, "read a commit that HEAD reaches", r->err);
        goto out;
    }
    if (copy_tree(r, git_commit_tree_id(commit), 0) < 0)
        goto out;
    for (unsigned i = 0; i < git_commit_parentcount(commit); i++)
        if (add_commit(r, git_commit_parent_id(commit, i)) < 0)
            goto out;
    rc = 0;
out:
    git_commit_free(commit);
    git_odb_object_free(object);
    return rc;
}

/* In an order that HEAD alone decides: breadth first, parents as they are listed. */
static int copy_history(struct rebuilding *r, const git_oid *head) {
    if (add_commit(r, head) < 0)
        return -1;
    for (size_t i = 0; i < r->commit_count; i++) {
        git_oid id = r->commits[i]; /* the list moves as it grows */
        if (!is_copied(r, &id) && copy_commit(r, &id) < 0)
            return -1;
    }
    return 0;
}

/* Adds a file of HEAD's tree to the index. Files come as git sorts them, which is by path. */
static int list_file(const char *folder, const git_tree_entry *entry, void *payload) {
    struct rebuilding *r = payload;
    git_filemode_t mode = git_tree_entry_filemode(entry);
    struct ais_file file = {.executable = mode == GIT_FILEMODE_BLOB_EXECUTABLE};
    char *path;
    if (mode == GIT_FILEMODE_TREE)
        return 0;
    if (mode == GIT_FILEMODE_COMMIT)
        return refuse(r,
                      "HEAD holds a submodule, whose history is not here (package it by itself, or "
                      "leave out --with-git)");
    if (mode == GIT_FILEMODE_LINK)
        return refuse(r, "HEAD holds a symbolic link, which no project's archive holds");
    path = ais_path_join(folder, git_tree_entry_name(entry));
    file.path = path ? ais_arena_strdup(&r->arena, path) : NULL;
    ais_free(path);
    if (!file.path || ais_grow(&r->files, &r->file_capacity, r->count + 1, sizeof file) < 0 ||
        ais_grow(&r->blobs, &r->blob_capacity, r->count + 1, sizeof *r->blobs) < 0)
        return ais_fail_memory(r->err);
    memcpy(r->blobs[r->count].bytes, git_tree_entry_id(entry)->id, sizeof r->blobs->bytes);
    r->files[r->count++] = file;
    return 0;
}

static int list_files(struct rebuilding *r, const git_oid *head) {
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    int rc = -1;
    if (git_commit_lookup(&commit, r->repository, head) < 0 || git_commit_tree(&tree, commit) < 0 ||
        git_tree_walk(tree, GIT_TREEWALK_PRE, list_file, r) < 0)
        ais_git_fail(r->root, "read HEAD's tree", r->err); /* unless an error was set before */
    else
        rc = 0;
    git_tree_free(tree);
    git_commit_free(commit);
    return rc;
}

/* The top of the work tree must be the folder itself: a part of one has no history of its own. */
static int open_repository(struct rebuilding *r) {
    char *real = NULL, *top = NULL;
    const char *work;
    size_t size;
    int rc = -1;
    if (ais_git_start(r->err) < 0 || ais_git_open(&r->repository, r->root, r->err) < 0)
        return -1;
    work = r->repository ? git_repository_workdir(r->repository) : NULL;
    if (!work)
        return refuse(r, "no git work tree, so that there is no history to pack (leave out "
                         "--with-git)");
    real = realpath(r->root, NULL);
    top = realpath(work, NULL);
    size = top ? strlen(top) : 0;
    if (!real || !top || strncmp(real, top, size + 1) != 0)
        refuse(r, "not the top of its git work tree (package that, or leave out --with-git)");
    else if (git_repository_is_shallow(r->repository))
        refuse(r, "the repository is shallow (git fetch --unshallow gets the rest)");
    else if (git_repository_odb(&r->odb, r->repository) < 0)
        ais_git_fail(r->root, "open the repository", r->err);
    else
        rc = 0;
    free(real);
    free(top);
    return rc;
}

/* HEAD's commit, and the branch that it is on: *branch is NULL where it is on none. */
static int find_head(struct rebuilding *r, git_oid *id, char **branch) {
    git_reference *head = NULL;
    const char *target;
    int rc = -1;
    *branch = NULL;
    if (git_reference_name_to_id(id, r->repository, "HEAD") < 0 ||
        git_reference_lookup(&head, r->repository, "HEAD") < 0) {
        refuse(r, "the repository has no commit yet");
        goto out;
    }
    target = git_reference_symbolic_target(head);
    rc = 0;
    if (!target)
        goto out;
    if (strncmp(target, "refs/heads/", 11) != 0 || strlen(target) > AIS_NAME_MAX) {
        rc = refuse(r, "HEAD is on no branch that an archive can hold");
        goto out;
    }
    *branch = ais_strdup(target + 11);
    if (!*branch)
        rc = ais_fail_memory(r->err);
out:
    git_reference_free(head);
    return rc;
}

static int finish(struct rebuilding *r, struct ais_image *image, const char *branch) {
    struct ais_oid name;
    ais_image_put_index(&image->index, r->files, r->blobs, r->count);
    if (ais_buf_check(&image->index, AIS_FAILED, "git's index", r->err) < 0 ||
        ais_pack_finish(&r->pack, &image->pack_index, &name, r->err) < 0)
        return -1;
    image->pack = r->pack.bytes;
    r->pack.bytes = AIS_BUF(0);
    return ais_image_list(image, branch, false, &name, r->err);
}

int ais_git_rebuild(struct ais_image *image, const char *root, struct ais_error *err) {
    struct rebuilding r = {.root = root, .err = err};
    char *branch = NULL;
    git_oid head;
    int rc = -1;
    *image = (struct ais_image){.pack_index = AIS_BUF(index_bytes_max),
                                .index = AIS_BUF(index_bytes_max)};
    if (ais_pack_init(&r.pack, err) < 0)
        goto out;
    if (open_repository(&r) < 0 || find_head(&r, &head, &branch) < 0)
        goto out;
    git_oid_tostr(image->commit_id, sizeof image->commit_id, &head);
    if (list_files(&r, &head) < 0 || copy_history(&r, &head) < 0)
        goto out;
    rc = finish(&r, image, branch);
out:
    ais_free(branch);
    ais_pack_release(&r.pack);
    ais_free(r.commits);
    ais_free(r.files);
    ais_free(r.blobs);
    ais_arena_release(&r.arena);
    git_odb_free(r.odb);
    git_repository_free(r.repository);
    return rc;
}
