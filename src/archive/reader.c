#include "archive/reader.h"

#include "archive/utf8.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024 };

/* One reading. `name` is the current member's path without "./" and slashes at its end. */
struct reading {
    const struct ais_reader *from;
    struct archive *archive;
    struct ais_reader_limits *left;
    char *name;
    bool telling; /* of refused members, to `payload` */
    void *payload;
    struct ais_error *err;
};

static int refuse(const struct reading *r, const char *what) {
    return ais_fail_at(r->err, AIS_FAILED, (struct ais_place){.path = r->from->shown}, "%s", what);
}

static int refuse_member(const struct reading *r, const char *what) {
    return ais_fail_at(r->err, AIS_FAILED, (struct ais_place){.path = r->from->shown},
                       "\"%.300s\" %s", r->name, what);
}

/* Ends the reading, or passes the member over: then 0. */
static int turn_down(const struct reading *r, const char *what, const char *hint, bool harmless) {
    char why[256];
    snprintf(why, sizeof why, "%s%s", what, hint);
    if (!r->from->refused)
        return *r->name ? refuse_member(r, why) : refuse(r, why);
    return r->telling ? r->from->refused(r->payload, r->name, what, harmless, r->err) : 0;
}

static int fail_library(const struct reading *r) {
    const char *reason = archive_error_string(r->archive);
    return ais_fail_at(r->err, AIS_FAILED, (struct ais_place){.path = r->from->shown},
                       "no whole tar, tar.gz, tar.zst, tar.xz or zip archive: %s",
                       reason ? reason : "unknown reason");
}

/* Zip by its central directory alone: another reading of the same bytes could show other members.
 */
static int (*const supports[])(struct archive *) = {
    archive_read_support_filter_gzip, archive_read_support_filter_xz,
    archive_read_support_filter_zstd, archive_read_support_format_tar,
    archive_read_support_format_zip_seekable};

static int open_reading(struct reading *r) {
    int rc;
    r->archive = archive_read_new();
    if (!r->archive)
        return ais_fail_memory(r->err);
    for (size_t i = 0; i < sizeof supports / sizeof *supports; i++)
        supports[i](r->archive);
    if (r->from->fd < 0) {
        rc = archive_read_open_memory(r->archive, r->from->data, r->from->size);
    } else {
        if (lseek(r->from->fd, 0, SEEK_SET) < 0)
            return ais_fail_errno(r->err, r->from->shown, "read");
        rc = archive_read_open_fd(r->archive, r->from->fd, BLOCK);
    }
    return rc == ARCHIVE_OK ? 0 : fail_library(r);
}

/* 1 for a member, 0 at the end, -1 with the error set. */
static int next(struct reading *r, struct archive_entry **entry) {
    int rc = archive_read_next_header(r->archive, entry);
    if (rc == ARCHIVE_EOF)
        return 0;
    if (rc < ARCHIVE_WARN) /* a warning is of a name, which is looked at below */
        return fail_library(r);
    if (r->left->members == 0)
        return refuse(r, "too many members");
    r->left->members--;
    return 1;
}

/* The member's path; *fault says what is wrong with it, or is NULL. */
static int take_name(struct reading *r, struct archive_entry *entry, const char **fault) {
    const char *name = archive_entry_pathname(entry);
    bool folder = archive_entry_filetype(entry) == AE_IFDIR;
    size_t size;
    *fault = name ? NULL : "holds a name that is not UTF-8";
    if (!name)
        name = "";
    while (name[0] == '.' && name[1] == '/')
        for (name += 2; *name == '/';)
            name++;
    size = strlen(name);
    if (folder) {
        while (size && name[size - 1] == '/')
            size--;
        if (size == 0 || (size == 1 && *name == '.'))
            size = 0, name = "";
    }
    ais_free(r->name);
    r->name = ais_strndup(name, size);
    if (!r->name)
        return ais_fail_memory(r->err);
    if (!*fault && (size || !folder)) /* else it is the folder that all stand in */
        *fault = ais_path_foreign_fault(r->name, size);
    return 0;
}

