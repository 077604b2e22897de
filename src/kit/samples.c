#include "kit/samples.h"

#include "base/io.h"
#include "base/path.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

static const char before[] = "samples/";

/* A sample that is looked at. */
struct sample {
    const struct ais_template *t;
    struct ais_source *source;
    char name[AIS_NAME_MAX + 1];
    struct ais_answers *answers;
    struct ais_plan plan;
    json_t *differences;
    struct ais_error *err;
};

static bool is_record(const struct ais_file *file) {
    return strcmp(file->path, AIS_RECORD_PATH) == 0;
}

static int differ(struct sample *s, const char *path, const char *change) {
    json_t *one = json_pack("{ss ss}", "path", path, "change", change);
    return json_array_append_new(s->differences, one) < 0 ? ais_fail_memory(s->err) : 0;
}

/* The answers file, where there is one, and defaults for the rest. */
static int answer(struct sample *s) {
    char path[AIS_PATH_MAX + 64];
    const struct ais_file *file;
    const char *shown;
    struct ais_json doc = {0};
    int rc = 0;
    snprintf(path, sizeof path, "%s%s/answers.json", before, s->name);
    file = ais_source_find(s->source, path);
    shown = ais_source_shown(s->source, path);
    s->answers = ais_answers_new(s->t, s->err);
    if (!shown)
        return ais_fail_memory(s->err);
    if (!s->answers)
        return -1;
    if (file)
        rc = ais_json_parse(&doc, shown, file->data, file->size, AIS_ANSWERS, s->err) < 0
                 ? -1
                 : ais_answers_give_json(s->answers, &doc, s->err);
    if (rc == 0)
        rc = ais_answers_resolve(s->answers, NULL, true, s->err);
    ais_json_release(&doc);
    return rc;
}

/* Both lists are sorted by path; the golden ones begin with "samples/NAME/tree/". */
static int compare(struct sample *s) {
    char tree[AIS_PATH_MAX + 64];
    size_t size = (size_t)snprintf(tree, sizeof tree, "%s%s/tree/", before, s->name), count, k = 0;
    const struct ais_file *golden = ais_source_below(s->source, tree, &count);
    for (size_t i = 0; i < s->plan.count || k < count;) {
        const struct ais_file *made = i < s->plan.count ? &s->plan.files[i] : NULL;
        const char *path = k < count ? golden[k].path + size : NULL;
        int order = !made ? 1 : !path ? -1 : strcmp(made->path, path);
        int rc = 0;
        if (made && is_record(made)) {
            i++;
            continue;
        }
        if (order < 0)
            rc = differ(s, made->path, "added");
        else if (order > 0)
            rc = differ(s, path, "missing");
        else if (made->size != golden[k].size || made->executable != golden[k].executable ||
                 memcmp(made->data, golden[k].data, made->size) != 0)
            rc = differ(s, path, "changed");
        if (rc < 0)
            return -1;
        i += order <= 0;
        k += order >= 0;
    }
    return 0;
}

/* Writes the tree of the plan in the place of the golden one. */
static int renew(struct sample *s, const char *folder, const struct ais_sink_options *options) {
    struct ais_buf target = AIS_BUF(8192);
    struct ais_sink *sink = NULL;
    int rc = -1;
    ais_buf_printf(&target, "%s/%s%s/tree", folder, before, s->name);
    if (ais_buf_check(&target, AIS_FAILED, "the path", s->err) < 0)
        goto out;
    ais_remove_tree(AT_FDCWD, target.data); /* what stays is found below */
    sink = ais_sink_folder(target.data, options, s->err);
    if (!sink)
        goto out;
    for (size_t i = 0; i < s->plan.count; i++)
        if (!is_record(&s->plan.files[i]) && ais_sink_add(sink, &s->plan.files[i], s->err) < 0)
            goto out;
    if (ais_sink_finish(sink, s->err) == 0)
        rc = ais_sinks_publish(&sink, 1, s->err);
out:
    ais_sink_free(sink);
    ais_buf_release(&target);
    return rc;
}

/* The sample's object, or NULL. */
static json_t *run_one(struct sample *s, const char *folder,
                       const struct ais_sink_options *options) {
    static const struct ais_edition complete = {0};
    json_t *object = NULL;
    bool differs;
    s->differences = json_array();
    if (!s->differences) {
        ais_fail_memory(s->err);
        goto out;
    }
    if (answer(s) < 0 || ais_plan_make(&s->plan, s->t, s->answers, &complete, s->err) < 0 ||
        compare(s) < 0)
        goto out;
    differs = json_array_size(s->differences) > 0;
    if (differs && folder && renew(s, folder, options) < 0)
        goto out;
    object = json_pack("{ss ss sO}", "name", s->name, "result",
                       !differs ? "passed"
                       : folder ? "updated"
                                : "failed",
                       "differences", s->differences);
    if (!object)
        ais_fail_memory(s->err);
out:
    json_decref(s->differences);
    ais_plan_release(&s->plan);
    ais_answers_free(s->answers);
    return object;
}

json_t *ais_samples_run(const struct ais_template *t, const char *folder,
                        const struct ais_sink_options *options, struct ais_error *err) {
    struct ais_source *source = t->parts[t->part_count - 1]->source;
    json_t *list = json_array();
    char last[AIS_NAME_MAX + 1] = "";
    size_t count;
    const struct ais_file *files = ais_source_below(source, before, &count);
    for (size_t i = 0; list && i < count; i++) {
        const char *name = files[i].path + sizeof before - 1;
        size_t size = strcspn(name, "/");
        struct sample s = {.t = t, .source = source, .err = err};
        if (!name[size] || (strncmp(name, last, size) == 0 && !last[size]))
            continue;
        snprintf(s.name, sizeof s.name, "%.*s", (int)size, name);
        memcpy(last, s.name, sizeof last);
        if (json_array_append_new(list, run_one(&s, folder, options)) < 0) {
            json_decref(list);
            return NULL;
        }
    }
    if (list && json_array_size(list))
        return list;
    if (list)
        ais_fail_at(err, AIS_TEMPLATE, (struct ais_place){.path = source->shown},
                    "there is no sample (a sample is a folder samples/NAME with an answers.json)");
    else
        ais_fail_memory(err);
    json_decref(list);
    return NULL;
}
