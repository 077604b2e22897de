#include "template/path_template.h"

#include "base/mem.h"

#include <string.h>

struct ais_path_template {
    struct ais_place at;
    char *text, *shown;
    size_t count, capacity;
    struct ais_jinja_tree **names;
};

/* The end of the name that starts at text: the next '/' outside of {{ }}, {% %} and {# #}. */
static size_t name_size(const char *text) {
    size_t i = 0;
    while (text[i] && text[i] != '/') {
        const char *close = strncmp(text + i, "{{", 2) == 0   ? "}}"
                            : strncmp(text + i, "{%", 2) == 0 ? "%}"
                            : strncmp(text + i, "{#", 2) == 0 ? "#}"
                                                              : NULL;
        const char *end = close ? strstr(text + i + 2, close) : NULL;
        i = end ? (size_t)(end - text) + 2 : i + 1;
    }
    return i;
}

static int add_name(struct ais_path_template *path, struct ais_jinja *env, const char *text,
                    size_t size, struct ais_error *err) {
    struct ais_place at = path->at;
    struct ais_jinja_tree *tree;
    if (at.line)
        at.column += (unsigned)(text - path->text) + 1; /* behind the opening quote */
    tree = ais_jinja_parse(env, at, text, size, err);
    if (!tree)
        return -1;
    if (ais_grow(&path->names, &path->capacity, path->count + 1, sizeof tree) < 0) {
        ais_jinja_tree_free(tree);
        return ais_fail_memory(err);
    }
    path->names[path->count++] = tree;
    return 0;
}

struct ais_path_template *ais_path_template_parse(struct ais_jinja *env, struct ais_place at,
                                                  const char *text, struct ais_error *err) {
    struct ais_path_template *path = ais_calloc(1, sizeof *path);
    if (!path || !(path->text = ais_strdup(text)) || !(path->shown = ais_strdup(at.path))) {
        ais_fail_memory(err);
        ais_path_template_free(path);
        return NULL;
    }
    path->at = at;
    path->at.path = path->shown;
    for (const char *name = path->text; *name;) {
        size_t size = name_size(name);
        if (add_name(path, env, name, size, err) < 0) {
            ais_path_template_free(path);
            return NULL;
        }
        name += size + (name[size] == '/');
    }
    return path;
}

void ais_path_template_free(struct ais_path_template *path) {
    if (!path)
        return;
    for (size_t i = 0; i < path->count; i++)
        ais_jinja_tree_free(path->names[i]);
    ais_free(path->names);
    ais_free(path->text);
    ais_free(path->shown);
    ais_free(path);
}

int ais_path_template_render(const struct ais_path_template *path, const json_t *context,
                             struct ais_buf *out, struct ais_error *err) {
    for (size_t i = 0; i < path->count; i++) {
        size_t start;
        if (i)
            ais_buf_char(out, '/');
        start = out->size;
        if (ais_jinja_render(path->names[i], context, out, err) < 0)
            return -1;
        if (out->size > start && memchr(out->data + start, '/', out->size - start))
            return ais_fail_at(err, AIS_ANSWERS, path->at,
                               "a value brings a '/' into the path \"%s\" (a '/' must stand in the "
                               "path itself)",
                               path->text);
    }
    return ais_buf_check(out, AIS_TEMPLATE, "the path", err);
}

const struct ais_jinja_tree *ais_path_template_tree(const struct ais_path_template *path,
                                                    size_t i) {
    return i < path->count ? path->names[i] : NULL;
}
