#include "cmd/cmd.h"

#include "base/io.h"
#include "base/mem.h"
#include "kit/prove.h"
#include "plan/combine.h"
#include "plan/lint.h"
#include "plan/plan.h"

#include "ui/progress.h"
#include "ui/terminal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a template is at fault for is a finding; everything else ends the command. */
static int add_finding(struct ais_findings *findings, const struct ais_error *found,
                       struct ais_error *err) {
    if (found->status == AIS_OK)
        return 0;
    if (found->status == AIS_TEMPLATE || found->status == AIS_ANSWERS)
        return ais_findings_add(findings, found, err);
    *err = *found;
    return -1;
}

/* Adds what planning the edition finds: paths, collisions, markers, and what only rendering finds.
 */
static int try_edition(const struct ais_template *t, const struct ais_answers *answers,
                       const struct ais_edition *edition, struct ais_findings *findings,
                       struct ais_error *err) {
    struct ais_plan plan = {0};
    struct ais_error found = {0};
    int rc = 0;
    ais_plan_make(&plan, t, answers, edition, &found);
    for (size_t i = 0; rc == 0 && i < plan.problems.count; i++)
        rc = ais_findings_add(findings, &plan.problems.list[i], err);
    if (rc == 0 && !plan.problems.count)
        rc = add_finding(findings, &found, err);
    ais_plan_release(&plan);
    return rc;
}

/* Plans both editions of the project of the default answers, where every question has one. */
static int try_defaults(const struct ais_template *t, struct ais_findings *findings,
                        struct ais_error *err) {
    const struct ais_edition complete = {0}, starter = {.starter = true};
    struct ais_answers *answers = ais_answers_new(t, err);
    struct ais_error found = {0};
    size_t before = findings->count;
    int rc = -1;
    if (!answers)
        return -1;
    if (ais_answers_resolve(answers, NULL, true, &found) == 0) {
        rc = try_edition(t, answers, &complete, findings, err);
        if (rc == 0 && findings->count == before)
            rc = try_edition(t, answers, &starter, findings, err);
    } else {
        rc = found.status == AIS_ANSWERS ? 0 : add_finding(findings, &found, err);
    }
    ais_answers_free(answers);
    return rc;
}

static int check(const struct ais_catalogue *catalogue, const char *source,
                 struct ais_findings *findings, struct ais_error *err) {
    struct ais_error found = {0};
    struct ais_template *t = ais_template_load(catalogue, source, &found);
    size_t before = findings->count;
    int rc = 0;
    if (t) {
        rc = ais_lint(t, findings, err);
        if (rc == 0 && findings->count == before)
            rc = try_defaults(t, findings, err);
        if (rc == 0 && findings->count == before)
            rc = ais_lint_answers(t, findings, err);
    } else {
        rc = add_finding(findings, &found, err);
    }
    ais_template_free(t);
    return rc;
}

static json_t *to_json(const struct ais_findings *findings) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < findings->count; i++) {
        const struct ais_error *e = &findings->list[i];
        json_t *item =
            json_pack("{so si si so}", "path", cmd_json_path(e->path), "line", (int)e->line,
                      "column", (int)e->column, "message", cmd_json_path(e->message));
        if (json_array_append_new(list, item) < 0) {
            json_decref(list);
            list = NULL;
        }
    }
    return list;
}

static int report(const struct ais_findings *findings, bool json, struct ais_error *err) {
    char text[2048];
    if (json && cmd_print_json("check", json_pack("{so}", "findings", to_json(findings)), err) < 0)
        return -1;
    for (size_t i = 0; !json && i < findings->count; i++)
        puts(ais_error_text(&findings->list[i], text, sizeof text));
    if (cmd_flush(err) < 0)
        return -1;
    if (findings->count)
        return ais_fail(err, AIS_TEMPLATE, "%zu %s", findings->count,
                        findings->count == 1 ? "finding" : "findings");
    return 0;
}

struct check {
    struct cmd_list templates;
    struct cmd_catalogue catalogue;
    struct ais_findings findings;
    const char *work, *venv, *seconds;
    bool json, run, quiet;
    struct ui_progress progress;
};

static void say(void *payload, const char *text) {
    struct check *c = payload;
    ui_progress_hide(&c->progress);
    if (c->quiet)
        return;
    ui_print(stderr, text);
    fputc('\n', stderr);
}

static void waiting(void *payload, size_t done, size_t all) {
    struct check *c = payload;
    ui_progress_show(&c->progress, done, all);
}

