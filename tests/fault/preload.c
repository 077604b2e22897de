/* A preloaded layer that makes the k-th call that touches files fail.
 *
 *   FAULT_AT=k       which call (from 1); 0 only counts
 *   FAULT_ERRNO=n    how it fails; 0 stands for a short write or read, which is no failure
 *   FAULT_STICKY=1   all calls behind it fail, too; of EINTR every second one, since whoever is
 *                    interrupted tries again, for ever
 *   FAULT_LOG=file   gets "CALLS FIRED NAME" at the end, NAME being the first call that failed
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* What all processes of a run count together. */
struct counts {
    _Atomic long calls, fired;
    char first[32];
};

static long at;
static struct counts *counts;
static int reason;
static bool sticky, ready;
static pid_t whole;

__attribute__((constructor)) static void start(void) {
    const char *text = getenv("FAULT_AT");
    at = text ? atol(text) : 0;
    reason = getenv("FAULT_ERRNO") ? atoi(getenv("FAULT_ERRNO")) : EIO;
    sticky = getenv("FAULT_STICKY") != NULL;
    counts = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    whole = getpid();
    ready = counts != MAP_FAILED;
}

__attribute__((destructor)) static void finish(void) {
    const char *path = getenv("FAULT_LOG");
    FILE *log;
    if (!ready || getpid() != whole)
        return;
    ready = false;
    log = path ? fopen(path, "w") : NULL;
    if (!log)
        return;
    fprintf(log, "%ld %ld %s\n", counts->calls, counts->fired,
            counts->first[0] ? counts->first : "-");
    fclose(log);
}

/* Whether this call is to fail. */
static bool fails(const char *name) {
    long call;
    if (!ready)
        return false;
    call = ++counts->calls;
    if (at == 0 || call < at || (call > at && !sticky))
        return false;
    if (reason == EINTR && (call - at) % 2)
        return false;
    if (!counts->fired++)
        snprintf(counts->first, sizeof counts->first, "%s", name);
    errno = reason;
    return true;
}

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

static int opened(const char *name, int dir, const char *path, int flags, mode_t mode) {
    if (reason != 0 && fails(name))
        return -1;
    return REAL(int, openat, int, const char *, int, ...)(dir, path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list args;
    mode_t mode;
    va_start(args, flags);
    mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
    va_end(args);
    return opened("open", AT_FDCWD, path, flags, mode);
}

int openat(int dir, const char *path, int flags, ...) {
    va_list args;
    mode_t mode;
    va_start(args, flags);
    mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
    va_end(args);
    return opened("openat", dir, path, flags, mode);
}

ssize_t write(int fd, const void *data, size_t size) {
    if (size > 1 && reason == 0 && fails("write"))
        size /= 2;
    else if (reason != 0 && fd > 2 && fails("write"))
        return -1;
    return REAL(ssize_t, write, int, const void *, size_t)(fd, data, size);
}

ssize_t read(int fd, void *data, size_t size) {
    if (size > 1 && reason == 0 && fails("read"))
        size /= 2;
    else if (reason != 0 && fails("read"))
        return -1;
    return REAL(ssize_t, read, int, void *, size_t)(fd, data, size);
}

int close(int fd) {
    int rc = REAL(int, close, int)(fd);
    if (reason != 0 && rc == 0 && fails("close"))
        return -1; /* it is closed all the same, as on Linux */
    return rc;
}

int fsync(int fd) {
    return reason != 0 && fails("fsync") ? -1 : REAL(int, fsync, int)(fd);
}

int syncfs(int fd) {
    return reason != 0 && fails("syncfs") ? -1 : REAL(int, syncfs, int)(fd);
}

int mkdirat(int dir, const char *path, mode_t mode) {
    if (reason != 0 && fails("mkdirat"))
        return -1;
    return REAL(int, mkdirat, int, const char *, mode_t)(dir, path, mode);
}

int renameat(int from, const char *old, int to, const char *new) {
    if (reason != 0 && fails("renameat"))
        return -1;
    return REAL(int, renameat, int, const char *, int, const char *)(from, old, to, new);
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    if (reason != 0 && fails("renameat2"))
        return -1;
    return REAL(int, renameat2, int, const char *, int, const char *, unsigned)(from, old, to, new,
                                                                                flags);
}

int linkat(int from, const char *old, int to, const char *new, int flags) {
    if (reason != 0 && fails("linkat"))
        return -1;
    return REAL(int, linkat, int, const char *, int, const char *, int)(from, old, to, new, flags);
}

int flock(int fd, int operation) {
    return reason != 0 && fails("flock") ? -1 : REAL(int, flock, int, int)(fd, operation);
}
