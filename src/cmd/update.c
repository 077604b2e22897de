#include "cmd/merge.h"

#include "ui/progress.h"
#include "ui/terminal.h"

#include <stdio.h>
#include <unistd.h>

struct run {
    struct cmd_merge m;
    const char *from, *to;
    bool abort, all;
};

static void print_end(const struct cmd_merge *m) {
    const struct ais_update *u = &m->update;
    cmd_merge_print_finished(m);
    if (!u->origin.proved)
        fputs("note: nothing proves what --base names; it was taken for what the template gave\n",
              stderr);
    if (u->current) {
        fputs("nothing to update: the project is at ", stderr);
        ui_print(stderr, u->origin.record.template_name);
        fprintf(stderr, " %s\n", u->origin.record.version);
        return;
    }
    fputs(m->o.dry_run ? "would update from " : "updated from ", stderr);
    ui_print(stderr, u->origin.record.template_name);
    fprintf(stderr, " %s to %s\n", u->origin.record.version, u->next.record.version);
    cmd_merge_print_next(m);
}

/* The line of one of many projects. */
static int report_one(const struct cmd_merge *m, const struct ais_error *failure, json_t *list) {
    size_t conflicts = cmd_merge_conflicts(m);
    char text[2048];
    const char *why = ais_error_text(failure, text, sizeof text);
    json_t *one = failure->status ? json_pack("{ss}", "error", why) : cmd_merge_pack(m);
    int status = failure->status ? (int)failure->status : conflicts ? (int)AIS_CONFLICT : 0;
    if (!one || json_object_set_new(one, "directory", cmd_json_path(m->o.folder)) < 0 ||
        json_object_set_new(one, "status", json_integer(status)) < 0 ||
        json_array_append(list, one) < 0)
        status = -1;
    json_decref(one);
    if (m->json || status < 0)
        return status;
    ui_print(stdout, m->o.folder);
    fputs(": ", stdout);
    if (failure->status)
        ui_print(stdout, why);
    else if (m->update.current)
        printf("at %s already", m->update.origin.record.version);
    else
        printf("%s to %s, %zu in conflict", m->update.origin.record.version,
               m->update.next.record.version, conflicts);
    putchar('\n');
    return status;
}

/* Updates many projects; what fails in one is told, and no reason to leave the others. */
static int update_all(struct cmd_merge *m, char **folders, int count, struct ais_error *err) {
    json_t *list = json_array();
    size_t failed = 0, clashed = 0;
    /* lines on the same terminal tell enough */
    struct ui_progress progress = {.what = "projects",
                                   .quiet = m->quiet || (!m->json && isatty(STDOUT_FILENO))};
    for (int i = 0; i < count && !cmd_stop; i++) {
        struct ais_error failure = {0};
        int status;
        ui_progress_show(&progress, (size_t)i, (size_t)count);
        m->o.folder = folders[i];
        ais_update_run(&m->update, &m->o, &failure);
        status = report_one(m, &failure, list);
        ais_update_release(&m->update);
        failed += status != 0 && status != AIS_CONFLICT;
        clashed += status == AIS_CONFLICT;
    }
    ui_progress_end(&progress);
    if (!m->json)
        json_decref(list);
    if (m->json ? cmd_print_json("update", json_pack("{so}", "projects", list), err) < 0
                : cmd_flush(err) < 0)
        return -1;
    if (failed)
        return ais_fail(err, AIS_FAILED, "%zu of %d projects could not be updated", failed, count);
    return clashed
               ? ais_fail(err, AIS_CONFLICT, "%zu of %d projects are in conflict", clashed, count)
               : 0;
}

