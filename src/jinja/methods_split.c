/* Methods of strings that search, split and join. */
#include "jinja/list.h"
#include "jinja/methods.h"

#include <string.h>

/* A part of a string as a value that shares its bytes. */
static int add_part(struct ais_jrun *run, const struct ais_jstr *str, struct ais_jval list,
                    const char *text, size_t size) {
    struct ais_jval part;
    if (ais_jtext_bytes(run, str, text, size, &part) < 0)
        return -1;
    return ais_jlist_add(run, list.as.list, part);
}

/* The last place of a text in another; memmem from the other side. */
static const char *find_last(const char *text, size_t size, const char *what, size_t length) {
    if (length == 0)
        return text + size;
    for (size_t end = size; end >= length;) {
        const char *last = memrchr(text + length - 1, what[length - 1], end - (length - 1));
        if (!last)
            return NULL;
        if (memcmp(last - (length - 1), what, length) == 0)
            return last - (length - 1);
        end = (size_t)(last - text);
    }
    return NULL;
}

/* Bounds of a search, counted as a slice's. */
struct span {
    size_t from, to; /* characters */
    const char *text;
    size_t size;
    bool empty; /* nothing can be found there, not even an empty text */
};

static int64_t clamp(int64_t index, int64_t length) {
    if (index < 0)
        index = index < -length ? 0 : index + length;
    return index;
}

static int get_span(struct ais_jrun *run, const struct ais_jcall *call, struct span *span) {
    const struct ais_jstr *str = call->in[0].as.str;
    int64_t from = 0, to = INT64_MAX, length = (int64_t)str->chars;
    size_t start, end;
    if ((call->in[2].kind != J_NONE && ais_jarg_int(run, call->in[2], 0, &from) < 0) ||
        (call->in[3].kind != J_NONE && ais_jarg_int(run, call->in[3], INT64_MAX, &to) < 0))
        return -1;
    from = clamp(from, length);
    to = clamp(to, length);
    to = to > length ? length : to;
    span->empty = from > to;
    if (span->empty)
        from = to;
    span->from = (size_t)from;
    span->to = (size_t)to;
    start = ais_jtext_offset(str, span->from);
    end = ais_jtext_offset(str, span->to);
    span->text = str->data + start;
    span->size = end - start;
    return ais_jrun_step_bytes(run, str->size);
}

/* The character at which `what` stands, or -1. */
static int search(struct ais_jrun *run, const struct ais_jcall *call, bool last, int64_t *out) {
    const struct ais_jstr *what;
    struct span span;
    const char *found;
    struct ais_jval before;
    if (ais_jarg_str(run, call->in[1], &what) < 0 || get_span(run, call, &span) < 0)
        return -1;
    *out = -1;
    if (span.empty || what->size > span.size)
        return 0;
    if (last)
        found = find_last(span.text, span.size, what->data, what->size);
    else
        found = what->size ? memmem(span.text, span.size, what->data, what->size) : span.text;
    if (!found)
        return 0;
    if (ais_jrun_str(run, span.text, (size_t)(found - span.text), &before) < 0)
        return -1;
    *out = (int64_t)(span.from + before.as.str->chars);
    return 0;
}

static int find(struct ais_jrun *run, const struct ais_jcall *call, bool last, bool must,
                struct ais_jval *out) {
    int64_t at;
    if (search(run, call, last, &at) < 0)
        return -1;
    if (at < 0 && must)
        return ais_jrun_fail(run, "the text is not found");
    *out = ais_jval_int(at);
    return 0;
}

static int str_find(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return find(run, call, false, false, out);
}

static int str_rfind(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return find(run, call, true, false, out);
}

static int str_index(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return find(run, call, false, true, out);
}

static int str_rindex(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return find(run, call, true, true, out);
}

static int str_count(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *what;
    struct span span;
    int64_t count = 0;
    if (ais_jarg_str(run, call->in[1], &what) < 0 || get_span(run, call, &span) < 0)
        return -1;
    if (what->size == 0 && !span.empty)
        count = (int64_t)(span.to - span.from) + 1;
    while (what->size && span.size >= what->size) {
        const char *found = memmem(span.text, span.size, what->data, what->size);
        if (!found)
            break;
        count++;
        span.size -= (size_t)(found - span.text) + what->size;
        span.text = found + what->size;
    }
    *out = ais_jval_int(count);
    return 0;
}

