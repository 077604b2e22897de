#include "template/source.h"

#include "base/io.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct reader {
    struct ais_source *source;
    struct ais_file *files;
    size_t count, capacity, bytes;
    struct ais_error *err;
};

static int fail(struct reader *r, const char *path, const char *what) {
    const char *shown = ais_source_shown(r->source, path);
    if (!shown)
        return ais_fail_memory(r->err);
    return ais_fail_at(r->err, AIS_TEMPLATE, (struct ais_place){.path = shown}, "%s", what);
}

static int fail_errno(struct reader *r, const char *path, const char *what) {
    int reason = errno;
    const char *shown = ais_source_shown(r->source, path);
    if (!shown)
        return ais_fail_memory(r->err);
    errno = reason;
    return ais_fail_errno(r->err, shown, what);
}

static int keep(struct reader *r, const char *path, const struct ais_buf *text, bool executable) {
    struct ais_arena *arena = &r->source->arena;
    struct ais_file file = {.size = text->size, .executable = executable};
    file.path = ais_arena_strdup(arena, path);
    file.data = ais_arena_strndup(arena, ais_buf_text(text), text->size);
    if (!file.path || !file.data ||
        ais_grow(&r->files, &r->capacity, r->count + 1, sizeof file) < 0)
        return ais_fail_memory(r->err);
    r->files[r->count++] = file;
    return 0;
}

static int read_one(struct reader *r, int fd, const char *path, const struct stat *st) {
    struct ais_buf text = AIS_BUF(AIS_SOURCE_FILE_BYTES_MAX);
    const char *shown = ais_source_shown(r->source, path);
    int rc = -1;
    if (!shown) {
        ais_fail_memory(r->err);
        goto out;
    }
    if (r->count >= AIS_SOURCE_FILES_MAX) {
        fail(r, "", "more than 100000 files");
        goto out;
    }
    if (st->st_size > AIS_SOURCE_FILE_BYTES_MAX) {
        fail(r, path, "larger than 67108864 bytes");
        goto out;
    }
    if (ais_read_all(fd, shown, &text, r->err) < 0)
        goto out;
    r->bytes += text.size;
    if (r->bytes > AIS_SOURCE_BYTES_MAX) {
        fail(r, "", "more than 536870912 bytes in all its files");
        goto out;
    }
    rc = keep(r, path, &text, st->st_mode & S_IXUSR);
out:
    ais_buf_release(&text);
    return rc;
}

static int read_folder(struct reader *r, int fd, const char *path, unsigned depth);

static int read_name(struct reader *r, int folder, const char *path, const char *name,
                     unsigned depth) {
    const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    struct stat st;
    int fd = openat(folder, name, flags), rc = -1;
    if (fd < 0)
        return errno == ELOOP ? fail(r, path, "a symbolic link, which templates can't hold")
                              : fail_errno(r, path, "open");
    if (fstat(fd, &st) < 0)
        fail_errno(r, path, "read");
    else if (S_ISDIR(st.st_mode))
        return read_folder(r, fd, path, depth + 1);
    else if (!S_ISREG(st.st_mode))
        fail(r, path, "neither a file nor a folder");
    else
        rc = read_one(r, fd, path, &st);
    close(fd);
    return rc;
}

/* Takes fd over. */
static int read_folder(struct reader *r, int fd, const char *path, unsigned depth) {
    struct ais_names names = {0};
    int rc = -1, again = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (depth > AIS_DEPTH_MAX) {
        close(fd);
        fail(r, path, "more than 64 folders deep");
        goto out;
    }
    if (again < 0) {
        close(fd);
        fail_errno(r, path, "open");
        goto out;
    }
    if (ais_list_folder(fd, path, &names, r->err) < 0)
        goto out;
    for (size_t i = 0; i < names.count; i++) {
        char *child;
        int got;
        if (depth == 0 && strcmp(names.names[i], ".git") == 0)
            continue; /* a template may be under version control */
        child = ais_path_join(path, names.names[i]);
        got = child ? read_name(r, again, child, names.names[i], depth) : ais_fail_memory(r->err);
        ais_free(child);
        if (got < 0)
            goto out;
    }
    rc = 0;
out:
    if (again >= 0)
        close(again);
    ais_names_release(&names);
    return rc;
}

static int by_path(const void *a, const void *b) {
    const struct ais_file *x = a, *y = b;
    return strcmp(x->path, y->path);
}

static int adopt(struct reader *r) {
    struct ais_file *files = ais_arena_alloc(&r->source->arena, (r->count + 1) * sizeof *files);
    if (!files)
        return ais_fail_memory(r->err);
    if (r->count) {
        qsort(r->files, r->count, sizeof *r->files, by_path);
        memcpy(files, r->files, r->count * sizeof *files);
    }
    r->source->files = files;
    r->source->count = r->count;
    return 0;
}

struct ais_source *ais_source_folder(const char *path, struct ais_error *err) {
    struct ais_source *source = ais_calloc(1, sizeof *source);
    struct reader r = {.source = source, .err = err};
    int fd, rc = -1;
    if (!source || !(source->shown = ais_arena_strdup(&source->arena, path))) {
        ais_fail_memory(err);
        goto out;
    }
    fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        ais_fail_errno(err, path, "open");
        goto out;
    }
    if (read_folder(&r, fd, "", 0) < 0 || adopt(&r) < 0)
        goto out;
    rc = 0;
out:
    ais_free(r.files);
    if (rc < 0) {
        ais_source_free(source);
        source = NULL;
    }
    return source;
}

void ais_source_free(struct ais_source *source) {
    if (!source)
        return;
    ais_arena_release(&source->arena);
    ais_free(source);
}

/* The first file that does not sort before `path`. */
static size_t lower_bound(const struct ais_source *source, const char *path) {
    size_t low = 0, high = source->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(source->files[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct ais_file *ais_source_find(const struct ais_source *source, const char *path) {
    size_t i = lower_bound(source, path);
    return i < source->count && strcmp(source->files[i].path, path) == 0 ? &source->files[i] : NULL;
}

const struct ais_file *ais_source_below(const struct ais_source *source, const char *prefix,
                                        size_t *count) {
    size_t size = strlen(prefix), first = lower_bound(source, prefix), last = first;
    while (last < source->count && strncmp(source->files[last].path, prefix, size) == 0)
        last++;
    *count = last - first;
    return source->files + first;
}

static const char *join_shown(struct ais_source *source, const char *path) {
    char *joined = ais_path_join(source->shown, path);
    const char *shown = joined ? ais_arena_strdup(&source->arena, joined) : NULL;
    ais_free(joined);
    return shown;
}

/* Files are asked for again by every plan: each name is made once. */
const char *ais_source_shown(struct ais_source *source, const char *path) {
    const struct ais_file *file = source->files ? ais_source_find(source, path) : NULL;
    const char **shown;
    if (!file)
        return join_shown(source, path);
    if (!source->shown_files)
        source->shown_files =
            ais_arena_alloc(&source->arena, source->count * sizeof *source->shown_files);
    if (!source->shown_files)
        return NULL;
    shown = &source->shown_files[file - source->files];
    if (!*shown)
        *shown = join_shown(source, path);
    return *shown;
}
