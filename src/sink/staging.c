#include "sink/staging.h"

#include "base/io.h"
#include "base/mem.h"
#include "sink/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static const char prefix[] = ".aiscaffold-", suffix[] = ".tmp";
enum { RANDOM_BYTES = 8, TRIES = 100 };

static int fail_exists(const char *target, struct ais_error *err) {
    return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = target},
                       "exists already, and nothing is replaced (choose another name)");
}

/* Opens the folder that `target` stands in. */
static int open_parent(const char *target, struct ais_error *err) {
    char *copy = ais_strdup(target), *parent;
    int fd;
    if (!copy)
        return ais_fail_memory(err);
    parent = dirname(copy);
    fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 && errno == EACCES) /* it may still be written */
        fd = open(parent, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        ais_fail_errno(err, parent, "open the folder");
    ais_free(copy);
    return fd;
}

/* What stands at `target`: 1 and *st, or 0 for nothing; its folder must be there. */
static int look_at(const char *target, struct stat *st, struct ais_error *err) {
    int parent;
    if (lstat(target, st) == 0)
        return 1;
    if (errno != ENOENT)
        return ais_fail_errno(err, target, "look at");
    parent = open_parent(target, err);
    if (parent < 0)
        return -1;
    close(parent);
    return 0;
}

int ais_folder_check(const char *target, struct ais_error *err) {
    struct stat st;
    int fd, empty, found = look_at(target, &st, err);
    if (found <= 0)
        return found;
    if (!S_ISDIR(st.st_mode))
        return fail_exists(target, err);
    fd = open(target, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    empty = fd < 0 ? -1 : ais_is_empty_folder(fd);
    if (empty < 0)
        ais_fail_errno(err, target, "open");
    else if (!empty)
        ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = target},
                    "the folder is not empty, and nothing is replaced (choose another name)");
    if (fd >= 0)
        close(fd);
    return empty == 1 ? 0 : -1;
}

int ais_archive_check(const char *target, struct ais_error *err) {
    struct stat st;
    int found = look_at(target, &st, err);
    return found > 0 ? fail_exists(target, err) : found;
}

/* Whether the name is one that make_temporary gives. */
static bool is_temporary(const char *name) {
    size_t size = strlen(name), ends = sizeof prefix - 1 + sizeof suffix - 1;
    return size == ends + (size_t)2 * RANDOM_BYTES &&
           strncmp(name, prefix, sizeof prefix - 1) == 0 &&
           strspn(name + sizeof prefix - 1, "0123456789abcdef") == (size_t)2 * RANDOM_BYTES &&
           strcmp(name + size - (sizeof suffix - 1), suffix) == 0;
}

/* Removes a temporary whose lock is free. Best effort: what can't be removed stays. */
static void remove_abandoned(int parent, const char *name) {
    int fd = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat st;
    if (fd < 0)
        return;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &st) == 0) {
        if (S_ISDIR(st.st_mode))
            ais_remove_tree(parent, name);
        else if (S_ISREG(st.st_mode))
            unlinkat(parent, name, 0);
    }
    close(fd);
}

int ais_staging_sweep(int folder, const char *shown, struct ais_error *err) {
    struct ais_names names = {0};
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = -1;
    if (fd < 0) {
        rc =
            errno == EACCES ? 0 : ais_fail_errno(err, shown, "look beside"); /* may be unreadable */
        goto out;
    }
    if (ais_list_folder(fd, shown, &names, err) < 0)
        goto out;
    for (size_t i = 0; i < names.count; i++)
        if (is_temporary(names.names[i]))
            remove_abandoned(folder, names.names[i]);
    rc = 0;
out:
    ais_names_release(&names);
    return rc;
}

static int random_name(char *name, size_t size, struct ais_error *err) {
    unsigned char bytes[RANDOM_BYTES];
    size_t used = (size_t)snprintf(name, size, "%s", prefix);
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return ais_fail_errno(err, "", "get random bytes");
    for (size_t i = 0; i < sizeof bytes; i++)
        used += (size_t)snprintf(name + used, size - used, "%02x", bytes[i]);
    snprintf(name + used, size - used, "%s", suffix);
    return 0;
}

/* Makes, opens and locks one temporary: 1, or 0 where another run took it for abandoned before it
 * was locked, or -1 with errno set. */
