#include "cmd/cmd.h"

#include "base/buf.h"
#include "base/mem.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum { OPTIONS_MAX = 32, LONG_ONLY = 256 };

static size_t count_options(const struct cmd_option *options) {
    size_t n = 0;
    while (options[n].name)
        n++;
    return n;
}

/* A line for each way to call it. */
static void print_usage(const struct cmd *cmd) {
    const char *at = cmd->arguments, *label = "usage:";
    do {
        const char *bar = strstr(at, " | ");
        int size = bar ? (int)(bar - at) : (int)strlen(at);
        printf("%s aiscaffold %s [OPTION]...%s%.*s\n", label, cmd->name, size ? " " : "", size, at);
        at = bar ? bar + 3 : NULL;
        label = "      ";
    } while (at);
}

static void print_option(const struct cmd_option *o) {
    char left[64];
    snprintf(left, sizeof left, "%c%c%s--%s%s%s%s", o->letter ? '-' : ' ',
             o->letter ? o->letter : ' ', o->letter ? ", " : "  ", o->name,
             o->kind == CMD_OPTIONAL ? "[="
             : o->value              ? " "
                                     : "",
             o->value ? o->value : "", o->kind == CMD_OPTIONAL ? "]" : "");
    printf("  %-26s %s\n", left, o->help);
}

static void print_help(const struct cmd *cmd, const struct cmd_option *options, bool whole) {
    print_usage(cmd);
    printf("\n%s\n", whole ? cmd->text : cmd->summary);
    printf("\nOptions:\n");
    for (; options->name; options++)
        print_option(options);
    print_option(
        &(struct cmd_option){'h', "help", NULL, "show this help; -h shows less", CMD_FLAG, NULL});
    if (whole)
        printf("\nExamples:\n%s", cmd->examples);
}

/* The tables that getopt_long reads. */
struct tables {
    struct option longs[OPTIONS_MAX + 2];
    char shorts[2 * OPTIONS_MAX + 4];
};

static void make_tables(const struct cmd_option *options, struct tables *t) {
    size_t n = count_options(options), used = 0;
    t->shorts[used++] = ':'; /* a missing value is ':' instead of '?' */
    for (size_t i = 0; i < n && i < OPTIONS_MAX; i++) {
        int has = options[i].kind == CMD_FLAG       ? no_argument
                  : options[i].kind == CMD_OPTIONAL ? optional_argument
                                                    : required_argument;
        t->longs[i] = (struct option){options[i].name, has, NULL, LONG_ONLY + (int)i};
        if (options[i].letter) {
            t->shorts[used++] = options[i].letter;
            if (has == required_argument)
                t->shorts[used++] = ':';
        }
    }
    t->longs[n] = (struct option){"help", no_argument, NULL, 'H'};
    t->longs[n + 1] = (struct option){0};
    t->shorts[used++] = 'h';
    t->shorts[used] = '\0';
}

static const struct cmd_option *find(const struct cmd_option *options, int found) {
    if (found >= LONG_ONLY)
        return &options[found - LONG_ONLY];
    while (options->name && options->letter != found)
        options++;
    return options->name ? options : NULL;
}

static int take(const struct cmd_option *o, const char *value, struct ais_error *err) {
    struct cmd_list *list = o->target;
    switch (o->kind) {
    case CMD_FLAG:
        *(bool *)o->target = true;
        break;
    case CMD_TEXT:
    case CMD_OPTIONAL:
        *(const char **)o->target = value ? value : "";
        break;
    case CMD_LIST:
        if (ais_grow(&list->values, &list->capacity, list->count + 1, sizeof *list->values) < 0)
            return ais_fail_memory(err);
        list->values[list->count++] = value;
        break;
    }
    return 0;
}

static int fail_unknown(const struct cmd *cmd, const struct cmd_option *options, const char *word,
                        struct ais_error *err) {
    const char *names[OPTIONS_MAX + 1];
    char bare[64], hint[128], nearest[160] = "";
    size_t n = count_options(options), quote;
    for (size_t i = 0; i < n; i++)
        names[i] = options[i].name;
    names[n] = "help";
    if (strncmp(word, "--", 2) == 0) {
        snprintf(bare, sizeof bare, "%.*s", (int)strcspn(word + 2, "="), word + 2);
        ais_did_you_mean(hint, sizeof hint, bare, names, n + 1);
        quote = strcspn(hint, "\"") + 1;
        if (*hint) /* of names, which stand behind a quote: as the option is written */
            snprintf(nearest, sizeof nearest, "%.*s--%s", (int)quote, hint, hint + quote);
    }
    if (!*nearest)
        snprintf(nearest, sizeof nearest, " (see aiscaffold %s --help)", cmd->name);
    return ais_fail(err, AIS_USAGE, "unknown option \"%s\"%s", word, nearest);
}

int cmd_check_count(const struct cmd *cmd, int count, int least, int most, struct ais_error *err) {
    if (count >= least && count <= most)
        return count;
    return ais_fail(err, AIS_USAGE, "%s (usage: aiscaffold %s [OPTION]...%s%s)",
                    count < least ? "an argument is missing" : "there are too many arguments",
                    cmd->name, *cmd->arguments ? " " : "", cmd->arguments);
}

/* Who wants to see the options instead of having them parsed. */
static struct {
    void (*see)(void *payload, const struct cmd_option *options);
    void *payload;
} looking;

void cmd_look(const struct cmd *cmd, void (*see)(void *payload, const struct cmd_option *options),
              void *payload) {
    char *argv[] = {NULL, NULL};
    struct ais_error ignored = {0};
    looking.see = see;
    looking.payload = payload;
    cmd->run(cmd, 1, argv, &ignored);
    looking.see = NULL;
}

int cmd_parse(const struct cmd *cmd, const struct cmd_option *options, int argc, char **argv,
              int least, int most, struct ais_error *err) {
    struct tables t;
    int found;
    if (looking.see) {
        looking.see(looking.payload, options);
        return CMD_HELPED;
    }
    make_tables(options, &t);
    opterr = 0;
    optind = 1;
    while ((found = getopt_long(argc, argv, t.shorts, t.longs, NULL)) != -1) {
        char word[16];
        const char *text = optind > 0 && optind <= argc ? argv[optind - 1] : "";
        const struct cmd_option *o;
        if (found == 'h' || found == 'H') {
            print_help(cmd, options, found == 'H');
            return CMD_HELPED;
        }
        if (found == ':')
            return ais_fail(err, AIS_USAGE, "the option \"%s\" needs a value", text);
        if (found == '?') {
            snprintf(word, sizeof word, "-%c", optopt);
            if (optopt >= LONG_ONLY)
                return ais_fail(err, AIS_USAGE, "the option \"--%s\" takes no value",
                                options[optopt - LONG_ONLY].name);
            return fail_unknown(cmd, options, optopt ? word : text, err);
        }
        o = find(options, found);
        if (!o)
            return fail_unknown(cmd, options, text, err);
        if (take(o, optarg, err) < 0)
            return -1;
    }
    for (int i = optind; i < argc; i++)
        argv[1 + i - optind] = argv[i];
    return cmd_check_count(cmd, argc - optind, least, most, err);
}

void cmd_list_release(struct cmd_list *list) {
    ais_free(list->values);
    *list = (struct cmd_list){0};
}
