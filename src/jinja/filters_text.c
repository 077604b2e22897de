/* Filters for text. */
#include "jinja/eval.h"
#include "jinja/list.h"
#include "jinja/methods.h"

#include <string.h>

static int do_string(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *str;
    if (ais_jval_text(run, call->in[0], &str) < 0)
        return -1;
    *out = ais_jval_str(str);
    return 0;
}

static int do_upper(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *str;
    if (ais_jval_text(run, call->in[0], &str) < 0)
        return -1;
    return ais_jstr_case(run, CASE_UPPER, str, out);
}

static int do_lower(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *str;
    if (ais_jval_text(run, call->in[0], &str) < 0)
        return -1;
    return ais_jstr_case(run, CASE_LOWER, str, out);
}

static int do_capitalize(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *str;
    if (ais_jval_text(run, call->in[0], &str) < 0)
        return -1;
    return ais_jstr_capitalize(run, str, out);
}

static bool ends_word(ucs4_t c) {
    return c == '-' || c == '(' || c == '{' || c == '[' || c == '<' || ais_jtext_is_space(c);
}

/* One word: its first character in upper case, the rest in lower case. */
static int add_word(struct ais_jrun *run, const char *word, size_t size, struct ais_buf *buf) {
    const char *rest = word;
    size_t left = size;
    if (size == 0)
        return 0;
    ais_jtext_next(&rest, &left);
    if (ais_jtext_case(run, CASE_UPPER, word, size - left, buf) < 0)
        return -1;
    return ais_jtext_case(run, CASE_LOWER, rest, left, buf);
}

static int do_title(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    const struct ais_jstr *str;
    const char *p, *word;
    size_t left;
    if (ais_jval_text(run, call->in[0], &str) < 0)
        return -1;
    p = word = str->data;
    left = str->size;
    while (left > 0) {
        const char *before = p;
        if (!ends_word(ais_jtext_next(&p, &left)))
            continue;
        if (add_word(run, word, (size_t)(before - word), &buf) < 0)
            goto out;
        ais_buf_add(&buf, before, (size_t)(p - before));
        word = p;
    }
    if (add_word(run, word, (size_t)(p - word), &buf) < 0)
        goto out;
    return ais_jrun_take(run, &buf, false, out);
out:
    ais_buf_release(&buf);
    return -1;
}

static int do_trim(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *str, *set;
    const char *text;
    size_t size;
    bool whole = call->in[1].kind == J_ABSENT || call->in[1].kind == J_NONE;
    if (ais_jval_text(run, call->in[0], &str) < 0 ||
        (!whole && ais_jarg_str(run, call->in[1], &set) < 0))
        return -1;
    text = str->data;
    size = str->size;
    if (whole)
        ais_jtext_strip(&text, &size, true, true);
    else
        ais_jtext_strip_set(&text, &size, set, true, true);
    return ais_jtext_bytes(run, str, text, size, out);
}

static int do_replace(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *str, *old, *new;
    int64_t count = -1;
    if (ais_jval_text(run, call->in[0], &str) < 0 || ais_jval_text(run, call->in[1], &old) < 0 ||
        ais_jval_text(run, call->in[2], &new) < 0 ||
        (call->in[3].kind != J_NONE && ais_jarg_int(run, call->in[3], -1, &count) < 0))
        return -1;
    return ais_jstr_replace(run, str, old, new, count, out);
}

static int do_center(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    static const struct ais_jstr space = {" ", 1, 1, false};
    const struct ais_jstr *str;
    size_t width;
    if (ais_jval_text(run, call->in[0], &str) < 0 ||
        ais_jarg_size(run, call->in[1], 80, &width) < 0)
        return -1;
    return ais_jstr_pad(run, str, width, &space, true, true, out);
}

/* printf-style, as "format % arguments". */
static int do_format(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jargs *args = call->args;
    const struct ais_jstr *str;
    struct ais_jlist list = {args->items, args->count, args->count, false};
    struct ais_jval values = {.kind = J_TUPLE, .as.list = &list};
    if (args->count && args->keyword_count)
        return ais_jrun_fail(run, "format takes values or named values, not both");
    if (ais_jval_text(run, call->in[0], &str) < 0)
        return -1;
    if (args->keyword_count) {
        if (ais_jdict_new(run, &values) < 0)
            return -1;
        for (size_t i = 0; i < args->keyword_count; i++) {
            if (ais_jdict_set(run, values.as.dict, args->keywords[i].name,
                              args->keywords[i].value) < 0)
                return -1;
        }
    }
    return ais_jformat_percent(run, str, values, out);
}

static int do_truncate(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    static const struct ais_jstr dots = {"...", 3, 3, false};
    struct ais_buf buf = ais_jrun_buf(run);
    const struct ais_jstr *str, *end = &dots, *kept;
    int64_t length, leeway = 5;
    bool kill;
    const char *space;
    size_t chars;
    if (ais_jval_length(run, call->in[0], &chars) < 0 ||
        ais_jarg_int(run, call->in[1], 255, &length) < 0 ||
        ais_jarg_bool(run, call->in[2], false, &kill) < 0 ||
        (call->in[3].kind != J_ABSENT && ais_jarg_str(run, call->in[3], &end) < 0) ||
        (call->in[4].kind != J_NONE && ais_jarg_int(run, call->in[4], 5, &leeway) < 0))
        return -1;
    if (length < (int64_t)end->chars || leeway < 0)
        return ais_jrun_fail(run, "truncate cannot cut text to so few characters");
    *out = call->in[0];
    if (leeway > INT64_MAX - length || (int64_t)chars <= length + leeway)
        return 0;
    if (ais_jarg_str(run, call->in[0], &str) < 0 ||
        ais_jtext_part(run, str, 0, (size_t)length - end->chars, out) < 0)
        return -1;
    kept = out->as.str;
    space = kill || kept->size == 0 ? NULL : memrchr(kept->data, ' ', kept->size);
    ais_buf_add(&buf, kept->data, space ? (size_t)(space - kept->data) : kept->size);
    ais_buf_add(&buf, end->data, end->size);
    return ais_jrun_take(run, &buf, str->safe, out);
}

static int do_wordcount(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    const struct ais_jstr *str;
    const char *p;
    size_t left;
    int64_t count = 0;
    bool inside = false;
    if (ais_jval_text(run, call->in[0], &str) < 0 || ais_jrun_step_bytes(run, str->size) < 0)
        return -1;
    p = str->data;
    left = str->size;
    while (left > 0) {
        bool word = ais_jtext_is_word(ais_jtext_next(&p, &left));
        count += word && !inside;
        inside = word;
    }
    *out = ais_jval_int(count);
    return 0;
}

const struct ais_jbuiltin ais_jfilters_text[] = {
    {"capitalize", "", do_capitalize},
    {"center", "?width", do_center},
    {"format", "*", do_format},
    {"lower", "", do_lower},
    {"replace", "old new ?count", do_replace},
    {"string", "", do_string},
    {"title", "", do_title},
    {"trim", "?chars", do_trim},
    {"truncate", "?length ?killwords ?end ?leeway", do_truncate},
    {"upper", "", do_upper},
    {"wordcount", "", do_wordcount},
    {NULL, NULL, NULL},
};
