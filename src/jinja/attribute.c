#include "jinja/attribute.h"

#include "jinja/eval.h"
#include "jinja/methods.h"
#include "jinja/number.h"

#include <string.h>

static bool is_number(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
    }
    return size > 0;
}

static int one_part(struct ais_jrun *run, struct ais_jval item, const char *text, size_t size,
                    struct ais_jval *out) {
    struct ais_jval key;
    int64_t index;
    if (is_number(text, size) && ais_jnumber_parse_int(text, size, 10, &index))
        key = ais_jval_int(index);
    else if (ais_jrun_str(run, text, size, &key) < 0)
        return -1;
    return ais_jeval_item(run, item, key, out);
}

static int by_text(struct ais_jrun *run, struct ais_jval item, const char *path, size_t size,
                   struct ais_jval fallback, struct ais_jval *out) {
    size_t from = 0;
    *out = item;
    while (from <= size) {
        const char *dot = memchr(path + from, '.', size - from);
        size_t to = dot ? (size_t)(dot - path) : size;
        if (ais_jrun_step(run, 1) < 0 || one_part(run, *out, path + from, to - from, out) < 0)
            return -1;
        if (out->kind == J_UNDEFINED && fallback.kind != J_ABSENT && fallback.kind != J_NONE)
            *out = fallback;
        from = to + 1;
    }
    return 0;
}

int ais_jattribute(struct ais_jrun *run, struct ais_jval item, struct ais_jval path,
                   struct ais_jval fallback, struct ais_jval *out) {
    *out = item;
    if (path.kind == J_ABSENT || path.kind == J_NONE)
        return 0;
    if (ais_jrun_defined(run, path) < 0)
        return -1;
    if (path.kind == J_STR)
        return by_text(run, item, path.as.str->data, path.as.str->size, fallback, out);
    if (ais_jeval_item(run, item, path, out) < 0)
        return -1;
    if (out->kind == J_UNDEFINED && fallback.kind != J_ABSENT && fallback.kind != J_NONE)
        *out = fallback;
    return 0;
}

static int fold(struct ais_jrun *run, bool exact, struct ais_jval *value) {
    if (exact || value->kind != J_STR)
        return 0;
    return ais_jstr_case(run, CASE_LOWER, value->as.str, value);
}

int ais_jattribute_key(struct ais_jrun *run, struct ais_jval item, struct ais_jval path, bool exact,
                       bool many, struct ais_jval *out) {
    const struct ais_jval nothing = {.kind = J_ABSENT};
    const char *text;
    size_t size, from = 0;
    if (!many || path.kind != J_STR) {
        if (ais_jattribute(run, item, path, nothing, out) < 0)
            return -1;
        return fold(run, exact, out);
    }
    if (ais_jlist_new(run, J_LIST, 0, out) < 0)
        return -1;
    text = path.as.str->data;
    size = path.as.str->size;
    while (from <= size) {
        const char *comma = memchr(text + from, ',', size - from);
        size_t to = comma ? (size_t)(comma - text) : size;
        struct ais_jval value;
        if (by_text(run, item, text + from, to - from, nothing, &value) < 0 ||
            fold(run, exact, &value) < 0 || ais_jlist_add(run, out->as.list, value) < 0)
            return -1;
        from = to + 1;
    }
    return 0;
}
