/* What `update` and `add` share: a merge with what the template gives, and its report. */
#ifndef AIS_CMD_MERGE_H
#define AIS_CMD_MERGE_H

#include "cmd/cmd.h"
#include "update/update.h"

/* `command` and `end`, which prints the last lines for people, are the command's own; the rest is
 * filled by options. Zeroed it is empty. */
struct cmd_merge {
    const char *command;
    void (*end)(const struct cmd_merge *run);
    struct cmd_list set, templates;
    const char *answers, *conflict, *date;
    bool yes, json, quiet;
    struct ais_update_options o;
    struct ais_update update;
};

/* Turns what was read from the options into run->o. */
int cmd_merge_prepare(struct cmd_merge *run, struct ais_error *err);
/* Merges, and prints the report; AIS_CONFLICT where files are in conflict. */
int cmd_merge_run(struct cmd_merge *run, struct ais_error *err);
void cmd_merge_release(struct cmd_merge *run);

/* Of run->update: what became of the project, a new reference or NULL, and how many files are in
 * conflict. */
json_t *cmd_merge_pack(const struct cmd_merge *run);
size_t cmd_merge_conflicts(const struct cmd_merge *run);

/* "updated from NAME VERSION"-like ends share these: a note on an update that was finished first,
 * and what comes next where conflicts are left. */
void cmd_merge_print_finished(const struct cmd_merge *run);
void cmd_merge_print_next(const struct cmd_merge *run);

#endif
