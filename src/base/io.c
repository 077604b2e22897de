#include "base/io.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int ais_read_all(int fd, const char *path, struct ais_buf *out, struct ais_error *err) {
    char block[64 * 1024];
    for (;;) {
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ais_fail_errno(err, path, "read");
        if (n == 0)
            return 0;
        ais_buf_add(out, block, (size_t)n);
        if (out->too_large)
            return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = path},
                               "larger than %zu bytes", out->limit);
        if (out->no_memory)
            return ais_fail_memory(err);
    }
}

int ais_read_file(const char *path, struct ais_buf *out, struct ais_error *err) {
    int rc, fd;
    if (strcmp(path, "-") == 0)
        return ais_read_all(STDIN_FILENO, "standard input", out, err);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ais_fail_errno(err, path, "open");
    rc = ais_read_all(fd, path, out, err);
    close(fd);
    return rc;
}

int ais_write_all(int fd, const void *data, size_t size, const char *path, struct ais_error *err) {
    const char *from = data;
    while (size) {
        ssize_t n = write(fd, from, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ais_fail_errno(err, path, "write");
        from += n;
        size -= (size_t)n;
    }
    return 0;
}

int ais_close(int *fd, const char *path, struct ais_error *err) {
    int rc;
    if (*fd < 0)
        return 0;
    rc = close(*fd);
    *fd = -1; /* closed even where close fails, on Linux */
    if (rc < 0 && errno != EINTR)
        return ais_fail_errno(err, path, "close");
    return 0;
}

static bool is_dots(const char *name) {
    return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

/* Empties the folder behind fd, and closes it. */
static int empty_folder(int fd) {
    DIR *dir = fdopendir(fd);
    struct dirent *entry;
    int rc = 0, reason = 0;
    if (!dir) {
        close(fd);
        return -1;
    }
    while ((entry = readdir(dir))) {
        if (is_dots(entry->d_name))
            continue;
        if (unlinkat(dirfd(dir), entry->d_name, 0) == 0)
            continue;
        if ((errno == EISDIR || errno == EPERM) && ais_remove_tree(dirfd(dir), entry->d_name) == 0)
            continue;
        reason = errno;
        rc = -1;
    }
    closedir(dir);
    errno = reason;
    return rc;
}

int ais_remove_tree(int parent, const char *name) {
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || empty_folder(fd) < 0)
        return -1;
    return unlinkat(parent, name, AT_REMOVEDIR);
}

int ais_is_empty_folder(int fd) {
    int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = copy < 0 ? NULL : fdopendir(copy);
    struct dirent *entry;
    int empty = 1;
    if (!dir) {
        if (copy >= 0)
            close(copy);
        return -1;
    }
    while (empty && (entry = readdir(dir)))
        empty = is_dots(entry->d_name);
    closedir(dir);
    return empty;
}

static int by_bytes(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

int ais_list_folder(int fd, const char *path, struct ais_names *names, struct ais_error *err) {
    DIR *dir = fdopendir(fd);
    struct dirent *entry;
    int rc = -1;
    if (!dir) {
        close(fd);
        return ais_fail_errno(err, path, "open");
    }
    while (errno = 0, (entry = readdir(dir))) {
        char *name;
        if (is_dots(entry->d_name))
            continue;
        name = ais_strdup(entry->d_name);
        if (!name || ais_grow(&names->names, &names->capacity, names->count + 1, sizeof name) < 0) {
            ais_free(name);
            ais_fail_memory(err);
            goto out;
        }
        names->names[names->count++] = name;
    }
    if (errno) {
        ais_fail_errno(err, path, "read");
        goto out;
    }
    if (names->count)
        qsort(names->names, names->count, sizeof *names->names, by_bytes);
    rc = 0;
out:
    closedir(dir);
    return rc;
}

void ais_names_release(struct ais_names *names) {
    for (size_t i = 0; i < names->count; i++)
        ais_free(names->names[i]);
    ais_free(names->names);
    *names = (struct ais_names){0};
}
