#include "base/json.h"
#include "plan/planning.h"

#include <stdint.h>
#include <string.h>

/* {"python": "1.0.0", ...} of the active layers. */
static json_t *layer_versions(const struct ais_planning *p) {
    json_t *layers = json_object();
    for (size_t i = 0; layers && i + 1 < p->t->part_count; i++) {
        const struct ais_manifest *m = &p->t->parts[i]->manifest;
        if (p->active[i] && json_object_set_new(layers, m->name, json_string(m->version)) < 0) {
            json_decref(layers);
            return NULL;
        }
    }
    return layers;
}

/* Adds the globs of one part to those of the parts before. */
static int add_globs(json_t *roles, const char *role, json_t *globs) {
    json_t *list = json_object_get(roles, role);
    if (!json_array_size(globs))
        return 0;
    if (!list) {
        list = json_array();
        if (json_object_set_new(roles, role, list) < 0)
            return -1;
    }
    return json_array_extend(list, globs);
}

/* {"protected": [globs], "student": [globs]} of all active parts. */
static json_t *role_globs(const struct ais_planning *p) {
    json_t *roles = json_object();
    for (size_t i = 0; roles && i < p->t->part_count; i++) {
        const struct ais_manifest *m = &p->t->parts[i]->manifest;
        if (p->active[i] &&
            (add_globs(roles, ais_role_name(AIS_PROTECTED), m->protected_globs) < 0 ||
             add_globs(roles, ais_role_name(AIS_STUDENT), m->student_globs) < 0)) {
            json_decref(roles);
            return NULL;
        }
    }
    return roles;
}

static bool is_cut(const struct ais_cuts *cuts, const char *source, const char *milestone) {
    for (size_t i = 0; source && i < cuts->count; i++)
        if (cuts->list[i].milestone == milestone && strcmp(cuts->list[i].source, source) == 0)
            return true;
    return false;
}

/* The files of the project in which a region of the milestone was left out. */
static json_t *milestone_files(const struct ais_planning *p, const char *milestone) {
    json_t *files = json_array();
    for (size_t i = 0; files && i < p->count; i++)
        if (is_cut(&p->plan->cuts, p->planned[i].entry.source, milestone) &&
            json_array_append_new(files, json_string(p->planned[i].file.path)) < 0) {
            json_decref(files);
            return NULL;
        }
    return files;
}

