/* Sinks: where a plan goes. Each publishes whole or not at all.
 *
 * All bytes go to a temporary name beside the target, which is locked while it is worked on.
 * Nothing stands under the final name before ais_sink_publish, which is one rename that replaces
 * nothing (but an empty folder). A temporary whose lock is free was abandoned (kill -9, power
 * loss): whoever makes the next one beside it removes it. */
#ifndef AIS_SINK_SINK_H
#define AIS_SINK_SINK_H

#include "archive/archive.h"
#include "base/error.h"
#include "base/file.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct ais_sink;

/* What sinks are told. `stop` may be NULL; when it becomes non-zero, writing ends with
 * "interrupted". */
struct ais_sink_options {
    bool sync; /* make it last through power loss before publishing */
    const volatile sig_atomic_t *stop;
};

/* Fails where `target` exists as anything but an empty folder; AIS_FAILED. Writes nothing. */
int ais_folder_check(const char *target, struct ais_error *err);
/* Fails where `target` exists. */
int ais_archive_check(const char *target, struct ais_error *err);

/* A folder `target`, whose parent exists. The caller frees the sink, which aborts what was not
 * published. NULL with *err set. */
struct ais_sink *ais_sink_folder(const char *target, const struct ais_sink_options *options,
                                 struct ais_error *err);

/* An archive `target` with everything below the folder `top` ("" for none). `time` is every
 * member's. */
struct ais_sink *ais_sink_archive(const char *target, enum ais_format format, const char *top,
                                  int64_t time, const struct ais_sink_options *options,
                                  struct ais_error *err);

/* Files come sorted by path, and checked (base/path.h; a path below ".git/" is the caller's word).
 */
int ais_sink_add(struct ais_sink *sink, const struct ais_file *file, struct ais_error *err);
/* The end of the files: everything is written and checked, nothing is published yet. */
int ais_sink_finish(struct ais_sink *sink, struct ais_error *err);
void ais_sink_free(struct ais_sink *sink);

/* Adds files[count] and finishes. */
int ais_sink_fill(struct ais_sink *sink, const struct ais_file *files, size_t count,
                  struct ais_error *err);

/* Publishes finished sinks (NULLs are passed over) in the order given. If a later one can't be
 * published, those before are taken back. */
int ais_sinks_publish(struct ais_sink *const *sinks, size_t count, struct ais_error *err);

#endif
