#include "kit/cohort_parts.h"

#include "base/json.h"

#include <stdio.h>
#include <string.h>

enum { REASON_MAX = 1600 };

char *ais_cohort_name(const struct ais_cohort *c, const struct ais_student *student) {
    struct ais_buf name = AIS_BUF(4096);
    ais_buf_printf(&name, "%s%s", student->file, ais_format_suffix(c->format));
    return ais_buf_take(&name);
}

static const char *text(const json_t *object, const char *key) {
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : "";
}

/* What differs from the run before, where the archive does. */
static void explain(const struct ais_cohort_run *run, const struct ais_kit_made *made,
                    const json_t *before, char *reason, size_t size) {
    const json_t *old = run->before.head;
    const char *version = text(old, "version");
    bool row = strcmp(text(before, "row_digest"), made->row) != 0;
    if (!before)
        snprintf(reason, size, "a run that was interrupted left another archive");
    else if (strcmp(text(before, "id"), made->id) != 0)
        snprintf(reason, size, "the course secret or the template's name changed");
    else if (strcmp(version, text(run->head, "version")) != 0)
        snprintf(reason, size, "the template changed from %.40s to %.40s%s", version,
                 text(run->head, "version"), row ? ", and the roster's row" : "");
    else if (strcmp(text(old, "template_digest"), text(run->head, "template_digest")) != 0)
        snprintf(reason, size, "the template or the common answers changed%s",
                 row ? ", and the roster's row" : "");
    else if (row)
        snprintf(reason, size, "the roster's row changed");
    else if (strcmp(text(old, "edition"), text(run->head, "edition")) != 0 ||
             strcmp(text(old, "date"), text(run->head, "date")) != 0)
        snprintf(reason, size, "the edition or the date changed");
    else if (strcmp(text(before, "tar_digest") + strlen("sha256:"), made->tar) != 0)
        snprintf(reason, size, "another version of aiscaffold made it");
    else
        snprintf(reason, size, "the archive in the folder was another one");
}

static json_t *digest(const char *hex) {
    return json_sprintf("sha256:%s", hex);
}

static int add_bundle(json_t *object, const struct ais_student *student,
                      const struct ais_kit_made *made) {
    char *name = ais_cohort_bundle_name(student);
    int rc = name ? json_object_set_new(object, "bundle", json_string(name)) : -1;
    if (rc == 0)
        rc = json_object_set_new(object, "bundle_commit", json_string(made->bundle_commit));
    ais_free(name);
    return rc;
}

/* The line of the report; NULL for want of memory. */
static char *make_line(const struct ais_student *student, const struct ais_kit_made *made,
                       const char *name, const char *status, const char *reason) {
    json_t *object =
        json_pack("{ss ss ss ss sI ss ss ss}", "id", made->id, "student", student->id, "name",
                  student->name, "group", student->group, "line", (json_int_t)student->line,
                  "archive", name, "status", status, "reason", reason);
    char *line = NULL;
    if (object && *made->commit &&
        (json_object_set_new(object, "commit", json_string(made->commit)) < 0 ||
         json_object_set_new(object, "tree_digest", digest(made->tree)) < 0 ||
         json_object_set_new(object, "manifest_digest", digest(made->manifest)) < 0 ||
         json_object_set_new(object, "tar_digest", digest(made->tar)) < 0 ||
         json_object_set_new(object, "row_digest", json_string(made->row)) < 0 ||
         json_object_set_new(object, "bytes", json_integer((json_int_t)made->bytes.size)) < 0)) {
        json_decref(object);
        return NULL;
    }
    if (object && made->bundle.size && add_bundle(object, student, made) < 0) {
        json_decref(object);
        return NULL;
    }
    if (object)
        line = ais_json_text(object, JSON_COMPACT);
    json_decref(object);
    return line;
}

/* Puts the bundle where it belongs, if there is one, before the archive: a run that is resumed
 * finds that it holds this version already. *before is what ais_cohort_same says of it, 1 without
 * one. */
static int put_bundle(const struct ais_cohort_run *run, const struct ais_student *student,
                      const struct ais_kit_made *made, int *before, struct ais_error *err) {
    char *name;
    bool changed;
    int rc = -1;
    *before = 1;
    if (!made->bundle.size)
        return 0;
    name = ais_cohort_bundle_name(student);
    if (!name)
        return ais_fail_memory(err);
    *before = run->folder < 0
                  ? -1
                  : ais_cohort_same(run->folder, name, made->bundle.data, made->bundle.size);
    if (*before > 0 || run->c->dry_run)
        rc = 0;
    else
        rc = ais_cohort_publish(run->folder, run->c->folder, name, made->bundle.data,
                                made->bundle.size, &changed, err);
    ais_free(name);
    return rc;
}

/* Puts the archive where it belongs. *status and reason say what that meant. */
static int put(struct ais_cohort_run *run, const struct ais_student *student,
               const struct ais_kit_made *made, const char *name, const json_t *before,
               const char **status, char *reason, size_t size, struct ais_error *err) {
    int same = run->folder < 0
                   ? -1
                   : ais_cohort_same(run->folder, name, made->bytes.data, made->bytes.size);
    int bundle;
    bool changed;
    if (put_bundle(run, student, made, &bundle, err) < 0)
        return -1;
    *status = same > 0 && bundle > 0 ? "kept" : same < 0 ? "made" : "rewritten";
    reason[0] = '\0';
    if (same > 0) {
        if (bundle < 1)
            snprintf(reason, size, "its bundle was %s", bundle < 0 ? "missing" : "behind");
        return 0;
    }
    if (same == 0)
        explain(run, made, before, reason, size);
    else if (before && strcmp(text(before, "status"), "failed") != 0)
        snprintf(reason, size, "it was missing");
    if (run->c->dry_run)
        return 0;
    return ais_cohort_publish(run->folder, run->c->folder, name, made->bytes.data, made->bytes.size,
                              &changed, err);
}

char *ais_cohort_put(struct ais_cohort_run *run, const struct ais_student *student,
                     struct ais_error *err) {
    json_t *before = ais_report_find(&run->before, student->id);
    char *name = ais_cohort_name(run->c, student), *line = NULL;
    char reason[REASON_MAX];
    const char *status = "failed";
    struct ais_error own = {0};
    struct ais_kit_made made = {0};
    if (!name)
        goto out;
    if (ais_cohort_make(run, student, &made, &own) < 0 ||
        put(run, student, &made, name, before, &status, reason, sizeof reason, &own) < 0) {
        status = "failed";
        ais_error_text(&own, reason, sizeof reason);
        made.commit[0] = '\0';
        if (err->status == AIS_OK) /* the first one decides the exit status */
            *err = own;
    }
    line = make_line(student, &made, name, status, reason);
out:
    ais_kit_made_release(run, &made);
    ais_free(name);
    json_decref(before);
    return line;
}
