#include "kit/record.h"

#include "base/path.h"
#include "plan/roles.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 4096, GLOBS_MAX = 10000, GLOB_MAX = 4096, MILESTONES_MAX = 1000 };

static int fail(struct ais_node node, const char *what, struct ais_error *err) {
    return ais_fail_at(err, AIS_FAILED, ais_node_place(node), "%s", what);
}

bool ais_is_digest(const char *text) {
    return strspn(text, "0123456789abcdef") == 64 && !text[64];
}

/* A required text of one line, for people to read. */
static int take_text(struct ais_node root, const char *key, const char **text,
                     struct ais_error *err) {
    struct ais_node node;
    if (!ais_node_get(root, key, &node))
        return ais_fail_at(err, AIS_FAILED, ais_node_place(root), "the key \"%s\" is missing", key);
    *text = ais_node_text(node);
    if (!*text || !**text || strlen(*text) > TEXT_MAX || strpbrk(*text, "\r\n"))
        return ais_fail_at(err, AIS_FAILED, ais_node_place(node),
                           "\"%s\" must be one line of text, of at most 4096 bytes", key);
    return 0;
}

static int take_kit(struct ais_record *r, struct ais_node root, struct ais_error *err) {
    struct ais_node node;
    r->kit = "";
    if (!ais_node_get(root, "kit", &node))
        return 0;
    r->kit = ais_node_text(node);
    if (!r->kit || !ais_is_digest(r->kit))
        return fail(node, "\"kit\" must be 64 hex digits", err);
    return 0;
}

/* The strings of an array, each checked, in memory of the record. */
static int take_strings(struct ais_record *r, struct ais_node list, size_t most, size_t longest,
                        const char ***strings, size_t *count, struct ais_error *err) {
    if (!json_is_array(list.value) || ais_node_count(list) > most)
        return fail(list, "this must be a list, and not of so many items", err);
    *count = ais_node_count(list);
    *strings = ais_arena_alloc(&r->arena, (*count + 1) * sizeof **strings);
    if (!*strings)
        return ais_fail_memory(err);
    for (size_t i = 0; i < *count; i++) {
        struct ais_node item = ais_node_at(list, i);
        (*strings)[i] = ais_node_text(item);
        if (!(*strings)[i] || strlen((*strings)[i]) > longest)
            return fail(item, "this must be a text, and not so long", err);
    }
    return 0;
}

static int take_globs(struct ais_record *r, struct ais_node roles, enum ais_role role,
                      const char ***globs, size_t *count, struct ais_error *err) {
    struct ais_node list;
    return ais_node_get(roles, ais_role_name(role), &list)
               ? take_strings(r, list, GLOBS_MAX, GLOB_MAX, globs, count, err)
               : 0;
}

static int take_roles(struct ais_record *r, struct ais_node root, struct ais_error *err) {
    struct ais_node roles;
    if (!ais_node_get(root, "roles", &roles))
        return 0;
    if (!json_is_object(roles.value))
        return fail(roles, "\"roles\" must be an object", err);
    if (take_globs(r, roles, AIS_PROTECTED, &r->protected_globs, &r->glob_count, err) < 0 ||
        take_globs(r, roles, AIS_STUDENT, &r->student_globs, &r->student_glob_count, err) < 0)
        return -1;
    for (size_t i = 0; i < r->glob_count; i++)
        r->glob_bytes += strlen(r->protected_globs[i]) + 1;
    for (size_t i = 0; i < r->student_glob_count; i++)
        r->glob_bytes += strlen(r->student_globs[i]) + 1;
    return 0;
}

static int take_milestones(struct ais_record *r, struct ais_node root, struct ais_error *err) {
    struct ais_node list;
    if (!ais_node_get(root, "milestones", &list))
        return 0;
    if (!json_is_array(list.value) || ais_node_count(list) > MILESTONES_MAX)
        return fail(list, "this must be a list, and not of so many items", err);
    r->milestone_count = ais_node_count(list);
    r->milestones = ais_arena_alloc(&r->arena, (r->milestone_count + 1) * sizeof *r->milestones);
    if (!r->milestones)
        return ais_fail_memory(err);
    for (size_t i = 0; i < r->milestone_count; i++) {
        struct ais_record_milestone *m = &r->milestones[i];
        struct ais_node item = ais_node_at(list, i), files;
        if (take_text(item, "id", &m->id, err) < 0)
            return -1;
        if (!ais_node_get(item, "files", &files))
            return fail(item, "the key \"files\" is missing", err);
        if (take_strings(r, files, 10000, AIS_PATH_MAX, &m->files, &m->file_count, err) < 0)
            return -1;
    }
    return 0;
}

