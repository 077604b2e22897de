/* Preloaded, this ends the program with SIGKILL before the k-th call that changes a file (KILL_AT),
 * or makes that call fail with ENOSPC (KILL_AT and KILL_SOFTLY); KILL_LOG gets the number of calls.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static long calls;

__attribute__((destructor)) static void finish(void) {
    const char *path = getenv("KILL_LOG");
    FILE *log = path ? fopen(path, "w") : NULL;
    if (log) {
        fprintf(log, "%ld\n", calls);
        fclose(log);
    }
}

/* Whether the call is to fail; does not return where the program is to end. */
static int is_time(void) {
    const char *at = getenv("KILL_AT");
    if (++calls != (at ? atol(at) : 0))
        return 0;
    if (!getenv("KILL_SOFTLY"))
        raise(SIGKILL);
    errno = ENOSPC;
    return 1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t size) {
    return is_time() ? -1 : NEXT(write)(fd, data, size);
}

int rename(const char *from, const char *to) {
    return is_time() ? -1 : NEXT(rename)(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    return is_time() ? -1 : NEXT(renameat)(from_folder, from, to_folder, to);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    return is_time() ? -1 : NEXT(linkat)(from_folder, from, to_folder, to, flags);
}

int unlinkat(int folder, const char *name, int flags) {
    return is_time() ? -1 : NEXT(unlinkat)(folder, name, flags);
}

int unlink(const char *path) {
    return is_time() ? -1 : NEXT(unlink)(path);
}

int mkdirat(int folder, const char *name, mode_t mode) {
    return is_time() ? -1 : NEXT(mkdirat)(folder, name, mode);
}

int openat(int folder, const char *name, int flags, ...) {
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
        if (is_time())
            return -1;
    }
    return NEXT(openat)(folder, name, flags, mode);
}

int open(const char *name, int flags, ...) {
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
        if (is_time())
            return -1;
    }
    return NEXT(open)(name, flags, mode);
}
