#include "template/manifest.h"

#include "base/time.h"
#include "template/manifest_parts.h"

#include <stdio.h>
#include <string.h>

enum { MILESTONES_MAX = 1000, MANIFEST_BYTES_MAX = 4 << 20 };

struct ais_place ais_text_place(struct ais_node string) {
    struct ais_place at = ais_node_place(string);
    at.column++;
    return at;
}

void *ais_read_array(struct ais_reading *r, size_t count, size_t size) {
    void *array = ais_arena_alloc(&r->manifest->doc.arena, (count + 1) * size);
    if (!array)
        ais_fail_memory(r->err);
    return array;
}

int ais_read_when(struct ais_reading *r, const struct ais_fields *f, const char *key,
                  struct ais_jinja_tree **out) {
    struct ais_node member;
    const char *text = NULL;
    if (ais_fields_string(f, key, &text) < 0)
        return -1;
    if (!text)
        return 0;
    ais_node_get(f->node, key, &member);
    *out = ais_jinja_parse_expression(r->env, ais_text_place(member), text, r->err);
    return *out ? 0 : -1;
}

static bool is_version(const char *text) {
    unsigned a, b, c;
    int end = 0;
    return strspn(text, "0123456789.") == strlen(text) &&
           sscanf(text, "%9u.%9u.%9u%n", &a, &b, &c, &end) == 3 && !text[end];
}

static int read_identity(struct ais_reading *r, const struct ais_fields *f) {
    struct ais_manifest *m = r->manifest;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    if (ais_fields_need(f, "name") < 0 || ais_fields_need(f, "version") < 0 ||
        ais_fields_need(f, "released") < 0 || ais_fields_need(f, "summary") < 0 ||
        ais_fields_string(f, "name", &m->name) < 0 ||
        ais_fields_string(f, "version", &m->version) < 0 ||
        ais_fields_string(f, "released", &m->released_text) < 0 ||
        ais_fields_string(f, "summary", &m->summary) < 0)
        return -1;
    if (!*m->name || strspn(m->name, letters) != strlen(m->name) || strlen(m->name) > 64)
        return ais_fields_fail(f, "name", "must be 1 to 64 of a-z, 0-9 and '-'");
    if (!is_version(m->version))
        return ais_fields_fail(f, "version", "must be three numbers (such as \"1.0.0\")");
    if (!ais_time_parse(m->released_text, &m->released))
        return ais_fields_fail(f, "released", "must be a time (such as \"2026-12-01T00:00:00Z\")");
    if (strpbrk(m->summary, "\r\n"))
        return ais_fields_fail(f, "summary", "must be one line");
    return 0;
}

static int read_layer(struct ais_reading *r, struct ais_node node, struct ais_layer *layer) {
    static const char *const keys[] = {"layer", "when", NULL};
    struct ais_fields f = {.node = node, .what = "a layer", .err = r->err};
    layer->at = ais_node_place(node);
    if (json_is_string(node.value)) {
        layer->name = ais_node_text(node);
        return 0;
    }
    if (ais_fields_open(&f, keys) < 0 || ais_fields_need(&f, "layer") < 0 ||
        ais_fields_string(&f, "layer", &layer->name) < 0)
        return -1;
    return ais_read_when(r, &f, "when", &layer->when);
}

static int read_layers(struct ais_reading *r, struct ais_node list) {
    struct ais_manifest *m = r->manifest;
    if (!json_is_array(list.value))
        return ais_fail_at(r->err, AIS_TEMPLATE, ais_node_place(list), "\"layers\" must be a list");
    m->layers = ais_read_array(r, ais_node_count(list), sizeof *m->layers);
    if (!m->layers)
        return -1;
    while (m->layer_count < ais_node_count(list)) {
        size_t i = m->layer_count++;
        if (read_layer(r, ais_node_at(list, i), &m->layers[i]) < 0)
            return -1;
    }
    return 0;
}

static int read_milestone(struct ais_reading *r, struct ais_node node, struct ais_milestone *m) {
    static const char *const keys[] = {"id", "title", "tests", NULL};
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    struct ais_fields f = {.node = node, .what = "a milestone", .err = r->err};
    struct ais_node tests;
    bool found;
    m->at = ais_node_place(node);
    if (ais_fields_open(&f, keys) < 0 || ais_fields_need(&f, "id") < 0 ||
        ais_fields_need(&f, "title") < 0 || ais_fields_string(&f, "id", &m->id) < 0 ||
        ais_fields_string(&f, "title", &m->title) < 0 ||
        ais_fields_strings(&f, "tests", &tests, &found) < 0)
        return -1;
    if (!*m->id || strspn(m->id, letters) != strlen(m->id) || strlen(m->id) > 64)
        return ais_fields_fail(&f, "id", "must be 1 to 64 of A-Z, a-z, 0-9, '_' and '-'");
    m->tests = found ? tests.value : NULL;
    for (const struct ais_milestone *before = r->manifest->milestones; before < m; before++)
        if (strcmp(before->id, m->id) == 0)
            return ais_fail_at(r->err, AIS_TEMPLATE, m->at,
                               "two milestones are called \"%s\" (the other is in line %u)", m->id,
                               before->at.line);
    return 0;
}

