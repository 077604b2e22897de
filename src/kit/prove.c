#include "kit/prove.h"

#include "base/io.h"
#include "base/mem.h"
#include "base/path.h"
#include "kit/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARGUMENTS_MAX = 64, SETUP_SECONDS = 1800 };

/* A proof under way. `written` are the paths of the edition that is in the folder now. */
struct proving {
    const struct ais_proof *proof;
    const struct ais_manifest *m;
    struct ais_findings *problems;
    struct ais_error *err;
    char *project, *log;
    struct ais_names written;
    bool offline;
    size_t done, all; /* commands */
};

static void say(const struct proving *p, const char *text) {
    p->proof->say(p->proof->payload, text);
}

static int problem(struct proving *p, struct ais_place at, const char *text) {
    struct ais_error found = {0};
    ais_fail_at(&found, AIS_TEMPLATE, at, "%s (see %s)", text, p->log);
    say(p, text);
    return ais_findings_add(p->problems, &found, p->err);
}

/* Takes the last edition's files away. What the setup and the tests made stays. */
static void remove_written(struct proving *p, int root) {
    for (size_t i = 0; i < p->written.count; i++) {
        const char *path = p->written.names[i], *slash = strrchr(path, '/');
        int parent = ais_open_beneath(root, path, slash ? (size_t)(slash - path) : 0, false,
                                      p->project, NULL);
        if (parent >= 0) {
            unlinkat(parent, slash ? slash + 1 : path, 0);
            close(parent);
        }
    }
    ais_names_release(&p->written);
}

static int write_one(struct proving *p, int root, const struct ais_file *file) {
    const char *slash = strrchr(file->path, '/');
    char *copy = ais_strdup(file->path);
    int parent, fd, rc;
    if (!copy ||
        ais_grow(&p->written.names, &p->written.capacity, p->written.count + 1, sizeof copy) < 0) {
        ais_free(copy);
        return ais_fail_memory(p->err);
    }
    p->written.names[p->written.count++] = copy;
    parent = ais_open_beneath(root, file->path, slash ? (size_t)(slash - file->path) : 0, true,
                              p->project, p->err);
    if (parent < 0)
        return -1;
    fd = openat(parent, slash ? slash + 1 : file->path,
                O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
                file->executable ? 0777 : 0666);
    close(parent);
    if (fd < 0)
        return ais_fail_errno(p->err, file->path, "make");
    rc = ais_write_all(fd, file->data, file->size, file->path, p->err);
    return ais_close(&fd, file->path, p->err) < 0 ? -1 : rc;
}

/* Puts the files of an edition into the project. */
static int enter_edition(struct proving *p, const struct ais_edition *edition) {
    struct ais_plan plan = {0};
    int root = -1, rc = -1;
    if (ais_plan_make(&plan, p->proof->t, p->proof->answers, edition, p->err) < 0)
        goto out;
    root = open(p->project, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root < 0) {
        ais_fail_errno(p->err, p->project, "open");
        goto out;
    }
    remove_written(p, root);
    for (size_t i = 0; i < plan.count; i++)
        if (write_one(p, root, &plan.files[i]) < 0)
            goto out;
    rc = 0;
out:
    if (root >= 0)
        close(root);
    ais_plan_release(&plan);
    return rc;
}

static void waiting(void *payload) {
    const struct proving *p = payload;
    if (p->proof->wait)
        p->proof->wait(p->proof->payload, p->done, p->all);
}

/* Runs a command of the manifest, with more arguments behind it. */
static int run(struct proving *p, const json_t *command, const json_t *more, bool offline,
               unsigned seconds, enum ais_outcome *outcome) {
    const char *argv[ARGUMENTS_MAX + 1];
    struct ais_buf text = AIS_BUF(64 * 1024);
    struct ais_process process = {argv,    p->project,     p->log,  seconds,
                                  offline, p->proof->stop, waiting, p};
    size_t count = 0;
    int rc = -1;
    const json_t *const lists[] = {command, more};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < json_array_size(lists[k]) && count < ARGUMENTS_MAX; i++)
            argv[count++] = json_string_value(json_array_get(lists[k], i));
    argv[count] = NULL;
    ais_buf_str(&text, offline ? "  runs, offline:" : "  runs:");
    for (size_t i = 0; i < count; i++)
        ais_buf_printf(&text, " %s", argv[i]);
    say(p, ais_buf_text(&text));
    rc = ais_process_run(&process, outcome, p->err);
    p->done++;
    ais_buf_release(&text);
    return rc;
}

/* A command that must pass. Does nothing where the manifest has none. */
static int must_pass(struct proving *p, const json_t *command, bool offline, unsigned seconds,
                     const char *what) {
    enum ais_outcome outcome;
    char text[256];
    if (!json_array_size(command))
        return 0;
    if (run(p, command, NULL, offline, seconds, &outcome) < 0)
        return -1;
    if (outcome == AIS_PASSED)
        return 0;
    snprintf(text, sizeof text, "%s %s", what,
             outcome == AIS_TIMED_OUT ? "takes too long" : "fails");
    return problem(p, (struct ais_place){.path = p->m->doc.path}, text);
}