static int execute(struct run *run, char **argv, int count, struct ais_error *err) {
    struct cmd_merge *m = &run->m;
    const char *source = count && !run->all ? argv[1] : NULL;
    if (count > 1 && !run->all)
        return ais_fail(err, AIS_USAGE, "%d arguments, where one is enough (or --all)", count);
    if (run->all && run->abort)
        return ais_fail(err, AIS_USAGE, "--abort takes one project back, not all");
    if (run->abort) {
        if (ais_update_abort(m->o.folder, err) < 0)
            return -1;
        if (!m->quiet)
            fputs("took the update back\n", stderr);
        return 0;
    }
    if (source && run->from)
        return ais_fail(err, AIS_USAGE, "SOURCE is given twice, as \"%s\" and with --from", source);
    m->o.wish.source = run->from ? run->from : source;
    m->o.wish.version = run->to;
    if (cmd_merge_prepare(m, err) < 0)
        return -1;
    return run->all ? update_all(m, argv + 1, count, err) : cmd_merge_run(m, err);
}

static int run_update(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct run run = {.m = {.command = "update", .end = print_end, .o.folder = "."}};
    struct cmd_catalogue catalogue = {0};
    const struct cmd_option options[] = {
        {'C', "directory", "DIR", "the project (default: this folder)", CMD_TEXT, &run.m.o.folder},
        {0, "from", "SOURCE", "the newer template, or the student's next kit: folder or archive",
         CMD_TEXT, &run.from},
        {0, "to", "VERSION", "insist on this version; it may be an older one", CMD_TEXT, &run.to},
        {0, "base", "COMMIT", "this commit holds what the template gave, where none proves it",
         CMD_TEXT, &run.m.o.base},
        {0, "on-conflict", "HOW", "mark the lines (default), or keep whole files of yours",
         CMD_TEXT, &run.m.conflict},
        {'s', "set", "NAME=VALUE", "give or change an answer; may be repeated", CMD_LIST,
         &run.m.set},
        {0, "answers", "FILE", "take answers from a JSON object; - is standard input", CMD_TEXT,
         &run.m.answers},
        {'y', "yes", NULL, "take the default of every new question", CMD_FLAG, &run.m.yes},
        {'n', "dry-run", NULL, "tell what would come, and change nothing", CMD_FLAG,
         &run.m.o.dry_run},
        {0, "all", NULL, "update the projects in all folders that are named, with --from SOURCE",
         CMD_FLAG, &run.all},
        {0, "abort", NULL, "take back an update that is not finished", CMD_FLAG, &run.abort},
        {0, "date", "TIME", "date of the merge (default: SOURCE_DATE_EPOCH, or now)", CMD_TEXT,
         &run.m.date},
        {0, "templates", "DIR", "look for templates here first; may be repeated", CMD_LIST,
         &run.m.templates},
        {0, "json", NULL, "print the report as JSON", CMD_FLAG, &run.m.json},
        {'q', "quiet", NULL, "print the report only", CMD_FLAG, &run.m.quiet},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 0, 100000, err);
    if (count >= 0 && cmd_catalogue_open(&catalogue, &run.m.templates, err) == 0) {
        run.m.o.wish.catalogue = &catalogue.catalogue;
        rc = execute(&run, argv, count, err);
    }
    cmd_merge_release(&run.m);
    cmd_catalogue_release(&catalogue);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_update = {
    .name = "update",
    .arguments = "[SOURCE]",
    .summary = "Merge a newer version of the template into a project.",
    .text =
        "Merge what changed in the template since the project was made, or last updated, into\n"
        "the branch, and keep what its author did. SOURCE is the newer template (default: the "
        "idea\n"
        "that the project was made from, as this program has it). The answers are those of the\n"
        "project; new questions are asked. Conflicts are marked as git does it and left for a\n"
        "commit of yours, with exit status 5. An interrupted update is finished by the next one.",
    .examples = "  aiscaffold update\n"
                "  aiscaffold update ../course/chatbot -n\n"
                "  aiscaffold update --from ../kits/ada.tar.gz\n"
                "  aiscaffold update --from ./course --all clones/ada clones/bob\n"
                "  aiscaffold update --abort\n",
    .run = run_update,
};
