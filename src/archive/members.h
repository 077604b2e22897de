/* Archives read, member by member, from memory, and never unpacked to disk. */
#ifndef AIS_ARCHIVE_MEMBERS_H
#define AIS_ARCHIVE_MEMBERS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* What reading may still take, which it lessens: a bomb ends as an error. */
struct ais_member_limits {
    size_t count; /* members */
    size_t bytes; /* of all members together */
};

/* Calls `visit` for each regular file of the archive in data[size) (tar, zip, 7z, cpio, ar; gz,
 * bz2, xz, lzma, zst, lz4; or one compressed file, whose path is "data"). *found is false where it
 * is no archive; `path` is what errors call it. -1 with *err set where a limit is passed
 * (AIS_TEMPLATE), memory ends, or visit fails. A damaged end is passed over: what could be read was
 * visited. */
int ais_archive_members(const char *path, const void *data, size_t size,
                        struct ais_member_limits *left,
                        int (*visit)(void *payload, const char *path, const char *data, size_t size,
                                     struct ais_error *err),
                        void *payload, bool *found, struct ais_error *err);

#endif