static bool begins(const struct span *span, const struct ais_jstr *what, bool at_end) {
    const char *place = at_end ? span->text + span->size - what->size : span->text;
    return !span->empty && what->size <= span->size &&
           (what->size == 0 || memcmp(place, what->data, what->size) == 0);
}

/* One text or a tuple of them. */
static int starts_or_ends(struct ais_jrun *run, const struct ais_jcall *call, bool at_end,
                          struct ais_jval *out) {
    const struct ais_jstr *what;
    struct span span;
    bool holds = false;
    if (get_span(run, call, &span) < 0)
        return -1;
    if (call->in[1].kind == J_TUPLE) {
        const struct ais_jlist *list = call->in[1].as.list;
        for (size_t i = 0; i < list->count && !holds; i++) {
            if (ais_jarg_str(run, list->items[i], &what) < 0)
                return -1;
            holds = begins(&span, what, at_end);
        }
    } else {
        if (ais_jarg_str(run, call->in[1], &what) < 0)
            return -1;
        holds = begins(&span, what, at_end);
    }
    *out = ais_jval_bool(holds);
    return 0;
}

static int str_startswith(struct ais_jrun *run, const struct ais_jcall *call,
                          struct ais_jval *out) {
    return starts_or_ends(run, call, false, out);
}

static int str_endswith(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return starts_or_ends(run, call, true, out);
}

/* Splits at runs of white space, which are left out at the ends. */
static int split_space(struct ais_jrun *run, const struct ais_jstr *str, int64_t most,
                       struct ais_jval list) {
    const char *text = str->data;
    size_t size = str->size;
    for (;;) {
        const char *end, *p;
        size_t left;
        ais_jtext_strip(&text, &size, true, false);
        if (size == 0)
            return 0;
        if (most-- == 0)
            return add_part(run, str, list, text, size);
        end = p = text;
        left = size;
        while (left > 0 && !ais_jtext_is_space(ais_jtext_next(&p, &left)))
            end = p;
        if (add_part(run, str, list, text, (size_t)(end - text)) < 0)
            return -1;
        size -= (size_t)(end - text);
        text = end;
    }
}

static int split_at(struct ais_jrun *run, const struct ais_jstr *str,
                    const struct ais_jstr *separator, int64_t most, struct ais_jval list) {
    const char *text = str->data;
    size_t size = str->size;
    for (; most != 0; most--) {
        const char *found = size ? memmem(text, size, separator->data, separator->size) : NULL;
        if (!found)
            break;
        if (add_part(run, str, list, text, (size_t)(found - text)) < 0)
            return -1;
        size -= (size_t)(found - text) + separator->size;
        text = found + separator->size;
    }
    return add_part(run, str, list, text, size);
}

/* The same from the end on; the parts come in the wrong order. */
static int rsplit_space(struct ais_jrun *run, const struct ais_jstr *str, int64_t most,
                        struct ais_jval list) {
    const char *text = str->data;
    size_t size = str->size;
    for (;;) {
        size_t from, bytes;
        ais_jtext_strip(&text, &size, false, true);
        if (size == 0)
            return 0;
        if (most-- == 0)
            return add_part(run, str, list, text, size);
        from = size;
        while (from > 0 && !ais_jtext_is_space(ais_jtext_last(text, from, &bytes)))
            from -= bytes;
        if (add_part(run, str, list, text + from, size - from) < 0)
            return -1;
        size = from;
    }
}

static int rsplit_at(struct ais_jrun *run, const struct ais_jstr *str,
                     const struct ais_jstr *separator, int64_t most, struct ais_jval list) {
    size_t size = str->size;
    for (; most != 0 && size >= separator->size; most--) {
        const char *found = find_last(str->data, size, separator->data, separator->size), *part;
        if (!found)
            break;
        part = found + separator->size;
        if (add_part(run, str, list, part, (size_t)(str->data + size - part)) < 0)
            return -1;
        size = (size_t)(found - str->data);
    }
    return add_part(run, str, list, str->data, size);
}

static void reverse(struct ais_jlist *list) {
    for (size_t i = 0, j = list->count; i + 1 < j; i++, j--) {
        struct ais_jval item = list->items[i];
        list->items[i] = list->items[j - 1];
        list->items[j - 1] = item;
    }
}

