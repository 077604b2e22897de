#include "archive/archive.h"

#include "archive/squeeze.h"
#include "archive/utf8.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <string.h>

struct ais_archive {
    struct archive *writer;
    struct archive_entry *entry;
    locale_t utf8;
    int64_t time;
    ais_write_fn *write;
    void *payload;
    struct ais_squeezer *squeezer; /* of a tar.gz: libarchive writes the plain tar */
    struct ais_error *err;         /* of the call that is under way */
    struct ais_buf *heads;         /* gets headers only, or NULL */
    bool heading;                  /* a header is being written */
    bool failed;                   /* to write, so that nothing is written any more */
    json_t *folders;               /* a set of those that have a member, with a '/' behind each */
};

static la_ssize_t on_write(struct archive *writer, void *payload, const void *data, size_t size) {
    struct ais_archive *a = payload;
    (void)writer;
    if (!a->failed)
        a->failed = a->write(a->payload, data, size, a->err) < 0;
    return (la_ssize_t)size; /* also after a failure: `check` reports it, libarchive would leak */
}

/* Warnings are errors here: something would be missing in the archive. */
static int check(struct ais_archive *a, int rc, const char *what) {
    const char *reason = archive_error_string(a->writer);
    if (a->failed)
        return -1;
    if (rc == ARCHIVE_OK)
        return 0;
    return ais_fail(a->err, AIS_FAILED, "the archive can't hold %s: %s", what,
                    reason ? reason : "unknown reason");
}

static int set_filter(struct archive *writer, enum ais_format format) {
    switch (format) {
    case AIS_TAR_ZST:
        return archive_write_add_filter_zstd(writer);
    case AIS_TAR_XZ:
        return archive_write_add_filter_xz(writer);
    default:
        return ARCHIVE_OK;
    }
}

static int open_writer(struct ais_archive *a, enum ais_format format) {
    struct archive *w = a->writer;
    bool zip = format == AIS_ZIP || format == AIS_ZIP_STORED;
    int rc = zip ? archive_write_set_format_zip(w) : archive_write_set_format_pax_restricted(w);
    if (rc == ARCHIVE_OK && format == AIS_ZIP_STORED)
        rc = archive_write_zip_set_compression_store(w);
    if (rc == ARCHIVE_OK)
        rc = set_filter(w, format);
    if (rc == ARCHIVE_OK && a->heads)
        rc = archive_write_set_bytes_per_block(w, 0);
    if (rc == ARCHIVE_OK)
        rc = archive_write_set_bytes_in_last_block(w, 1);
    if (rc == ARCHIVE_OK)
        rc = archive_write_open(w, a, NULL, on_write, NULL);
    return check(a, rc, "any members");
}

/* Opens the archive that *a describes; it is released where that fails. */
static struct ais_archive *open_archive(struct ais_archive *a, enum ais_format format,
                                        struct ais_error *err) {
    locale_t theirs;
    int rc = -1;
    a->err = err;
    a->utf8 = ais_utf8_new();
    theirs = uselocale(a->utf8);
    a->writer = archive_write_new();
    a->entry = archive_entry_new();
    a->folders = json_object();
    if (!a->writer || !a->entry || !a->folders)
        ais_fail_memory(err);
    else
        rc = open_writer(a, format);
    uselocale(theirs);
    if (rc == 0)
        return a;
    ais_archive_free(a);
    return NULL;
}

struct ais_archive *ais_archive_new(enum ais_format format, int64_t time, ais_write_fn *write,
                                    void *payload, struct ais_error *err) {
    struct ais_archive *a = ais_calloc(1, sizeof *a);
    if (!a) {
        ais_fail_memory(err);
        return NULL;
    }
    *a = (struct ais_archive){.time = time, .write = write, .payload = payload};
    if (format == AIS_TAR_GZ) {
        a->squeezer = ais_squeezer_new(write, payload, err);
        if (!a->squeezer) {
            ais_free(a);
            return NULL;
        }
        a->write = ais_squeezer_write;
        a->payload = a->squeezer;
    }
    return open_archive(a, format, err);
}

/* Keeps what comes while a header is written. */
static int keep_head(void *payload, const void *data, size_t size, struct ais_error *err) {
    const struct ais_archive *a = payload;
    (void)err;
    if (a->heading)
        ais_buf_add(a->heads, data, size);
    return 0;
}

struct ais_archive *ais_tar_heads_new(int64_t time, struct ais_buf *heads, struct ais_error *err) {
    struct ais_archive *a = ais_calloc(1, sizeof *a);
    if (!a) {
        ais_fail_memory(err);
        return NULL;
    }
    *a = (struct ais_archive){.time = time, .write = keep_head, .payload = a, .heads = heads};
    return open_archive(a, AIS_TAR, err);
}

