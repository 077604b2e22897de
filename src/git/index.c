#include "git/index.h"

#include "git/room.h"

struct ais_index {
    git_index *git;
    char *path;
};

static int fail(const struct ais_index *index, const char *what, struct ais_error *err) {
    return ais_git_fail(index->path, what, err);
}

struct ais_index *ais_index_open(const char *path, struct ais_error *err) {
    struct ais_index *index = ais_calloc(1, sizeof *index);
    if (index)
        index->path = ais_strdup(path);
    if (!index || !index->path) {
        ais_fail_memory(err);
        goto failed;
    }
    if (ais_git_start(err) < 0)
        goto failed;
    if (git_index_open(&index->git, path) == 0)
        return index;
    fail(index, "read the index", err);
failed:
    ais_index_free(index);
    return NULL;
}

void ais_index_free(struct ais_index *index) {
    if (!index)
        return;
    git_index_free(index->git);
    ais_free(index->path);
    ais_free(index);
}

int ais_index_add(struct ais_index *index, const struct ais_git_file *file, const struct stat *st,
                  struct ais_error *err) {
    git_index_entry entry = {.path = file->path,
                             .mode = file->mode,
                             .id = ais_git_oid(&file->blob),
                             .ctime = {(int32_t)st->st_ctim.tv_sec, (uint32_t)st->st_ctim.tv_nsec},
                             .mtime = {(int32_t)st->st_mtim.tv_sec, (uint32_t)st->st_mtim.tv_nsec},
                             .dev = (uint32_t)st->st_dev,
                             .ino = (uint32_t)st->st_ino,
                             .uid = st->st_uid,
                             .gid = st->st_gid,
                             .file_size = (uint32_t)st->st_size};
    return git_index_add(index->git, &entry) < 0 ? fail(index, "change the index", err) : 0;
}

int ais_index_remove(struct ais_index *index, const char *path, struct ais_error *err) {
    int rc = git_index_remove(index->git, path, 0);
    return rc < 0 && rc != GIT_ENOTFOUND ? fail(index, "change the index", err) : 0;
}

int ais_index_conflict(struct ais_index *index, const struct ais_git_file *const stages[3],
                       struct ais_error *err) {
    git_index_entry entries[3], *given[3] = {NULL, NULL, NULL};
    for (size_t i = 0; i < 3; i++) {
        if (!stages[i])
            continue;
        if (ais_index_remove(index, stages[i]->path, err) < 0)
            return -1;
        entries[i] = (git_index_entry){
            .path = stages[i]->path, .mode = stages[i]->mode, .id = ais_git_oid(&stages[i]->blob)};
        given[i] = &entries[i];
    }
    return git_index_conflict_add(index->git, given[0], given[1], given[2]) < 0
               ? fail(index, "change the index", err)
               : 0;
}

int ais_index_write(struct ais_index *index, struct ais_error *err) {
    return git_index_write(index->git) < 0 ? fail(index, "write the index", err) : 0;
}