/* 1 for a regular file, 0 for a folder and what is passed over, -1 where the reading ends. */
static int check_member(struct reading *r, struct archive_entry *entry) {
    const char *fault;
    if (take_name(r, entry, &fault) < 0)
        return -1;
    if (fault)
        return turn_down(r, fault, "", false);
    if (archive_entry_is_encrypted(entry))
        return turn_down(r, "is encrypted", "", false);
    if (archive_entry_hardlink(entry))
        return turn_down(r, "is a hard link", ", which no project's archive holds", true);
    if (archive_entry_filetype(entry) == AE_IFLNK)
        return turn_down(r, "is a symbolic link",
                         ", which no project's archive holds (aiscaffold package leaves out what "
                         "git ignores)",
                         true);
    if (archive_entry_filetype(entry) == AE_IFDIR)
        return 0;
    if (archive_entry_filetype(entry) != AE_IFREG)
        return turn_down(r, "is no regular file", "", true);
    return 1;
}

/* Takes the bytes that a member says it has from what may be read. */
static int spend(struct reading *r, uint64_t size) {
    if (size > r->left->member_bytes)
        return refuse_member(r, "is too large");
    if (size > r->left->bytes)
        return refuse(r, "unpacks to too many bytes for its size");
    r->left->bytes -= size;
    return 0;
}

static int add_name(struct reading *r, struct ais_names *files) {
    if (ais_grow(&files->names, &files->capacity, files->count + 1, sizeof r->name) < 0)
        return ais_fail_memory(r->err);
    files->names[files->count++] = r->name;
    r->name = NULL;
    return 0;
}

static int by_bytes(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

int ais_reader_list(const struct ais_reader *reader, struct ais_reader_limits *left,
                    struct ais_names *files, struct ais_error *err) {
    struct reading r = {.from = reader, .left = left, .err = err};
    struct archive_entry *entry;
    locale_t utf8 = ais_utf8_new(), theirs = uselocale(utf8);
    int rc = -1, got;
    if (open_reading(&r) < 0)
        goto out;
    while ((got = next(&r, &entry)) > 0) {
        int file = check_member(&r, entry);
        la_int64_t size = archive_entry_size(entry);
        if (file < 0 || (size > 0 && spend(&r, (uint64_t)size) < 0))
            goto out;
        if (file && add_name(&r, files) < 0)
            goto out;
    }
    if (got < 0)
        goto out;
    if (files->count)
        qsort(files->names, files->count, sizeof *files->names, by_bytes);
    rc = ais_reader_collisions(files, reader->shown, err);
out:
    archive_read_free(r.archive);
    ais_free(r.name);
    uselocale(theirs);
    ais_utf8_free(utf8);
    return rc;
}

static int read_member(struct reading *r, struct ais_buf *out) {
    char block[BLOCK];
    la_ssize_t n;
    out->limit = r->left->member_bytes;
    ais_buf_truncate(out, 0);
    while ((n = archive_read_data(r->archive, block, sizeof block)) > 0) {
        if ((uint64_t)n > r->left->bytes)
            return refuse(r, "unpacks to too many bytes for its size");
        r->left->bytes -= (uint64_t)n;
        ais_buf_add(out, block, (size_t)n);
        if (out->too_large)
            return refuse_member(r, "is too large");
        if (out->no_memory)
            return ais_fail_memory(r->err);
    }
    return n < 0 ? fail_library(r) : 0;
}

int ais_reader_visit(const struct ais_reader *reader, struct ais_reader_limits *left,
                     ais_member_fn *visit, void *payload, struct ais_error *err) {
    struct reading r = {
        .from = reader, .left = left, .telling = true, .payload = payload, .err = err};
    struct archive_entry *entry;
    struct ais_buf text = AIS_BUF(0);
    locale_t utf8 = ais_utf8_new(), theirs = uselocale(utf8);
    int rc = -1, got;
    if (open_reading(&r) < 0)
        goto out;
    while ((got = next(&r, &entry)) > 0) {
        int file = check_member(&r, entry);
        if (file < 0)
            goto out;
        if (file && (read_member(&r, &text) < 0 ||
                     visit(payload, r.name, ais_buf_text(&text), text.size, err) < 0))
            goto out;
    }
    rc = got;
out:
    archive_read_free(r.archive);
    ais_buf_release(&text);
    ais_free(r.name);
    uselocale(theirs);
    ais_utf8_free(utf8);
    return rc;
}
