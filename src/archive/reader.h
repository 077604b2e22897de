/* Archives that others made, read member by member: nothing is unpacked to disk, and what a
 * project's archive has no need of is refused: links, devices, names that climb or collide,
 * encryption, and more bytes or members than allowed. */
#ifndef AIS_ARCHIVE_READER_H
#define AIS_ARCHIVE_READER_H

#include "base/error.h"
#include "base/io.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What reading may still take, which it lessens. */
struct ais_reader_limits {
    size_t members;
    uint64_t bytes;      /* of all members together */
    size_t member_bytes; /* of one; not lessened */
};

/* Told of a member that is refused and passed over: its name (a path only if that is not what is
 * wrong), why, and whether it may well stand there in good faith. -1 ends the reading. */
typedef int ais_refused_fn(void *payload, const char *name, const char *why, bool harmless,
                           struct ais_error *err);

/* A tar (plain, gzip, zstd, xz) or zip: a file from its start, or bytes in memory where fd is -1.
 * `shown` is what errors call it. `refused` gets ais_reader_visit's payload; without it, the first
 * refused member ends the reading. */
struct ais_reader {
    const char *shown;
    int fd;
    const void *data;
    size_t size;
    ais_refused_fn *refused;
};

/* The paths of all regular files, sorted, after checking every member; none is read. A leading "./"
 * is left out. Released by ais_names_release, also after an error (AIS_FAILED, with the member). */
int ais_reader_list(const struct ais_reader *reader, struct ais_reader_limits *left,
                    struct ais_names *files, struct ais_error *err);

/* Calls `visit` with each regular file, in the archive's order; its -1 ends the reading. */
typedef int ais_member_fn(void *payload, const char *path, const char *data, size_t size,
                          struct ais_error *err);
int ais_reader_visit(const struct ais_reader *reader, struct ais_reader_limits *left,
                     ais_member_fn *visit, void *payload, struct ais_error *err);

/* Fails where two of the sorted paths are one for a file system that ignores case and Unicode form,
 * or one is another's folder. */
int ais_reader_collisions(const struct ais_names *files, const char *shown, struct ais_error *err);

#endif
