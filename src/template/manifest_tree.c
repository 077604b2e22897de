#include "template/manifest_parts.h"

#include "template/path_template.h"

#include <stdio.h>
#include <string.h>

enum { PROVIDES_MAX = 1000 };

static bool is_folder(const char *path) {
    size_t size = strlen(path);
    return size == 0 || path[size - 1] == '/';
}

/* Checks that files/FROM is a file, or a folder that holds files, of the template. */
static int check_from(struct ais_reading *r, const struct ais_fields *f, const char *from) {
    char path[1200], reason[1400];
    size_t count;
    int n = snprintf(path, sizeof path, "files/%s", from);
    bool found = n > 0 && (size_t)n < sizeof path;
    if (found && is_folder(from))
        found = ais_source_below(r->source, path, &count) && count > 0;
    else if (found)
        found = ais_source_find(r->source, path) != NULL;
    if (found)
        return 0;
    snprintf(reason, sizeof reason,
             "names \"%.1000s\", and the template has no %s \"files/%.100s\"", from,
             is_folder(from) ? "folder" : "file", from);
    return ais_fields_fail(f, "from", reason);
}

static int check_shape(struct ais_reading *r, const struct ais_fields *f,
                       const struct ais_tree_entry *e) {
    if (e->empty && e->from)
        return ais_fields_fail(f, "empty", "does not go together with \"from\"");
    if (e->empty && !is_folder(e->to))
        return ais_fields_fail(f, "to", "must end in '/', since it is an empty folder");
    if (e->empty)
        return 0;
    if (ais_fields_need(f, "from") < 0)
        return -1;
    if (is_folder(e->from) && !is_folder(e->to))
        return ais_fields_fail(f, "to", "must end in '/' or be empty, since \"from\" is a folder");
    if (!is_folder(e->from) && is_folder(e->to))
        return ais_fields_fail(f, "to", "must not end in '/', since \"from\" is a file");
    return check_from(r, f, e->from);
}

static int read_each(struct ais_reading *r, const struct ais_fields *f, struct ais_tree_entry *e) {
    struct ais_node node;
    const char *text = NULL;
    if (ais_fields_string(f, "each", &text) < 0)
        return -1;
    if (!text)
        return 0;
    ais_node_get(f->node, "each", &node);
    e->each = ais_jinja_parse_each(r->env, ais_text_place(node), text, r->err);
    return e->each ? 0 : -1;
}

static int read_entry(struct ais_reading *r, struct ais_node node, struct ais_tree_entry *e) {
    static const char *const keys[] = {"from",       "to",     "when",     "each", "empty",
                                       "executable", "render", "override", NULL};
    struct ais_fields f = {.node = node, .what = "an entry of the tree", .err = r->err};
    struct ais_node member;
    bool render = false;
    e->at = ais_node_place(node);
    if (ais_fields_open(&f, keys) < 0 || ais_fields_need(&f, "to") < 0 ||
        ais_fields_string(&f, "from", &e->from) < 0 || ais_fields_string(&f, "to", &e->to) < 0 ||
        ais_fields_bool(&f, "empty", &e->empty) < 0 ||
        ais_fields_bool(&f, "executable", &e->executable) < 0 ||
        ais_fields_bool(&f, "override", &e->override) < 0 ||
        ais_fields_bool(&f, "render", &render) < 0 || check_shape(r, &f, e) < 0 ||
        ais_read_when(r, &f, "when", &e->when) < 0 || read_each(r, &f, e) < 0)
        return -1;
    e->render = ais_node_get(node, "render", &member) ? render : -1;
    ais_node_get(node, "to", &member);
    e->path = ais_path_template_parse(r->env, ais_node_place(member), e->to, r->err);
    return e->path ? 0 : -1;
}

int ais_read_tree(struct ais_reading *r, struct ais_node list) {
    struct ais_manifest *m = r->manifest;
    if (!json_is_array(list.value))
        return ais_fail_at(r->err, AIS_TEMPLATE, ais_node_place(list), "\"tree\" must be a list");
    m->tree = ais_read_array(r, ais_node_count(list), sizeof *m->tree);
    if (!m->tree)
        return -1;
    while (m->tree_count < ais_node_count(list)) {
        size_t i = m->tree_count++;
        if (read_entry(r, ais_node_at(list, i), &m->tree[i]) < 0)
            return -1;
    }
    return 0;
}

void ais_tree_entry_release(struct ais_tree_entry *entry) {
    ais_path_template_free(entry->path);
    ais_jinja_tree_free(entry->when);
    ais_jinja_tree_free(entry->each);
}

static int fail_provide(struct ais_reading *r, struct ais_node node, const char *name,
                        const char *reason) {
    return ais_fail_at(r->err, AIS_TEMPLATE, ais_node_place(node), "\"%s\" in \"provides\" %s",
                       name, reason);
}

static int check_strings(struct ais_reading *r, struct ais_node list, const char *name) {
    if (!json_is_array(list.value))
        return fail_provide(r, list, name, "must hold lists of strings");
    for (size_t i = 0; i < ais_node_count(list); i++)
        if (!json_is_string(ais_node_at(list, i).value))
            return fail_provide(r, ais_node_at(list, i), name, "must hold lists of strings");
    return 0;
}

static int read_provide(struct ais_reading *r, struct ais_node node, struct ais_provide *p) {
    p->name = node.key;
    p->at = ais_node_key_place(node);
    p->value = node;
    if (json_is_array(node.value)) {
        p->kind = AIS_PROVIDE_LIST;
        return check_strings(r, node, p->name);
    }
    if (json_is_object(node.value)) {
        p->kind = AIS_PROVIDE_MAP;
        for (size_t i = 0; i < ais_node_count(node); i++)
            if (check_strings(r, ais_node_at(node, i), p->name) < 0)
                return -1;
        return 0;
    }
    p->kind = AIS_PROVIDE_FRAGMENT;
    if (!json_is_string(node.value))
        return fail_provide(r, node, p->name,
                            "must be a list of strings, an object of such lists, or a file's name");
    if (*ais_node_text(node)) {
        char path[1200], reason[1300];
        snprintf(path, sizeof path, "files/%.1100s", ais_node_text(node));
        snprintf(reason, sizeof reason, "names \"%.1100s\", and the template has no such file",
                 path);
        if (!ais_source_find(r->source, path))
            return fail_provide(r, node, p->name, reason);
    }
    return 0;
}

int ais_read_provides(struct ais_reading *r, struct ais_node object) {
    struct ais_manifest *m = r->manifest;
    if (!json_is_object(object.value))
        return ais_fail_at(r->err, AIS_TEMPLATE, ais_node_place(object),
                           "\"provides\" must be an object");
    if (ais_node_count(object) > PROVIDES_MAX)
        return ais_fail_at(r->err, AIS_TEMPLATE, ais_node_place(object),
                           "\"provides\" has more than %d names", PROVIDES_MAX);
    m->provides = ais_read_array(r, ais_node_count(object), sizeof *m->provides);
    if (!m->provides)
        return -1;
    for (; m->provide_count < ais_node_count(object); m->provide_count++)
        if (read_provide(r, ais_node_at(object, m->provide_count), &m->provides[m->provide_count]) <
            0)
            return -1;
    return 0;
}
