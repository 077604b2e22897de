#include "cmd/cmd.h"

#include "base/mem.h"
#include "base/path.h"
#include "git/git.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *cmd_settings_path(struct ais_error *err) {
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    char *path = NULL;
    if (config && config[0] == '/')
        path = ais_path_join(config, "aiscaffold/config.json");
    else if (home && home[0] == '/')
        path = ais_path_join(home, ".config/aiscaffold/config.json");
    else
        ais_fail(err, AIS_FAILED, "there is no place for settings (HOME is not set)");
    if (!path)
        ais_fail_memory(err);
    return path;
}

int cmd_settings_open(struct ais_settings *settings, struct ais_error *err) {
    struct ais_error homeless = {0};
    char *path = cmd_settings_path(&homeless);
    int rc = 0;
    *settings = (struct ais_settings){0};
    if (path)
        rc = ais_settings_read(settings, path, err);
    ais_free(path);
    return rc;
}

int cmd_suggest(struct ais_answers *answers, bool person, struct ais_error *err) {
    struct ais_settings settings;
    char *name = NULL, *email = NULL;
    int rc = -1;
    if (cmd_settings_open(&settings, err) < 0 || ais_settings_suggest(&settings, answers, err) < 0)
        goto out;
    if (person &&
        (ais_git_user(&name, &email, err) < 0 || ais_suggest_person(answers, name, email, err) < 0))
        goto out;
    rc = 0;
out:
    ais_settings_release(&settings);
    ais_free(name);
    ais_free(email);
    return rc;
}

bool cmd_colour(void) {
    const char *none = getenv("NO_COLOR");
    struct ais_settings settings;
    struct ais_error ignored = {0};
    bool colour = !none || !*none;
    if (cmd_settings_open(&settings, &ignored) == 0 && settings.colours)
        colour = strcmp(settings.colours, "never") != 0 &&
                 (colour || strcmp(settings.colours, "always") == 0);
    ais_settings_release(&settings);
    return colour;
}
