#include "base/json.h"

#include "base/buf.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>
#include <unistr.h>

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
            at->key = json_object_iter_key(member);
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
    place->value = (json_t *)value;
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

json_t *ais_json_load(const char *text, size_t size, size_t flags, json_error_t *e) {
    json_t *value;
    ais_mem_ran_out();
    value = json_loadb(text, size, flags, e);
    if (!ais_mem_ran_out())
        return value;
    json_decref(value);
    e->text[JSON_ERROR_TEXT_LENGTH - 1] = (char)json_error_out_of_memory; /* where jansson has it */
    return NULL;
}

json_t *ais_json_copy(const json_t *value) {
    json_t *copy;
    ais_mem_ran_out();
    copy = json_copy((json_t *)value);
    if (!ais_mem_ran_out())
        return copy;
    json_decref(copy);
    return NULL;
}

char *ais_json_text(const json_t *value, size_t flags) {
    char *text;
    ais_mem_ran_out();
    text = json_dumps(value, flags);
    if (!ais_mem_ran_out())
        return text;
    ais_free(text);
    return NULL;
}

static int fail_syntax(struct ais_json *doc, const json_error_t *e, enum ais_status status,
                       struct ais_error *err) {
    struct ais_place at = {doc->path, e->line > 0 ? (unsigned)e->line : 1,
                           e->column > 0 ? (unsigned)e->column : 1};
    if (json_error_code(e) == json_error_out_of_memory)
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
    doc->root = ais_json_load(text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
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
    const struct ais_json_place *at = &node.at->children[i];
    return (struct ais_node){.doc = node.doc, .at = at, .value = at->value, .key = at->key};
}

bool ais_node_get(struct ais_node node, const char *key, struct ais_node *member) {
    for (size_t i = 0; json_is_object(node.value) && i < node.at->count; i++) {
        if (strcmp(node.at->children[i].key, key) == 0) {
            *member = ais_node_at(node, i);
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
    struct ais_buf out = AIS_BUF(SIZE_MAX / 2);
    char *text = ais_json_text(value, JSON_INDENT(2) | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    char *lines = NULL;
    for (const char *at = text; at && *at;) {
        ucs4_t c;
        int size;
        size_t plain = 0;
        while ((at[plain] >= ' ' && at[plain] <= '~') || at[plain] == '\n')
            plain++;
        ais_buf_add(&out, at, plain);
        at += plain;
        size = u8_strmbtouc(&c, (const uint8_t *)at);
        if (size == 0)
            break;
        if (size > 0 && c != '\n' && ais_text_is_unsafe(c))
            ais_buf_printf(&out, "\\u%04x", (unsigned)c); /* none is above U+FFFF */
        else
            ais_buf_add(&out, at, size > 0 ? (size_t)size : 1);
        at += size > 0 ? size : 1;
    }
    ais_buf_char(&out, '\n');
    if (text)
        lines = ais_buf_take(&out);
    if (!lines)
        ais_fail_memory(err);
    ais_buf_release(&out);
    ais_free(text);
    return lines;
}