static int add_member(struct ais_archive *a, const char *path, unsigned type, unsigned mode,
                      const void *data, size_t size) {
    struct archive_entry *entry = archive_entry_clear(a->entry);
    archive_entry_set_pathname(entry, path);
    archive_entry_set_filetype(entry, type);
    archive_entry_set_perm(entry, mode);
    archive_entry_set_size(entry, (la_int64_t)size);
    archive_entry_set_mtime(entry, a->time, 0);
    a->heading = true;
    if (check(a, archive_write_header(a->writer, entry), path) < 0)
        return -1;
    a->heading = false;
    if (a->heads) /* which ends the member with zeros that are not kept */
        return check(a, archive_write_finish_entry(a->writer), path);
    if (size && archive_write_data(a->writer, data, size) != (la_ssize_t)size)
        return check(a, ARCHIVE_FATAL, path);
    return check(a, archive_write_finish_entry(a->writer), path);
}

/* A member for the folder of path[0..end), which ends in '/', unless it has one. */
static int add_folder(struct ais_archive *a, const char *path, size_t end) {
    char *folder = ais_strndup(path, end);
    int rc = -1;
    if (!folder || json_object_set_new(a->folders, folder, json_true()) < 0)
        ais_fail_memory(a->err);
    else
        rc = add_member(a, folder, AE_IFDIR, 0755, NULL, 0);
    ais_free(folder);
    return rc;
}

/* Members for the folders of the path that have none yet. */
static int enter(struct ais_archive *a, const char *path) {
    const char *slash = strrchr(path, '/');
    size_t end = slash ? (size_t)(slash - path) + 1 : 0;
    if (!end || json_object_getn(a->folders, path, end))
        return 0;
    for (size_t i = 0; i < end; i++)
        if (path[i] == '/' && !json_object_getn(a->folders, path, i + 1) &&
            add_folder(a, path, i + 1) < 0)
            return -1;
    return 0;
}

static int check_name(const char *path, struct ais_error *err) {
    if (ais_text_valid(path, strlen(path)))
        return 0;
    return ais_fail(err, AIS_FAILED, "the archive can't hold %s: its name is not UTF-8", path);
}

int ais_archive_add(struct ais_archive *a, const char *path, const void *data, size_t size,
                    bool executable, struct ais_error *err) {
    locale_t theirs;
    int rc;
    a->err = err;
    if (check_name(path, err) < 0)
        return -1;
    theirs = uselocale(a->utf8);
    rc = enter(a, path);
    if (rc == 0)
        rc = add_member(a, path, AE_IFREG, executable ? 0755 : 0644, data, size);
    uselocale(theirs);
    return rc;
}

int ais_tar_enter(struct ais_archive *archive, const char *path, struct ais_error *err) {
    locale_t theirs;
    int rc;
    archive->err = err;
    if (check_name(path, err) < 0)
        return -1;
    theirs = uselocale(archive->utf8);
    rc = enter(archive, path);
    uselocale(theirs);
    return rc;
}

int ais_tar_head(struct ais_archive *archive, const char *path, size_t size, bool executable,
                 struct ais_error *err) {
    locale_t theirs = uselocale(archive->utf8);
    int rc;
    archive->err = err;
    rc = add_member(archive, path, AE_IFREG, executable ? 0755 : 0644, NULL, size);
    uselocale(theirs);
    return rc;
}

json_t *ais_archive_folders(const struct ais_archive *archive) {
    return archive->folders;
}

int ais_archive_set_folders(struct ais_archive *archive, const json_t *folders,
                            struct ais_error *err) {
    json_t *copy = ais_json_copy(folders);
    if (!copy)
        return ais_fail_memory(err);
    json_decref(archive->folders);
    archive->folders = copy;
    return 0;
}

int ais_archive_finish(struct ais_archive *a, struct ais_error *err) {
    a->err = err;
    if (check(a, archive_write_close(a->writer), "its end") < 0)
        return -1;
    return a->squeezer ? ais_squeezer_finish(a->squeezer, err) : 0;
}

void ais_archive_free(struct ais_archive *a) {
    if (!a)
        return;
    a->failed = true; /* what was not finished is not written on */
    archive_write_free(a->writer);
    archive_entry_free(a->entry);
    ais_utf8_free(a->utf8);
    ais_squeezer_free(a->squeezer);
    json_decref(a->folders);
    ais_free(a);
}
