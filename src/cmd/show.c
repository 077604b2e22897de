#include "cmd/cmd.h"

#include "base/mem.h"
#include "plan/plan.h"
#include "sink/listing.h"
#include "template/template.h"
#include "ui/terminal.h"

#include <stdio.h>

struct show {
    struct cmd_list set, templates;
    struct cmd_catalogue catalogue;
    const char *answers_file;
    const char *edition_name;
    bool json, tree, planned;
    struct ais_edition edition;
    struct ais_template *t;
    struct ais_answers *answers;
    struct ais_plan plan;
};

static json_t *variable_json(const struct ais_variable *v) {
    return json_pack("{ss ss ss? ss? sO? sO? sb}", "name", v->name, "type", ais_type_name(v->type),
                     "prompt", v->prompt, "help", v->help, "default", v->fallback, "choices",
                     v->choices, "secret", v->secret);
}

/* Appends to the list, giving it up on failure. */
static void append(json_t **list, json_t *item) {
    if (*list && json_array_append_new(*list, item) < 0) {
        json_decref(*list);
        *list = NULL;
    }
}

static int print_json(const struct show *s, struct ais_error *err) {
    const struct ais_manifest *m = ais_template_manifest(s->t);
    json_t *variables = json_array(), *layers = json_array(), *milestones = json_array();
    for (size_t i = 0; i < s->t->variable_count; i++)
        if (!s->t->variables[i].variable->computed)
            append(&variables, variable_json(s->t->variables[i].variable));
    for (size_t i = 0; i + 1 < s->t->part_count; i++)
        append(&layers, json_pack("{ss ss}", "name", s->t->parts[i]->manifest.name, "version",
                                  s->t->parts[i]->manifest.version));
    for (size_t i = 0; i < m->milestone_count; i++)
        append(&milestones, json_pack("{ss ss sO?}", "id", m->milestones[i].id, "title",
                                      m->milestones[i].title, "tests", m->milestones[i].tests));
    return cmd_print_json("show",
                          json_pack("{ss ss ss ss sO? so so so so}", "name", m->name, "version",
                                    m->version, "released", m->released_text, "summary", m->summary,
                                    "about", m->about, "layers", layers, "variables", variables,
                                    "milestones", milestones, "files", ais_listing(&s->plan, err)),
                          err);
}

static void print_about(const json_t *about) {
    static const struct {
        const char *key, *label;
    } lines[] = {{"builds", "Builds"}, {"proves", "Proves"}, {"level", "Level"}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *text = json_string_value(json_object_get(about, lines[i].key));
        if (!text)
            continue;
        printf("%-8s ", lines[i].label);
        ui_print(stdout, text);
        putchar('\n');
    }
    if (json_object_get(about, "hours"))
        printf("%-8s %g\n", "Hours", json_number_value(json_object_get(about, "hours")));
    for (size_t i = 0; i < json_array_size(json_object_get(about, "skills")); i++) {
        printf("%-8s ", i ? "" : "Skills");
        ui_print(stdout, json_string_value(json_array_get(json_object_get(about, "skills"), i)));
        putchar('\n');
    }
}

static void print_questions(const struct ais_template *t) {
    puts("\nQuestions:");
    for (size_t i = 0; i < t->variable_count; i++) {
        const struct ais_variable *v = t->variables[i].variable;
        char *text = v->fallback && !v->secret ? ais_value_text(v->fallback) : NULL;
        char *choices = v->choices ? ais_value_text(v->choices) : NULL;
        if (!v->computed) {
            printf("  %-16s ", v->name);
            ui_print(stdout, v->prompt ? v->prompt : ais_type_name(v->type));
            if (choices) {
                printf(" (%s ", v->type == AIS_CHOICE ? "one of" : "any of");
                ui_print(stdout, choices);
                putchar(')');
            }
            if (text) {
                fputs(" [", stdout);
                ui_print(stdout, text);
                putchar(']');
            }
            putchar('\n');
        }
        ais_free(text);
        ais_free(choices);
    }
}