static int prove_milestone(struct proving *p, size_t i, size_t solved) {
    const struct ais_milestone *m = &p->m->milestones[i];
    enum ais_outcome outcome;
    char text[320];
    if (run(p, p->m->milestone_command, m->tests, p->offline, p->proof->seconds, &outcome) < 0)
        return -1;
    if (outcome == (i < solved ? AIS_PASSED : AIS_NOT_PASSED))
        return 0;
    if (outcome == AIS_TIMED_OUT)
        snprintf(text, sizeof text, "the tests of milestone \"%.80s\" take too long", m->id);
    else if (i < solved)
        snprintf(text, sizeof text,
                 "the tests of milestone \"%.80s\" fail although it is solved, with %zu of %zu",
                 m->id, solved, p->m->milestone_count);
    else
        snprintf(text, sizeof text,
                 "the tests of milestone \"%.80s\" pass before it is solved, with %zu of %zu",
                 m->id, solved, p->m->milestone_count);
    return problem(p, m->at, text);
}

/* With the first n milestones solved, for each n. */
static int prove_milestones(struct proving *p) {
    json_t *solved = json_array();
    char text[64];
    int rc = -1;
    for (size_t n = 0; solved && n <= p->m->milestone_count; n++) {
        struct ais_edition edition = {.starter = true, .solved = solved};
        if (n && json_array_append_new(solved, json_string(p->m->milestones[n - 1].id)) < 0) {
            ais_fail_memory(p->err);
            goto out;
        }
        snprintf(text, sizeof text, "starter with %zu of %zu milestones solved", n,
                 p->m->milestone_count);
        say(p, text);
        if (enter_edition(p, &edition) < 0)
            goto out;
        if (n == 0 && must_pass(p, p->m->starter_command, p->offline, p->proof->seconds,
                                "starter_command in the starter") < 0)
            goto out;
        for (size_t i = 0; i < p->m->milestone_count; i++)
            if (prove_milestone(p, i, n) < 0)
                goto out;
    }
    rc = solved ? 0 : ais_fail_memory(p->err);
out:
    json_decref(solved);
    return rc;
}

static size_t count_commands(const struct ais_manifest *m) {
    return (json_array_size(m->setup_command) > 0) + (json_array_size(m->test_command) > 0) +
           (json_array_size(m->starter_command) > 0) +
           (m->milestone_count + 1) * m->milestone_count;
}

/* Commands and tests must be there for a proof to mean anything. */
static int check_manifest(const struct proving *p) {
    const struct ais_manifest *m = p->m;
    struct ais_place at = {.path = m->doc.path};
    if (!json_array_size(m->test_command))
        return ais_fail_at(p->err, AIS_TEMPLATE, at, "there is no test_command to run");
    if (m->milestone_count && !json_array_size(m->milestone_command))
        return ais_fail_at(p->err, AIS_TEMPLATE, at,
                           "there are milestones, and no milestone_command to run their tests");
    for (size_t i = 0; i < m->milestone_count; i++)
        if (!json_array_size(m->milestones[i].tests))
            return ais_fail_at(p->err, AIS_TEMPLATE, m->milestones[i].at,
                               "the milestone \"%s\" has no tests", m->milestones[i].id);
    return 0;
}

/* The given virtual environment, where the project's setup looks for its own. */
static int link_venv(struct proving *p) {
    char *path = ais_path_join(p->project, ".venv"), *real = realpath(p->proof->venv, NULL);
    int rc = -1;
    if (!path)
        ais_fail_memory(p->err);
    else if (!real)
        ais_fail_errno(p->err, p->proof->venv, "open");
    else if (symlink(real, path) < 0 && errno != EEXIST)
        ais_fail_errno(p->err, path, "make");
    else
        rc = 0;
    ais_free(path);
    free(real);
    return rc;
}

int ais_prove(const struct ais_proof *proof, struct ais_findings *problems, bool *offline,
              struct ais_error *err) {
    struct proving p = {
        .proof = proof, .m = ais_template_manifest(proof->t), .problems = problems, .err = err};
    const struct ais_edition complete = {0};
    int rc = -1;
    p.all = count_commands(p.m);
    p.project = ais_path_join(proof->folder, "project");
    p.log = ais_path_join(proof->folder, "log.txt");
    if (!p.project || !p.log) {
        ais_fail_memory(err);
        goto out;
    }
    *offline = p.offline = ais_process_can_cut();
    if (check_manifest(&p) < 0)
        goto out;
    if (mkdirat(AT_FDCWD, p.project, 0777) < 0 && access(p.project, W_OK) < 0) {
        ais_fail_errno(err, p.project, "make the folder");
        goto out;
    }
    if (proof->venv && link_venv(&p) < 0)
        goto out;
    say(&p, "complete edition");
    if (enter_edition(&p, &complete) < 0 ||
        must_pass(&p, p.m->setup_command, false, SETUP_SECONDS, "setup_command") < 0)
        goto out;
    if (!problems->count && (must_pass(&p, p.m->test_command, p.offline, proof->seconds,
                                       "test_command in the complete edition") < 0 ||
                             prove_milestones(&p) < 0))
        goto out;
    rc = 0;
out:
    ais_names_release(&p.written);
    ais_free(p.project);
    ais_free(p.log);
    return rc;
}
