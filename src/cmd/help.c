#include "cmd/cmd.h"

#include "base/buf.h"
#include "base/mem.h"
#include "ui/manual.h"

#include <stdio.h>
#include <string.h>

/* Pages that tell of no command. */
static const struct {
    const char *topic, *page, *section;
} topics[] = {{"roster", "aiscaffold-roster", "5"},
              {"manifest", "aiscaffold-template", "5"},
              {"tutorial", "aiscaffold-tutorial", "7"}};
enum { TOPICS = sizeof topics / sizeof *topics, NAMES_MAX = 64 };

const char *cmd_topic(size_t i) {
    return i < TOPICS ? topics[i].topic : NULL;
}

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
        names[count++] = topics[i].topic;
    ais_did_you_mean(hint, sizeof hint, topic, names, count);
    return ais_fail(err, AIS_USAGE, "no help on \"%s\"%s", topic,
                    *hint ? hint : " (aiscaffold help lists the commands)");
}

/* The page of "kit", "tutorial", "aiscaffold-kit", "template.5" or "template(5)", or NULL. */
static const struct ui_page *find_page(const char *topic) {
    char name[64], own[80], section[2] = "";
    size_t end = strcspn(topic, ".(");
    for (size_t i = 0; i < TOPICS; i++)
        if (strcmp(topic, topics[i].topic) == 0)
            return ui_page_find(topics[i].page, topics[i].section);
    if (topic[end])
        snprintf(section, sizeof section, "%c", topic[end + 1]);
    snprintf(name, sizeof name, "%.*s", end < sizeof name ? (int)end : 0, topic);
    snprintf(own, sizeof own, "%s%s", strncmp(name, "aiscaffold", 10) == 0 ? "" : "aiscaffold-",
             name);
    return ui_page_find(own, topic[end] ? section : NULL);
}

/* The command that the page is about, or NULL. */
static const struct cmd *find_command(const struct ui_page *page) {
    const char *dash = strchr(page->name, '-');
    return dash && strcmp(page->section, "1") == 0 ? cmd_find(dash + 1) : NULL;
}

/* Appends to the list, giving it up on failure. */
static void append(json_t **list, json_t *item) {
    if (*list && json_array_append_new(*list, item) < 0) {
        json_decref(*list);
        *list = NULL;
    } else if (!*list) {
        json_decref(item);
    }
}

static void pack_options(void *payload, const struct cmd_option *options) {
    for (; options->name; options++) {
        const char letter[2] = {options->letter};
        append(payload,
               json_pack("{ss ss? ss? ss}", "name", options->name, "letter",
                         *letter ? letter : NULL, "value", options->value, "help", options->help));
    }
}

static json_t *pack_command(const struct cmd *cmd) {
    json_t *options = json_array();
    cmd_look(cmd, pack_options, &options);
    return json_pack("{ss ss ss so}", "name", cmd->name, "arguments", cmd->arguments, "summary",
                     cmd->summary, "options", options);
}

/* All commands with their options; with a page the one that it is about, if any, and its text. */
static int print_json(const struct cmd *about, const struct ui_page *page, struct ais_error *err) {
    struct ais_buf text = AIS_BUF(4 << 20);
    json_t *commands = json_array();
    int rc = -1;
    for (size_t i = 0; cmd_all[i]; i++)
        if (!page || cmd_all[i] == about)
            append(&commands, pack_command(cmd_all[i]));
    for (size_t i = 0; page && page->lines[i]; i++)
        ais_buf_printf(&text, "%s\n", page->lines[i]);
    if (text.no_memory)
        ais_fail_memory(err);
    else
        rc = cmd_print_json("help",
                            json_pack("{ss sO ss?}", "version", AIS_VERSION, "commands", commands,
                                      "text", page ? ais_buf_text(&text) : NULL),
                            err);
    json_decref(commands);
    ais_buf_release(&text);
    return rc;
}

static int help(const char *topic, bool json, struct ais_error *err) {
    const struct ui_page *page = find_page(topic);
    if (!page)
        return fail_unknown(topic, err);
    if (json)
        return print_json(find_command(page), page, err);
    ui_page_open(page);
    for (size_t i = 0; page->lines[i]; i++)
        puts(page->lines[i]);
    return cmd_flush(err);
}

static int run_help(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    bool json = false;
    const struct cmd_option options[] = {
        {0, "json", NULL, "print the commands and their options as JSON", CMD_FLAG, &json}, {0}};
    int count = cmd_parse(cmd, options, argc, argv, 0, 1, err);
    if (count < 0)
        return count == CMD_HELPED ? 0 : -1;
    if (count == 1)
        return help(argv[1], json, err);
    if (json)
        return print_json(NULL, NULL, err);
    cmd_print_commands(stdout);
    return cmd_flush(err);
}

const struct cmd cmd_help = {
    .name = "help",
    .arguments = "[TOPIC]",
    .summary = "Open the manual page of a command or a topic.",
    .text =
        "Open the manual page of a command, or of the topics roster, manifest and tutorial;\n"
        "where the manual is not installed, print the page. Without a topic, list the commands.",
    .examples = "  aiscaffold help new\n"
                "  aiscaffold help tutorial\n"
                "  aiscaffold help --json\n",
    .run = run_help,
};