static int make_temporary(struct ais_staging *s) {
    struct stat mine, there;
    if (s->folder && mkdirat(s->parent, s->temporary, 0777) < 0)
        return errno == EEXIST ? 0 : -1;
    s->fd = openat(s->parent, s->temporary,
                   s->folder ? O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
                             : O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                   0666);
    if (s->fd < 0) {
        int reason = errno;
        if (s->folder)
            unlinkat(s->parent, s->temporary, AT_REMOVEDIR);
        errno = reason;
        return (s->folder && reason == ENOENT) || reason == EEXIST ? 0 : -1;
    }
    if (flock(s->fd, LOCK_EX | LOCK_NB) == 0 && fstat(s->fd, &mine) == 0 &&
        fstatat(s->parent, s->temporary, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
        mine.st_ino == there.st_ino && mine.st_dev == there.st_dev)
        return 1;
    close(s->fd);
    s->fd = -1;
    return 0;
}

static int make_name(struct ais_staging *s, const char *target) {
    char *copy = ais_strdup(target);
    s->target = ais_strdup(target);
    s->name = copy ? ais_strdup(basename(copy)) : NULL;
    ais_free(copy);
    return s->target && s->name ? 0 : -1;
}

/* Makes and locks the temporary of s->parent. */
static int make_any(struct ais_staging *s, const char *target, struct ais_error *err) {
    for (int i = 0; i < TRIES; i++) {
        int made;
        if (random_name(s->temporary, sizeof s->temporary, err) < 0)
            return -1;
        made = make_temporary(s);
        if (made < 0)
            return ais_fail_errno(err, target, "make a temporary beside it");
        if (made)
            return 0;
    }
    return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = target},
                       "cannot make a temporary beside it");
}

int ais_staging_open_in(struct ais_staging *s, int folder, const char *shown, const char *name,
                        struct ais_error *err) {
    *s = AIS_STAGING_NONE;
    s->target = ais_strdup(shown);
    s->name = ais_strdup(name);
    if (!s->target || !s->name)
        return ais_fail_memory(err);
    s->parent = fcntl(folder, F_DUPFD_CLOEXEC, 0);
    if (s->parent < 0)
        return ais_fail_errno(err, shown, "open the folder");
    return make_any(s, shown, err);
}

int ais_staging_open(struct ais_staging *s, const char *target, bool folder,
                     struct ais_error *err) {
    *s = AIS_STAGING_NONE;
    s->folder = folder;
    if (make_name(s, target) < 0)
        return ais_fail_memory(err);
    s->parent = open_parent(target, err);
    if (s->parent < 0 || ais_staging_sweep(s->parent, target, err) < 0)
        return -1;
    return make_any(s, target, err);
}

/* Renames a file without replacing one, also where the file system knows no such rename. */
static int rename_file(const struct ais_staging *s) {
    if (renameat2(s->parent, s->temporary, s->parent, s->name, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (linkat(s->parent, s->temporary, s->parent, s->name, 0) < 0)
        return -1;
    unlinkat(s->parent, s->temporary, 0);
    return 0;
}

int ais_staging_publish(struct ais_staging *s, struct ais_error *err) {
    /* a folder's rename replaces an empty folder at most, by itself */
    int rc = s->folder ? renameat(s->parent, s->temporary, s->parent, s->name) : rename_file(s);
    if (rc < 0 && (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR))
        return fail_exists(s->target, err);
    if (rc < 0)
        return ais_fail_errno(err, s->target, "make");
    s->published = true;
    return 0;
}

int ais_staging_replace(struct ais_staging *s, struct ais_error *err) {
    if (renameat(s->parent, s->temporary, s->parent, s->name) < 0)
        return ais_fail_errno(err, s->target, "make");
    s->published = true;
    return 0;
}

int ais_staging_undo(struct ais_staging *s) {
    if (!s->published)
        return 0;
    /* a folder goes at once, too: back to a name that the next run removes if this one can't */
    if (s->folder ? renameat(s->parent, s->name, s->parent, s->temporary) < 0
                  : unlinkat(s->parent, s->name, 0) < 0)
        return -1;
    s->published = false;
    return 0;
}

void ais_staging_close(struct ais_staging *s) {
    if (!s->published && s->parent >= 0 && s->fd >= 0) {
        if (s->folder)
            ais_remove_tree(s->parent, s->temporary);
        else
            unlinkat(s->parent, s->temporary, 0);
    }
    if (s->fd >= 0)
        close(s->fd);
    if (s->parent >= 0)
        close(s->parent);
    ais_free(s->target);
    ais_free(s->name);
    *s = AIS_STAGING_NONE;
}
