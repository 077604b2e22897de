#include "kit/process.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What a child says through its pipe before it has become the command: whether it is the network
 * that could not be cut off, and an errno. */
enum { IS_NETWORK, REASON, TROUBLE };

/* A network namespace starts with a loopback that is down. */
static int raise_loopback(void) {
    struct ifreq request = {.ifr_name = "lo"};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), rc;
    if (fd < 0)
        return -1;
    rc = ioctl(fd, SIOCGIFFLAGS, &request);
    request.ifr_flags |= IFF_UP | IFF_RUNNING;
    if (rc == 0)
        rc = ioctl(fd, SIOCSIFFLAGS, &request);
    close(fd);
    return rc;
}

/* Writes one line to a file of /proc/self. */
static int tell(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : write(fd, text, strlen(text));
    if (fd >= 0)
        close(fd);
    return n == (ssize_t)strlen(text) ? 0 : -1;
}

/* Root needs no user namespace; others get one in which they keep their own identity. */
static int cut_network(void) {
    uid_t uid = getuid();
    gid_t gid = getgid();
    char map[64];
    if (unshare(CLONE_NEWNET) == 0)
        return raise_loopback();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0 || raise_loopback() < 0)
        return -1;
    tell("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "%u %u 1\n", (unsigned)uid, (unsigned)uid);
    if (tell("/proc/self/uid_map", map) < 0)
        return -1;
    snprintf(map, sizeof map, "%u %u 1\n", (unsigned)gid, (unsigned)gid);
    return tell("/proc/self/gid_map", map);
}

/* Through a pipe, as a command may end with any status itself. */
static _Noreturn void give_up(int pipe, bool network) {
    const int trouble[TROUBLE] = {[IS_NETWORK] = network, [REASON] = errno};
    ssize_t n = write(pipe, trouble, sizeof trouble);
    _exit(n < 0 ? 2 : 1);
}

static _Noreturn void become(const struct ais_process *p, int pipe) {
    int log = open(p->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    setpgid(0, 0);
    if (log < 0 || null < 0 || chdir(p->folder) < 0 || dup2(null, STDIN_FILENO) < 0 ||
        dup2(log, STDOUT_FILENO) < 0 || dup2(log, STDERR_FILENO) < 0)
        give_up(pipe, false);
    signal(SIGPIPE, SIG_DFL);
    setenv("PYTHONDONTWRITEBYTECODE", "1", 1); /* editions follow one another within a second */
    if (p->offline && cut_network() < 0)
        give_up(pipe, true);
    execvp(p->argv[0], (char *const *)p->argv);
    give_up(pipe, false);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Waits until the child ends, the time is over, or the user stops it. */
static int wait_for(const struct ais_process *p, pid_t child, int *status, bool *late) {
    const double end = now() + p->seconds;
    const struct timespec nap = {.tv_nsec = 20 * 1000 * 1000};
    *late = false;
    for (;;) {
        pid_t got = waitpid(child, status, WNOHANG);
        if (got == child || (got < 0 && errno != EINTR))
            return got == child ? 0 : -1;
        *late = now() > end;
        if (*late || (p->stop && *p->stop))
            break;
        if (p->wait)
            p->wait(p->payload);
        nanosleep(&nap, NULL);
    }
    kill(-child, SIGKILL);
    waitpid(child, status, 0);
    return 0;
}

/* Starts the child, which has become the command, and leads a group, when this returns. */
static int start(const struct ais_process *p, pid_t *child, struct ais_error *err) {
    int trouble[TROUBLE], ends[2], rc;
    ssize_t n;
    if (pipe2(ends, O_CLOEXEC) < 0)
        return ais_fail_errno(err, p->argv[0], "start");
    *child = fork();
    if (*child == 0)
        become(p, ends[1]);
    rc = *child < 0 ? ais_fail_errno(err, p->argv[0], "start") : 0;
    close(ends[1]);
    do
        n = rc == 0 ? read(ends[0], trouble, sizeof trouble) : 0;
    while (n < 0 && errno == EINTR);
    close(ends[0]);
    if (n != (ssize_t)sizeof trouble)
        return rc;
    waitpid(*child, NULL, 0);
    if (trouble[IS_NETWORK])
        return ais_fail(err, AIS_FAILED, "the network can't be cut off here");
    return ais_fail(err, AIS_FAILED, "cannot run \"%s\" in \"%s\": %s", p->argv[0], p->folder,
                    strerror(trouble[REASON]));
}

int ais_process_run(const struct ais_process *p, enum ais_outcome *outcome, struct ais_error *err) {
    int status = 0;
    bool late;
    pid_t child = 0;
    if (start(p, &child, err) < 0)
        return -1;
    if (wait_for(p, child, &status, &late) < 0)
        return ais_fail_errno(err, p->argv[0], "wait for");
    kill(-child, SIGKILL); /* what it left running */
    if (p->stop && *p->stop)
        return ais_fail(err, AIS_FAILED, "interrupted");
    *outcome = late                                            ? AIS_TIMED_OUT
               : WIFEXITED(status) && WEXITSTATUS(status) == 0 ? AIS_PASSED
                                                               : AIS_NOT_PASSED;
    return 0;
}

bool ais_process_can_cut(void) {
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(cut_network() < 0);
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}
