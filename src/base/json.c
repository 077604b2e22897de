#include "base/json.h"

#include <string.h>

/* Walks text that jansson has accepted, so that it needs to check nothing. */
struct scanner {
    const char *text, *end;
    unsigned line, column;
    struct ais_arena *arena;
};

static void step(struct scanner *s) {
    unsigned char c = (unsigned char)*s->text++;
    if (c == '\n') {
        s->line++;
        s->column = 1;
    } else if ((c & 0xc0) != 0x80) { /* columns count characters, not bytes */
        s->column++;
    }
}

static void skip_space(struct scanner *s) {
    while (s->text < s->end && strchr(" \t\r\n", *s->text))
        step(s);
}

static void skip_string(struct scanner *s) {
    step(s);
    while (*s->text != '"') {
        if (*s->text == '\\')
            step(s);
        step(s);
    }
    step(s);
}

static int scan_value(struct scanner *s, const json_t *value, struct ais_json_place *place);

static int scan_children(struct scanner *s, const json_t *value, struct ais_json_place *place) {
    bool object = json_is_object(value);
    void *member = object ? json_object_iter((json_t *)value) : NULL;
    place->count = object ? json_object_size(value) : json_array_size(value);
    place->children = ais_arena_alloc(s->arena, (place->count + 1) * sizeof *place->children);
    if (!place->children)
        return -1;
    step(s); /* the opening bracket */
    for (size_t i = 0; i < place->count; i++) {
        const json_t *child = object ? json_object_iter_value(member) : json_array_get(value, i);
        struct ais_json_place *at = &place->children[i];
        skip_space(s);
        if (object) {
            at->key_line = s->line;
            at->key_column = s->column;
            skip_string(s);
            skip_space(s);
            step(s); /* the colon */
            member = json_object_iter_next((json_t *)value, member);
        }
        if (scan_value(s, child, at) < 0)
            return -1;
        skip_space(s);
        step(s); /* the comma or the closing bracket */
    }
    if (!place->count) {
        skip_space(s);
        step(s);
    }
    return 0;
}

static int scan_value(struct scanner *s, const json_t *value, struct ais_json_place *place) {
    skip_space(s);
    place->line = s->line;
    place->column = s->column;
    if (json_is_object(value) || json_is_array(value))
        return scan_children(s, value, place);
    if (json_is_string(value))
        skip_string(s);
    else
        while (s->text < s->end && !strchr(" \t\r\n,]}", *s->text))
            step(s);
    return 0;
}

static int fail_syntax(struct ais_json *doc, const json_error_t *e, enum ais_status status,
                       struct ais_error *err) {
    struct ais_place at = {doc->path, e->line > 0 ? (unsigned)e->line : 1,
                           e->column > 0 ? (unsigned)e->column : 1};
    if (ais_mem_ran_out()) /* jansson may say so, or nothing, or call it a wrong character */
        return ais_fail_memory(err);
    return ais_fail_at(err, status, at, "%s", e->text);
}

int ais_json_parse(struct ais_json *doc, const char *path, const char *text, size_t size,
                   enum ais_status status, struct ais_error *err) {
    json_error_t e;
    struct scanner s = {.text = text, .end = text + size, .line = 1, .column = 1};
    *doc = (struct ais_json){0};
    doc->path = ais_arena_strdup(&doc->arena, path);
    if (!doc->path)
        return ais_fail_memory(err);
    ais_mem_ran_out();
    doc->root = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
    if (!doc->root)
        return fail_syntax(doc, &e, status, err);
    s.arena = &doc->arena;
    doc->places = ais_arena_alloc(&doc->arena, sizeof *doc->places);
    if (!doc->places || scan_value(&s, doc->root, doc->places) < 0)
        return ais_fail_memory(err);
    return 0;
}

void ais_json_release(struct ais_json *doc) {
    json_decref(doc->root);
    ais_arena_release(&doc->arena);
    *doc = (struct ais_json){0};
}

struct ais_node ais_json_root(const struct ais_json *doc) {
    return (struct ais_node){.doc = doc, .at = doc->places, .value = doc->root};
}

size_t ais_node_count(struct ais_node node) {
    return node.at->count;
}

struct ais_node ais_node_at(struct ais_node node, size_t i) {
    struct ais_node child = {.doc = node.doc, .at = &node.at->children[i]};
    if (json_is_array(node.value)) {
        child.value = json_array_get(node.value, i);
    } else {
        void *member = json_object_iter(node.value);
        for (; i > 0; i--)
            member = json_object_iter_next(node.value, member);
        child.key = json_object_iter_key(member);
        child.value = json_object_iter_value(member);
    }
    return child;
}

bool ais_node_get(struct ais_node node, const char *key, struct ais_node *member) {
    size_t i = 0;
    for (void *it = json_object_iter(node.value); it;
         it = json_object_iter_next(node.value, it), i++) {
        if (strcmp(json_object_iter_key(it), key) == 0) {
            *member = (struct ais_node){node.doc, &node.at->children[i], json_object_iter_value(it),
                                        json_object_iter_key(it)};
            return true;
        }
    }
    return false;
}

struct ais_place ais_node_place(struct ais_node node) {
    return (struct ais_place){node.doc->path, node.at->line, node.at->column};
}

struct ais_place ais_node_key_place(struct ais_node node) {
    if (!node.at->key_line)
        return ais_node_place(node);
    return (struct ais_place){node.doc->path, node.at->key_line, node.at->key_column};
}

const char *ais_node_text(struct ais_node node) {
    return json_string_value(node.value);
}

char *ais_json_dump(const json_t *value, struct ais_error *err) {
    char *text = json_dumps(value, JSON_INDENT(2) | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    size_t size = text ? strlen(text) : 0;
    char *lines = text ? ais_realloc(text, size + 2) : NULL;
    if (!lines) {
        ais_free(text);
        ais_fail_memory(err);
        return NULL;
    }
    memcpy(lines + size, "\n", 2);
    return lines;
}
