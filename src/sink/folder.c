#include "base/io.h"
#include "base/mem.h"
#include "base/path.h"
#include "sink/ops.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* The folder that the last file went to stays open: files come sorted, so the next one is often
 * there. */
struct folder {
    struct ais_sink sink;
    char *path; /* of `at`, below the project; NULL before the first */
    int at;
};

/* Opens or makes the folder of the file, name by name. Leaves it in f->at. */
static int enter(struct folder *f, const char *path, size_t size, struct ais_error *err) {
    char *folder;
    int fd;
    if (f->path && strlen(f->path) == size && strncmp(f->path, path, size) == 0)
        return 0;
    folder = ais_strndup(path, size);
    if (!folder)
        return ais_fail_memory(err);
    fd = ais_open_beneath(f->sink.staging.fd, path, size, true, f->sink.staging.target, err);
    if (fd < 0) {
        ais_free(folder);
        return -1;
    }
    if (f->at >= 0)
        close(f->at);
    ais_free(f->path);
    f->at = fd;
    f->path = folder;
    return 0;
}

static int add(struct ais_sink *sink, const struct ais_file *file, struct ais_error *err) {
    struct folder *f = (struct folder *)sink;
    const char *slash = strrchr(file->path, '/');
    const char *name = slash ? slash + 1 : file->path;
    int fd, rc;
    if (enter(f, file->path, slash ? (size_t)(slash - file->path) : 0, err) < 0)
        return -1;
    fd = openat(f->at, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                file->executable ? 0777 : 0666);
    if (fd < 0)
        return ais_fail_errno(err, file->path, "make");
    rc = ais_write_all(fd, file->data, file->size, file->path, err);
    if (rc == 0 && sink->options.sync && fsync(fd) < 0)
        rc = ais_fail_errno(err, file->path, "sync");
    if (ais_close(&fd, file->path, err) < 0)
        rc = -1;
    return rc;
}

static int finish(struct ais_sink *sink, struct ais_error *err) {
    if (sink->options.sync && syncfs(sink->staging.fd) < 0)
        return ais_fail_errno(err, sink->staging.target, "sync");
    return 0;
}

static void release(struct ais_sink *sink) {
    struct folder *f = (struct folder *)sink;
    if (f->at >= 0)
        close(f->at);
    ais_free(f->path);
}

struct ais_sink *ais_sink_folder(const char *target, const struct ais_sink_options *options,
                                 struct ais_error *err) {
    static const struct ais_sink_ops ops = {add, finish, release};
    struct folder *f = ais_calloc(1, sizeof *f);
    if (!f) {
        ais_fail_memory(err);
        return NULL;
    }
    f->sink.ops = &ops;
    f->sink.options = *options;
    f->sink.staging = AIS_STAGING_NONE;
    f->at = -1;
    if (ais_folder_check(target, err) < 0 ||
        ais_staging_open(&f->sink.staging, target, true, err) < 0) {
        ais_sink_free(&f->sink);
        return NULL;
    }
    return &f->sink;
}
