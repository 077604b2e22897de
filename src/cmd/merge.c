#include "cmd/merge.h"

#include "ui/terminal.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static int give(void *payload, struct ais_answers *answers, struct ais_error *err) {
    const struct cmd_merge *run = payload;
    return cmd_give(answers, &run->set, run->answers, err);
}

static int resolve(void *payload, struct ais_answers *answers, struct ais_error *err) {
    const struct cmd_merge *run = payload;
    return cmd_answer(answers, run->yes, err);
}

/* [{"path", "result", "note"}] */
static json_t *list_files(const struct ais_merge *merge) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < merge->line_count; i++) {
        const struct ais_outcome_line *line = &merge->lines[i];
        if (json_array_append_new(list, json_pack("{so ss so}", "path", cmd_json_path(line->path),
                                                  "result", ais_outcome_name(line->outcome), "note",
                                                  cmd_json_path(line->note))) < 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

size_t cmd_merge_conflicts(const struct cmd_merge *run) {
    const struct ais_merge *merge = &run->update.merge;
    size_t count = 0;
    for (size_t i = 0; i < merge->line_count; i++)
        count += merge->lines[i].outcome == AIS_CLASHED;
    return count;
}

json_t *cmd_merge_pack(const struct cmd_merge *run) {
    const struct ais_update *u = &run->update;
    char pristine[AIS_OID_HEX], commit[AIS_OID_HEX];
    json_t *files = list_files(&u->merge);
    ais_oid_hex(u->current ? &u->origin.pristine : &u->pristine, pristine);
    ais_oid_hex(&u->commit, commit);
    if (!files)
        return NULL;
    return json_pack("{ss ss ss ss ss* sb sb sb ss ss? so}", "template",
                     u->next.record.template_name, "from", u->origin.record.version, "to",
                     u->next.record.version, "edition", u->next.record.edition, "set", u->next.set,
                     "dry_run", run->o.dry_run, "current", u->current, "finished", u->finished,
                     "pristine", pristine, "commit", u->has_commit ? commit : NULL, "files", files);
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

void cmd_merge_print_finished(const struct cmd_merge *run) {
    if (run->update.finished)
        fputs("finished the update that was interrupted\n", stderr);
}

void cmd_merge_print_next(const struct cmd_merge *run) {
    if (run->update.merge.conflict_count && !run->o.dry_run)
        fputs("next: settle the conflicts, git add them, git commit (or aiscaffold update "
              "--abort)\n",
              stderr);
}

static int report(const struct cmd_merge *run, struct ais_error *err) {
    size_t conflicts = cmd_merge_conflicts(run);
    if (run->json) {
        if (cmd_print_json(run->command, cmd_merge_pack(run), err) < 0)
            return -1;
    } else {
        print_lines(&run->update.merge);
        if (cmd_flush(err) < 0)
            return -1;
        if (!run->quiet)
            run->end(run);
    }
    if (!conflicts)
        return 0;
    return cmd_fail_conflicts(conflicts, err);
}

int cmd_merge_run(struct cmd_merge *run, struct ais_error *err) {
    if (ais_update_run(&run->update, &run->o, err) == 0)
        return report(run, err);
    for (size_t i = 0; i < run->update.in_the_way.count; i++)
        cmd_print_path("in the way: ", run->update.in_the_way.names[i]);
    return -1;
}

int cmd_merge_prepare(struct cmd_merge *run, struct ais_error *err) {
    int64_t time_of;
    bool found;
    if (cmd_conflict(run->conflict, err) < 0)
        return -1;
    run->o.keep = run->conflict && strcmp(run->conflict, "keep") == 0;
    if (cmd_date(run->date, &time_of, &found, err) < 0)
        return -1;
    run->o.now = found ? time_of : time(NULL);
    run->o.wish.give = give;
    run->o.wish.payload = run;
    run->o.wish.resolve = resolve;
    run->o.stop = &cmd_stop;
    cmd_working = !run->o.dry_run;
    return 0;
}

void cmd_merge_release(struct cmd_merge *run) {
    ais_update_release(&run->update);
    cmd_list_release(&run->set);
    cmd_list_release(&run->templates);
}
