#include "kit/submission.h"

#include "base/path.h"
#include "plan/plan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 200000, FILE_BYTES_MAX = 1 << 30 };

static bool begins(const char *path, const char *with) {
    return strncmp(path, with, strlen(with)) == 0;
}

/* Whether a file below .git holds history. Its configuration, hooks and all else have no say. */
static bool is_history(const char *path) {
    return strcmp(path, "HEAD") == 0 || strcmp(path, "packed-refs") == 0 || begins(path, "refs/") ||
           begins(path, "objects/");
}

static bool is_inside_git(const char *path) {
    return begins(path, ".git/");
}

static int fail(const struct ais_submission *s, const char *path, const char *what,
                struct ais_error *err) {
    return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = s->shown}, "\"%.300s\" %s", path,
                       what);
}

static int keep_git(struct ais_submission *s, const char *path, const char *data, size_t size,
                    struct ais_error *err) {
    struct ais_file file = {.size = size};
    if (!is_history(path))
        return 0;
    file.path = ais_arena_strdup(&s->arena, path);
    file.data = ais_arena_strndup(&s->arena, data, size);
    if (!file.path || !file.data ||
        ais_grow(&s->git, &s->git_capacity, s->git_count + 1, sizeof file) < 0)
        return ais_fail_memory(err);
    s->git[s->git_count++] = file;
    return 0;
}

/* The digest under which a file is the same whatever its line ends are; "" where they are LF. */
static int unix_digest(const char *data, size_t size, char hex[AIS_SHA256_HEX],
                       struct ais_error *err) {
    char *text;
    size_t n = 0;
    hex[0] = '\0';
    if (!memmem(data, size, "\r\n", 2) || memchr(data, '\0', size))
        return 0;
    text = ais_malloc(size);
    if (!text)
        return ais_fail_memory(err);
    for (size_t i = 0; i < size; i++)
        if (data[i] != '\r' || i + 1 == size || data[i + 1] != '\n')
            text[n++] = data[i];
    ais_sha256(text, n, hex);
    ais_free(text);
    return 0;
}

int ais_submission_add(struct ais_submission *s, const char *path, const char *data, size_t size,
                       struct ais_error *err) {
    struct ais_submitted file = {.path = NULL};
    if (s->count + s->git_count >= FILES_MAX)
        return fail(s, path, "is one file too many: more than 200000", err);
    if (size > s->left)
        return fail(s, path, "makes it larger than what is read", err);
    s->left -= size;
    if (is_inside_git(path))
        return keep_git(s, path + 5, data, size, err);
    ais_sha256(data, size, file.sha256);
    if (unix_digest(data, size, file.unix_sha256, err) < 0)
        return -1;
    file.path = ais_arena_strdup(&s->arena, path);
    if (!file.path || ais_grow(&s->files, &s->capacity, s->count + 1, sizeof file) < 0)
        return ais_fail_memory(err);
    s->files[s->count++] = file;
    if (strcmp(path, AIS_RECORD_PATH) == 0) {
        s->record = ais_arena_strndup(&s->arena, data, size);
        s->record_size = size;
        if (!s->record)
            return ais_fail_memory(err);
    }
    return s->inspect ? s->inspect(s->payload, path, data, size, err) : 0;
}

int ais_submission_add_odd(struct ais_submission *s, const char *path, const char *why,
                           bool harmless, struct ais_error *err) {
    size_t last = s->odd.count, first = s->refused;
    char *copy = ais_strdup(path);
    if (!copy || ais_grow(&s->odd.names, &s->odd.capacity, s->odd.count + 1, sizeof copy) < 0 ||
        ais_grow(&s->odd_whys, &s->odd_why_capacity, s->odd.count + 1, sizeof why) < 0) {
        ais_free(copy);
        return ais_fail_memory(err);
    }
    s->odd.count++;
    if (harmless) {
        s->odd.names[last] = copy;
        s->odd_whys[last] = why;
        return 0;
    }
    s->odd.names[last] = s->odd.names[first];
    s->odd_whys[last] = s->odd_whys[first];
    s->odd.names[first] = copy;
    s->odd_whys[first] = why;
    s->refused++;
    return 0;
}

