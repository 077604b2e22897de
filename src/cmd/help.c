#include "cmd/cmd.h"

#include "ui/manual.h"

#include <stdio.h>
#include <string.h>

/* Pages that tell of more than one command, and their sections. */
static const char *const topics[] = {"roster", "tutorial"};
static const int sections[] = {5, 7};
enum { TOPICS = sizeof topics / sizeof *topics, NAMES_MAX = 64 };

void cmd_print_commands(FILE *out) {
    fputs("usage: aiscaffold COMMAND [OPTION]... [ARGUMENT]...\n\n"
          "Make portfolio projects that run, from templates.\n\nCommands:\n",
          out);
    for (size_t i = 0; cmd_all[i]; i++)
        fprintf(out, "  %-11s %s\n", cmd_all[i]->name, cmd_all[i]->summary);
    fputs("\n  aiscaffold COMMAND --help tells more about one; aiscaffold help COMMAND opens its "
          "manual page.\n",
          out);
}

const struct cmd *cmd_find(const char *name) {
    for (size_t i = 0; cmd_all[i]; i++)
        if (strcmp(cmd_all[i]->name, name) == 0)
            return cmd_all[i];
    return NULL;
}

static int fail_unknown(const char *topic, struct ais_error *err) {
    const char *names[NAMES_MAX];
    char hint[128];
    size_t count = 0;
    for (; count < NAMES_MAX - TOPICS && cmd_all[count]; count++)
        names[count] = cmd_all[count]->name;
    for (size_t i = 0; i < TOPICS; i++)
        names[count++] = topics[i];
    ais_did_you_mean(hint, sizeof hint, topic, names, count);
    return ais_fail(err, AIS_USAGE, "no help on \"%s\"%s", topic,
                    *hint ? hint : " (aiscaffold help lists the commands)");
}

static int help(const char *topic, struct ais_error *err) {
    const struct cmd *about = cmd_find(topic);
    char page[64], text[] = "--help";
    char *argv[] = {NULL, text, NULL};
    if (about) {
        ui_manual(about->page ? about->page : "aiscaffold");
        return about->run(about, 2, argv, err);
    }
    for (size_t i = 0; i < TOPICS; i++) {
        if (strcmp(topic, topics[i]) != 0)
            continue;
        snprintf(page, sizeof page, "aiscaffold-%s", topic);
        ui_manual(page);
        return ais_fail(err, AIS_FAILED,
                        "the manual page %s is not installed (in the source's folder, man "
                        "./man/%s.%d opens it)",
                        page, page, sections[i]);
    }
    return fail_unknown(topic, err);
}

static int run_help(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    const struct cmd_option options[] = {{0}};
    int count = cmd_parse(cmd, options, argc, argv, 0, 1, err);
    if (count == 0) {
        cmd_print_commands(stdout);
        return cmd_flush(err);
    }
    return count == 1 ? help(argv[1], err) : count == CMD_HELPED ? 0 : -1;
}

const struct cmd cmd_help = {
    .name = "help",
    .arguments = "[TOPIC]",
    .summary = "Open the manual page of a command or a topic.",
    .text =
        "Open the manual page of a command, or of the topics roster and tutorial; where the\n"
        "manual is not installed, print the command's help. Without a topic, list the commands.",
    .examples = "  aiscaffold help new\n"
                "  aiscaffold help tutorial\n",
    .run = run_help,
};
