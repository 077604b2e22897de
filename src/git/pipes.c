#include "git/pipes.h"

#include "base/io.h"
#include "base/mem.h"
#include "base/path.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MAX = 500 };

/* Whether reading the entry may never end. What can't be looked at can't be read either. */
static bool is_pipe(int folder, const char *name) {
    struct stat st;
    return fstatat(folder, name, &st, 0) == 0 &&
           (S_ISFIFO(st.st_mode) || S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode));
}

static int fail_pipe(const char *path, struct ais_error *err) {
    return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = path},
                       "is a pipe or a device, where git has a file (remove it)");
}

static bool is_rule(const char *name) {
    return strcmp(name, ".gitignore") == 0 || strcmp(name, ".gitattributes") == 0;
}

/* By what readdir says, where it says it. */
static bool is_folder(int folder, const struct dirent *entry) {
    struct stat st;
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type == DT_DIR;
    return fstatat(folder, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

static int check_folder(int fd, const char *path, bool all, unsigned depth, struct ais_error *err);

static int check_entry(int folder, const struct dirent *entry, const char *path, bool all,
                       unsigned depth, struct ais_error *err) {
    const char *name = entry->d_name;
    char *inside;
    int rc = 0, fd;
    if (entry->d_type == DT_REG || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return 0;
    inside = ais_path_join(path, name);
    if (!inside)
        return ais_fail_memory(err);
    if (is_folder(folder, entry)) {
        fd = !all && strcmp(name, ".git") == 0
                 ? -1
                 : openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        rc = fd < 0 ? 0 : check_folder(fd, inside, all, depth + 1, err);
    } else if ((all || is_rule(name)) && is_pipe(folder, name)) {
        rc = fail_pipe(inside, err);
    }
    ais_free(inside);
    return rc;
}

/* All entries, or (in a work tree) those that hold rules; closes fd. */
static int check_folder(int fd, const char *path, bool all, unsigned depth, struct ais_error *err) {
    DIR *dir = fdopendir(fd);
    const struct dirent *entry;
    int rc = 0;
    if (!dir) {
        close(fd);
        return ais_fail_errno(err, path, "open");
    }
    if (depth > DEPTH_MAX)
        rc = ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = path},
                         "lies below more than %d folders", DEPTH_MAX);
    while (rc == 0 && (entry = readdir(dir)))
        rc = check_entry(dirfd(dir), entry, path, all, depth, err);
    closedir(dir);
    return rc;
}

static int check_tree(const char *path, bool all, struct ais_error *err) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return fd < 0 ? 0 : check_folder(fd, path, all, 0, err);
}

/* The folder `top`, where it has a .git: then *found. */
static int check_top(const char *top, bool *found, struct ais_error *err) {
    char *git = ais_path_join(top, ".git");
    struct stat st;
    int rc = 0;
    if (!git)
        return ais_fail_memory(err);
    *found = lstat(git, &st) == 0;
    if (*found && is_pipe(AT_FDCWD, git))
        rc = fail_pipe(git, err);
    else if (*found && (check_tree(git, true, err) < 0 || check_tree(top, false, err) < 0))
        rc = -1;
    ais_free(git);
    return rc;
}

int ais_git_check_pipes(const char *folder, struct ais_error *err) {
    char *top = realpath(folder, NULL);
    bool found = false, last = !top;
    int rc = 0;
    while (!last && !found && rc == 0) { /* up to the folder that has a .git */
        char *slash = strrchr(top, '/');
        rc = check_top(top, &found, err);
        last = !top[1];
        slash[slash == top] = '\0';
    }
    free(top);
    return rc;
}
