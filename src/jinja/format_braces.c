/* format.format(arguments) */
#include "jinja/eval.h"
#include "jinja/format.h"
#include "jinja/list.h"
#include "jinja/methods.h"
#include "jinja/number.h"

#include <string.h>

struct braces {
    struct ais_jrun *run;
    const struct ais_jargs *args;
    int64_t next; /* argument of "{}"; -1 once numbers are given */
    bool counted; /* "{}" was used */
};

static int expand(struct braces *b, const char *text, size_t size, bool nested,
                  struct ais_buf *buf);

static int positional(struct braces *b, const char *text, size_t size, struct ais_jval *out) {
    int64_t at = b->next;
    bool automatic = size == 0;
    if (automatic ? b->next < 0 : b->counted)
        return ais_jrun_fail(b->run, "a format cannot mix \"{}\" with numbers");
    b->counted = b->counted || automatic;
    b->next = automatic ? b->next + 1 : -1;
    if (!automatic && !ais_jnumber_parse_int(text, size, 10, &at))
        return ais_jrun_fail(b->run, "a number in a format is too large");
    if (at >= (int64_t)b->args->count)
        return ais_jrun_fail(b->run, "there are fewer values than the format needs");
    *out = b->args->items[at];
    return 0;
}

static int named(struct braces *b, const char *text, size_t size, struct ais_jval *out) {
    for (size_t i = 0; i < b->args->keyword_count; i++) {
        const struct ais_jstr *name = b->args->keywords[i].name.as.str;
        if (name->size == size && memcmp(name->data, text, size) == 0) {
            *out = b->args->keywords[i].value;
            return 0;
        }
    }
    return ais_jrun_fail(b->run, "the format needs the value \"%.*s\"", (int)size, text);
}

static bool is_number(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
    }
    return true;
}

/* ".name" or "[key]"; *text moves behind it. */
static int access(struct braces *b, const char **text, size_t *size, struct ais_jval *value) {
    bool item = **text == '[';
    const char *start = *text + 1, *end = item ? memchr(start, ']', *size - 1) : NULL;
    struct ais_jval key;
    int64_t index;
    size_t length = item ? end ? (size_t)(end - start) : 0 : 0;
    while (!item && length + 1 < *size && start[length] != '.' && start[length] != '[')
        length++;
    if (length == 0)
        return ais_jrun_fail(b->run, "a format has an empty attribute");
    *text = start + length + item;
    *size -= length + 1 + item;
    if (ais_jrun_str(b->run, start, length, &key) < 0)
        return -1;
    if (item && is_number(start, length) && ais_jnumber_parse_int(start, length, 10, &index))
        key = ais_jval_int(index);
    if (item)
        return ais_jeval_item(b->run, *value, key, value);
    if (value->kind == J_DICT)
        return ais_jrun_fail(b->run, "a format reads a key of a dict with [], not with \".\"");
    return ais_jeval_attr(b->run, *value, key.as.str, value);
}

/* "name.attribute[key]" */
static int lookup(struct braces *b, const char *text, size_t size, struct ais_jval *out) {
    size_t first = 0;
    while (first < size && text[first] != '.' && text[first] != '[')
        first++;
    if ((is_number(text, first) ? positional(b, text, first, out) : named(b, text, first, out)) < 0)
        return -1;
    text += first;
    size -= first;
    while (size > 0) {
        if (*text != '.' && *text != '[')
            return ais_jrun_fail(b->run, "a format is malformed");
        if (access(b, &text, &size, out) < 0)
            return -1;
    }
    return ais_jrun_defined(b->run, *out);
}

/* "!r" and its like. */
static int convert(struct braces *b, char how, struct ais_jval *value) {
    struct ais_buf buf = ais_jrun_buf(b->run);
    int rc;
    if (how != 'r' && how != 's' && how != 'a')
        return ais_jrun_fail(b->run, "a format has an unknown conversion");
    rc = how == 's' ? ais_jval_write(b->run, &buf, *value)
                    : ais_jval_write_repr(b->run, &buf, *value);
    if (rc == 0)
        return ais_jrun_take(b->run, &buf, false, value);
    ais_buf_release(&buf);
    return -1;
}

/* What is between the braces: name, conversion and spec, which may have fields of its own. */
static int field(struct braces *b, const char *text, size_t size, bool nested,
                 struct ais_buf *buf) {
    struct ais_buf spec = ais_jrun_buf(b->run);
    struct ais_jval value, made;
    size_t name = 0, depth = 0;
    while (name < size && (depth || (text[name] != '!' && text[name] != ':'))) {
        depth = text[name] == '[' ? 1 : text[name] == ']' ? 0 : depth;
        name++;
    }
    if (lookup(b, text, name, &value) < 0)
        return -1;
    text += name;
    size -= name;
    if (size > 0 && *text == '!') {
        if (size < 2 || (size > 2 && text[2] != ':'))
            return ais_jrun_fail(b->run, "a format has a malformed conversion");
        if (convert(b, text[1], &value) < 0)
            return -1;
        text += 2;
        size -= 2;
    }
    if (size > 0 && nested)
        return ais_jrun_fail(b->run, "a format is nested too deeply");
    if (size > 0 && expand(b, text + 1, size - 1, true, &spec) < 0) {
        ais_buf_release(&spec);
        return -1;
    }
    if (ais_jrun_take(b->run, &spec, false, &made) < 0)
        return -1;
    return ais_jformat_value(b->run, buf, made.as.str, value);
}

/* The length of a field up to its closing brace, which `text` must have. */
static int field_size(struct braces *b, const char *text, size_t size, size_t *out) {
    size_t depth = 1;
    for (*out = 0; *out < size; ++*out) {
        depth += text[*out] == '{';
        depth -= text[*out] == '}';
        if (depth == 0)
            return 0;
    }
    return ais_jrun_fail(b->run, "a format has a \"{\" without an end");
}

static int expand(struct braces *b, const char *text, size_t size, bool nested,
                  struct ais_buf *buf) {
    while (size > 0) {
        char c = *text;
        size_t length;
        if ((c == '{' || c == '}') && !nested && size > 1 && text[1] == c) {
            ais_buf_char(buf, c);
            text += 2;
            size -= 2;
            continue;
        }
        text++;
        size--;
        if (c == '}')
            return ais_jrun_fail(b->run, "a format has a \"}\" without a beginning");
        if (c != '{') {
            ais_buf_char(buf, c);
            continue;
        }
        if (ais_jrun_step(b->run, 1) < 0 || field_size(b, text, size, &length) < 0 ||
            field(b, text, length, nested, buf) < 0 || ais_jrun_check(b->run, buf) < 0)
            return -1;
        text += length + 1;
        size -= length + 1;
    }
    return 0;
}

int ais_jformat_braces(struct ais_jrun *run, const struct ais_jstr *format,
                       const struct ais_jargs *args, struct ais_jval *out) {
    struct braces b = {run, args, 0, false};
    struct ais_buf buf = ais_jrun_buf(run);
    if (expand(&b, format->data, format->size, false, &buf) < 0) {
        ais_buf_release(&buf);
        return -1;
    }
    return ais_jrun_take(run, &buf, format->safe, out);
}