static int take_role(struct ais_node item, enum ais_role *role, struct ais_error *err) {
    struct ais_node node;
    const char *name;
    *role = AIS_MERGE;
    if (!ais_node_get(item, "role", &node))
        return 0;
    name = ais_node_text(node);
    for (*role = AIS_MERGE; *role <= AIS_STUDENT; (*role)++)
        if (name && strcmp(name, ais_role_name(*role)) == 0)
            return 0;
    return fail(node, "\"role\" must be merge, protected or student", err);
}

static int take_file(struct ais_node item, struct ais_digested *file, enum ais_role *role,
                     struct ais_error *err) {
    const char *fault = ais_path_fault(item.key, strlen(item.key)), *digest;
    struct ais_node node;
    if (fault)
        return ais_fail_at(err, AIS_FAILED, ais_node_key_place(item), "\"%s\" %s", item.key, fault);
    if (!ais_node_get(item, "sha256", &node))
        return fail(item, "the key \"sha256\" is missing", err);
    digest = ais_node_text(node);
    if (!digest || !ais_is_digest(digest))
        return fail(node, "\"sha256\" must be 64 hex digits", err);
    *file = (struct ais_digested){.path = item.key};
    memcpy(file->sha256, digest, sizeof file->sha256);
    file->executable = ais_node_get(item, "executable", &node) && json_is_true(node.value);
    return take_role(item, role, err);
}

static int by_key(const void *a, const void *b) {
    const struct ais_node *x = a, *y = b;
    return strcmp(x->key, y->key);
}

static int take_files(struct ais_record *r, struct ais_node root, struct ais_error *err) {
    struct ais_node files, *items;
    size_t count;
    if (!ais_node_get(root, "files", &files))
        return 0;
    if (!json_is_object(files.value) || ais_node_count(files) > AIS_PLAN_FILES_MAX)
        return fail(files, "\"files\" must be an object of at most 100000 files", err);
    count = ais_node_count(files);
    items = ais_arena_alloc(&r->arena, (count + 1) * sizeof *items);
    r->files = ais_arena_alloc(&r->arena, (count + 1) * sizeof *r->files);
    r->roles = ais_arena_alloc(&r->arena, (count + 1) * sizeof *r->roles);
    if (!items || !r->files || !r->roles)
        return ais_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        items[i] = ais_node_at(files, i);
    qsort(items, count, sizeof *items, by_key);
    for (size_t i = 0; i < count; i++)
        if (take_file(items[i], &r->files[i], &r->roles[i], err) < 0)
            return -1;
    r->file_count = count;
    r->has_files = true;
    ais_list_digest(r->files, count, r->digest);
    return 0;
}

int ais_record_parse(struct ais_record *record, const char *shown, const char *text, size_t size,
                     struct ais_error *err) {
    struct ais_node root, schema, answers;
    *record = (struct ais_record){0};
    if (size > AIS_RECORD_BYTES_MAX)
        return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = shown},
                           "larger than %d bytes", AIS_RECORD_BYTES_MAX);
    if (ais_json_parse(&record->doc, shown, text, size, AIS_FAILED, err) < 0)
        return -1;
    root = ais_json_root(&record->doc);
    if (!ais_node_get(root, "schema", &schema) || !ais_node_text(schema) ||
        strcmp(ais_node_text(schema), "aiscaffold.project/1") != 0)
        return fail(
            root,
            "this is no record of the schema aiscaffold.project/1 (a newer aiscaffold may know "
            "it)",
            err);
    if (take_text(root, "template", &record->template_name, err) < 0 ||
        take_text(root, "version", &record->version, err) < 0 ||
        take_text(root, "edition", &record->edition, err) < 0 || take_kit(record, root, err) < 0 ||
        take_roles(record, root, err) < 0 || take_milestones(record, root, err) < 0 ||
        take_files(record, root, err) < 0)
        return -1;
    if (!ais_node_get(root, "answers", &answers))
        return fail(root, "the key \"answers\" is missing", err);
    if (!json_is_object(answers.value))
        return fail(answers, "\"answers\" must be an object", err);
    record->answers = answers.value;
    return 0;
}

void ais_record_release(struct ais_record *record) {
    ais_json_release(&record->doc);
    ais_arena_release(&record->arena);
    *record = (struct ais_record){0};
}

int ais_record_bound(const struct ais_record *record, uint64_t path_bytes, const char *shown,
                     struct ais_error *err) {
    if (path_bytes <= AIS_MATCHING_MAX / (record->glob_bytes + 1))
        return 0;
    return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = shown},
                       "its record has too many globs for so many files");
}

static bool any(const char *const *globs, size_t count, const char *path) {
    for (size_t i = 0; i < count; i++)
        if (ais_glob_match(globs[i], path))
            return true;
    return false;
}

enum ais_role ais_record_role(const struct ais_record *record, const char *path) {
    if (strcmp(path, AIS_RECORD_PATH) == 0 ||
        any(record->protected_globs, record->glob_count, path))
        return AIS_PROTECTED;
    return any(record->student_globs, record->student_glob_count, path) ? AIS_STUDENT : AIS_MERGE;
}