/* Reads a regular file, which is what `parent` has under `name`. */
static int read_file(struct ais_submission *s, int parent, const char *name, const char *path,
                     struct ais_error *err) {
    struct ais_buf data = AIS_BUF(s->left < FILE_BYTES_MAX ? s->left : FILE_BYTES_MAX);
    int fd = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK), rc = -1;
    struct stat st;
    if (fd < 0 || fstat(fd, &st) < 0) {
        ais_fail_errno(err, path, "open");
    } else if (!S_ISREG(st.st_mode)) {
        rc = ais_submission_add_odd(s, path, "is no regular file", true,
                                    err); /* it was changed just now */
    } else if (is_inside_git(path) && !is_history(path + 5)) {
        rc = 0;
    } else if (ais_read_all(fd, path, &data, err) == 0) {
        rc = ais_submission_add(s, path, ais_buf_text(&data), data.size, err);
    }
    if (fd >= 0)
        close(fd);
    ais_buf_release(&data);
    return rc;
}

/* No deeper than a path may be: see ais_path_foreign_fault. */
static int read_folder(struct ais_submission *s, int fd, const char *path, struct ais_error *err);

static int read_entry(struct ais_submission *s, int parent, const char *folder, const char *name,
                      struct ais_error *err) {
    char *path = ais_path_join(folder, name);
    const char *fault = path ? ais_path_foreign_fault(path, strlen(path)) : NULL;
    struct stat st;
    int rc = -1, fd;
    if (!path)
        return ais_fail_memory(err);
    if (fault)
        fail(s, path, fault, err);
    else if (fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        ais_fail_errno(err, path, "look at");
    else if (S_ISREG(st.st_mode))
        rc = read_file(s, parent, name, path, err);
    else if (!S_ISDIR(st.st_mode))
        rc = ais_submission_add_odd(s, path, "is no regular file", true, err);
    else if ((fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)) < 0)
        ais_fail_errno(err, path, "open");
    else
        rc = read_folder(s, fd, path, err);
    ais_free(path);
    return rc;
}

static int read_folder(struct ais_submission *s, int fd, const char *path, struct ais_error *err) {
    struct ais_names names = {0};
    int again = fcntl(fd, F_DUPFD_CLOEXEC, 0), rc = -1;
    if (again < 0) {
        close(fd);
        return ais_fail_errno(err, s->shown, "open");
    }
    if (ais_list_folder(fd, s->shown, &names, err) < 0)
        goto out;
    for (size_t i = 0; i < names.count; i++)
        if (read_entry(s, again, path, names.names[i], err) < 0)
            goto out;
    rc = 0;
out:
    close(again);
    ais_names_release(&names);
    return rc;
}

int ais_submission_read(struct ais_submission *s, int fd, struct ais_error *err) {
    return read_folder(s, fd, "", err);
}

static int by_path(const void *a, const void *b) {
    const struct ais_submitted *x = a, *y = b;
    return strcmp(x->path, y->path);
}

static int by_git_path(const void *a, const void *b) {
    const struct ais_file *x = a, *y = b;
    return strcmp(x->path, y->path);
}

void ais_submission_finish(struct ais_submission *s) {
    if (s->count)
        qsort(s->files, s->count, sizeof *s->files, by_path);
    if (s->git_count)
        qsort(s->git, s->git_count, sizeof *s->git, by_git_path);
}

const struct ais_submitted *ais_submission_find(const struct ais_submission *s, const char *path) {
    struct ais_submitted key = {.path = path};
    return s->count ? bsearch(&key, s->files, s->count, sizeof key, by_path) : NULL;
}

void ais_submission_release(struct ais_submission *s) {
    ais_free(s->files);
    ais_free(s->git);
    ais_names_release(&s->odd);
    ais_free(s->odd_whys);
    ais_arena_release(&s->arena);
    *s = (struct ais_submission){0};
}
