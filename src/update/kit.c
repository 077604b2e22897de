#include "archive/reader.h"
#include "base/io.h"
#include "base/path.h"
#include "update/next.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A kit that is being read. `top` is the folder that an archive holds all in. */
struct reading {
    struct ais_next *next;
    const struct ais_repo *repo;
    const char *path;
    char top[AIS_NAME_MAX + 2];
    bool has_top;
};

static int wrong(const struct reading *r, const char *file, const char *what,
                 struct ais_error *err) {
    return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = r->path},
                       "\"%s\" %s (the kit is damaged, or is none)", file, what);
}

bool ais_is_kit(const char *source) {
    char *record;
    struct stat st;
    bool kit = false;
    if (stat(source, &st) < 0)
        return false;
    if (S_ISREG(st.st_mode))
        return true;
    record = ais_path_join(source, AIS_RECORD_PATH);
    kit = record && lstat(record, &st) == 0;
    ais_free(record);
    return kit;
}

static int add(struct reading *r, const char *path, const void *data, size_t size,
               struct ais_error *err) {
    const char *fault = ais_path_fault(path, strlen(path));
    struct ais_oid id;
    if (fault)
        return wrong(r, path, fault, err);
    if (ais_git_blob_write(r->repo, data, size, &id, err) < 0)
        return -1;
    return ais_git_files_add(&r->next->files, path, AIS_MODE_FILE, &id, err);
}

/* A member of the archive, below its one folder; `.git` in it is passed over. */
static int visit(void *payload, const char *path, const char *data, size_t size,
                 struct ais_error *err) {
    struct reading *r = payload;
    const char *slash = strchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    if (!length || length >= sizeof r->top)
        return wrong(r, path, "lies in no folder", err);
    if (!r->has_top) {
        memcpy(r->top, path, length);
        r->has_top = true;
    }
    if (strncmp(path, r->top, length) != 0 || r->top[length])
        return wrong(r, path, "lies in a folder of its own", err);
    if (strncmp(path + length, ".git/", 5) == 0)
        return 0;
    return add(r, path + length, data, size, err);
}

static int read_archive(struct reading *r, struct ais_error *err) {
    struct ais_reader_limits left = {AIS_PLAN_FILES_MAX, AIS_PLAN_BYTES_MAX, AIS_PLAN_BYTES_MAX};
    struct ais_reader reader = {.shown = r->path, .fd = open(r->path, O_RDONLY | O_CLOEXEC)};
    int rc;
    if (reader.fd < 0)
        return ais_fail_errno(err, r->path, "open");
    rc = ais_reader_visit(&reader, &left, visit, r, err);
    close(reader.fd);
    return rc;
}

