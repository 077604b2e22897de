#include "cmd/cmd.h"

#include "ui/terminal.h"
#include "update/status.h"

#include <stdio.h>

static const char *what(const struct ais_status_file *file) {
    return file->what == 'A' ? "added" : file->what == 'D' ? "removed" : "changed";
}

static json_t *list_files(const struct ais_project_status *s) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < s->count; i++)
        if (json_array_append_new(
                list, json_pack("{so ss ss}", "path", cmd_json_path(s->files[i].path), "change",
                                what(&s->files[i]), "role", ais_role_name(s->files[i].role))) < 0) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static int print_json(const struct ais_project_status *s, struct ais_error *err) {
    char commit[AIS_OID_HEX];
    json_t *files = list_files(s);
    ais_oid_hex(&s->origin.pristine, commit);
    if (!files)
        return ais_fail_memory(err);
    return cmd_print_json(
        "status",
        json_pack("{ss ss ss ss? ss so}", "template", s->origin.record.template_name, "version",
                  s->origin.record.version, "edition", s->origin.record.edition, "newer",
                  *s->newer ? s->newer : NULL, "pristine", commit, "files", files),
        err);
}

static int print(const struct ais_project_status *s, struct ais_error *err) {
    ui_print(stdout, s->origin.record.template_name);
    putchar(' ');
    ui_print(stdout, s->origin.record.version);
    fputs(", edition ", stdout);
    ui_print(stdout, s->origin.record.edition);
    if (*s->newer)
        printf("; %s is here (aiscaffold update)", s->newer);
    putchar('\n');
    for (size_t i = 0; i < s->count; i++) {
        printf("%-7s  ", what(&s->files[i]));
        ui_print(stdout, s->files[i].path);
        if (s->files[i].role == AIS_PROTECTED)
            fputs("  (protected)", stdout);
        putchar('\n');
    }
    return cmd_flush(err);
}

static int run_status(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct ais_project_status s = {0};
    struct cmd_catalogue catalogue = {0};
    struct cmd_list templates = {0};
    bool json = false;
    const struct cmd_option options[] = {
        {0, "templates", "DIR", "look for a newer template here first; may be repeated", CMD_LIST,
         &templates},
        {0, "json", NULL, "print the status as JSON", CMD_FLAG, &json},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 0, 1, err);
    if (count >= 0 && cmd_catalogue_open(&catalogue, &templates, err) == 0 &&
        ais_status_read(&s, count ? argv[1] : ".", &catalogue.catalogue, err) == 0)
        rc = json ? print_json(&s, err) : print(&s, err);
    if (rc == 0 && s.count)
        rc = ais_fail(err, AIS_DIFFERENT, "%zu %s from what the template gave", s.count,
                      s.count == 1 ? "file differs" : "files differ");
    ais_status_release(&s);
    cmd_catalogue_release(&catalogue);
    cmd_list_release(&templates);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_status = {
    .name = "status",
    .arguments = "[DIR]",
    .summary = "Tell what a project was made from, and what differs.",
    .text = "Tell which version of which template the project in DIR (default: this folder) was\n"
            "made from or last updated to, whether a newer one is at hand, and which files of the\n"
            "work tree differ from what it gave. The template itself is not needed. The exit\n"
            "status is 6 where files differ.",
    .examples = "  aiscaffold status\n"
                "  aiscaffold status my-bot --json\n",
    .run = run_status,
};
