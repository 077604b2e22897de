/* Commands: one file each, which reads options, makes one library call, and prints. */
#ifndef AIS_CMD_CMD_H
#define AIS_CMD_CMD_H

#include "aiscaffold.h"
#include "base/findings.h"
#include "sink/sink.h"
#include "template/settings.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A list of option values, in the order given; borrowed from argv. */
struct cmd_list {
    const char **values;
    size_t count, capacity;
};

enum cmd_kind {
    CMD_FLAG,     /* target: bool */
    CMD_TEXT,     /* target: const char * */
    CMD_OPTIONAL, /* target: const char *, "" where no value is given */
    CMD_LIST,     /* target: struct cmd_list */
};

/* An option, from which both parsing and help are made. letter may be 0, value NULL. */
struct cmd_option {
    char letter;
    const char *name, *value, *help;
    enum cmd_kind kind;
    void *target;
};

/* A command. `arguments` is what stands behind the options in the usage; `examples` are lines of
 * text. A word of `arguments` in capitals says what stands there, as an option's value does; " | "
 * parts ways to call it. */
struct cmd {
    const char *name, *arguments, *summary, *text, *examples;
    int (*run)(const struct cmd *cmd, int argc, char **argv, struct ais_error *err);
};

extern const struct cmd cmd_new, cmd_list, cmd_show, cmd_check, cmd_render, cmd_package,
    cmd_template, cmd_kit, cmd_verify, cmd_status, cmd_diff, cmd_update, cmd_adopt, cmd_add,
    cmd_completion, cmd_config, cmd_help;

/* The commands, ended by NULL. */
extern const struct cmd *const cmd_all[];

/* The command `name`, or NULL. */
const struct cmd *cmd_find(const char *name);
/* The topics of help that are no commands, by number; NULL behind the last. */
const char *cmd_topic(size_t i);
/* Lists the commands. */
void cmd_print_commands(FILE *out);

/* Parses argv[1..argc) (argv[0] is the command) into the options' targets. Returns the number of
 * arguments, which then stand in argv[1..], or -1 with *err set, or CMD_HELPED after --help. */
enum { CMD_HELPED = -2 };
/* The count, or -1 where there are too few or too many arguments. */
int cmd_check_count(const struct cmd *cmd, int count, int least, int most, struct ais_error *err);
int cmd_parse(const struct cmd *cmd, const struct cmd_option *options, int argc, char **argv,
              int least, int most, struct ais_error *err);
void cmd_list_release(struct cmd_list *list);

/* Calls `see` with the options of a command, which is not run. They are gone after the call. */
void cmd_look(const struct cmd *cmd, void (*see)(void *payload, const struct cmd_option *options),
              void *payload);

/* Set while something is under way that an interrupt must let be taken back: then the first one
 * makes cmd_stop non-zero. Any other ends the program at once. */
extern volatile sig_atomic_t cmd_working, cmd_stop;

/* The catalogue of --templates DIR..., of the settings' and of the user's own folder. Released by
 * cmd_catalogue_release.
 */
struct cmd_catalogue {
    struct ais_catalogue catalogue;
    struct ais_settings settings;
    const char **folders;
    char *user;
};
int cmd_catalogue_open(struct cmd_catalogue *c, const struct cmd_list *folders,
                       struct ais_error *err);
void cmd_catalogue_release(struct cmd_catalogue *c);

/* Whether a project can be made in the folder `target`: it has a name, and is new or empty.
 * `source` and `idea` are for the advice. */
int cmd_target_check(const char *target, const char *source, const char *idea,
                     struct ais_error *err);

/* Describes all ideas into two arrays; those that are broken are told on standard error as well. */
int cmd_ideas(const struct ais_catalogue *catalogue, json_t *ideas, json_t *broken,
              struct ais_error *err);

/* Where the settings are: the caller's (ais_free), or NULL. */
char *cmd_settings_path(struct ais_error *err);
/* Reads them; released by ais_settings_release, also after an error. */
int cmd_settings_open(struct ais_settings *settings, struct ais_error *err);

/* Puts the settings in the place of the template's own defaults, and with `person` whom git's
 * configuration names. */
int cmd_suggest(struct ais_answers *answers, bool person, struct ais_error *err);

/* Resolves the answers of a project: with `yes` from the defaults, else by asking where there is a
 * terminal. */
int cmd_answer(struct ais_answers *answers, bool yes, struct ais_error *err);

/* The way of those who name no command: choose an idea, answer, look, make. */
int cmd_start(struct ais_error *err);

/* Gives the answers of --set NAME=VALUE... (the last of two stands) and then of --answers FILE. */
int cmd_give(struct ais_answers *answers, const struct cmd_list *set, const char *file,
             struct ais_error *err);

/* Prints the object (its reference is taken) to stdout in the envelope {"schema":
 * "aiscaffold.COMMAND/1", ...}. */
int cmd_print_json(const char *command, json_t *object, struct ais_error *err);

/* A path, or a text with one in it, as a JSON string, in which '?' stands for what is not UTF-8:
 * git and folders take any bytes. NULL is null; where there is no memory the result is NULL. */
json_t *cmd_json_path(const char *path);

/* Whether the terminal is to show colours. */
bool cmd_colour(void);

/* One line on standard error: an error beside the one that ends the run. */
void cmd_print_problem(const struct ais_error *problem);

/* -1 where there are problems, or *err is set: the last of them becomes the error that ends the
 * run, and those before are printed, so that all stand in their order. */
int cmd_fail_all(const struct ais_findings *problems, struct ais_error *err);

/* "WHAT PATH" as one line on standard error. */
void cmd_print_path(const char *what, const char *path);

/* Whether a value of --on-conflict, or NULL, is one. */
int cmd_conflict(const char *how, struct ais_error *err);
/* The error of `count` files in conflict. */
int cmd_fail_conflicts(size_t count, struct ais_error *err);

/* A date option ("2026-12-01T00:00:00Z" or seconds), else SOURCE_DATE_EPOCH; *found tells. */
int cmd_date(const char *option, int64_t *time, bool *found, struct ais_error *err);

/* Flushes stdout; a full disk there is an error. */
int cmd_flush(struct ais_error *err);

#endif
