#include "plan/unwrap.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/path.h"

#include <jansson.h>
#include <nettle/base64.h>
#include <stdint.h>
#include <string.h>

enum { DEPTH_MAX = 4, BASE64_LEAST = 32 };

struct unwrapping {
    int (*visit)(void *payload, const char *path, const char *text, size_t size,
                 struct ais_error *err);
    void *payload;
    struct ais_member_limits *left;
    unsigned depth;
    const char *outer; /* the path of the archive that is being read */
};

static int unwrap(struct unwrapping *u, const char *path, const char *data, size_t size,
                  struct ais_error *err);

static int unwrap_member(void *payload, const char *path, const char *data, size_t size,
                         struct ais_error *err) {
    struct unwrapping *u = payload;
    const char *outer = u->outer;
    char *full = ais_path_join(outer, path);
    int rc = full ? unwrap(u, full, data, size, err) : ais_fail_memory(err);
    u->outer = outer;
    ais_free(full);
    return rc;
}

static bool is_base64(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '=';
}

static int decode(struct unwrapping *u, const char *path, const char *text, size_t size,
                  struct ais_error *err) {
    struct base64_decode_ctx ctx;
    size_t decoded = BASE64_DECODE_LENGTH(size);
    char *bytes = ais_malloc(decoded);
    int rc = 0;
    if (!bytes)
        return ais_fail_memory(err);
    base64_decode_init(&ctx);
    if (base64_decode_update(&ctx, &decoded, (uint8_t *)bytes, size, text))
        rc = unwrap(u, path, bytes, decoded, err);
    ais_free(bytes);
    return rc;
}

static bool is_run(char c) {
    return is_base64(c) || c == '\n';
}

/* Runs of base64, which may be broken over lines. What ends one is looked for from the back of the
 * least that a run has: nothing before it can begin one. */
static int find_base64(struct unwrapping *u, const char *path, const char *text, size_t size,
                       struct ais_error *err) {
    size_t at = 0;
    while (at < size && size - at >= BASE64_LEAST) {
        size_t end = at + BASE64_LEAST;
        if (text[at] == '\n') { /* no run begins with one */
            at++;
            continue;
        }
        while (end > at && is_run(text[end - 1]))
            end--;
        if (end > at) {
            at = end;
            continue;
        }
        for (end = at + BASE64_LEAST; end < size && is_run(text[end]);)
            end++;
        if (decode(u, path, text + at, end - at, err) < 0)
            return -1;
        at = end + 1;
    }
    return 0;
}

static int find_strings(struct unwrapping *u, const char *path, const json_t *value,
                        struct ais_error *err);

/* A list of strings is one text, of a line each, as in a notebook's cell; of anything else, each
 * for itself. */
static int find_in_list(struct unwrapping *u, const char *path, const json_t *list,
                        struct ais_error *err) {
    struct ais_buf text = AIS_BUF(SIZE_MAX / 2);
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        if (json_is_string(item)) {
            if (text.size && text.data[text.size - 1] != '\n')
                ais_buf_char(&text, '\n');
            ais_buf_add(&text, json_string_value(item), json_string_length(item));
        } else {
            rc = find_strings(u, path, item, err);
        }
    }
    if (rc == 0)
        rc = ais_buf_check(&text, AIS_TEMPLATE, path, err);
    if (rc == 0 && text.size)
        rc = unwrap(u, path, text.data, text.size, err);
    ais_buf_release(&text);
    return rc;
}

static int find_strings(struct unwrapping *u, const char *path, const json_t *value,
                        struct ais_error *err) {
    if (json_is_string(value))
        return unwrap(u, path, json_string_value(value), json_string_length(value), err);
    if (json_is_array(value))
        return find_in_list(u, path, value, err);
    for (void *it = json_object_iter((json_t *)value); it;
         it = json_object_iter_next((json_t *)value, it))
        if (find_strings(u, path, json_object_iter_value(it), err) < 0)
            return -1;
    return 0;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A document a line; the first that is none ends it. */
static int find_json_lines(struct unwrapping *u, const char *path, const char *text, size_t size,
                           struct ais_error *err) {
    const char *end = text + size;
    int rc = 0;
    while (rc == 0 && text < end) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t length = newline ? (size_t)(newline - text) : (size_t)(end - text);
        json_error_t e;
        json_t *root = ais_json_load(text, length, 0, &e);
        if (!root)
            return json_error_code(&e) == json_error_out_of_memory ? ais_fail_memory(err) : 0;
        rc = find_strings(u, path, root, err);
        json_decref(root);
        text += length + (newline != NULL);
    }
    return rc;
}

static int find_json(struct unwrapping *u, const char *path, const char *text, size_t size,
                     struct ais_error *err) {
    size_t at = 0;
    json_error_t e;
    json_t *root;
    int rc;
    while (at < size && is_blank(text[at]))
        at++;
    if (at == size || (text[at] != '{' && text[at] != '['))
        return 0;
    root = ais_json_load(text, size, 0, &e);
    if (!root && json_error_code(&e) == json_error_out_of_memory)
        return ais_fail_memory(err);
    rc = root ? find_strings(u, path, root, err) : find_json_lines(u, path, text, size, err);
    json_decref(root);
    return rc;
}

static int unwrap(struct unwrapping *u, const char *path, const char *data, size_t size,
                  struct ais_error *err) {
    bool binary = memchr(data, '\0', size) != NULL, found = false;
    int rc = -1;
    if (u->visit(u->payload, path, data, size, err) < 0)
        return -1;
    if (u->depth == DEPTH_MAX)
        return 0;
    u->depth++;
    u->outer = path;
    if (ais_archive_members(path, data, size, u->left, unwrap_member, u, &found, err) < 0)
        goto out;
    if (!found && !binary &&
        (find_json(u, path, data, size, err) < 0 || find_base64(u, path, data, size, err) < 0))
        goto out;
    rc = 0;
out:
    u->depth--;
    return rc;
}

int ais_unwrap(const char *path, const char *data, size_t size, struct ais_member_limits *left,
               int (*visit)(void *payload, const char *path, const char *text, size_t size,
                            struct ais_error *err),
               void *payload, struct ais_error *err) {
    struct unwrapping u = {.visit = visit, .payload = payload, .left = left};
    return unwrap(&u, path, data, size, err);
}
