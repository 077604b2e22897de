#include "update/journal.h"

#include "base/json.h"
#include "git/objects.h"

#include <string.h>

static const char file_name[] = "journal.json", schema[] = "aiscaffold.journal/1";

enum { JOURNAL_BYTES_MAX = 256 << 20 };

/* {"path", "mode", "permissions", "blob"}, or null for mode 0. */
static json_t *pack_file(const char *path, unsigned mode, unsigned permissions,
                         const struct ais_oid *blob) {
    char hex[AIS_OID_HEX];
    if (!mode)
        return json_null();
    ais_oid_hex(blob, hex);
    return json_pack("{ss si si ss}", "path", path, "mode", (int)mode, "permissions",
                     (int)permissions, "blob", hex);
}

static json_t *pack_state(const char *path, const struct ais_step_state *state) {
    return pack_file(path, state->mode, state->permissions, &state->blob);
}

static json_t *pack_steps(const struct ais_steps *steps) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < steps->count; i++) {
        const struct ais_step *step = &steps->list[i];
        if (json_array_append_new(list, json_pack("{ss so so}", "path", step->path, "from",
                                                  pack_state(step->path, &step->from), "to",
                                                  pack_state(step->path, &step->to))) < 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *pack_stage(const struct ais_git_file *file) {
    return pack_file(file->path, file->mode, 0, &file->blob);
}

static json_t *pack_conflicts(const struct ais_journal *j) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < j->conflict_count; i++) {
        const struct ais_conflict *c = &j->conflicts[i];
        if (json_array_append_new(list, json_pack("[ooo]", pack_stage(&c->base),
                                                  pack_stage(&c->ours), pack_stage(&c->theirs))) <
            0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

int ais_journal_write(const struct ais_journal *j, const struct ais_desk *desk,
                      struct ais_error *err) {
    char head[AIS_OID_HEX], pristine[AIS_OID_HEX], commit[AIS_OID_HEX];
    json_t *root;
    char *text;
    int rc;
    ais_oid_hex(&j->head, head);
    ais_oid_hex(&j->pristine, pristine);
    ais_oid_hex(&j->commit, commit);
    root = json_pack("{ss ss ss ss? sb ss ss so so}", "schema", schema, "head", head, "pristine",
                     pristine, "commit", j->has_commit ? commit : NULL, "left", j->left, "branch",
                     j->branch, "message", j->message, "steps", pack_steps(&j->steps), "conflicts",
                     pack_conflicts(j));
    text = root ? ais_json_text(root, JSON_COMPACT) : NULL;
    rc = text ? ais_desk_write(desk, false, file_name, text, strlen(text), err)
              : ais_fail_memory(err);
    ais_free(text);
    json_decref(root);
    return rc;
}

static bool read_id(const json_t *value, struct ais_oid *id) {
    const char *hex = json_string_value(value);
    return hex && strlen(hex) == AIS_OID_HEX - 1 && ais_oid_parse(hex, AIS_OID_HEX - 1, id);
}

static bool read_state(const json_t *value, struct ais_step_state *state) {
    json_int_t mode = json_integer_value(json_object_get(value, "mode"));
    if (json_is_null(value))
        return true;
    state->mode = (unsigned)mode;
    state->permissions = (unsigned)json_integer_value(json_object_get(value, "permissions")) & 0777;
    return (mode == AIS_MODE_FILE || mode == AIS_MODE_EXECUTABLE || mode == AIS_MODE_LINK) &&
           read_id(json_object_get(value, "blob"), &state->blob);
}

static int read_steps(struct ais_journal *j, const json_t *list, bool *good,
                      struct ais_error *err) {
    *good = json_is_array(list);
    for (size_t i = 0; *good && i < json_array_size(list); i++) {
        const json_t *value = json_array_get(list, i);
        struct ais_step step = {.path = json_string_value(json_object_get(value, "path"))};
        *good = step.path && read_state(json_object_get(value, "from"), &step.from) &&
                read_state(json_object_get(value, "to"), &step.to);
        if (*good && ais_steps_add(&j->steps, &step, err) < 0)
            return -1;
    }
    return 0;
}

/* One side of a conflict, which the index alone gets: the student's may be a submodule. */
static bool read_stage(struct ais_journal *j, const json_t *value, struct ais_git_file *file) {
    const char *path = json_string_value(json_object_get(value, "path"));
    const bool submodule = json_integer_value(json_object_get(value, "mode")) == AIS_MODE_COMMIT;
    struct ais_step_state state = {.mode = AIS_MODE_COMMIT};
    if (json_is_null(value))
        return true;
    if (!path || !(submodule ? read_id(json_object_get(value, "blob"), &state.blob)
                             : read_state(value, &state)))
        return false;
    *file = (struct ais_git_file){ais_arena_strdup(&j->arena, path), state.blob, state.mode};
    return file->path != NULL;
}

static int read_conflicts(struct ais_journal *j, const json_t *list, bool *good,
                          struct ais_error *err) {
    *good = json_is_array(list);
    j->conflicts = ais_calloc(json_array_size(list) + 1, sizeof *j->conflicts);
    if (!j->conflicts)
        return ais_fail_memory(err);
    for (size_t i = 0; *good && i < json_array_size(list); i++) {
        const json_t *value = json_array_get(list, i);
        struct ais_conflict *c = &j->conflicts[j->conflict_count++];
        *good = json_array_size(value) == 3 && read_stage(j, json_array_get(value, 0), &c->base) &&
                read_stage(j, json_array_get(value, 1), &c->ours) &&
                read_stage(j, json_array_get(value, 2), &c->theirs);
    }
    return 0;
}

static int read_root(struct ais_journal *j, const json_t *root, bool *good, struct ais_error *err) {
    const char *told = json_string_value(json_object_get(root, "schema")),
               *branch = json_string_value(json_object_get(root, "branch")),
               *message = json_string_value(json_object_get(root, "message"));
    const json_t *commit = json_object_get(root, "commit");
    j->has_commit = json_is_string(commit);
    j->left = json_is_true(json_object_get(root, "left"));
    *good = told && strcmp(told, schema) == 0 && branch && message &&
            strncmp(branch, "refs/heads/", 11) == 0 &&
            read_id(json_object_get(root, "head"), &j->head) &&
            read_id(json_object_get(root, "pristine"), &j->pristine) &&
            (!j->has_commit || read_id(commit, &j->commit));
    if (!*good)
        return 0;
    j->branch = ais_arena_strdup(&j->arena, branch);
    j->message = ais_arena_strdup(&j->arena, message);
    if (!j->branch || !j->message)
        return ais_fail_memory(err);
    if (read_steps(j, json_object_get(root, "steps"), good, err) < 0 || !*good)
        return *good ? -1 : 0;
    return read_conflicts(j, json_object_get(root, "conflicts"), good, err);
}

int ais_journal_read(struct ais_journal *j, const struct ais_desk *desk, bool *found,
                     struct ais_error *err) {
    struct ais_buf text = AIS_BUF(JOURNAL_BYTES_MAX);
    struct ais_json doc = {0};
    bool good = false;
    int rc = -1;
    *j = (struct ais_journal){0};
    if (ais_desk_read(desk, false, file_name, &text, found, err) < 0)
        goto out;
    if (*found &&
        (ais_json_parse(&doc, desk->path, ais_buf_text(&text), text.size, AIS_FAILED, err) < 0 ||
         read_root(j, doc.root, &good, err) < 0))
        goto out;
    if (*found && !good)
        ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = desk->path},
                    "the journal of an update is damaged (git status tells what was changed; "
                    "remove the folder)");
    else
        rc = 0;
out:
    ais_json_release(&doc);
    ais_buf_release(&text);
    return rc;
}

void ais_journal_remove(const struct ais_desk *desk) {
    static const char *const files[] = {file_name, "index.old", "index.new", "text", "new"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        ais_desk_remove(desk, false, files[i]);
}

void ais_journal_release(struct ais_journal *j) {
    ais_steps_release(&j->steps);
    ais_free(j->conflicts);
    ais_arena_release(&j->arena);
    *j = (struct ais_journal){0};
}
