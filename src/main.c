/* The command table, and the way into a command. */
#include "cmd/cmd.h"

#include "base/error.h"
#include "base/mem.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct cmd *const cmd_all[] = {
    &cmd_new,      &cmd_list, &cmd_show,       &cmd_check,  &cmd_render, &cmd_package,
    &cmd_template, &cmd_kit,  &cmd_verify,     &cmd_status, &cmd_diff,   &cmd_update,
    &cmd_adopt,    &cmd_add,  &cmd_completion, &cmd_config, &cmd_help,   NULL};

volatile sig_atomic_t cmd_working, cmd_stop;

static const char interrupted[] = "\naiscaffold: interrupted\n";

static void on_signal(int number) {
    if (!cmd_working || cmd_stop) {
        int skip = !isatty(STDERR_FILENO); /* a terminal has just shown "^C" */
        ssize_t ignored = write(STDERR_FILENO, interrupted + skip, sizeof interrupted - 1 - skip);
        (void)ignored;
        _exit(128 + number);
    }
    cmd_stop = number;
}

static void catch_signals(void) {
    static const int caught[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof caught / sizeof *caught; i++)
        sigaction(caught[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of the write */
}

static int fail_option(const char *word, struct ais_error *err) {
    const char *const names[] = {"--help", "--version"};
    char hint[128];
    ais_did_you_mean(hint, sizeof hint, word, names, 2);
    return ais_fail(err, AIS_USAGE, "unknown option \"%s\"%s", word,
                    *hint ? hint : " (options stand behind the command; see aiscaffold --help)");
}

static const struct cmd *find(const char *name, struct ais_error *err) {
    const struct cmd *found = cmd_find(name);
    const char *names[sizeof cmd_all / sizeof *cmd_all];
    char hint[128];
    size_t count = 0;
    if (found)
        return found;
    if (name[0] == '-') {
        fail_option(name, err);
        return NULL;
    }
    for (; cmd_all[count]; count++)
        names[count] = cmd_all[count]->name;
    ais_did_you_mean(hint, sizeof hint, name, names, count);
    ais_fail(err, AIS_USAGE, "unknown command \"%s\"%s", name,
             *hint ? hint : " (see aiscaffold --help)");
    return NULL;
}

static int report(const struct ais_error *err) {
    if (cmd_stop) {
        fputs(interrupted + 1, stderr);
        return 128 + cmd_stop;
    }
    cmd_print_problem(err);
    return err->status ? (int)err->status : AIS_FAILED;
}

int main(int argc, char **argv) {
    struct ais_error err = {0};
    const struct cmd *cmd;
    setlocale(LC_CTYPE, "C.UTF-8"); /* names are UTF-8 in archives, whatever the user's locale */
    setenv("TZ", "UTC0", 1);        /* members of zip archives hold local times */
    json_set_alloc_funcs(ais_malloc, ais_free);
    catch_signals();
    if (argc < 2 && isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
        return cmd_start(&err) < 0 ? report(&err) : 0;
    if (argc < 2) {
        cmd_print_commands(stderr);
        return AIS_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        cmd_print_commands(stdout);
        return cmd_flush(&err) < 0 ? report(&err) : 0;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("aiscaffold " AIS_VERSION);
        return cmd_flush(&err) < 0 ? report(&err) : 0;
    }
    cmd = find(argv[1], &err);
    if (!cmd || cmd->run(cmd, argc - 1, argv + 1, &err) < 0)
        return report(&err);
    return 0;
}
