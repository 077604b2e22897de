#include "plan/lint.h"

#include "base/path.h"
#include "plan/planning.h"
#include "template/path_template.h"

#include <stdio.h>
#include <string.h>

/* A search in progress. `loop` are the names that the current entry's `each` sets. */
struct linting {
    const struct ais_template *t;
    struct ais_findings *findings;
    struct ais_part *part;
    json_t *read;      /* the names of variables that something reads */
    json_t *used;      /* the paths of files that something takes, of the current part */
    json_t *loop;      /* names of the current entry's each */
    bool in_condition; /* where secrets may be read */
    bool failed;       /* no memory */
    struct ais_error *err;
};

/* Takes an error for a finding, unless it is the memory that is at fault. */
static void add_error(struct linting *l, const struct ais_error *found) {
    if (found->status == AIS_FAILED || ais_findings_add(l->findings, found, l->err) < 0)
        l->failed = true;
}

static void add(struct linting *l, struct ais_place at, const char *text) {
    struct ais_error found = {0};
    ais_fail_at(&found, AIS_TEMPLATE, at, "%s", text);
    add_error(l, &found);
}

static void note(struct linting *l, json_t *set, const char *name) {
    if (json_object_set_new(set, name, json_true()) < 0)
        l->failed = true;
}

static bool is_provided(const struct ais_template *t, const char *name) {
    for (size_t i = 0; i < t->part_count; i++)
        for (size_t k = 0; k < t->parts[i]->manifest.provide_count; k++)
            if (strcmp(t->parts[i]->manifest.provides[k].name, name) == 0)
                return true;
    return false;
}

static void fail_undeclared(struct linting *l, const char *name, struct ais_place at) {
    const char *names[256];
    char hint[128], text[512];
    size_t count = 0;
    for (size_t i = 0; i < l->t->variable_count && count < 256; i++)
        names[count++] = l->t->variables[i].variable->name;
    ais_did_you_mean(hint, sizeof hint, name, names, count);
    snprintf(text, sizeof text, "no variable is called \"%.100s\"%s", name,
             *hint ? hint : " (declare it under \"variables\")");
    add(l, at, text);
}

/* Looks at one name that a tree reads. */
static void use_name(void *payload, const char *name, const char *attribute, struct ais_place at) {
    struct linting *l = payload;
    const struct ais_declared *declared = ais_template_variable(l->t, name);
    char text[512];
    if (declared) {
        note(l, l->read, name);
        if (declared->variable->secret && !l->in_condition) {
            snprintf(text, sizeof text, "\"%.100s\" is secret, and can be read in conditions only",
                     name);
            add(l, at, text);
        }
    } else if (strcmp(name, "provided") == 0) {
        if (attribute && !is_provided(l->t, attribute)) {
            snprintf(text, sizeof text,
                     "nobody provides \"%.100s\" (whoever reads it declares an empty one)",
                     attribute);
            add(l, at, text);
        }
    } else if (strcmp(name, "template") != 0 && !json_object_get(l->loop, name)) {
        fail_undeclared(l, name, at);
    }
}

static void note_loop(void *payload, const char *name) {
    note(payload, ((struct linting *)payload)->loop, name);
}

static void look(struct linting *l, const struct ais_jinja_tree *tree, bool condition) {
    l->in_condition = condition;
    if (tree && ais_jinja_names(tree, use_name, l, l->err) < 0)
        l->failed = true;
}

static void use_include(void *payload, const char *name, struct ais_place at) {
    struct linting *l = payload;
    char path[1200], text[1400];
    snprintf(path, sizeof path, "files/%.1100s", name);
    note(l, l->used, path);
    if (ais_source_find(l->part->source, path))
        return;
    snprintf(text, sizeof text, "no file is called \"%.1100s\" (put it there, or change the name)",
             path);
    add(l, at, text);
}

/* Parses a template file, and looks at what it reads. */
static void look_file(struct linting *l, const struct ais_file *file) {
    const char *shown = ais_source_shown(l->part->source, file->path);
    struct ais_error found = {0};
    struct ais_jinja_tree *tree;
    if (!shown) {
        l->failed = true;
        return;
    }
    tree = ais_jinja_parse(l->part->env, (struct ais_place){.path = shown}, file->data, file->size,
                           &found);
    if (!tree) {
        add_error(l, &found);
        return;
    }
    ais_jinja_includes(tree, use_include, l);
    look(l, tree, false);
    ais_jinja_tree_free(tree);
}

static void look_name(struct linting *l, const struct ais_tree_entry *entry, const char *rest) {
    struct ais_error found = {0};
    struct ais_path_template *path;
    if (ais_jinja_is_plain(rest, strlen(rest)))
        return;
    path = ais_path_template_parse(l->part->env, entry->at, rest, &found);
    if (!path)
        add_error(l, &found);
    for (size_t i = 0; path && ais_path_template_tree(path, i); i++)
        look(l, ais_path_template_tree(path, i), false);
    ais_path_template_free(path);
}