static int read_milestones(struct ais_reading *r, struct ais_node list) {
    struct ais_manifest *m = r->manifest;
    if (!json_is_array(list.value))
        return ais_fail_at(r->err, AIS_TEMPLATE, ais_node_place(list),
                           "\"milestones\" must be a list");
    if (ais_node_count(list) > MILESTONES_MAX)
        return ais_fail_at(r->err, AIS_TEMPLATE, ais_node_place(list), "more than %d milestones",
                           MILESTONES_MAX);
    m->milestones = ais_read_array(r, ais_node_count(list), sizeof *m->milestones);
    if (!m->milestones)
        return -1;
    while (m->milestone_count < ais_node_count(list)) {
        size_t i = m->milestone_count++;
        if (read_milestone(r, ais_node_at(list, i), &m->milestones[i]) < 0)
            return -1;
    }
    return 0;
}

/* A list of strings, as its JSON. */
static int read_list(const struct ais_fields *f, const char *key, json_t **out) {
    struct ais_node node;
    bool found;
    if (ais_fields_strings(f, key, &node, &found) < 0)
        return -1;
    if (found)
        *out = node.value;
    return 0;
}

static int read_roles(struct ais_reading *r, struct ais_node node) {
    static const char *const keys[] = {"protected", "student", NULL};
    struct ais_fields f = {.node = node, .what = "\"roles\"", .err = r->err};
    if (ais_fields_open(&f, keys) < 0 ||
        read_list(&f, "protected", &r->manifest->protected_globs) < 0)
        return -1;
    return read_list(&f, "student", &r->manifest->student_globs);
}

static int read_about(struct ais_reading *r, struct ais_node node) {
    static const char *const keys[] = {"builds", "proves", "skills", "hours", "level", NULL};
    struct ais_fields f = {.node = node, .what = "\"about\"", .err = r->err};
    const char *text = NULL;
    json_t *list = NULL;
    double hours;
    bool found;
    r->manifest->about = node.value;
    if (ais_fields_open(&f, keys) < 0 || ais_fields_string(&f, "builds", &text) < 0 ||
        ais_fields_string(&f, "proves", &text) < 0 || read_list(&f, "skills", &list) < 0 ||
        ais_fields_number(&f, "hours", &hours, &found) < 0)
        return -1;
    return ais_fields_string(&f, "level", &text);
}

static int read_members(struct ais_reading *r, const struct ais_fields *f) {
    static const struct {
        const char *key;
        int (*read)(struct ais_reading *r, struct ais_node node);
    } members[] = {
        {"layers", read_layers},         {"variables", ais_read_variables}, {"tree", ais_read_tree},
        {"provides", ais_read_provides}, {"milestones", read_milestones},   {"roles", read_roles},
        {"about", read_about},
    };
    struct ais_node node;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (ais_node_get(f->node, members[i].key, &node) && members[i].read(r, node) < 0)
            return -1;
    if (read_list(f, "setup_command", &r->manifest->setup_command) < 0 ||
        read_list(f, "test_command", &r->manifest->test_command) < 0 ||
        read_list(f, "starter_command", &r->manifest->starter_command) < 0 ||
        read_list(f, "milestone_command", &r->manifest->milestone_command) < 0)
        return -1;
    return read_list(f, "leak_allow", &r->manifest->leak_allow);
}

int ais_manifest_read(struct ais_manifest *manifest, struct ais_source *source,
                      struct ais_jinja *env, struct ais_error *err) {
    static const char *const keys[] = {"$schema",
                                       "name",
                                       "version",
                                       "released",
                                       "summary",
                                       "layers",
                                       "variables",
                                       "tree",
                                       "provides",
                                       "milestones",
                                       "roles",
                                       "setup_command",
                                       "test_command",
                                       "starter_command",
                                       "milestone_command",
                                       "leak_allow",
                                       "about",
                                       NULL};
    const struct ais_file *file = ais_source_find(source, "template.json");
    const char *path = ais_source_shown(source, "template.json");
    struct ais_reading r = {manifest, source, env, err};
    struct ais_fields f = {.what = "the manifest", .err = err};
    *manifest = (struct ais_manifest){0};
    if (!path)
        return ais_fail_memory(err);
    if (!file)
        return ais_fail_at(err, AIS_TEMPLATE, (struct ais_place){.path = source->shown},
                           "no template.json is in this folder");
    if (file->size > MANIFEST_BYTES_MAX)
        return ais_fail_at(err, AIS_TEMPLATE, (struct ais_place){.path = path},
                           "larger than %d bytes", MANIFEST_BYTES_MAX);
    if (ais_json_parse(&manifest->doc, path, file->data, file->size, AIS_TEMPLATE, err) < 0)
        return -1;
    f.node = ais_json_root(&manifest->doc);
    if (ais_fields_open(&f, keys) < 0 || read_identity(&r, &f) < 0)
        return -1;
    return read_members(&r, &f);
}

void ais_manifest_release(struct ais_manifest *manifest) {
    for (size_t i = 0; i < manifest->variable_count; i++)
        ais_variable_release(&manifest->variables[i]);
    for (size_t i = 0; i < manifest->layer_count; i++)
        ais_jinja_tree_free(manifest->layers[i].when);
    for (size_t i = 0; i < manifest->tree_count; i++)
        ais_tree_entry_release(&manifest->tree[i]);
    ais_json_release(&manifest->doc);
    *manifest = (struct ais_manifest){0};
}
