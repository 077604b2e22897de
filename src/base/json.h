/* JSON documents whose every value knows its line and column. */
#ifndef AIS_BASE_JSON_H
#define AIS_BASE_JSON_H

#include "base/error.h"
#include "base/mem.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* A value (and its key, NULL in arrays), where it stands, and its children in the order of the
 * text.
 */
struct ais_json_place {
    json_t *value;
    const char *key;
    unsigned line, column;         /* of the value */
    unsigned key_line, key_column; /* of its key, 0 in arrays */
    size_t count;
    struct ais_json_place *children;
};

/* A parsed document. `path` is what errors call it. */
struct ais_json {
    json_t *root;
    const char *path;
    struct ais_json_place *places;
    struct ais_arena arena;
};

/* Parses text[size]. Syntax errors, duplicate keys and NUL characters are `status` errors with
 * their place. */
int ais_json_parse(struct ais_json *doc, const char *path, const char *text, size_t size,
                   enum ais_status status, struct ais_error *err);
void ais_json_release(struct ais_json *doc);

/* json_loadb, json_copy and json_dumps, which leave out what they have no memory for. Here that
 * gives NULL, and the error's code is json_error_out_of_memory. */
json_t *ais_json_load(const char *text, size_t size, size_t flags, json_error_t *e);
json_t *ais_json_copy(const json_t *value);
char *ais_json_text(const json_t *value, size_t flags);

/* A value of a document with its place. Everything is borrowed from the document. `key` is NULL in
 * arrays and at the root. */
struct ais_node {
    const struct ais_json *doc;
    const struct ais_json_place *at;
    json_t *value;
    const char *key;
};

struct ais_node ais_json_root(const struct ais_json *doc);
/* The member `key` of an object; false where it is absent. */
bool ais_node_get(struct ais_node node, const char *key, struct ais_node *member);
/* The i-th element of an array, or member of an object in the order of the text. */
struct ais_node ais_node_at(struct ais_node node, size_t i);
size_t ais_node_count(struct ais_node node);

/* The place of the value, and of its key. */
struct ais_place ais_node_place(struct ais_node node);
struct ais_place ais_node_key_place(struct ais_node node);

/* The string of a string node. */
const char *ais_node_text(struct ais_node node);

/* An indented form of a value, sorted as it stands, ended by a newline, with what could move a
 * terminal's cursor escaped; the caller's (ais_free). */
char *ais_json_dump(const json_t *value, struct ais_error *err);

#endif
