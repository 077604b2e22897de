#include "cmd/cmd.h"

#include "base/json.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "base/time.h"
#include "ui/terminal.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int cmd_catalogue_open(struct cmd_catalogue *c, const struct cmd_list *folders,
                       struct ais_error *err) {
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    size_t count = 0, own;
    *c = (struct cmd_catalogue){0};
    if (cmd_settings_open(&c->settings, err) < 0)
        return -1;
    own = json_array_size(c->settings.templates);
    c->folders = ais_calloc(folders->count + own + 1, sizeof *c->folders);
    if (data && data[0] == '/')
        c->user = ais_path_join(data, "aiscaffold/templates");
    else if (home && home[0] == '/')
        c->user = ais_path_join(home, ".local/share/aiscaffold/templates");
    if (!c->folders)
        return ais_fail_memory(err);
    for (size_t i = 0; i < folders->count; i++)
        c->folders[count++] = folders->values[i];
    for (size_t i = 0; i < own; i++)
        c->folders[count++] = json_string_value(json_array_get(c->settings.templates, i));
    if (c->user)
        c->folders[count++] = c->user;
    c->catalogue = (struct ais_catalogue){c->folders, count};
    return 0;
}

void cmd_catalogue_release(struct cmd_catalogue *c) {
    ais_settings_release(&c->settings);
    ais_free(c->folders);
    ais_free(c->user);
}

int cmd_flush(struct ais_error *err) {
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    return ais_fail_errno(err, "standard output", "write");
}

json_t *cmd_json_path(const char *path) {
    char text[PATH_MAX];
    size_t size = path ? strlen(path) : 0;
    if (!path)
        return json_null();
    return ais_text_valid(path, size) ? json_stringn(path, size)
                                      : json_string(ais_text_printable(path, text, sizeof text));
}

int cmd_print_json(const char *command, json_t *object, struct ais_error *err) {
    char schema[64];
    json_t *envelope = json_object();
    char *text = NULL;
    int rc = -1;
    snprintf(schema, sizeof schema, "aiscaffold.%s/1", command);
    if (!object || !envelope || json_object_set_new(envelope, "schema", json_string(schema)) < 0 ||
        json_object_update(envelope, object) < 0) {
        ais_fail_memory(err);
        goto out;
    }
    text = ais_json_dump(envelope, err);
    if (!text)
        goto out;
    fputs(text, stdout);
    rc = cmd_flush(err);
out:
    ais_free(text);
    json_decref(envelope);
    json_decref(object);
    return rc;
}

static bool parse_seconds(const char *text, int64_t *time) {
    char *end;
    errno = 0;
    *time = strtoll(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && errno == 0;
}

int cmd_date(const char *option, int64_t *time, bool *found, struct ais_error *err) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    *found = option || (epoch && *epoch);
    if (option && !parse_seconds(option, time) && !ais_time_parse(option, time))
        return ais_fail(err, AIS_USAGE,
                        "the date \"%s\" must be like 2026-12-01T00:00:00Z or seconds since 1970",
                        option);
    if (!option && epoch && *epoch && !parse_seconds(epoch, time))
        return ais_fail(err, AIS_USAGE, "SOURCE_DATE_EPOCH must be seconds since 1970, not \"%s\"",
                        epoch);
    return 0;
}

void cmd_print_problem(const struct ais_error *problem) {
    char text[2048];
    fprintf(stderr, "aiscaffold: %s\n", ais_error_text(problem, text, sizeof text));
}

int cmd_fail_all(const struct ais_findings *problems, struct ais_error *err) {
    for (size_t i = 0; i + 1 < problems->count; i++)
        cmd_print_problem(&problems->list[i]);
    if (problems->count)
        *err = problems->list[problems->count - 1];
    return err->status == AIS_OK ? 0 : -1;
}

void cmd_print_path(const char *what, const char *path) {
    fputs(what, stderr);
    ui_print(stderr, path);
    fputc('\n', stderr);
}

int cmd_conflict(const char *how, struct ais_error *err) {
    if (!how || strcmp(how, "mark") == 0 || strcmp(how, "keep") == 0)
        return 0;
    return ais_fail(err, AIS_USAGE, "--on-conflict must be \"mark\" or \"keep\", not \"%s\"", how);
}

int cmd_fail_conflicts(size_t count, struct ais_error *err) {
    return ais_fail(err, AIS_CONFLICT, "%zu %s", count,
                    count == 1 ? "file is in conflict" : "files are in conflict");
}
