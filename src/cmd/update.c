#include "cmd/cmd.h"

#include "ui/terminal.h"
#include "update/update.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

struct run {
    struct cmd_list set, templates;
    const char *from, *to, *answers, *conflict, *date;
    bool yes, abort, all, json, quiet;
    struct ais_update_options o;
    struct ais_update update;
    struct ais_asker asker;
};

static int give(void *payload, struct ais_answers *answers, struct ais_error *err) {
    const struct run *run = payload;
    return cmd_give(answers, &run->set, run->answers, err);
}

/* [{"path", "result", "note"}] */
static json_t *list_files(const struct ais_merge *merge) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < merge->line_count; i++) {
        const struct ais_outcome_line *line = &merge->lines[i];
        if (json_array_append_new(list, json_pack("{ss ss ss}", "path", line->path, "result",
                                                  ais_outcome_name(line->outcome), "note",
                                                  line->note)) < 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static size_t count_conflicts(const struct ais_merge *merge) {
    size_t count = 0;
    for (size_t i = 0; i < merge->line_count; i++)
        count += merge->lines[i].outcome == AIS_CLASHED;
    return count;
}

/* What became of one project; a new reference, or NULL. */
static json_t *pack(const struct run *run) {
    const struct ais_update *u = &run->update;
    char pristine[AIS_OID_HEX], commit[AIS_OID_HEX];
    json_t *files = list_files(&u->merge);
    ais_oid_hex(u->current ? &u->origin.pristine : &u->pristine, pristine);
    ais_oid_hex(&u->commit, commit);
    if (!files)
        return NULL;
    return json_pack("{ss ss ss ss sb sb sb ss ss? so}", "template", u->next.record.template_name,
                     "from", u->origin.record.version, "to", u->next.record.version, "edition",
                     u->next.record.edition, "dry_run", run->o.dry_run, "current", u->current,
                     "finished", u->finished, "pristine", pristine, "commit",
                     u->has_commit ? commit : NULL, "files", files);
}

static void print_lines(const struct ais_merge *merge) {
    for (size_t i = 0; i < merge->line_count; i++) {
        const struct ais_outcome_line *line = &merge->lines[i];
        printf("%-8s  ", ais_outcome_name(line->outcome));
        ui_print(stdout, line->path);
        fputs("  (", stdout);
        ui_print(stdout, line->note);
        fputs(")\n", stdout);
    }
}

static void print_end(const struct run *run) {
    const struct ais_update *u = &run->update;
    if (u->finished)
        fputs("finished the update that was interrupted\n", stderr);
    if (u->current) {
        fputs("nothing to update: the project is at ", stderr);
        ui_print(stderr, u->origin.record.template_name);
        fprintf(stderr, " %s\n", u->origin.record.version);
        return;
    }
    fputs(run->o.dry_run ? "would update from " : "updated from ", stderr);
    ui_print(stderr, u->origin.record.template_name);
    fprintf(stderr, " %s to %s\n", u->origin.record.version, u->next.record.version);
    if (u->merge.conflict_count && !run->o.dry_run)
        fputs("next: settle the conflicts, git add them, git commit (or aiscaffold update "
              "--abort)\n",
              stderr);
}

static int report(const struct run *run, struct ais_error *err) {
    size_t conflicts = count_conflicts(&run->update.merge);
    if (run->json) {
        if (cmd_print_json("update", pack(run), err) < 0)
            return -1;
    } else {
        print_lines(&run->update.merge);
        if (cmd_flush(err) < 0)
            return -1;
        if (!run->quiet)
            print_end(run);
    }
    if (!conflicts)
        return 0;
    return ais_fail(err, AIS_CONFLICT, "%zu %s", conflicts,
                    conflicts == 1 ? "file is in conflict" : "files are in conflict");
}

/* The line of one of many projects. */
static int report_one(const struct run *run, const struct ais_error *failure, json_t *list) {
    size_t conflicts = count_conflicts(&run->update.merge);
    char text[2048];
    const char *why = ais_error_text(failure, text, sizeof text);
    json_t *one = failure->status ? json_pack("{ss}", "error", why) : pack(run);
    int status = failure->status ? (int)failure->status : conflicts ? (int)AIS_CONFLICT : 0;
    if (!one || json_object_set_new(one, "directory", json_string(run->o.folder)) < 0 ||
        json_object_set_new(one, "status", json_integer(status)) < 0 ||
        json_array_append(list, one) < 0)
        status = -1;
    json_decref(one);
    if (run->json || status < 0)
        return status;
    ui_print(stdout, run->o.folder);
    fputs(": ", stdout);
    if (failure->status)
        ui_print(stdout, why);
    else if (run->update.current)
        printf("at %s already", run->update.origin.record.version);
    else
        printf("%s to %s, %zu in conflict", run->update.origin.record.version,
               run->update.next.record.version, conflicts);
    putchar('\n');
    return status;
}

/* Updates many projects; what fails in one is told, and no reason to leave the others. */
static int update_all(struct run *run, char **folders, int count, struct ais_error *err) {
    json_t *list = json_array();
    size_t failed = 0, clashed = 0;
    for (int i = 0; i < count && !cmd_stop; i++) {
        struct ais_error failure = {0};
        int status;
        run->o.folder = folders[i];
        ais_update_run(&run->update, &run->o, &failure);
        status = report_one(run, &failure, list);
        ais_update_release(&run->update);
        failed += status != 0 && status != AIS_CONFLICT;
        clashed += status == AIS_CONFLICT;
    }
    if (!run->json)
        json_decref(list);
    if (run->json ? cmd_print_json("update", json_pack("{so}", "projects", list), err) < 0
                  : cmd_flush(err) < 0)
        return -1;
    if (failed)
        return ais_fail(err, AIS_FAILED, "%zu of %d projects could not be updated", failed, count);
    return clashed
               ? ais_fail(err, AIS_CONFLICT, "%zu of %d projects are in conflict", clashed, count)
               : 0;
}

static int read_options(struct run *run, const char *source, struct ais_error *err) {
    struct ais_next_wish *wish = &run->o.wish;
    int64_t time_of;
    bool found;
    if (source && run->from)
        return ais_fail(err, AIS_USAGE, "SOURCE is given twice, as \"%s\" and with --from", source);
    wish->source = run->from ? run->from : source;
    wish->version = run->to;
    if (run->conflict && strcmp(run->conflict, "keep") != 0 && strcmp(run->conflict, "mark") != 0)
        return ais_fail(err, AIS_USAGE, "--on-conflict must be \"mark\" or \"keep\", not \"%s\"",
                        run->conflict);
    run->o.keep = run->conflict && strcmp(run->conflict, "keep") == 0;
    if (cmd_date(run->date, &time_of, &found, err) < 0)
        return -1;
    run->o.now = found ? time_of : time(NULL);
    return 0;
}

static int execute(struct run *run, char **argv, int count, struct ais_error *err) {
    if (count > 1 && !run->all)
        return ais_fail(err, AIS_USAGE, "%d arguments, where one is enough (or --all)", count);
    if (run->all && run->abort)
        return ais_fail(err, AIS_USAGE, "--abort takes one project back, not all");
    if (run->abort) {
        if (ais_update_abort(run->o.folder, err) < 0)
            return -1;
        if (!run->quiet)
            fputs("took the update back\n", stderr);
        return 0;
    }
    if (read_options(run, count && !run->all ? argv[1] : NULL, err) < 0)
        return -1;
    run->o.wish.give = give;
    run->o.wish.payload = run;
    run->asker = ui_asker();
    run->o.wish.asker = !run->yes && ui_can_ask() ? &run->asker : NULL;
    run->o.wish.defaults = run->yes;
    run->o.stop = &cmd_stop;
    cmd_working = !run->o.dry_run;
    if (run->all)
        return update_all(run, argv + 1, count, err);
    if (ais_update_run(&run->update, &run->o, err) == 0)
        return report(run, err);
    for (size_t i = 0; i < run->update.in_the_way.count; i++) {
        fputs("in the way: ", stderr);
        ui_print(stderr, run->update.in_the_way.names[i]);
        fputc('\n', stderr);
    }
    return -1;
}

static int run_update(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct run run = {.o.folder = "."};
    struct cmd_catalogue catalogue = {0};
    const struct cmd_option options[] = {
        {'C', "directory", "DIR", "the project (default: this folder)", CMD_TEXT, &run.o.folder},
        {0, "from", "SOURCE", "the newer template, or the student's next kit: folder or archive",
         CMD_TEXT, &run.from},
        {0, "to", "VERSION", "insist on this version; it may be an older one", CMD_TEXT, &run.to},
        {0, "on-conflict", "HOW", "mark the lines (default), or keep whole files of yours",
         CMD_TEXT, &run.conflict},
        {'s', "set", "NAME=VALUE", "give or change an answer; may be repeated", CMD_LIST, &run.set},
        {0, "answers", "FILE", "take answers from a JSON object; - is standard input", CMD_TEXT,
         &run.answers},
        {'y', "yes", NULL, "take the default of every new question", CMD_FLAG, &run.yes},
        {'n', "dry-run", NULL, "tell what would come, and change nothing", CMD_FLAG,
         &run.o.dry_run},
        {0, "all", NULL, "update the projects in all folders that are named, with --from SOURCE",
         CMD_FLAG, &run.all},
        {0, "abort", NULL, "take back an update that is not finished", CMD_FLAG, &run.abort},
        {0, "date", "TIME", "date of the merge (default: SOURCE_DATE_EPOCH, or now)", CMD_TEXT,
         &run.date},
        {0, "templates", "DIR", "look for templates here first; may be repeated", CMD_LIST,
         &run.templates},
        {0, "json", NULL, "print the report as JSON", CMD_FLAG, &run.json},
        {'q', "quiet", NULL, "print the report only", CMD_FLAG, &run.quiet},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 0, 100000, err);
    if (count >= 0 && cmd_catalogue_open(&catalogue, &run.templates, err) == 0) {
        run.o.wish.catalogue = &catalogue.catalogue;
        rc = execute(&run, argv, count, err);
    }
    ais_update_release(&run.update);
    cmd_catalogue_release(&catalogue);
    cmd_list_release(&run.set);
    cmd_list_release(&run.templates);
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