/* The files that stay the template's. */
static void print_protected(const struct show *s) {
    bool any = false;
    for (size_t i = 0; i < s->plan.count; i++) {
        if (s->plan.entries[i].role != AIS_PROTECTED)
            continue;
        if (!any)
            puts("\nProtected, since they are the template's:");
        any = true;
        fputs("  ", stdout);
        ui_print(stdout, s->plan.files[i].path);
        putchar('\n');
    }
}

static void print_text(const struct show *s) {
    const struct ais_manifest *m = ais_template_manifest(s->t);
    printf("%s %s\n", m->name, m->version);
    ui_print(stdout, m->summary);
    putchar('\n');
    if (m->about || s->t->part_count > 1)
        putchar('\n');
    print_about(m->about);
    if (s->t->part_count > 1)
        fputs("Layers  ", stdout);
    for (size_t i = 0; i + 1 < s->t->part_count; i++)
        printf(" %s%s", s->t->parts[i]->manifest.name, i + 2 == s->t->part_count ? "\n" : "");
    if (s->t->variable_count)
        print_questions(s->t);
    if (m->milestone_count)
        puts("\nMilestones:");
    for (size_t i = 0; i < m->milestone_count; i++) {
        printf("  %-16s ", m->milestones[i].id);
        ui_print(stdout, m->milestones[i].title);
        putchar('\n');
    }
    print_protected(s);
    if (!s->planned) {
        puts("\nIts files depend on the questions that have no default (give them with -s).");
        return;
    }
    printf("\nA project of %zu %s, %zu bytes", s->plan.count, s->plan.count == 1 ? "file" : "files",
           s->plan.bytes);
    puts(s->tree ? ":\n" : " (--tree shows them).");
    if (s->tree)
        ui_draw_tree(stdout, &s->plan, m->name);
}

static int show(struct show *s, const char *source, struct ais_error *err) {
    struct ais_error missing = {0};
    if (cmd_catalogue_open(&s->catalogue, &s->templates, err) < 0)
        return -1;
    s->t = ais_template_load(&s->catalogue.catalogue, source, err);
    s->answers = s->t ? ais_answers_new(s->t, err) : NULL;
    if (!s->answers || ais_edition_read(&s->edition, s->edition_name, "complete", NULL, err) < 0 ||
        cmd_give(s->answers, &s->set, s->answers_file, err) < 0)
        return -1;
    /* where a question has no default, the files are not known yet */
    s->planned = ais_answers_resolve(s->answers, NULL, true, &missing) == 0;
    if (s->planned ? ais_plan_make(&s->plan, s->t, s->answers, &s->edition, err) < 0
                   : missing.status != AIS_ANSWERS) {
        if (!s->planned)
            *err = missing;
        return -1;
    }
    if (s->json)
        return print_json(s, err);
    print_text(s);
    return cmd_flush(err);
}

static int run_show(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct show s = {0};
    const struct cmd_option options[] = {
        {'s', "set", "NAME=VALUE", "give an answer, to see what it changes", CMD_LIST, &s.set},
        {0, "answers", "FILE", "take answers from a JSON object", CMD_TEXT, &s.answers_file},
        {0, "edition", "EDITION", "complete (default) or starter", CMD_TEXT, &s.edition_name},
        {0, "tree", NULL, "draw the project's files", CMD_FLAG, &s.tree},
        {0, "templates", "DIR", "look for templates here first; may be repeated", CMD_LIST,
         &s.templates},
        {0, "json", NULL, "print all of it as JSON", CMD_FLAG, &s.json},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 1, 1, err);
    if (count == 1)
        rc = show(&s, argv[1], err);
    ais_plan_release(&s.plan);
    ais_answers_free(s.answers);
    ais_template_free(s.t);
    cmd_catalogue_release(&s.catalogue);
    cmd_list_release(&s.set);
    cmd_list_release(&s.templates);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_show = {
    .name = "show",
    .arguments = "SOURCE",
    .summary = "Show what a template asks and makes.",
    .text =
        "Show a template: what it builds and proves, its layers, questions with their defaults,\n"
        "milestones, and the files that it makes.",
    .examples = "  aiscaffold show chatbot\n"
                "  aiscaffold show chatbot --tree -s features=ci\n"
                "  aiscaffold show chatbot --json\n",
    .run = run_show,
};
