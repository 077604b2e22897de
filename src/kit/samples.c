#include "kit/samples.h"

#include "base/io.h"
#include "base/path.h"
#include "plan/regions.h"
#include "template/fields.h"

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
    struct ais_edition edition;
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

/* Reads one of the sample's own files; an absent one leaves *doc empty. */
static int read_json(const struct sample *s, const char *name, enum ais_status blame,
                     struct ais_json *doc) {
    char path[AIS_PATH_MAX + 64];
    const struct ais_file *file;
    const char *shown;
    snprintf(path, sizeof path, "%s%s/%s", before, s->name, name);
    file = ais_source_find(s->source, path);
    if (!file)
        return 0;
    shown = ais_source_shown(s->source, path);
    if (!shown)
        return ais_fail_memory(s->err);
    return ais_json_parse(doc, shown, file->data, file->size, blame, s->err);
}

/* The milestones that are solved in the sample, which the template must know. */
static int take_solved(struct sample *s, const struct ais_fields *f) {
    struct ais_node list;
    char hint[128];
    bool found;
    if (ais_fields_strings(f, "solved", &list, &found) < 0)
        return -1;
    if (!found)
        return 0;
    if (!s->edition.starter)
        return ais_fields_fail(f, "solved", "goes with the edition \"starter\" only");
    for (size_t i = 0; i < ais_node_count(list); i++) {
        struct ais_node one = ais_node_at(list, i);
        const char *id = ais_node_text(one);
        if (!ais_milestone_id(s->t, id, strlen(id)))
            return ais_fail_at(s->err, AIS_TEMPLATE, ais_node_place(one),
                               "the template has no milestone \"%s\"%s", id,
                               ais_nearest_milestone(s->t, id, hint, sizeof hint));
    }
    s->edition.solved = json_incref(list.value);
    return 0;
}

static int take_edition(struct sample *s, const struct ais_fields *f) {
    static const char *const keys[] = {"edition", "solved", NULL};
    const char *edition = "complete";
    if (ais_fields_open(f, keys) < 0 || ais_fields_string(f, "edition", &edition) < 0)
        return -1;
    s->edition.starter = strcmp(edition, "starter") == 0;
    if (!s->edition.starter && strcmp(edition, "complete") != 0)
        return ais_fields_fail(f, "edition", "must be complete or starter");
    return take_solved(s, f);
}

/* What sample.json says, where there is one: the complete edition is the default. */
static int choose_edition(struct sample *s) {
    struct ais_json doc = {0};
    int rc = read_json(s, "sample.json", AIS_TEMPLATE, &doc);
    if (rc == 0 && doc.root) {
        const struct ais_fields f = {
            .node = ais_json_root(&doc), .what = "the sample", .err = s->err};
        rc = take_edition(s, &f);
    }
    ais_json_release(&doc);
    return rc;
}

/* The answers file, where there is one, and defaults for the rest. */
static int answer(struct sample *s) {
    struct ais_json doc = {0};
    int rc = read_json(s, "answers.json", AIS_ANSWERS, &doc);
    s->answers = rc == 0 ? ais_answers_new(s->t, s->err) : NULL;
    if (!s->answers)
        rc = -1;
    if (rc == 0 && doc.root)
        rc = ais_answers_give_json(s->answers, &doc, s->err);
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
    json_t *object = NULL;
    bool differs;
    s->differences = json_array();
    if (!s->differences) {
        ais_fail_memory(s->err);
        goto out;
    }
    if (answer(s) < 0 || choose_edition(s) < 0 ||
        ais_plan_make(&s->plan, s->t, s->answers, &s->edition, s->err) < 0 || compare(s) < 0)
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
    json_decref(s->edition.solved);
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
