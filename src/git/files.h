/* Trees and blobs of a repository, as lists of files. Blobs are read and written as they are:
 * neither attributes nor configuration have a say, and no filter runs. */
#ifndef AIS_GIT_FILES_H
#define AIS_GIT_FILES_H

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "git/repo.h"

#include <stdbool.h>
#include <stddef.h>

/* Git's modes. */
enum {
    AIS_MODE_FILE = 0100644,
    AIS_MODE_EXECUTABLE = 0100755,
    AIS_MODE_LINK = 0120000,
    AIS_MODE_COMMIT = 0160000, /* a submodule */
};

/* A file of a tree; its path is the list's. */
struct ais_git_file {
    const char *path;
    struct ais_oid blob;
    unsigned mode;
};

/* Sorted by path as bytes. Zeroed it is empty. */
struct ais_git_files {
    struct ais_git_file *list;
    size_t count, capacity;
    struct ais_arena arena;
};

enum { AIS_TREE_FILES_MAX = 200000 };

/* Reads the tree `id` with all below it: at most AIS_TREE_FILES_MAX files and as
 * many folders, AIS_DEPTH_MAX deep. Released by ais_git_files_release, also after an error. */
int ais_git_tree_read(const struct ais_repo *repo, const struct ais_oid *id,
                      struct ais_git_files *files, struct ais_error *err);
/* Adds a file with a path that is copied; ais_git_files_sort puts all in order. */
int ais_git_files_add(struct ais_git_files *files, const char *path, unsigned mode,
                      const struct ais_oid *blob, struct ais_error *err);
void ais_git_files_sort(struct ais_git_files *files);
/* The file `path`, or NULL. */
struct ais_git_file *ais_git_files_find(const struct ais_git_files *files, const char *path);
void ais_git_files_release(struct ais_git_files *files);

/* Writes the tree of `files`. */
int ais_git_tree_write(const struct ais_repo *repo, const struct ais_git_files *files,
                       struct ais_oid *id, struct ais_error *err);

/* Appends the blob's bytes to `out`. */
int ais_git_blob_read(const struct ais_repo *repo, const struct ais_oid *id, struct ais_buf *out,
                      struct ais_error *err);
int ais_git_blob_write(const struct ais_repo *repo, const void *data, size_t size,
                       struct ais_oid *id, struct ais_error *err);

/* The id that the blob would have. */
int ais_git_blob_hash(const void *data, size_t size, struct ais_oid *id, struct ais_error *err);

/* From now on all objects are written to memory and gone with the repository: for those who only
 * look. */
int ais_git_only_look(struct ais_repo *repo, struct ais_error *err);

bool ais_oid_equal(const struct ais_oid *a, const struct ais_oid *b);

#endif
