#include "cmd/cmd.h"

#include "base/mem.h"
#include "plan/lint.h"
#include "plan/plan.h"

#include <stdio.h>

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
        json_t *item = json_pack("{ss si si ss}", "path", e->path, "line", (int)e->line, "column",
                                 (int)e->column, "message", e->message);
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

static int run_check(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct cmd_list templates = {0};
    struct cmd_catalogue catalogue = {0};
    struct ais_findings findings = {0};
    bool json = false;
    const struct cmd_option options[] = {
        {0, "templates", "DIR", "look for templates here first; may be repeated", CMD_LIST,
         &templates},
        {0, "json", NULL, "print the findings as JSON", CMD_FLAG, &json},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 1, 1000, err);
    if (count > 0 && cmd_catalogue_open(&catalogue, &templates, err) == 0) {
        rc = 0;
        for (int i = 1; rc == 0 && i <= count; i++)
            rc = check(&catalogue.catalogue, argv[i], &findings, err);
        if (rc == 0)
            rc = report(&findings, json, err);
    }
    ais_findings_release(&findings);
    cmd_catalogue_release(&catalogue);
    cmd_list_release(&templates);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_check = {
    .name = "check",
    .arguments = "SOURCE...",
    .summary = "Find what is wrong with a template.",
    .text = "Check templates and their layers: the manifest, every path and every template file;\n"
            "variables that nobody declares or reads, files that no entry takes; and the project\n"
            "that the default answers make. One line a finding, on standard output.",
    .examples = "  aiscaffold check ./my-template\n"
                "  aiscaffold check --templates templates chatbot\n",
    .run = run_check,
};