/* [{"id": "...", "files": [...]}, ...] of the milestones that are left to do. */
static json_t *list_milestones(const struct ais_planning *p) {
    const struct ais_manifest *m = ais_template_manifest(p->t);
    json_t *list = json_array();
    for (size_t i = 0; list && i < m->milestone_count; i++) {
        json_t *files = milestone_files(p, m->milestones[i].id);
        int rc = files ? 0 : -1;
        if (json_array_size(files))
            rc = json_array_append_new(
                list, json_pack("{ss sO}", "id", m->milestones[i].id, "files", files));
        json_decref(files);
        if (rc < 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

/* The same, once for all plans of a layout. */
static json_t *open_milestones(const struct ais_planning *p) {
    if (!p->layout)
        return list_milestones(p);
    if (!p->layout->milestones)
        p->layout->milestones = list_milestones(p);
    return json_incref(p->layout->milestones);
}

/* Sets a member unless it is empty; takes the value. */
static int set_some(json_t *record, const char *name, json_t *value) {
    bool empty = value && json_array_size(value) + json_object_size(value) == 0;
    if (!empty)
        return json_object_set_new(record, name, value);
    json_decref(value);
    return 0;
}

/* A path as JSON has it. */
static int put_string(struct ais_buf *out, const char *path, struct ais_error *err) {
    size_t plain = strcspn(path, "\"\\");
    for (size_t i = 0; i < plain; i++)
        if (path[i] < ' ' || path[i] > '~')
            plain = i;
    if (path[plain]) {
        json_t *string = json_string(path);
        char *text = string ? ais_json_dump(string, err) : NULL;
        if (text)
            ais_buf_add(out, text, strlen(text) - 1); /* without its newline */
        ais_free(text);
        json_decref(string);
        return text ? 0 : ais_fail_memory(err);
    }
    ais_buf_char(out, '"');
    ais_buf_add(out, path, plain);
    ais_buf_char(out, '"');
    return 0;
}

/* {"role", "sha256", "executable"} of a file, without what is as usual. */
static void put_facts(struct ais_buf *out, const struct ais_planned *planned) {
    const char *digest = planned->file.sha256;
    char own[AIS_SHA256_HEX];
    if (!digest) {
        ais_sha256(planned->file.data, planned->file.size, own);
        digest = own;
    }
    ais_buf_str(out, ": {");
    if (planned->entry.role != AIS_MERGE) {
        ais_buf_str(out, "\"role\": \"");
        ais_buf_str(out, ais_role_name(planned->entry.role));
        ais_buf_str(out, "\", ");
    }
    ais_buf_str(out, "\"sha256\": \"");
    ais_buf_str(out, digest);
    ais_buf_str(out, planned->file.executable ? "\", \"executable\": true}" : "\"}");
}

/* The integrity manifest: every file of the kit but the record itself, a line each. It is written
 * and not built, as every kit has one. */
static int put_files(const struct ais_planning *p, struct ais_buf *out) {
    bool first = true;
    ais_buf_str(out, ",\n  \"files\": {");
    for (size_t i = 0; i < p->count; i++) {
        if (strcmp(p->planned[i].file.path, AIS_RECORD_PATH) == 0)
            continue;
        ais_buf_str(out, first ? "\n    " : ",\n    ");
        if (put_string(out, p->planned[i].file.path, p->err) < 0)
            return -1;
        put_facts(out, &p->planned[i]);
        first = false;
    }
    ais_buf_str(out, "\n  }\n}\n");
    return 0;
}

static json_t *make_record(const struct ais_planning *p) {
    json_t *answers = ais_answers_record(p->answers, p->err);
    json_t *record =
        answers ? json_pack("{ss ss ss ss so so}", "schema", "aiscaffold.project/1", "template",
                            p->plan->template_name, "version", p->plan->template_version, "edition",
                            p->plan->edition_name, "layers", layer_versions(p), "answers", answers)
                : NULL;
    if (record && set_some(record, "roles", role_globs(p)) == 0 &&
        set_some(record, "milestones", open_milestones(p)) == 0)
        return record;
    if (answers)
        ais_fail_memory(p->err);
    json_decref(record);
    return NULL;
}

/* The record as text, in the plan's arena, with the list of files or without it. */
static int put_text(struct ais_planning *p, const json_t *record, bool files,
                    struct ais_file *file) {
    static const char end[] = "\n}\n";
    struct ais_buf out = AIS_BUF(SIZE_MAX / 2);
    char *text = ais_json_dump(record, p->err);
    int rc = -1;
    if (!text)
        goto out;
    ais_buf_str(&out, text);
    if (files) {
        ais_buf_truncate(&out, out.size - (sizeof end - 1));
        if (put_files(p, &out) < 0)
            goto out;
    }
    file->size = out.size;
    file->data = out.no_memory ? NULL : ais_arena_strndup(&p->plan->arena, out.data, out.size);
    rc = file->data ? 0 : ais_fail_memory(p->err);
out:
    ais_buf_release(&out);
    ais_free(text);
    return rc;
}

int ais_planning_record(struct ais_planning *p) {
    const char *kit = ais_answers_kit(p->answers);
    json_t *record = make_record(p);
    int rc = -1;
    if (!record)
        goto out;
    if (kit) {
        p->record.path = AIS_RECORD_PATH;
        if (put_text(p, record, false, &p->record) < 0)
            goto out;
        if (json_object_set_new(record, "kit", json_string(kit)) < 0) {
            ais_fail_memory(p->err);
            goto out;
        }
    }
    for (size_t i = 0; i < p->count; i++)
        if (strcmp(p->planned[i].file.path, AIS_RECORD_PATH) == 0)
            rc = put_text(p, record, kit != NULL, &p->planned[i].file);
out:
    json_decref(record);
    return rc;
}
