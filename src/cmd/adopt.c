#include "cmd/cmd.h"

#include "ui/terminal.h"
#include "update/adopt.h"

#include <stdio.h>
#include <time.h>

struct run {
    struct cmd_list set, templates;
    const char *answers, *date;
    bool yes, json, quiet;
    struct ais_update_options o;
    struct ais_adoption adoption;
};

static int give(void *payload, struct ais_answers *answers, struct ais_error *err) {
    const struct run *run = payload;
    return cmd_give(answers, &run->set, run->answers, err);
}

static int resolve(void *payload, struct ais_answers *answers, struct ais_error *err) {
    const struct run *run = payload;
    return cmd_answer(answers, run->yes, err);
}

static int report(const struct run *run, struct ais_error *err) {
    const struct ais_next *next = &run->adoption.next;
    char pristine[AIS_OID_HEX], commit[AIS_OID_HEX];
    ais_oid_hex(&run->adoption.pristine, pristine);
    ais_oid_hex(&run->adoption.commit, commit);
    if (run->json)
        return cmd_print_json("adopt",
                              json_pack("{ss ss ss ss ss}", "template", next->record.template_name,
                                        "version", next->record.version, "edition",
                                        next->record.edition, "pristine", pristine, "commit",
                                        commit),
                              err);
    if (run->quiet)
        return 0;
    fputs("adopted as ", stderr);
    ui_print(stderr, next->record.template_name);
    fprintf(stderr, " %s (aiscaffold status tells what differs)\n", next->record.version);
    return 0;
}

static int execute(struct run *run, struct ais_error *err) {
    int64_t now;
    bool found;
    if (cmd_date(run->date, &now, &found, err) < 0)
        return -1;
    run->o.now = found ? now : time(NULL);
    run->o.stop = &cmd_stop;
    run->o.wish.give = give;
    run->o.wish.payload = run;
    run->o.wish.resolve = resolve;
    cmd_working = true;
    if (ais_adopt_run(&run->adoption, &run->o, err) == 0)
        return report(run, err);
    for (size_t i = 0; i < run->adoption.in_the_way.count; i++)
        cmd_print_path("in the way: ", run->adoption.in_the_way.names[i]);
    return -1;
}

static int run_adopt(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct run run = {.o.folder = "."};
    struct cmd_catalogue catalogue = {0};
    const struct cmd_option options[] = {
        {'s', "set", "NAME=VALUE", "give an answer; may be repeated", CMD_LIST, &run.set},
        {0, "answers", "FILE", "take answers from a JSON object; - is standard input", CMD_TEXT,
         &run.answers},
        {'y', "yes", NULL, "take the default of every other question", CMD_FLAG, &run.yes},
        {0, "edition", "EDITION", "complete (default) or starter", CMD_TEXT, &run.o.wish.edition},
        {0, "date", "TIME", "date of the merge (default: SOURCE_DATE_EPOCH, or now)", CMD_TEXT,
         &run.date},
        {0, "templates", "DIR", "look for templates here first; may be repeated", CMD_LIST,
         &run.templates},
        {0, "json", NULL, "print what was made as JSON", CMD_FLAG, &run.json},
        {'q', "quiet", NULL, "say nothing when all is well", CMD_FLAG, &run.quiet},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 1, 2, err);
    if (count > 0 && cmd_catalogue_open(&catalogue, &run.templates, err) == 0) {
        run.o.wish.catalogue = &catalogue.catalogue;
        run.o.wish.source = argv[1];
        if (count > 1)
            run.o.folder = argv[2];
        rc = execute(&run, err);
    }
    ais_adoption_release(&run.adoption);
    cmd_catalogue_release(&catalogue);
    cmd_list_release(&run.set);
    cmd_list_release(&run.templates);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_adopt = {
    .name = "adopt",
    .arguments = "SOURCE [DIR]",
    .summary = "Give a project of other making its template.",
    .text =
        "Let the project in DIR (default: this folder), a git repository, be one that was made\n"
        "from SOURCE: what the template gives is committed as a beginning of its own and merged\n"
        "into the branch. All files stay as they are; only the record .aiscaffold.json is added.\n"
        "Then status, diff and update work.",
    .examples = "  aiscaffold adopt chatbot -y\n"
                "  aiscaffold adopt ./my-template my-bot -s project_name='My Bot'\n",
    .run = run_adopt,
};
