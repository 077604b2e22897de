/* Filters for HTML, URLs and JSON. */
#include "jinja/html.h"

#include "jinja/dump.h"
#include "jinja/list.h"
#include "jinja/methods.h"

#include <string.h>

void ais_jhtml_escape(struct ais_buf *buf, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '&')
            ais_buf_str(buf, "&amp;");
        else if (text[i] == '<')
            ais_buf_str(buf, "&lt;");
        else if (text[i] == '>')
            ais_buf_str(buf, "&gt;");
        else if (text[i] == '\'')
            ais_buf_str(buf, "&#39;");
        else if (text[i] == '"')
            ais_buf_str(buf, "&#34;");
        else
            ais_buf_char(buf, text[i]);
    }
}

/* Appends the text of a value, escaped unless it is safe already. */
static int add_escaped(struct ais_jrun *run, struct ais_buf *buf, struct ais_jval value) {
    const struct ais_jstr *str;
    if (ais_jval_text(run, value, &str) < 0)
        return -1;
    if (str->safe)
        ais_buf_add(buf, str->data, str->size);
    else
        ais_jhtml_escape(buf, str->data, str->size);
    return 0;
}

static int do_escape(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    if (add_escaped(run, &buf, call->in[0]) < 0)
        return -1;
    return ais_jrun_take(run, &buf, true, out);
}

static int do_forceescape(struct ais_jrun *run, const struct ais_jcall *call,
                          struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    const struct ais_jstr *str;
    if (ais_jval_text(run, call->in[0], &str) < 0)
        return -1;
    ais_jhtml_escape(&buf, str->data, str->size);
    return ais_jrun_take(run, &buf, true, out);
}

static int do_safe(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    const struct ais_jstr *str;
    if (ais_jval_text(run, call->in[0], &str) < 0)
        return -1;
    ais_buf_add(&buf, str->data, str->size);
    return ais_jrun_take(run, &buf, true, out);
}

/* Percent-encodes; in a query a slash is encoded too and a space becomes "+". */
static int add_quoted(struct ais_jrun *run, struct ais_buf *buf, struct ais_jval value,
                      bool query) {
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-~";
    const struct ais_jstr *str;
    if (ais_jval_text(run, value, &str) < 0)
        return -1;
    for (size_t i = 0; i < str->size; i++) {
        char c = str->data[i];
        if ((c && strchr(plain, c)) || (c == '/' && !query))
            ais_buf_char(buf, c);
        else if (c == ' ' && query)
            ais_buf_char(buf, '+');
        else
            ais_buf_printf(buf, "%%%02X", (unsigned)(unsigned char)c);
    }
    return 0;
}

static int add_query(struct ais_jrun *run, struct ais_buf *buf, struct ais_jval pairs) {
    struct ais_jiter iter;
    struct ais_jval pair, list;
    int more;
    if (ais_jiter_init(run, &iter, pairs) < 0)
        return -1;
    while ((more = ais_jiter_next(run, &iter, &pair)) > 0) {
        if (ais_jval_list(run, pair, &list) < 0)
            return -1;
        if (list.as.list->count != 2)
            return ais_jrun_fail(run, "urlencode needs pairs");
        if (buf->size)
            ais_buf_char(buf, '&');
        if (add_quoted(run, buf, list.as.list->items[0], true) < 0)
            return -1;
        ais_buf_char(buf, '=');
        if (add_quoted(run, buf, list.as.list->items[1], true) < 0)
            return -1;
    }
    return more;
}

static int do_urlencode(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    struct ais_jval value = call->in[0];
    int rc;
    if (ais_jrun_defined(run, value) < 0)
        return -1;
    if (value.kind == J_DICT && ais_jdict_list(run, value.as.dict, VIEW_ITEMS, &value) < 0)
        return -1;
    if (value.kind == J_STR || !ais_jval_iterable(value))
        rc = add_quoted(run, &buf, value, false);
    else
        rc = add_query(run, &buf, value);
    if (rc == 0)
        return ais_jrun_take(run, &buf, false, out);
    ais_buf_release(&buf);
    return -1;
}

static int add_attribute(struct ais_jrun *run, struct ais_buf *buf,
                         const struct ais_jentry *entry) {
    const struct ais_jstr *key;
    if (!entry->live || entry->value.kind == J_NONE || entry->value.kind == J_UNDEFINED)
        return 0;
    if (ais_jarg_str(run, entry->key, &key) < 0)
        return -1;
    for (size_t i = 0; i < key->size; i++) {
        if (key->data[i] && strchr(" \t\n\r\f\v/>=", key->data[i]))
            return ais_jrun_fail(run, "the name of an attribute cannot have \"%c\"", key->data[i]);
    }
    if (buf->size)
        ais_buf_char(buf, ' ');
    if (add_escaped(run, buf, entry->key) < 0)
        return -1;
    ais_buf_str(buf, "=\"");
    if (add_escaped(run, buf, entry->value) < 0)
        return -1;
    ais_buf_char(buf, '"');
    return 0;
}

static int do_xmlattr(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run), spaced = ais_jrun_buf(run);
    const struct ais_jdict *dict = call->in[0].as.dict;
    bool space;
    if (ais_jrun_defined(run, call->in[0]) < 0 || ais_jarg_bool(run, call->in[1], true, &space) < 0)
        return -1;
    if (call->in[0].kind != J_DICT)
        return ais_jrun_fail(run, "xmlattr needs a dict, not %s", ais_jval_type(call->in[0]));
    for (size_t i = 0; i < dict->used; i++) {
        if (add_attribute(run, &buf, &dict->entries[i]) < 0) {
            ais_buf_release(&buf);
            return -1;
        }
    }
    if (space && buf.size)
        ais_buf_char(&spaced, ' ');
    ais_buf_add(&spaced, ais_buf_text(&buf), buf.size);
    spaced.no_memory = spaced.no_memory || buf.no_memory;
    spaced.too_large = spaced.too_large || buf.too_large;
    ais_buf_release(&buf);
    return ais_jrun_take(run, &spaced, false, out);
}

static int do_tojson(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    if (ais_jdump(run, &buf, call->in[0], call->in[1]) < 0) {
        ais_buf_release(&buf);
        return -1;
    }
    return ais_jrun_take(run, &buf, true, out);
}

const struct ais_jbuiltin ais_jfilters_html[] = {
    {"e", "", do_escape},
    {"escape", "", do_escape},
    {"forceescape", "", do_forceescape},
    {"safe", "", do_safe},
    {"striptags", "", ais_jstriptags},
    {"tojson", "?indent", do_tojson},
    {"urlencode", "", do_urlencode},
    {"xmlattr", "?autospace", do_xmlattr},
    {NULL, NULL, NULL},
};
