#include "base/path.h"

#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* Characters that HFS+ ignores when it compares names: ".g<ZWNJ>it" is ".git" there. Three bytes
 * each. */
static bool is_ignorable(const char *c) {
    static const char *const ignored[] = {
        "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x80\x8e", "\xe2\x80\x8f",
        "\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac", "\xe2\x80\xad",
        "\xe2\x80\xae", "\xe2\x81\xaa", "\xe2\x81\xab", "\xe2\x81\xac",
        "\xe2\x81\xad", "\xe2\x81\xae", "\xe2\x81\xaf", "\xef\xbb\xbf"};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        if (strncmp(c, ignored[i], 3) == 0)
            return true;
    return false;
}

/* ".git" as some file system reads it: without case, without ignored characters, its short names on
 * Windows, with a stream behind a colon, with dots and spaces at its end. */
static bool is_git(const char *name, size_t size) {
    char bare[8];
    size_t n = 0;
    for (size_t i = 0; i < size;) {
        if (size - i >= 3 && is_ignorable(name + i)) {
            i += 3;
            continue;
        }
        if (name[i] == ':')
            break;
        if (n == sizeof bare - 1) {
            if (name[i] != ' ' && name[i] != '.')
                return false;
            i++;
            continue;
        }
        bare[n++] = name[i++];
    }
    while (n && (bare[n - 1] == ' ' || bare[n - 1] == '.'))
        n--;
    bare[n] = '\0';
    return strcasecmp(bare, ".git") == 0 || strcasecmp(bare, "git~1") == 0;
}

/* Names that Windows keeps for devices, also with an ending: "con", "aux.txt", "com1". */
static bool is_device(const char *name, size_t size) {
    static const char *const devices[] = {"con", "prn", "aux", "nul", "conin$", "conout$"};
    size_t stem = 0;
    while (stem < size && name[stem] != '.' && name[stem] != ':')
        stem++;
    while (stem && name[stem - 1] == ' ')
        stem--;
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
        if (stem == strlen(devices[i]) && strncasecmp(name, devices[i], stem) == 0)
            return true;
    if (stem < 4 || (strncasecmp(name, "com", 3) != 0 && strncasecmp(name, "lpt", 3) != 0))
        return false;
    if (stem == 5) /* a superscript 1, 2 or 3 counts as a digit there */
        return name[3] == '\xc2' && (name[4] == '\xb9' || name[4] == '\xb2' || name[4] == '\xb3');
    return stem == 4 && name[3] >= '0' && name[3] <= '9';
}

/* What no path may hold, whoever made it. */
static const char *step_fault(const char *name, size_t size) {
    if (size == 0)
        return "holds an empty name";
    if (size > AIS_NAME_MAX)
        return "holds a name of more than 255 bytes";
    if (name[0] == '.' && (size == 1 || (size == 2 && name[1] == '.')))
        return size == 1 ? "holds the name \".\"" : "holds the name \"..\"";
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
            return "holds a control character";
    return NULL;
}

static const char git_fault[] = "holds a name that stands for git's own folder";

static const char *name_fault(const char *name, size_t size) {
    const char *fault = step_fault(name, size);
    if (fault)
        return fault;
    if (is_git(name, size))
        return git_fault;
    for (size_t i = 0; i < size; i++)
        if (strchr("\\:*?\"<>|", name[i]))
            return "holds one of \\ : * ? \" < > |, which other systems can't have in a name";
    if (name[size - 1] == ' ' || name[size - 1] == '.')
        return "holds a name that ends in a space or a dot, which other systems drop";
    if (is_device(name, size))
        return "holds a name that other systems keep for a device";
    return NULL;
}

static const char *foreign_name_fault(const char *name, size_t size) {
    const char *fault = step_fault(name, size);
    if (fault)
        return fault;
    if (is_git(name, size) && (size != 4 || memcmp(name, ".git", 4) != 0))
        return git_fault;
    return memchr(name, '\\', size) ? "holds a backslash" : NULL;
}