static void look_entry(struct linting *l, const struct ais_tree_entry *entry) {
    char prefix[2100];
    const struct ais_file *files;
    size_t count;
    json_object_clear(l->loop);
    look(l, entry->when, true);
    look(l, entry->each, false);
    if (entry->each) {
        ais_jinja_each_targets(entry->each, note_loop, l);
        note(l, l->loop, "loop");
    }
    for (size_t i = 0; ais_path_template_tree(entry->path, i); i++)
        look(l, ais_path_template_tree(entry->path, i), false);
    if (entry->empty)
        return;
    snprintf(prefix, sizeof prefix, "files/%.2000s", entry->from);
    files = ais_source_below(l->part->source, prefix, &count);
    for (size_t i = 0; i < count; i++) {
        bool folder = prefix[strlen(prefix) - 1] == '/';
        if (!folder && strcmp(files[i].path, prefix) != 0)
            continue;
        note(l, l->used, files[i].path);
        look_name(l, entry, files[i].path + (folder ? strlen(prefix) : strlen(files[i].path)));
        if (entry->render == 1 || (entry->render < 0 && ais_is_template_name(files[i].path)))
            look_file(l, &files[i]);
    }
}

static void look_string(struct linting *l, struct ais_node node) {
    struct ais_error found = {0};
    struct ais_place at = ais_node_place(node);
    struct ais_jinja_tree *tree;
    at.column++;
    tree = ais_jinja_parse(l->part->env, at, ais_node_text(node), json_string_length(node.value),
                           &found);
    if (!tree)
        add_error(l, &found);
    look(l, tree, false);
    ais_jinja_tree_free(tree);
}

static void look_provide(struct linting *l, const struct ais_provide *p) {
    char path[1200];
    const struct ais_file *file;
    if (p->kind != AIS_PROVIDE_FRAGMENT) {
        for (size_t i = 0; i < ais_node_count(p->value); i++) {
            struct ais_node item = ais_node_at(p->value, i);
            if (p->kind == AIS_PROVIDE_LIST)
                look_string(l, item);
            for (size_t k = 0; p->kind == AIS_PROVIDE_MAP && k < ais_node_count(item); k++)
                look_string(l, ais_node_at(item, k));
        }
        return;
    }
    snprintf(path, sizeof path, "files/%.1100s", ais_node_text(p->value));
    file = ais_source_find(l->part->source, path);
    if (file) {
        note(l, l->used, path);
        if (ais_is_template_name(path))
            look_file(l, file);
    }
}

static void look_part(struct linting *l, struct ais_part *part) {
    const struct ais_manifest *m = &part->manifest;
    const struct ais_file *files;
    size_t count;
    l->part = part;
    json_object_clear(l->used);
    json_object_clear(l->loop);
    for (size_t i = 0; i < m->layer_count; i++)
        look(l, m->layers[i].when, true);
    for (size_t i = 0; i < m->variable_count; i++) {
        look(l, m->variables[i].when, true);
        look(l, m->variables[i].computed, false);
        look(l, m->variables[i].fallback_tree, false);
    }
    for (size_t i = 0; i < m->provide_count; i++)
        look_provide(l, &m->provides[i]);
    for (size_t i = 0; i < m->tree_count; i++)
        look_entry(l, &m->tree[i]);
    files = ais_source_below(part->source, "files/", &count);
    for (size_t i = 0; i < count; i++) {
        const char *shown = ais_source_shown(part->source, files[i].path);
        if (!shown)
            l->failed = true;
        else if (!json_object_get(l->used, files[i].path))
            add(l, (struct ais_place){.path = shown},
                "no entry of the tree takes this file (add one, or remove the file)");
    }
}

int ais_lint(const struct ais_template *t, struct ais_findings *findings, struct ais_error *err) {
    struct linting l = {.t = t, .findings = findings, .err = err};
    char text[256];
    l.read = json_object();
    l.used = json_object();
    l.loop = json_object();
    l.failed = !l.read || !l.used || !l.loop;
    for (size_t i = 0; i < t->part_count && !l.failed; i++)
        look_part(&l, t->parts[i]);
    for (size_t i = 0; i < t->variable_count && !l.failed; i++) {
        const struct ais_variable *v = t->variables[i].variable;
        if (json_object_get(l.read, v->name))
            continue;
        snprintf(text, sizeof text, "nothing reads the variable \"%.100s\" (remove it, or use it)",
                 v->name);
        add(&l, v->at, text);
    }
    json_decref(l.read);
    json_decref(l.used);
    json_decref(l.loop);
    return l.failed ? ais_fail_memory(err) : 0;
}
