#include "cmd/cmd.h"

#include "base/mem.h"
#include "ui/terminal.h"

#include <stdio.h>
#include <string.h>

static int get(const char *path, const char *key, bool json, struct ais_error *err) {
    struct ais_settings settings;
    char *text = NULL;
    int rc = -1;
    if (ais_settings_read(&settings, path, err) == 0) {
        text = ais_settings_get(&settings, key, err);
        if (!text)
            ais_fail(err, AIS_FAILED, "\"%s\" is not set", key);
    }
    if (text && json) {
        rc = cmd_print_json("config-get", json_pack("{ss ss}", "key", key, "value", text), err);
    } else if (text) {
        ui_print(stdout, text);
        putchar('\n');
        rc = cmd_flush(err);
    }
    ais_free(text);
    ais_settings_release(&settings);
    return rc;
}

/* "key=text" of each member, but for what editors read. */
static int print_all(json_t *object, const char *before, struct ais_error *err) {
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        char *text;
        if (json_is_object(value) ? print_all(value, "defaults.", err) < 0 : *key == '$') {
            if (err->status != AIS_OK)
                return -1;
        } else if (!json_is_object(value)) {
            text = ais_value_text(value);
            if (!text)
                return ais_fail_memory(err);
            fputs(before, stdout);
            ui_print(stdout, key);
            putchar('=');
            ui_print(stdout, text);
            putchar('\n');
            ais_free(text);
        }
    }
    return 0;
}

static int list(const char *path, bool json, struct ais_error *err) {
    struct ais_settings settings;
    int rc = ais_settings_read(&settings, path, err);
    if (rc == 0 && json) {
        json_t *root = settings.doc.root ? json_incref(settings.doc.root) : json_object();
        rc = cmd_print_json(
            "config", json_pack("{so so}", "path", cmd_json_path(path), "settings", root), err);
    } else if (rc == 0) {
        rc = print_all(settings.doc.root, "", err) < 0 ? -1 : cmd_flush(err);
    }
    ais_settings_release(&settings);
    return rc;
}

static int config(const struct cmd *cmd, int count, char **argv, bool json, struct ais_error *err) {
    static const char *const names[] = {"list", "get", "set"};
    static const int least[] = {1, 2, 2}, most[] = {1, 2, 3};
    char *path, hint[128];
    size_t i = 0;
    int rc = -1;
    while (i < 3 && strcmp(argv[1], names[i]) != 0)
        i++;
    if (i == 3)
        return ais_fail(err, AIS_USAGE, "unknown command \"config %s\"%s", argv[1],
                        ais_did_you_mean(hint, sizeof hint, argv[1], names, 3));
    if (cmd_check_count(cmd, count, least[i], most[i], err) < 0)
        return -1;
    path = cmd_settings_path(err);
    if (path)
        rc = i == 0   ? list(path, json, err)
             : i == 1 ? get(path, argv[2], json, err)
                      : ais_settings_set(path, argv[2], count == 3 ? argv[3] : NULL, err);
    if (rc == 0 && i == 2 && json)
        rc = list(path, true, err);
    ais_free(path);
    return rc;
}

static int run_config(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    bool json = false;
    const struct cmd_option options[] = {
        {0, "json", NULL, "print the settings, or the one, as JSON", CMD_FLAG, &json}, {0}};
    int count = cmd_parse(cmd, options, argc, argv, 1, 3, err);
    return count == CMD_HELPED ? 0 : count < 0 ? -1 : config(cmd, count, argv, json, err);
}

const struct cmd cmd_config = {
    .name = "config",
    .arguments = "list | get KEY | set KEY [VALUE]",
    .summary = "Show and change your settings.",
    .text =
        "Show and change your settings, which are in $XDG_CONFIG_HOME/aiscaffold/config.json:\n"
        "author and email, which templates ask for; defaults.NAME, the answer to any question of\n"
        "that name; templates, folders of your own templates, separated by commas; and colours:\n"
        "auto, always or never. Without a VALUE, set takes a setting away.",
    .examples = "  aiscaffold config set author 'Ada Example'\n"
                "  aiscaffold config set defaults.license none\n"
                "  aiscaffold config get author\n"
                "  aiscaffold config list\n",
    .run = run_config,
};
