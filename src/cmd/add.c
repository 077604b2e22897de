#include "cmd/merge.h"

#include "ui/terminal.h"

#include <stdio.h>

struct run {
    struct cmd_merge m;
    struct ais_switch layer;
};

static void print_end(const struct cmd_merge *m) {
    const struct ais_update *u = &m->update;
    const struct ais_switch *layer = m->o.wish.layer;
    cmd_merge_print_finished(m);
    if (u->current)
        fprintf(stderr, "nothing to %s: ", layer->off ? "remove" : "add");
    else
        fprintf(stderr, "%s%s ", m->o.dry_run ? "would " : "",
                layer->off ? (m->o.dry_run ? "remove" : "removed")
                           : (m->o.dry_run ? "add" : "added"));
    ui_print(stderr, layer->layer);
    if (u->current)
        fputs(layer->off ? " is no part of it" : " is part of it already", stderr);
    if (u->next.set) {
        fputs(" by ", stderr);
        ui_print(stderr, u->next.set);
    }
    fputc('\n', stderr);
    cmd_merge_print_next(m);
}

static int execute(struct run *run, char **argv, int count, struct ais_error *err) {
    struct cmd_merge *m = &run->m;
    run->layer.layer = argv[1];
    m->o.wish.layer = &run->layer;
    if (count > 1)
        m->o.folder = argv[2];
    if (cmd_merge_prepare(m, err) < 0)
        return -1;
    return cmd_merge_run(m, err);
}

static int run_add(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct run run = {.m = {.command = "add", .end = print_end, .o.folder = "."}};
    struct cmd_catalogue catalogue = {0};
    const struct cmd_option options[] = {
        {0, "remove", NULL, "take it out again", CMD_FLAG, &run.layer.off},
        {0, "from", "SOURCE", "the template, in the version that the project is at", CMD_TEXT,
         &run.m.o.wish.source},
        {0, "on-conflict", "HOW", "mark the lines (default), or keep whole files of yours",
         CMD_TEXT, &run.m.conflict},
        {'s', "set", "NAME=VALUE", "give an answer, too; may be repeated", CMD_LIST, &run.m.set},
        {0, "answers", "FILE", "take answers from a JSON object; - is standard input", CMD_TEXT,
         &run.m.answers},
        {'y', "yes", NULL, "take the default of every new question", CMD_FLAG, &run.m.yes},
        {'n', "dry-run", NULL, "tell what would come, and change nothing", CMD_FLAG,
         &run.m.o.dry_run},
        {0, "date", "TIME", "date of the merge (default: SOURCE_DATE_EPOCH, or now)", CMD_TEXT,
         &run.m.date},
        {0, "templates", "DIR", "look for templates here first; may be repeated", CMD_LIST,
         &run.m.templates},
        {0, "json", NULL, "print the report as JSON", CMD_FLAG, &run.m.json},
        {'q', "quiet", NULL, "print the report only", CMD_FLAG, &run.m.quiet},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 1, 2, err);
    if (count > 0 && cmd_catalogue_open(&catalogue, &run.m.templates, err) == 0) {
        run.m.o.wish.catalogue = &catalogue.catalogue;
        rc = execute(&run, argv, count, err);
    }
    cmd_merge_release(&run.m);
    cmd_catalogue_release(&catalogue);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_add = {
    .name = "add",
    .arguments = "LAYER [DIR]",
    .summary = "Add a layer to a project, or remove one.",
    .text = "Switch a layer of the template on, or with --remove off, in the project that DIR\n"
            "(default: this folder) lies in: the one answer that decides it is changed, and what\n"
            "the template then gives is merged in, as an update is. LAYER may also be one of the\n"
            "choices that the template offers. Conflicts are marked as git does it and left for a\n"
            "commit of yours, with exit status 5; aiscaffold update --abort takes them back.",
    .examples = "  aiscaffold add docker\n"
                "  aiscaffold add docker -n\n"
                "  aiscaffold add --remove ci my-bot\n",
    .run = run_add,
};
