#include "cmd/cmd.h"

#include "base/io.h"
#include "base/text.h"
#include "template/template.h"
#include "ui/terminal.h"

#include <stdio.h>

static json_t *describe(const struct ais_template *t) {
    const struct ais_manifest *m = ais_template_manifest(t);
    return json_pack("{ss ss ss ss sO?}", "name", m->name, "version", m->version, "released",
                     m->released_text, "summary", m->summary, "about", m->about);
}

static void print_ideas(const json_t *ideas) {
    size_t widest = 0;
    for (size_t i = 0; i < json_array_size(ideas); i++) {
        const char *name = json_string_value(json_object_get(json_array_get(ideas, i), "name"));
        size_t width = ais_text_width(name);
        widest = width > widest ? width : widest;
    }
    for (size_t i = 0; i < json_array_size(ideas); i++) {
        const json_t *idea = json_array_get(ideas, i);
        const char *name = json_string_value(json_object_get(idea, "name"));
        printf("%s%*s", name, (int)(widest - ais_text_width(name) + 2), "");
        ui_print(stdout, json_string_value(json_object_get(idea, "summary")));
        putchar('\n');
    }
}

/* What is wrong with an idea that can't be shown. */
static json_t *describe_broken(const char *name, const struct ais_error *found) {
    return json_pack("{so so si si so}", "name", cmd_json_path(name), "path",
                     cmd_json_path(found->path), "line", (int)found->line, "column",
                     (int)found->column, "message", cmd_json_path(found->message));
}

int cmd_ideas(const struct ais_catalogue *catalogue, json_t *ideas, json_t *broken,
              struct ais_error *err) {
    struct ais_names names = {0};
    int rc = ais_catalogue_names(catalogue, "ideas", &names, err);
    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        struct ais_error found = {0};
        struct ais_template *t = ais_template_load(catalogue, names.names[i], &found);
        if (!t && found.status != AIS_TEMPLATE) {
            *err = found;
            rc = -1;
        } else if (json_array_append_new(t ? ideas : broken,
                                         t ? describe(t)
                                           : describe_broken(names.names[i], &found)) < 0) {
            rc = ais_fail_memory(err);
        }
        if (!t && rc == 0)
            cmd_print_problem(&found);
        ais_template_free(t);
    }
    ais_names_release(&names);
    return rc;
}

static int run_list(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct cmd_list templates = {0};
    struct cmd_catalogue catalogue = {0};
    bool json = false;
    json_t *ideas = json_array(), *broken = json_array();
    const struct cmd_option options[] = {
        {0, "templates", "DIR", "look for templates here first; may be repeated", CMD_LIST,
         &templates},
        {0, "json", NULL, "print the list as JSON", CMD_FLAG, &json},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 0, 0, err);
    if (count == 0 && cmd_catalogue_open(&catalogue, &templates, err) == 0 &&
        cmd_ideas(&catalogue.catalogue, ideas, broken, err) == 0) {
        if (json) {
            rc =
                cmd_print_json("list", json_pack("{sO sO}", "ideas", ideas, "broken", broken), err);
        } else {
            print_ideas(ideas);
            rc = cmd_flush(err);
        }
    }
    json_decref(ideas);
    json_decref(broken);
    cmd_catalogue_release(&catalogue);
    cmd_list_release(&templates);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_list = {
    .name = "list",
    .arguments = "",
    .summary = "List the ideas.",
    .text = "List the ideas: those of the --templates folders, of your own folder\n"
            "($XDG_DATA_HOME/aiscaffold/templates), and the built-in ones. What is wrong with one "
            "that\n"
            "can't be shown is told; the others are listed all the same.",
    .examples = "  aiscaffold list\n  aiscaffold list --json\n",
    .run = run_list,
};
