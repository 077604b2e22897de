#include "update/workfile.h"

#include "base/io.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char temporary[] = "new";

enum { BYTES_MAX = 1 << 30, LINK_MAX_BYTES = 4096 };

static const char *last_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int open_parent(const struct ais_work *work, const char *path, bool make,
                       struct ais_error *err) {
    const char *name = last_name(path);
    size_t size = name == path ? 0 : (size_t)(name - path - 1);
    const char *fault = ais_path_fault(path, strlen(path));
    if (fault)
        return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = work->shown}, "\"%s\" %s",
                           path, fault);
    return ais_open_beneath(work->root, path, size, make, work->shown, err);
}

static int read_link(int parent, const char *path, struct ais_work_file *file,
                     struct ais_error *err) {
    char target[LINK_MAX_BYTES];
    ssize_t size = readlinkat(parent, last_name(path), target, sizeof target);
    if (size < 0)
        return ais_fail_errno(err, path, "read");
    file->kind = AIS_WORK_LINK;
    file->mode = AIS_MODE_LINK;
    ais_buf_add(&file->bytes, target, (size_t)size);
    return ais_buf_check(&file->bytes, AIS_FAILED, "a link", err);
}

static int read_file(int parent, const char *path, const struct stat *st,
                     struct ais_work_file *file, struct ais_error *err) {
    int fd = openat(parent, last_name(path), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK), rc;
    if (fd < 0)
        return ais_fail_errno(err, path, "open");
    file->kind = AIS_WORK_FILE;
    file->permissions = st->st_mode & 07777;
    file->mode = st->st_mode & S_IXUSR ? AIS_MODE_EXECUTABLE : AIS_MODE_FILE;
    rc = ais_read_all(fd, path, &file->bytes, err);
    close(fd);
    return rc;
}

int ais_work_read(const struct ais_work *work, const char *path, struct ais_work_file *file,
                  struct ais_error *err) {
    struct ais_error reason = {0};
    struct stat st;
    int parent, rc = 0;
    *file = (struct ais_work_file){.bytes = AIS_BUF(BYTES_MAX)};
    errno = 0;
    parent = open_parent(work, path, false, &reason);
    if (parent < 0 && (errno == ENOTDIR || errno == ELOOP)) {
        file->kind = AIS_WORK_OTHER;
        return 0;
    }
    if (parent < 0 && errno == ENOENT)
        return 0;
    if (parent < 0) {
        if (err && !err->status)
            *err = reason;
        return -1;
    }
    if (fstatat(parent, last_name(path), &st, AT_SYMLINK_NOFOLLOW) < 0)
        rc = errno == ENOENT ? 0 : ais_fail_errno(err, path, "look at");
    else if (S_ISREG(st.st_mode))
        rc = read_file(parent, path, &st, file, err);
    else if (S_ISLNK(st.st_mode))
        rc = read_link(parent, path, file, err);
    else
        file->kind = S_ISDIR(st.st_mode) ? AIS_WORK_FOLDER : AIS_WORK_OTHER;
    close(parent);
    return rc;
}

void ais_work_release(struct ais_work_file *file) {
    ais_buf_release(&file->bytes);
}

/* Writes the bytes to the temporary file or link. */
static int make_temporary(const struct ais_work *work, const char *path, unsigned mode,
                          unsigned permissions, const struct ais_buf *bytes,
                          struct ais_error *err) {
    int fd, rc;
    if (unlinkat(work->tmp, temporary, 0) < 0 && errno != ENOENT)
        return ais_fail_errno(err, path, "write");
    if (mode == AIS_MODE_LINK)
        return symlinkat(ais_buf_text(bytes), work->tmp, temporary) < 0
                   ? ais_fail_errno(err, path, "write")
                   : 0;
    fd = openat(work->tmp, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                mode == AIS_MODE_EXECUTABLE ? 0777 : 0666);
    if (fd < 0)
        return ais_fail_errno(err, path, "write");
    rc = ais_write_all(fd, ais_buf_text(bytes), bytes->size, path, err);
    if (rc == 0 && permissions && fchmod(fd, permissions) < 0)
        rc = ais_fail_errno(err, path, "write");
    return ais_close(&fd, path, err) < 0 ? -1 : rc;
}

int ais_work_put(const struct ais_work *work, const char *path, unsigned mode, unsigned permissions,
                 const struct ais_buf *bytes, struct ais_error *err) {
    int parent = open_parent(work, path, true, err), rc;
    if (parent < 0)
        return -1;
    rc = make_temporary(work, path, mode, permissions, bytes, err);
    if (rc == 0 && renameat(work->tmp, temporary, parent, last_name(path)) < 0)
        rc = ais_fail_errno(err, path, "write");
    close(parent);
    return rc;
}

/* Removes the folders above `path` that are empty. Best effort. */
static void prune(const struct ais_work *work, const char *path) {
    struct ais_error ignored = {0};
    char folder[AIS_PATH_MAX + 1];
    char *slash;
    snprintf(folder, sizeof folder, "%s", path);
    while ((slash = strrchr(folder, '/'))) {
        int parent, rc;
        *slash = '\0';
        parent = open_parent(work, folder, false, &ignored);
        if (parent < 0)
            return;
        rc = unlinkat(parent, last_name(folder), AT_REMOVEDIR);
        close(parent);
        if (rc < 0)
            return;
    }
}

int ais_work_remove(const struct ais_work *work, const char *path, struct ais_error *err) {
    int parent = open_parent(work, path, false, err), rc = 0;
    if (parent < 0)
        return -1;
    if (unlinkat(parent, last_name(path), 0) < 0)
        rc = ais_fail_errno(err, path, "remove");
    close(parent);
    if (rc == 0)
        prune(work, path);
    return rc;
}

int ais_work_stat(const struct ais_work *work, const char *path, struct stat *st,
                  struct ais_error *err) {
    int parent = open_parent(work, path, false, err), rc = 0;
    if (parent < 0)
        return -1;
    if (fstatat(parent, last_name(path), st, AT_SYMLINK_NOFOLLOW) < 0)
        rc = ais_fail_errno(err, path, "look at");
    close(parent);
    return rc;
}