static const char *path_fault(const char *path, size_t size,
                              const char *(*fault_of)(const char *name, size_t size)) {
    size_t start = 0, depth = 0;
    if (size == 0)
        return "is empty";
    if (size > AIS_PATH_MAX)
        return "has more than 1024 bytes";
    if (!ais_text_valid(path, size))
        return "is not UTF-8";
    if (path[0] == '/')
        return "is absolute";
    for (size_t i = 0; i <= size; i++) {
        const char *fault;
        if (i < size && path[i] != '/')
            continue;
        fault = fault_of(path + start, i - start);
        if (fault)
            return fault;
        if (++depth > AIS_DEPTH_MAX)
            return "has more than 64 names";
        start = i + 1;
    }
    return NULL;
}

const char *ais_path_fault(const char *path, size_t size) {
    return path_fault(path, size, name_fault);
}

const char *ais_path_foreign_fault(const char *path, size_t size) {
    return path_fault(path, size, foreign_name_fault);
}

static int open_name(int parent, const char *name, bool make) {
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat(parent, name, flags);
    if (fd >= 0 || errno != ENOENT || !make)
        return fd;
    if (mkdirat(parent, name, 0777) < 0 && errno != EEXIST)
        return -1;
    return openat(parent, name, flags);
}

static void fail_beneath(const char *shown, const char *path, size_t size, const char *what,
                         struct ais_error *err) {
    int reason = errno;
    char full[4096];
    snprintf(full, sizeof full, "%s%s%.*s", shown, size ? "/" : "", (int)size, path);
    errno = reason;
    ais_fail_errno(err, full, what);
}

/* Copies the name at path[0..size) into name[]; NULL where it is none that goes down. */
static const char *down(const char *path, size_t size, char name[AIS_NAME_MAX + 1]) {
    if (size == 0 || size > AIS_NAME_MAX ||
        (path[0] == '.' && (size == 1 || (size == 2 && path[1] == '.')))) {
        errno = EINVAL;
        return NULL;
    }
    memcpy(name, path, size);
    name[size] = '\0';
    return name;
}

int ais_open_beneath(int root, const char *path, size_t size, bool make, const char *shown,
                     struct ais_error *err) {
    char name[AIS_NAME_MAX + 1];
    const char *end = path + size;
    int fd = fcntl(root, F_DUPFD_CLOEXEC, 0);
    while (fd >= 0 && path < end) {
        const char *slash = memchr(path, '/', (size_t)(end - path));
        size_t length = (size_t)((slash ? slash : end) - path);
        int parent = fd, reason;
        fd = down(path, length, name) ? open_name(parent, name, make) : -1;
        reason = errno;
        close(parent);
        errno = reason;
        path += length + (slash != NULL);
    }
    if (fd < 0)
        fail_beneath(shown, end - size, size, make ? "make the folder" : "open", err);
    return fd;
}

int ais_open_file_beneath(int root, const char *path, const char *shown, struct ais_error *err) {
    const char *slash = strrchr(path, '/');
    struct stat st;
    int rc = -1, fd,
        parent =
            ais_open_beneath(root, path, slash ? (size_t)(slash - path) : 0, false, shown, err);
    if (parent < 0)
        return -1;
    fd = openat(parent, slash ? slash + 1 : path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ELOOP)
        ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = shown},
                    "\"%s\" is a symbolic link, which is not followed", path);
    else if (fd < 0 || fstat(fd, &st) < 0)
        fail_beneath(shown, path, strlen(path), "open", err);
    else if (!S_ISREG(st.st_mode))
        ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = shown}, "\"%s\" is no regular file",
                    path);
    else
        rc = fd;
    if (rc < 0 && fd >= 0)
        close(fd);
    close(parent);
    return rc;
}

char *ais_path_join(const char *dir, const char *name) {
    size_t a = strlen(dir), b = strlen(name), slash;
    char *path;
    while (a > 1 && dir[a - 1] == '/')
        a--;
    slash = a && b && dir[a - 1] != '/';
    path = ais_malloc(a + slash + b + 1);
    if (!path)
        return NULL;
    memcpy(path, dir, a);
    if (slash)
        path[a] = '/';
    memcpy(path + a + slash, name, b + 1);
    return path;
}
