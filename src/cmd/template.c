#include "cmd/cmd.h"

#include "sink/copy.h"
#include "ui/terminal.h"

#include <stdio.h>
#include <string.h>

struct options {
    struct cmd_list templates;
    struct cmd_catalogue catalogue;
    bool json, quiet;
};

static int copy(struct options *o, const char *source, const char *target, struct ais_error *err) {
    const struct ais_sink_options options = {.stop = &cmd_stop};
    struct ais_template *t = NULL;
    size_t count;
    int rc = -1;
    if (cmd_catalogue_open(&o->catalogue, &o->templates, err) < 0 ||
        ais_folder_check(target, err) < 0)
        return -1;
    t = ais_template_load(&o->catalogue.catalogue, source, err);
    cmd_working = true;
    if (!t || ais_template_copy(t, target, &options, &count, err) < 0)
        goto out;
    if (o->json) {
        rc = cmd_print_json("template-copy",
                            json_pack("{ss ss sI}", "template", ais_template_manifest(t)->name,
                                      "target", target, "files", (json_int_t)count),
                            err);
        goto out;
    }
    if (!o->quiet) {
        fputs("made ", stderr);
        ui_print(stderr, target);
        fprintf(stderr, ": %zu files\n", count);
    }
    rc = 0;
out:
    ais_template_free(t);
    return rc;
}

static int run_template(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct options o = {0};
    const struct cmd_option options[] = {
        {0, "templates", "DIR", "look for templates here first; may be repeated", CMD_LIST,
         &o.templates},
        {0, "json", NULL, "print what was made as JSON", CMD_FLAG, &o.json},
        {'q', "quiet", NULL, "say nothing when all is well", CMD_FLAG, &o.quiet},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 3, 3, err);
    if (count == 3 && strcmp(argv[1], "copy") != 0)
        ais_fail(err, AIS_USAGE,
                 "unknown command \"template %s\" (did you mean \"template copy\"?)", argv[1]);
    else if (count == 3)
        rc = copy(&o, argv[2], argv[3], err);
    cmd_catalogue_release(&o.catalogue);
    cmd_list_release(&o.templates);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_template = {
    .name = "template",
    .arguments = "copy SOURCE DIR",
    .summary = "Copy a template, to make it your own.",
    .text =
        "Copy a template and the layers that it uses into the new folder DIR, to edit them and to\n"
        "hand out your own.",
    .examples = "  aiscaffold template copy chatbot my-chatbot\n"
                "  aiscaffold check ./my-chatbot\n",
    .page = "aiscaffold-template",
    .run = run_template,
};
