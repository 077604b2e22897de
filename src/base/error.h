/* Errors: set once, one line, with the place they come from. */
#ifndef AIS_BASE_ERROR_H
#define AIS_BASE_ERROR_H

#include "aiscaffold.h"

#include <stdbool.h>
#include <stddef.h>

/* Where in a file something stands. `path` is borrowed; line and column count from 1, 0 is
 * "unknown". */
struct ais_place {
    const char *path;
    unsigned line;
    unsigned column;
};

#if defined(__GNUC__)
#define AIS_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define AIS_PRINTF(fmt, args)
#endif

/* Each sets *err unless it is set already or NULL, and returns -1, so that callers can return it.
 * `ais_fail` names no file; `ais_fail_at` names a place (copied). */
int ais_fail(struct ais_error *err, enum ais_status status, const char *fmt, ...) AIS_PRINTF(3, 4);
int ais_fail_at(struct ais_error *err, enum ais_status status, struct ais_place at, const char *fmt,
                ...) AIS_PRINTF(4, 5);

/* "PATH: cannot WHAT: strerror(errno)", status AIS_FAILED. Reads errno first. */
int ais_fail_errno(struct ais_error *err, const char *path, const char *what);

/* "out of memory", status AIS_FAILED, and whether an error is that. */
int ais_fail_memory(struct ais_error *err);
bool ais_is_no_memory(const struct ais_error *err);

/* Writes ` (did you mean "X"?)` for the word nearest to `word`, or "", into hint[size].
 * `words` may hold NULLs, which are passed over. Returns hint. */
const char *ais_did_you_mean(char *hint, size_t size, const char *word, const char *const *words,
                             size_t count);

#endif