static int split(struct ais_jrun *run, const struct ais_jcall *call, bool backwards,
                 struct ais_jval *out) {
    const struct ais_jstr *str = call->in[0].as.str, *separator;
    bool space = call->in[1].kind == J_ABSENT || call->in[1].kind == J_NONE;
    int64_t most;
    int rc;
    if (ais_jlist_new(run, J_LIST, 0, out) < 0 || ais_jarg_int(run, call->in[2], -1, &most) < 0 ||
        ais_jrun_step_bytes(run, str->size) < 0 ||
        (!space && ais_jarg_str(run, call->in[1], &separator) < 0))
        return -1;
    if (!space && separator->size == 0)
        return ais_jrun_fail(run, "the separator of a split cannot be empty");
    most = most < 0 ? -1 : most;
    if (backwards)
        rc =
            space ? rsplit_space(run, str, most, *out) : rsplit_at(run, str, separator, most, *out);
    else
        rc = space ? split_space(run, str, most, *out) : split_at(run, str, separator, most, *out);
    if (backwards)
        reverse(out->as.list);
    return rc;
}

static int str_split(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return split(run, call, false, out);
}

static int str_rsplit(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return split(run, call, true, out);
}

static int str_splitlines(struct ais_jrun *run, const struct ais_jcall *call,
                          struct ais_jval *out) {
    const struct ais_jstr *str = call->in[0].as.str;
    size_t at = 0, next;
    bool keep;
    if (ais_jlist_new(run, J_LIST, 0, out) < 0 || ais_jarg_bool(run, call->in[1], false, &keep) < 0)
        return -1;
    for (; at < str->size; at += next) {
        size_t size = ais_jtext_line(str->data + at, str->size - at, &next);
        if (add_part(run, str, *out, str->data + at, keep ? next : size) < 0)
            return -1;
    }
    return 0;
}

static int partition(struct ais_jrun *run, const struct ais_jcall *call, bool last,
                     struct ais_jval *out) {
    const struct ais_jstr *str = call->in[0].as.str, *separator;
    const char *found, *end = str->data + str->size;
    if (ais_jarg_str(run, call->in[1], &separator) < 0 || ais_jlist_new(run, J_TUPLE, 3, out) < 0 ||
        ais_jrun_step_bytes(run, str->size) < 0)
        return -1;
    if (separator->size == 0)
        return ais_jrun_fail(run, "the separator of a split cannot be empty");
    found = last ? find_last(str->data, str->size, separator->data, separator->size)
                 : memmem(str->data, str->size, separator->data, separator->size);
    if (!found && last)
        return add_part(run, str, *out, "", 0) < 0 || add_part(run, str, *out, "", 0) < 0
                   ? -1
                   : add_part(run, str, *out, str->data, str->size);
    if (!found)
        return add_part(run, str, *out, str->data, str->size) < 0 ||
                       add_part(run, str, *out, "", 0) < 0
                   ? -1
                   : add_part(run, str, *out, "", 0);
    if (add_part(run, str, *out, str->data, (size_t)(found - str->data)) < 0 ||
        add_part(run, str, *out, found, separator->size) < 0)
        return -1;
    found += separator->size;
    return add_part(run, str, *out, found, (size_t)(end - found));
}

static int str_partition(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    return partition(run, call, false, out);
}

static int str_rpartition(struct ais_jrun *run, const struct ais_jcall *call,
                          struct ais_jval *out) {
    return partition(run, call, true, out);
}

static int str_join(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_jval list;
    if (ais_jval_list(run, call->in[1], &list) < 0)
        return -1;
    return ais_jstr_join(run, call->in[0].as.str, list, false, out);
}

const struct ais_jbuiltin ais_jmethods_split[] = {
    {"count", "sub ?start ?end", str_count},
    {"endswith", "suffix ?start ?end", str_endswith},
    {"find", "sub ?start ?end", str_find},
    {"index", "sub ?start ?end", str_index},
    {"join", "iterable", str_join},
    {"partition", "sep", str_partition},
    {"rfind", "sub ?start ?end", str_rfind},
    {"rindex", "sub ?start ?end", str_rindex},
    {"rpartition", "sep", str_rpartition},
    {"rsplit", "?sep ?maxsplit", str_rsplit},
    {"split", "?sep ?maxsplit", str_split},
    {"splitlines", "?keepends", str_splitlines},
    {"startswith", "prefix ?start ?end", str_startswith},
    {NULL, NULL, NULL},
};
