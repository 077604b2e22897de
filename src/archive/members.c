#include "archive/members.h"

#include "base/buf.h"
#include "base/text.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

/* Reads the current member whole. 1, or 0 where it can't be read on, or -1 with *err set. */
static int read_member(struct archive *reader, const char *path, struct ais_buf *out,
                       struct ais_error *err) {
    char block[16 * 1024];
    la_ssize_t n;
    while ((n = archive_read_data(reader, block, sizeof block)) > 0) {
        ais_buf_add(out, block, (size_t)n);
        if (out->no_memory)
            return ais_fail_memory(err);
        if (out->too_large)
            return ais_fail_at(err, AIS_TEMPLATE, (struct ais_place){.path = path},
                               "archives hold too many bytes");
    }
    return n == 0;
}

/* Not "all": that takes in filters that start programs, and a format that opens files by name. */
static int (*const supports[])(struct archive *) = {
    archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
    archive_read_support_filter_xz,   archive_read_support_filter_lzma,
    archive_read_support_filter_zstd, archive_read_support_filter_lz4,
    archive_read_support_format_tar,  archive_read_support_format_zip,
    archive_read_support_format_7zip, archive_read_support_format_cpio,
    archive_read_support_format_ar,   archive_read_support_format_raw, /* one compressed file */
};

static struct archive *open_reader(const void *data, size_t size) {
    struct archive *reader = archive_read_new();
    if (!reader)
        return NULL;
    for (size_t i = 0; i < sizeof supports / sizeof *supports; i++)
        supports[i](reader);
    if (archive_read_open_memory(reader, data, size) == ARCHIVE_OK)
        return reader;
    archive_read_free(reader);
    return NULL;
}

/* Text is no archive, which libarchive finds out in a hundred steps: without NULs and in UTF-8, it
 * would have to begin as one of the few that could look so, or hold a zip's headers. */
static bool is_text(const char *data, size_t size) {
    static const char *const begins[] = {"!<arch>", "0707", "BZh", "\x04\x22\x4d\x18", "]"};
    if (memchr(data, '\0', size) || memmem(data, size, "PK\3\4", 4) ||
        memmem(data, size, "PK\5\6", 4))
        return false;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (size >= strlen(begins[i]) && memcmp(data, begins[i], strlen(begins[i])) == 0)
            return false;
    return ais_text_valid(data, size);
}

int ais_archive_members(const char *path, const void *data, size_t size,
                        struct ais_member_limits *left,
                        int (*visit)(void *payload, const char *path, const char *data, size_t size,
                                     struct ais_error *err),
                        void *payload, bool *found, struct ais_error *err) {
    struct archive *reader = is_text(data, size) ? NULL : open_reader(data, size);
    struct archive_entry *entry;
    struct ais_buf text = AIS_BUF(0);
    int rc = -1, got = 1;
    *found = false;
    while (reader && got == 1 && archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
        const char *name = archive_entry_pathname(entry);
        bool raw = archive_format(reader) == ARCHIVE_FORMAT_RAW;
        if (raw && archive_filter_count(reader) <= 1)
            break; /* any bytes are a "raw archive" */
        *found = true;
        if (left->count == 0) {
            ais_fail_at(err, AIS_TEMPLATE, (struct ais_place){.path = path},
                        "archives hold too many members");
            goto out;
        }
        left->count--;
        if (archive_entry_filetype(entry) != AE_IFREG && !raw)
            continue;
        text.limit = left->bytes;
        ais_buf_truncate(&text, 0);
        got = read_member(reader, path, &text, err);
        left->bytes -= text.size;
        if (got < 0 || visit(payload, name ? name : "", ais_buf_text(&text), text.size, err) < 0)
            goto out;
    }
    rc = 0;
out:
    archive_read_free(reader);
    ais_buf_release(&text);
    return rc;
}
