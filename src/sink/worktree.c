#include "sink/worktree.h"

#include "base/io.h"
#include "base/mem.h"
#include "base/path.h"
#include "git/git.h"
#include "git/rebuild.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MEMBER_BYTES_MAX = 1 << 30,
    NO_TIME = 315532800 /* 1980, the first year that zip knows */
};

/* Adds the files below `fd` (taken over) to names, all of them. */
static int walk(int fd, const char *path, unsigned depth, const char *root, struct ais_names *found,
                struct ais_error *err);

static int walk_one(int folder, const char *path, const char *name, unsigned depth,
                    const char *root, struct ais_names *found, struct ais_error *err) {
    struct stat st;
    char *copy;
    if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return ais_fail_errno(err, path, "look at");
    if (S_ISDIR(st.st_mode)) {
        int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        return fd < 0 ? ais_fail_errno(err, path, "open")
                      : walk(fd, path, depth + 1, root, found, err);
    }
    copy = ais_strdup(path);
    if (!copy || ais_grow(&found->names, &found->capacity, found->count + 1, sizeof copy) < 0) {
        ais_free(copy);
        return ais_fail_memory(err);
    }
    found->names[found->count++] = copy;
    return 0;
}

static int walk(int fd, const char *path, unsigned depth, const char *root, struct ais_names *found,
                struct ais_error *err) {
    struct ais_names names = {0};
    int again = fcntl(fd, F_DUPFD_CLOEXEC, 0), rc = -1;
    if (again < 0) {
        close(fd);
        return ais_fail_errno(err, root, "open");
    }
    if (depth > AIS_DEPTH_MAX) {
        close(fd);
        ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = root}, "more than 64 folders deep");
        goto out;
    }
    if (ais_list_folder(fd, root, &names, err) < 0)
        goto out;
    for (size_t i = 0; i < names.count; i++) {
        char *child = ais_path_join(path, names.names[i]);
        int got = child ? walk_one(again, child, names.names[i], depth, root, found, err)
                        : ais_fail_memory(err);
        ais_free(child);
        if (got < 0)
            goto out;
    }
    rc = 0;
out:
    close(again);
    ais_names_release(&names);
    return rc;
}

static int by_bytes(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* The files to pack, sorted by path. */
static int list_files(const char *folder, int root, struct ais_names *names,
                      struct ais_error *err) {
    struct ais_git_names found = {0};
    bool repository = false;
    int fd;
    if (ais_git_work_files(folder, &found, &repository, err) < 0) {
        ais_git_names_release(&found);
        return -1;
    }
    if (repository) { /* the same shape, freed in the same way */
        *names = (struct ais_names){found.paths, found.count, found.count};
        return 0;
    }
    fd = fcntl(root, F_DUPFD_CLOEXEC, 0);
    if (fd < 0)
        return ais_fail_errno(err, folder, "open");
    if (walk(fd, "", 0, folder, names, err) < 0)
        return -1;
    if (names->count)
        qsort(names->names, names->count, sizeof *names->names, by_bytes);
    return 0;
}

static int add(struct ais_sink *sink, int root, const char *folder, const char *path,
               struct ais_error *err) {
    struct ais_buf text = AIS_BUF(MEMBER_BYTES_MAX);
    struct ais_file file = {.path = path};
    const char *fault = ais_path_fault(path, strlen(path));
    struct stat st;
    int fd = -1, rc = -1;
    if (fault) {
        ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = folder}, "\"%s\" %s", path, fault);
        goto out;
    }
    fd = ais_open_file_beneath(root, path, folder, err);
    if (fd < 0)
        goto out;
    if (fstat(fd, &st) < 0) {
        ais_fail_errno(err, path, "look at");
        goto out;
    }
    if (ais_read_all(fd, path, &text, err) < 0)
        goto out;
    file.data = ais_buf_text(&text);
    file.size = text.size;
    file.executable = st.st_mode & S_IXUSR;
    rc = ais_sink_add(sink, &file, err);
out:
    if (fd >= 0)
        close(fd);
    ais_buf_release(&text);
    return rc;
}

/* The folder's own name, also where it is given as ".". The caller's (ais_free), or NULL. */
static char *own_name(const char *folder, struct ais_error *err) {
    char *real = realpath(folder, NULL);
    char *name = NULL;
    if (!real) {
        ais_fail_errno(err, folder, "open");
        return NULL;
    }
    name = ais_strdup(strcmp(real, "/") == 0 ? "root" : basename(real));
    if (!name)
        ais_fail_memory(err);
    free(real);
    return name;
}

static int choose_time(const struct ais_package *package, int64_t *time, struct ais_error *err) {
    long long head = 0;
    bool found = false;
    *time = package->time;
    if (package->time >= 0)
        return 0;
    if (ais_git_head_time(package->folder, &head, &found, err) < 0)
        return -1;
    *time = !found ? NO_TIME : head > 0 ? head : 0;
    return 0;
}

/* Adds the files and, between them, those of `.git`: members come sorted by path. */
static int fill(struct ais_sink *sink, int root, const struct ais_package *package,
                const struct ais_names *names, const struct ais_image *image,
                struct ais_error *err) {
    size_t inner = 0;
    for (size_t i = 0; i <= names->count; i++) {
        const char *path = i < names->count ? names->names[i] : NULL;
        if (package->options.stop && *package->options.stop)
            return ais_fail(err, AIS_FAILED, "interrupted");
        if (package->progress)
            package->progress(package->payload, i, names->count);
        for (; inner < image->count && (!path || strcmp(image->files[inner].path, path) < 0);
             inner++)
            if (ais_sink_add(sink, &image->files[inner], err) < 0)
                return -1;
        if (path && add(sink, root, package->folder, path, err) < 0)
            return -1;
    }
    return 0;
}

int ais_package_write(const struct ais_package *package, size_t *count, struct ais_error *err) {
    struct ais_sink *sink = NULL;
    struct ais_names names = {0};
    struct ais_image image = {0};
    int root = open(package->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = -1;
    char *top = NULL;
    int64_t time;
    if (root < 0) {
        ais_fail_errno(err, package->folder, "open");
        goto out;
    }
    top = own_name(package->folder, err);
    if (!top || choose_time(package, &time, err) < 0 ||
        list_files(package->folder, root, &names, err) < 0)
        goto out;
    if (package->git && ais_git_rebuild(&image, package->folder, err) < 0)
        goto out;
    sink = ais_sink_archive(package->archive, package->format, top, time, &package->options, err);
    if (!sink)
        goto out;
    if (fill(sink, root, package, &names, &image, err) < 0)
        goto out;
    *count = names.count;
    if (ais_sink_finish(sink, err) == 0)
        rc = ais_sinks_publish(&sink, 1, err);
out:
    ais_sink_free(sink);
    ais_names_release(&names);
    ais_image_release(&image);
    ais_free(top);
    if (root >= 0)
        close(root);
    return rc;
}
