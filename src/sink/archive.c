#include "base/io.h"
#include "base/mem.h"
#include "base/path.h"
#include "sink/ops.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct archive {
    struct ais_sink sink;
    struct ais_archive *writer;
    char *top;
};

static int write_bytes(void *payload, const void *data, size_t size, struct ais_error *err) {
    const struct archive *a = payload;
    return ais_write_all(a->sink.staging.fd, data, size, a->sink.staging.target, err);
}

static int add(struct ais_sink *sink, const struct ais_file *file, struct ais_error *err) {
    struct archive *a = (struct archive *)sink;
    char *path = ais_path_join(a->top, file->path);
    int rc;
    if (!path)
        return ais_fail_memory(err);
    rc = ais_archive_add(a->writer, path, file->data, file->size, file->executable, err);
    ais_free(path);
    return rc;
}

/* Some file systems tell only a close that they could not write. A copy is closed: closing the file
 * itself would give up its lock. */
static int finish(struct ais_sink *sink, struct ais_error *err) {
    struct archive *a = (struct archive *)sink;
    int copy;
    if (ais_archive_finish(a->writer, err) < 0)
        return -1;
    if (sink->options.sync && fsync(sink->staging.fd) < 0)
        return ais_fail_errno(err, sink->staging.target, "sync");
    copy = fcntl(sink->staging.fd, F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        return ais_fail_errno(err, sink->staging.target, "close");
    return ais_close(&copy, sink->staging.target, err);
}

static void release(struct ais_sink *sink) {
    struct archive *a = (struct archive *)sink;
    ais_archive_free(a->writer);
    ais_free(a->top);
}

struct ais_sink *ais_sink_archive(const char *target, enum ais_format format, const char *top,
                                  int64_t time, const struct ais_sink_options *options,
                                  struct ais_error *err) {
    static const struct ais_sink_ops ops = {add, finish, release};
    struct archive *a = ais_calloc(1, sizeof *a);
    if (!a) {
        ais_fail_memory(err);
        return NULL;
    }
    a->sink.ops = &ops;
    a->sink.options = *options;
    a->sink.staging = AIS_STAGING_NONE;
    a->top = ais_strdup(top);
    if (!a->top)
        ais_fail_memory(err);
    else if (ais_archive_check(target, err) == 0 &&
             ais_staging_open(&a->sink.staging, target, false, err) == 0)
        a->writer = ais_archive_new(format, time, write_bytes, a, err);
    if (!a->writer) {
        ais_sink_free(&a->sink);
        return NULL;
    }
    return &a->sink;
}
