#include "cmd/cmd.h"

#include "cmd/completion.h"
#include "cmd/words.h"

#include <stdio.h>
#include <string.h>

static int run_completion(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    static const struct {
        const char *shell, *script;
    } scripts[] = {{"bash", cmd_script_bash}, {"zsh", cmd_script_zsh}, {"fish", cmd_script_fish}};
    const char *names[sizeof scripts / sizeof *scripts];
    bool json = false;
    const struct cmd_option options[] = {
        {0, "json", NULL, "print the script as JSON", CMD_FLAG, &json}, {0}};
    char hint[128];
    bool words = argc > 1 && strcmp(argv[1], "words") == 0; /* what the scripts call */
    int count = cmd_parse(cmd, options, argc, argv, 1, words ? argc : 1, err);
    if (count < 0)
        return count == CMD_HELPED ? 0 : -1;
    if (words)
        return cmd_words_print(argv + 2, (size_t)count - 1, err);
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        names[i] = scripts[i].shell;
        if (strcmp(argv[1], names[i]) == 0 && json)
            return cmd_print_json(
                "completion", json_pack("{ss ss}", "shell", names[i], "script", scripts[i].script),
                err);
        if (strcmp(argv[1], names[i]) == 0) {
            fputs(scripts[i].script, stdout);
            return cmd_flush(err);
        }
    }
    ais_did_you_mean(hint, sizeof hint, argv[1], names, sizeof names / sizeof *names);
    return ais_fail(err, AIS_USAGE, "no completion for \"%s\"%s", argv[1],
                    *hint ? hint : " (there is one for bash, zsh and fish)");
}

const struct cmd cmd_completion = {
    .name = "completion",
    .arguments = "bash|zsh|fish",
    .summary = "Print what makes a shell complete commands.",
    .text =
        "Print a script that makes the shell complete commands, options, ideas, the questions of\n"
        "the template that stands on the line, and what they take.",
    .examples = "  source <(aiscaffold completion bash)      # in ~/.bashrc\n"
                "  source <(aiscaffold completion zsh)       # in ~/.zshrc, after compinit\n"
                "  aiscaffold completion fish | source       # in ~/.config/fish/config.fish\n",
    .run = run_completion,
};
