/* Processes, not threads: each has caches, environments and an error seam of its own, so that
 * nothing needs a lock, and what the parent loaded is shared until it is written to. */
#include "kit/cohort_parts.h"

#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const size_t line_bytes_max = 1 << 20;

struct worker {
    pid_t pid;
    int fd; /* lines "INDEX STATUS JSON", and last "! STATUS MESSAGE" if it fails; read end */
    struct ais_buf text;
};

struct work {
    struct ais_cohort_run *run;
    struct worker *workers;
    struct ais_report *now;
    size_t done, all;
    struct ais_error *err;
};

static bool stopped(const struct ais_cohort *c) {
    return c->stop && *c->stop;
}

/* Makes the kits whose turn it is, the first one being number `turn`; lines go to fd. */
static int make_share(struct ais_cohort_run *run, unsigned turn, int fd, struct ais_error *err) {
    struct ais_shared shared = {0};
    struct ais_memo memo = {0};
    struct ais_common common = {0};
    struct ais_buf text = AIS_BUF(line_bytes_max);
    size_t number = 0;
    int rc = ais_shared_init(&shared, err) < 0 ? -1 : ais_memo_init(&memo, err);
    /* all are taken out again below */
    run->shared = &shared; /* cppcheck-suppress autoVariables */
    run->spare = AIS_BUF(0);
    run->memo = &memo;     /* cppcheck-suppress autoVariables */
    run->common = &common; /* cppcheck-suppress autoVariables */
    if (rc == 0)
        rc = ais_cohort_plan_common(run, err);
    for (size_t i = 0; i < run->c->roster->count && rc == 0 && !stopped(run->c); i++) {
        struct ais_error own = {0};
        char *line;
        if (!run->wanted[i] || number++ % run->c->jobs != turn)
            continue;
        line = ais_cohort_put(run, &run->c->roster->students[i], &own);
        ais_buf_truncate(&text, 0);
        ais_buf_printf(&text, "%zu %d %s\n", i, (int)own.status, line ? line : "");
        if (!line)
            rc = ais_fail_memory(err);
        else if (ais_buf_check(&text, AIS_FAILED, "a line of the report", err) < 0 ||
                 ais_write_all(fd, text.data, text.size, "a worker", err) < 0)
            rc = -1;
        ais_free(line);
    }
    run->shared = NULL;
    run->memo = NULL;
    run->common = NULL;
    ais_buf_release(&run->spare);
    ais_common_release(&common);
    ais_memo_release(&memo);
    ais_buf_release(&text);
    ais_shared_release(&shared);
    return rc;
}

/* No line is longer than a pipe takes at once. */
static void tell_why(int fd, const struct ais_error *err) {
    char text[2048], line[2200];
    struct ais_error ignored = {0};
    int size = snprintf(line, sizeof line, "! %d %s\n", (int)err->status,
                        ais_error_text(err, text, sizeof text));
    ais_write_all(fd, line, (size_t)size, "a worker", &ignored);
}

static int start(struct work *w, unsigned turn) {
    struct worker *worker = &w->workers[turn];
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return ais_fail_errno(w->err, "", "start a worker");
    worker->pid = fork();
    if (worker->pid == 0) {
        struct ais_error err = {0};
        close(ends[0]);
        for (unsigned i = 0; i < turn; i++)
            close(w->workers[i].fd);
        if (make_share(w->run, turn, ends[1], &err) < 0)
            tell_why(ends[1], &err);
        _exit(0);
    }
    close(ends[1]);
    worker->fd = ends[0];
    if (worker->pid < 0)
        return ais_fail_errno(w->err, "", "start a worker");
    return 0;
}

/* "STATUS MESSAGE" of a worker that failed. */
static int fail_worker(struct work *w, const char *text, size_t size) {
    char *rest;
    int status = (int)strtol(text, &rest, 10);
    return ais_fail(w->err, (enum ais_status)status, "%.*s",
                    (int)(size - (size_t)(rest + 1 - text)), rest + 1);
}

