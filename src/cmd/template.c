#include "cmd/cmd.h"

#include "kit/samples.h"
#include "sink/copy.h"
#include "ui/terminal.h"

#include <stdio.h>
#include <string.h>

struct options {
    struct cmd_list templates;
    struct cmd_catalogue catalogue;
    bool json, quiet, update;
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
                            json_pack("{ss so sI}", "template", ais_template_manifest(t)->name,
                                      "target", cmd_json_path(target), "files", (json_int_t)count),
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

static int begin(struct options *o, const char *target, struct ais_error *err) {
    const struct ais_sink_options options = {.stop = &cmd_stop};
    const char *slash = strrchr(target, '/');
    size_t count;
    cmd_working = true;
    if (ais_template_begin(target, &options, &count, err) < 0)
        return -1;
    if (o->json)
        return cmd_print_json("template-new",
                              json_pack("{ss so sI}", "template", slash ? slash + 1 : target,
                                        "target", cmd_json_path(target), "files",
                                        (json_int_t)count),
                              err);
    if (!o->quiet) {
        fputs("made ", stderr);
        ui_print(stderr, target);
        fprintf(stderr, ": %zu files\nnext: change them, then aiscaffold check and template test\n",
                count);
    }
    return 0;
}

/* A line a sample, and one for each file that differs. */
static void print_samples(const json_t *samples, bool quiet) {
    for (size_t i = 0; i < json_array_size(samples); i++) {
        const json_t *one = json_array_get(samples, i);
        const json_t *differences = json_object_get(one, "differences");
        const char *result = json_string_value(json_object_get(one, "result"));
        if (quiet && strcmp(result, "passed") == 0)
            continue;
        printf("%-8s ", result);
        ui_print(stdout, json_string_value(json_object_get(one, "name")));
        putchar('\n');
        for (size_t k = 0; k < json_array_size(differences); k++) {
            const json_t *file = json_array_get(differences, k);
            printf("  %-8s ", json_string_value(json_object_get(file, "change")));
            ui_print(stdout, json_string_value(json_object_get(file, "path")));
            putchar('\n');
        }
    }
}

static size_t count_failed(const json_t *samples) {
    size_t failed = 0;
    for (size_t i = 0; i < json_array_size(samples); i++) {
        const json_t *result = json_object_get(json_array_get(samples, i), "result");
        failed += strcmp(json_string_value(result), "failed") == 0;
    }
    return failed;
}

static int test(struct options *o, const char *source, struct ais_error *err) {
    const struct ais_sink_options options = {.stop = &cmd_stop};
    struct ais_template *t = NULL;
    json_t *samples = NULL;
    size_t failed;
    int rc = -1;
    if (o->update && !strchr(source, '/'))
        return ais_fail(err, AIS_USAGE,
                        "--update needs a folder, not \"%s\" (for a folder, write \"./%s\")",
                        source, source);
    if (cmd_catalogue_open(&o->catalogue, &o->templates, err) < 0)
        return -1;
    t = ais_template_load(&o->catalogue.catalogue, source, err);
    samples = t ? ais_samples_run(t, o->update ? source : NULL, &options, err) : NULL;
    if (!samples)
        goto out;
    if (!o->json)
        print_samples(samples, o->quiet);
    if (o->json ? cmd_print_json("template-test",
                                 json_pack("{ss sO}", "template", ais_template_manifest(t)->name,
                                           "samples", samples),
                                 err) < 0
                : cmd_flush(err) < 0)
        goto out;
    failed = count_failed(samples);
    rc = failed ? ais_fail(err, AIS_DIFFERENT, "%zu of %zu samples differ (see --update)", failed,
                           json_array_size(samples))
                : 0;
out:
    json_decref(samples);
    ais_template_free(t);
    return rc;
}

static int choose(const struct cmd *cmd, struct options *o, int count, char **argv,
                  struct ais_error *err) {
    static const char *const names[] = {"copy", "new", "test"};
    char hint[128];
    size_t i = 0;
    while (i < 3 && strcmp(argv[1], names[i]) != 0)
        i++;
    if (i == 3)
        return ais_fail(err, AIS_USAGE, "unknown command \"template %s\"%s", argv[1],
                        ais_did_you_mean(hint, sizeof hint, argv[1], names, 3));
    if (cmd_check_count(cmd, count, i == 0 ? 3 : 2, i == 0 ? 3 : 2, err) < 0)
        return -1;
    return i == 0   ? copy(o, argv[2], argv[3], err)
           : i == 1 ? begin(o, argv[2], err)
                    : test(o, argv[2], err);
}

static int run_template(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct options o = {0};
    const struct cmd_option options[] = {
        {0, "update", NULL, "test: write what came out into the samples", CMD_FLAG, &o.update},
        {0, "templates", "DIR", "look for templates here first; may be repeated", CMD_LIST,
         &o.templates},
        {0, "json", NULL, "print what was done as JSON", CMD_FLAG, &o.json},
        {'q', "quiet", NULL, "say nothing when all is well", CMD_FLAG, &o.quiet},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 1, 3, err);
    if (count > 0)
        rc = choose(cmd, &o, count, argv, err);
    cmd_catalogue_release(&o.catalogue);
    cmd_list_release(&o.templates);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_template = {
    .name = "template",
    .arguments = "copy SOURCE DIR | new DIR | test SOURCE",
    .summary = "Copy, begin and test templates.",
    .text =
        "copy copies a template and the layers that it uses into the new folder DIR, to edit them\n"
        "and to hand out your own. new makes a small template in the new folder DIR, which has\n"
        "everything that a template has. test makes the project of each sample in the template's\n"
        "folder samples/ and compares it with the files that stand there; the exit status is 6\n"
        "where they differ.",
    .examples = "  aiscaffold template copy chatbot my-chatbot\n"
                "  aiscaffold template new my-template\n"
                "  aiscaffold template test ./my-template\n"
                "  aiscaffold template test --update ./my-template\n",
    .run = run_template,
};
