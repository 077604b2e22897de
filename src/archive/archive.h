/* Archives, written with libarchive: only this room includes <archive.h>. The same members give the
 * same bytes under any locale, time zone and umask (compressed ones for one version of the
 * compressor): owner 0, no names of owners, one time for all, modes 0644, 0755 (folders and
 * executables). Zip alone holds local times, so that its bytes are the same under one TZ. */
#ifndef AIS_ARCHIVE_ARCHIVE_H
#define AIS_ARCHIVE_ARCHIVE_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ais_format {
    AIS_TAR,
    AIS_TAR_GZ,
    AIS_TAR_ZST,
    AIS_TAR_XZ,
    AIS_ZIP,
    AIS_ZIP_STORED /* for what is compressed already; it has no name */
};

/* The format that a file name's ending stands for ("x.tar.gz", "x.tgz", ...). Returns 0, or -1 with
 * *err set (AIS_USAGE), naming the endings that are known. */
int ais_format_of(const char *name, enum ais_format *format, struct ais_error *err);
/* The same for a format's own name: "tar", "tar.gz", "tar.zst", "tar.xz", "zip". */
int ais_format_named(const char *name, enum ais_format *format, struct ais_error *err);
const char *ais_format_suffix(enum ais_format format); /* ".tar.gz" */

/* An archive under construction. `write` gets its bytes: 0, or -1 with *err set. Members come
 * in any order; a folder's member is added before the first file in it. */
struct ais_archive;
typedef int ais_write_fn(void *payload, const void *data, size_t size, struct ais_error *err);
struct ais_archive *ais_archive_new(enum ais_format format, int64_t time, ais_write_fn *write,
                                    void *payload, struct ais_error *err);
int ais_archive_add(struct ais_archive *archive, const char *path, const void *data, size_t size,
                    bool executable, struct ais_error *err);
/* Writes the end of the archive. Needed before free for a whole archive. */
int ais_archive_finish(struct ais_archive *archive, struct ais_error *err);
void ais_archive_free(struct ais_archive *archive);

/* For those who put a tar together themselves: what ais_archive_add with AIS_TAR writes before the
 * bytes of a member, appended to `heads`. `archive` is one that ais_tar_heads_new made. First the
 * headers of folders that the member is the first in: there may be none; then its own. */
struct ais_buf;
struct ais_archive *ais_tar_heads_new(int64_t time, struct ais_buf *heads, struct ais_error *err);
int ais_tar_enter(struct ais_archive *archive, const char *path, struct ais_error *err);
int ais_tar_head(struct ais_archive *archive, const char *path, size_t size, bool executable,
                 struct ais_error *err);
/* The folders that have a member, as a set; and another archive goes on with those. */
json_t *ais_archive_folders(const struct ais_archive *archive);
int ais_archive_set_folders(struct ais_archive *archive, const json_t *folders,
                            struct ais_error *err);
enum { AIS_TAR_BLOCK = 512, AIS_TAR_END = 2 * AIS_TAR_BLOCK };

#endif
