#include "update/made.h"

#include "plan/roles.h"

#include <stdlib.h>
#include <string.h>

enum { GLOBS_MAX = 10000, TEXT_MAX = 4096 };

static int wrong(struct ais_node node, const char *what, const char *must, struct ais_error *err) {
    return ais_fail_at(err, AIS_FAILED, ais_node_place(node), "\"%s\" %s", what, must);
}

/* The string `key`, short and in one line, into *text. */
static int read_text(struct ais_node root, const char *key, bool need, const char **text,
                     struct ais_error *err) {
    struct ais_node node;
    const char *value;
    if (!ais_node_get(root, key, &node))
        return need ? wrong(root, key, "is missing", err) : 0;
    value = json_string_value(node.value);
    if (!value || !*value || strlen(value) > TEXT_MAX || strpbrk(value, "\r\n"))
        return wrong(node, key, "must be a short text", err);
    *text = value;
    return 0;
}

static int read_globs(struct ais_node roles, const char *key, json_t **globs,
                      struct ais_error *err) {
    struct ais_node node;
    if (!ais_node_get(roles, key, &node))
        return 0;
    if (!json_is_array(node.value) || ais_node_count(node) > GLOBS_MAX)
        return wrong(node, key, "must be a list of patterns", err);
    for (size_t i = 0; i < ais_node_count(node); i++) {
        const char *glob = json_string_value(ais_node_at(node, i).value);
        if (!glob || strlen(glob) > TEXT_MAX)
            return wrong(ais_node_at(node, i), key, "must be a list of patterns", err);
    }
    *globs = node.value;
    return 0;
}

/* "files" of a kit: {"path": {"sha256": "...", "executable": true}}. */
static int read_files(struct ais_node files, struct ais_error *err) {
    if (!json_is_object(files.value))
        return wrong(files, "files", "must be an object", err);
    for (size_t i = 0; i < ais_node_count(files); i++) {
        struct ais_node file = ais_node_at(files, i);
        json_t *flag = json_object_get(file.value, "executable");
        const char *digest = json_string_value(json_object_get(file.value, "sha256"));
        if (!digest || strlen(digest) != AIS_SHA256_HEX - 1 || (flag && !json_is_boolean(flag)))
            return wrong(file, "files", "must give a SHA-256 for each path", err);
    }
    return 0;
}

int ais_made_read(struct ais_made *record, const char *path, const char *text, size_t size,
                  struct ais_error *err) {
    struct ais_node root, node;
    const char *schema = "";
    *record = (struct ais_made){0};
    if (ais_json_parse(&record->doc, path, text, size, AIS_FAILED, err) < 0)
        return -1;
    root = ais_json_root(&record->doc);
    if (!json_is_object(root.value))
        return wrong(root, "schema", "is missing", err);
    if (read_text(root, "schema", true, &schema, err) < 0)
        return -1;
    if (strcmp(schema, "aiscaffold.project/1") != 0)
        return wrong(root, "schema", "is one that this program does not know (try a newer one)",
                     err);
    if (read_text(root, "template", true, &record->template_name, err) < 0 ||
        read_text(root, "version", true, &record->version, err) < 0 ||
        read_text(root, "edition", true, &record->edition, err) < 0 ||
        read_text(root, "kit", false, &record->kit, err) < 0)
        return -1;
    if (!ais_node_get(root, "answers", &node))
        return wrong(root, "answers", "is missing", err);
    if (!json_is_object(node.value))
        return wrong(node, "answers", "must be an object", err);
    record->answers = node.value;
    if (ais_node_get(root, "roles", &node) &&
        (read_globs(node, "protected", &record->protected_globs, err) < 0 ||
         read_globs(node, "student", &record->student_globs, err) < 0))
        return -1;
    if (!ais_node_get(root, "files", &node))
        return 0;
    record->files = node.value;
    return read_files(node, err);
}

void ais_made_release(struct ais_made *record) {
    ais_json_release(&record->doc);
    *record = (struct ais_made){0};
}

static bool any(const json_t *globs, const char *path) {
    for (size_t i = 0; i < json_array_size(globs); i++)
        if (ais_glob_match(json_string_value(json_array_get(globs, i)), path))
            return true;
    return false;
}

enum ais_role ais_made_role(const struct ais_made *record, const char *path) {
    if (strcmp(path, AIS_RECORD_PATH) == 0 || any(record->protected_globs, path))
        return AIS_PROTECTED;
    return any(record->student_globs, path) ? AIS_STUDENT : AIS_MERGE;
}

int ais_version_compare(const char *a, const char *b) {
    while (*a || *b) {
        char *end_a, *end_b;
        unsigned long long x = strtoull(a, &end_a, 10), y = strtoull(b, &end_b, 10);
        if (x != y)
            return x < y ? -1 : 1;
        if (end_a == a || end_b == b)
            return strcmp(a, b);
        a = end_a + (*end_a == '.');
        b = end_b + (*end_b == '.');
    }
    return 0;
}