/* The record lists the files of a folder, in which others may have come to lie. */
static int read_folder(struct reading *r, struct ais_error *err) {
    struct ais_buf bytes = AIS_BUF(AIS_PLAN_BYTES_MAX);
    int root = open(r->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = -1;
    const struct ais_record *record = &r->next->record;
    const char *path = AIS_RECORD_PATH;
    size_t next = 0;
    if (root < 0)
        return ais_fail_errno(err, r->path, "open");
    while (path) {
        int fd = ais_open_file_beneath(root, path, r->path, err), got;
        if (fd < 0)
            goto out;
        ais_buf_truncate(&bytes, 0);
        got = ais_read_all(fd, path, &bytes, err);
        close(fd);
        if (got < 0 || add(r, path, ais_buf_text(&bytes), bytes.size, err) < 0)
            goto out;
        if (!r->next->text.size) {
            r->next->text = AIS_BUF(AIS_RECORD_BYTES_MAX);
            ais_buf_add(&r->next->text, ais_buf_text(&bytes), bytes.size);
            if (ais_record_parse(&r->next->record, r->path, ais_buf_text(&r->next->text),
                                 r->next->text.size, err) < 0)
                goto out;
        }
        path = next < record->file_count ? record->files[next++].path : NULL;
    }
    rc = 0;
out:
    close(root);
    ais_buf_release(&bytes);
    return rc;
}

static int read_archive_record(struct reading *r, struct ais_error *err) {
    const struct ais_git_file *file = ais_git_files_find(&r->next->files, AIS_RECORD_PATH);
    if (!file)
        return wrong(r, AIS_RECORD_PATH, "is missing", err);
    r->next->text = AIS_BUF(AIS_RECORD_BYTES_MAX);
    if (ais_git_blob_read(r->repo, &file->blob, &r->next->text, err) < 0)
        return -1;
    return ais_record_parse(&r->next->record, r->path, ais_buf_text(&r->next->text),
                            r->next->text.size, err);
}

/* Whether a file stands where the path has a folder. */
static bool is_below_file(const struct ais_git_files *files, const char *path) {
    char folder[AIS_PATH_MAX + 1];
    snprintf(folder, sizeof folder, "%s", path);
    for (char *slash = strrchr(folder, '/'); slash; slash = strrchr(folder, '/')) {
        *slash = '\0';
        if (ais_git_files_find(files, folder))
            return true;
    }
    return false;
}

static int by_path(const void *key, const void *file) {
    return strcmp(key, ((const struct ais_digested *)file)->path);
}

static const struct ais_digested *find_listed(const struct ais_record *record, const char *path) {
    return record->file_count
               ? bsearch(path, record->files, record->file_count, sizeof *record->files, by_path)
               : NULL;
}

/* Holds each file against the manifest, and takes its mode from there. */
static int check(struct reading *r, struct ais_error *err) {
    struct ais_git_files *files = &r->next->files;
    const struct ais_record *record = &r->next->record;
    struct ais_buf bytes = AIS_BUF(AIS_PLAN_BYTES_MAX);
    int rc = -1;
    if (!record->has_files || !*record->kit) {
        wrong(r, AIS_RECORD_PATH, "is not that of a kit", err);
        goto out;
    }
    for (size_t i = 0; i < files->count; i++) {
        struct ais_git_file *file = &files->list[i];
        const struct ais_digested *listed = find_listed(record, file->path);
        char hex[AIS_SHA256_HEX];
        if ((i && strcmp(files->list[i - 1].path, file->path) == 0) ||
            is_below_file(files, file->path)) {
            wrong(r, file->path, "stands in it twice", err);
            goto out;
        }
        if (strcmp(file->path, AIS_RECORD_PATH) == 0)
            continue;
        ais_buf_truncate(&bytes, 0);
        if (ais_git_blob_read(r->repo, &file->blob, &bytes, err) < 0)
            goto out;
        ais_sha256(ais_buf_text(&bytes), bytes.size, hex);
        if (!listed || strcmp(listed->sha256, hex) != 0) {
            wrong(r, file->path, "is not the file that its record lists", err);
            goto out;
        }
        if (listed->executable)
            file->mode = AIS_MODE_EXECUTABLE;
    }
    if (files->count != record->file_count + 1)
        wrong(r, AIS_RECORD_PATH, "lists files that are missing", err);
    else
        rc = 0;
out:
    ais_buf_release(&bytes);
    return rc;
}

int ais_kit_read(struct ais_next *next, const struct ais_repo *repo, const char *path,
                 struct ais_error *err) {
    struct reading r = {.next = next, .repo = repo, .path = path};
    struct stat st;
    if (stat(path, &st) < 0)
        return ais_fail_errno(err, path, "open");
    if (S_ISDIR(st.st_mode))
        return read_folder(&r, err) < 0 ? -1 : (ais_git_files_sort(&next->files), check(&r, err));
    if (read_archive(&r, err) < 0)
        return -1;
    ais_git_files_sort(&next->files);
    return read_archive_record(&r, err) < 0 ? -1 : check(&r, err);
}
