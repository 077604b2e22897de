#include "base/json.h"
#include "plan/planning.h"

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
static json_t *open_milestones(const struct ais_planning *p) {
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

/* Sets a member unless it is empty; takes the value. */
static int set_some(json_t *record, const char *name, json_t *value) {
    bool empty = value && json_array_size(value) + json_object_size(value) == 0;
    if (!empty)
        return json_object_set_new(record, name, value);
    json_decref(value);
    return 0;
}

/* {"role", "sha256", "executable"} of a file, without what is as usual. */
static json_t *file_facts(const struct ais_planned *planned) {
    char digest[AIS_SHA256_HEX];
    json_t *facts = json_object();
    if (planned->file.sha256)
        memcpy(digest, planned->file.sha256, sizeof digest);
    else
        ais_sha256(planned->file.data, planned->file.size, digest);
    if (facts &&
        (planned->entry.role == AIS_MERGE ||
         json_object_set_new(facts, "role", json_string(ais_role_name(planned->entry.role))) ==
             0) &&
        json_object_set_new(facts, "sha256", json_string(digest)) == 0 &&
        (!planned->file.executable || json_object_set_new(facts, "executable", json_true()) == 0))
        return facts;
    json_decref(facts);
    return NULL;
}

/* The integrity manifest: every file of the kit but the record itself. */
static json_t *all_files(const struct ais_planning *p) {
    json_t *files = json_object();
    for (size_t i = 0; files && i < p->count; i++) {
        const char *path = p->planned[i].file.path;
        if (strcmp(path, AIS_RECORD_PATH) != 0 &&
            json_object_set_new(files, path, file_facts(&p->planned[i])) < 0) {
            json_decref(files);
            return NULL;
        }
    }
    return files;
}

static int set_kit(const struct ais_planning *p, json_t *record) {
    const char *kit = ais_answers_kit(p->answers);
    return json_object_set_new(record, "kit", json_string(kit)) < 0
               ? -1
               : json_object_set_new(record, "files", all_files(p));
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

/* The record as text, in the plan's arena. */
static int put_text(struct ais_planning *p, const json_t *record, struct ais_file *file) {
    char *text = ais_json_dump(record, p->err);
    if (!text)
        return -1;
    file->size = strlen(text);
    file->data = ais_arena_strndup(&p->plan->arena, text, file->size);
    ais_free(text);
    return file->data ? 0 : ais_fail_memory(p->err);
}

int ais_planning_record(struct ais_planning *p) {
    json_t *record = make_record(p);
    int rc = -1;
    if (!record)
        goto out;
    if (ais_answers_kit(p->answers)) {
        p->record.path = AIS_RECORD_PATH;
        if (put_text(p, record, &p->record) < 0)
            goto out;
        if (set_kit(p, record) < 0) {
            ais_fail_memory(p->err);
            goto out;
        }
    }
    for (size_t i = 0; i < p->count; i++)
        if (strcmp(p->planned[i].file.path, AIS_RECORD_PATH) == 0)
            rc = put_text(p, record, &p->planned[i].file);
out:
    json_decref(record);
    return rc;
}