static int read_seconds(const char *text, unsigned *seconds, struct ais_error *err) {
    enum { DIGITS_MAX = 9 };
    size_t size = text ? strlen(text) : 0;
    if (!text)
        return 0;
    *seconds = 0;
    if (size <= DIGITS_MAX && strspn(text, "0123456789") == size)
        *seconds = (unsigned)strtoul(text, NULL, 10);
    return *seconds ? 0 : ais_fail(err, AIS_USAGE, "--seconds must be a number above zero");
}

/* Proves one template in a folder of its own, which is removed unless it was named. */
static int prove(struct check *c, const char *source, struct ais_error *err) {
    const char *temporary = getenv("TMPDIR");
    char own[4096];
    struct ais_proof proof = {.seconds = 900,
                              .stop = &cmd_stop,
                              .say = say,
                              .venv = c->venv,
                              .wait = waiting,
                              .payload = c};
    struct ais_template *t = NULL;
    struct ais_answers *answers = NULL;
    bool offline = false;
    int rc = -1;
    if (read_seconds(c->seconds, &proof.seconds, err) < 0)
        return -1;
    if (!temporary || *temporary != '/' || strlen(temporary) > sizeof own / 2)
        temporary = "/tmp";
    snprintf(own, sizeof own, "%s/aiscaffold-check-XXXXXX", temporary);
    proof.folder = c->work ? c->work : mkdtemp(own);
    if (!proof.folder)
        return ais_fail_errno(err, temporary, "make a folder in");
    cmd_working = true;
    proof.t = t = ais_template_load(&c->catalogue.catalogue, source, err);
    proof.answers = answers = t ? ais_answers_new(t, err) : NULL;
    if (answers && ais_answers_resolve(answers, NULL, true, err) == 0)
        rc = ais_prove(&proof, &c->findings, &offline, err);
    cmd_working = false;
    ui_progress_end(&c->progress);
    if (rc == 0 && !offline)
        say(c, "note: the network could not be cut off here, so the tests could have used it");
    if (!c->work && !c->findings.count)
        ais_remove_tree(AT_FDCWD, own);
    ais_answers_free(answers);
    ais_template_free(t);
    return rc;
}

static int run_check(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct check c = {0};
    const struct cmd_option options[] = {
        {0, "run", NULL, "run the template's tests, too, in every edition", CMD_FLAG, &c.run},
        {0, "work", "DIR", "the folder to run them in (default: one that is removed)", CMD_TEXT,
         &c.work},
        {0, "venv", "DIR", "a virtual environment for them (default: what setup makes)", CMD_TEXT,
         &c.venv},
        {0, "seconds", "N", "end each command after N seconds (default: 900)", CMD_TEXT,
         &c.seconds},
        {0, "templates", "DIR", "look for templates here first; may be repeated", CMD_LIST,
         &c.templates},
        {0, "json", NULL, "print the findings as JSON", CMD_FLAG, &c.json},
        {'q', "quiet", NULL, "say nothing when all is well", CMD_FLAG, &c.quiet},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 1, 1000, err);
    c.progress = (struct ui_progress){
        .what = "commands", /* elsewhere than on a terminal, the line of each tells enough */
        .quiet = c.quiet || !isatty(STDERR_FILENO)};
    if (count > 0 && cmd_catalogue_open(&c.catalogue, &c.templates, err) == 0) {
        rc = 0;
        for (int i = 1; rc == 0 && i <= count; i++) {
            size_t before = c.findings.count;
            rc = check(&c.catalogue.catalogue, argv[i], &c.findings, err);
            if (rc == 0 && c.run && c.findings.count == before)
                rc = prove(&c, argv[i], err);
        }
        if (rc == 0)
            rc = report(&c.findings, c.json, err);
    }
    ais_findings_release(&c.findings);
    cmd_catalogue_release(&c.catalogue);
    cmd_list_release(&c.templates);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_check = {
    .name = "check",
    .arguments = "SOURCE...",
    .summary = "Find what is wrong with a template.",
    .text =
        "Check templates and their layers: the manifest, every path and every template file;\n"
        "variables that nobody declares or reads, files that no entry takes; and both editions\n"
        "of the project that the default answers make. One line a finding, on standard output.\n"
        "With --run, also run the commands of the manifest, which is the only time that anything\n"
        "of a template is executed: the tests of each milestone must fail until it is solved.",
    .examples = "  aiscaffold check ./my-template\n"
                "  aiscaffold check --templates templates chatbot\n"
                "  aiscaffold check --run chatbot\n",
    .run = run_check,
};