/* "INDEX STATUS JSON" of a kit that is done. */
static int take(struct work *w, const char *text, size_t size) {
    struct ais_cohort_result *result = w->run->result;
    char *rest;
    size_t index = strtoul(text, &rest, 10);
    int status = (int)strtol(rest, &rest, 10);
    char *line;
    rest++;
    line = ais_strndup(rest, size - (size_t)(rest - text));
    if (!line)
        return ais_fail_memory(w->err);
    ais_free(w->now->lines[index]);
    w->now->lines[index] = line;
    w->done++;
    if (status && result->first.status == AIS_OK) {
        json_t *kit = ais_report_line(line);
        if (!kit)
            return ais_fail_memory(w->err);
        const char *reason = json_string_value(json_object_get(kit, "reason"));
        ais_fail(&result->first, (enum ais_status)status, "%s", reason ? reason : "");
        json_decref(kit);
    }
    if (w->run->c->progress)
        w->run->c->progress(w->run->c->payload, w->done, w->all);
    return 0;
}

/* Reads what the worker has to say: 1, 0 at its end, or -1. */
static int hear(struct work *w, struct worker *worker) {
    char block[16 * 1024];
    ssize_t n = read(worker->fd, block, sizeof block);
    char *newline;
    if (n < 0)
        return errno == EINTR ? 1 : ais_fail_errno(w->err, "", "read from a worker");
    ais_buf_add(&worker->text, block, (size_t)n);
    if (ais_buf_check(&worker->text, AIS_FAILED, "a line of the report", w->err) < 0)
        return -1;
    while (worker->text.size &&
           (newline = memchr(worker->text.data, '\n', worker->text.size)) != NULL) {
        size_t size = (size_t)(newline - worker->text.data), left = worker->text.size - size - 1;
        if (size > 2 && *worker->text.data == '!')
            return fail_worker(w, worker->text.data + 2, size - 2);
        if (take(w, worker->text.data, size) < 0)
            return -1;
        memmove(worker->text.data, newline + 1, left);
        ais_buf_truncate(&worker->text, left);
    }
    return n > 0;
}

static int hear_all(struct work *w, struct pollfd *polls) {
    unsigned open = w->run->c->jobs;
    while (open) {
        for (unsigned i = 0; i < w->run->c->jobs; i++)
            polls[i] = (struct pollfd){.fd = w->workers[i].fd, .events = POLLIN};
        if (poll(polls, w->run->c->jobs, -1) < 0 && errno != EINTR)
            return ais_fail_errno(w->err, "", "wait for a worker");
        for (unsigned i = 0; i < w->run->c->jobs; i++) {
            int more;
            if (polls[i].fd < 0 || !polls[i].revents)
                continue;
            more = hear(w, &w->workers[i]);
            if (more < 0)
                return -1;
            if (!more) {
                close(w->workers[i].fd);
                w->workers[i].fd = -1;
                open--;
            }
        }
    }
    return 0;
}

/* Ends all workers; those that did not end well are an error. */
static int end(struct work *w, bool failed) {
    int rc = 0;
    for (unsigned i = 0; i < w->run->c->jobs; i++) {
        struct worker *worker = &w->workers[i];
        int status = 0;
        if (worker->fd >= 0)
            close(worker->fd);
        ais_buf_release(&worker->text);
        if (worker->pid <= 0)
            continue;
        if (failed)
            kill(worker->pid, SIGTERM);
        while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
            ;
        if (!failed && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
            rc = ais_fail(w->err, AIS_FAILED, "a worker ended before its work was done");
    }
    return rc;
}

int ais_cohort_work(struct ais_cohort_run *run, struct ais_error *err) {
    struct work w = {.run = run, .now = &run->now, .err = err};
    struct pollfd *polls = ais_calloc(run->c->jobs, sizeof *polls);
    int rc = -1;
    w.workers = ais_calloc(run->c->jobs, sizeof *w.workers);
    if (!polls || !w.workers) {
        ais_fail_memory(err);
        goto out;
    }
    for (size_t i = 0; i < run->c->roster->count; i++)
        w.all += run->wanted[i];
    for (unsigned i = 0; i < run->c->jobs; i++)
        w.workers[i] = (struct worker){.fd = -1, .text = AIS_BUF(4 * line_bytes_max)};
    rc = 0;
    for (unsigned i = 0; i < run->c->jobs && rc == 0; i++)
        rc = start(&w, i);
    if (rc == 0)
        rc = hear_all(&w, polls);
    if (end(&w, rc < 0) < 0)
        rc = -1;
    if (rc == 0 && stopped(run->c))
        rc = ais_fail(err, AIS_FAILED, "interrupted");
out:
    ais_free(polls);
    ais_free(w.workers);
    return rc;
}
