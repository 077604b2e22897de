/* What values look like as text: str() and repr() of Python. */
#include "jinja/list.h"
#include "jinja/text.h"

#include <inttypes.h>
#include <string.h>
#include <unictype.h>

/* Whether repr shows a character as it is. */
static bool is_printable(ucs4_t c) {
    if (c < 0x7f)
        return c >= 0x20;
    return !uc_is_general_category_withtable(c, UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Z);
}

static void add_escaped(struct ais_buf *buf, ucs4_t c, char quote) {
    if (c == (ucs4_t)quote || c == '\\')
        ais_buf_printf(buf, "\\%c", (char)c);
    else if (c == '\n')
        ais_buf_str(buf, "\\n");
    else if (c == '\r')
        ais_buf_str(buf, "\\r");
    else if (c == '\t')
        ais_buf_str(buf, "\\t");
    else if (is_printable(c))
        ais_jtext_add(buf, c);
    else if (c < 0x100)
        ais_buf_printf(buf, "\\x%02x", (unsigned)c);
    else if (c < 0x10000)
        ais_buf_printf(buf, "\\u%04x", (unsigned)c);
    else
        ais_buf_printf(buf, "\\U%08x", (unsigned)c);
}

static void repr_str(struct ais_buf *buf, const struct ais_jstr *str) {
    const char *p = str->data;
    size_t left = str->size;
    bool single = left && memchr(p, '\'', left), twofold = left && memchr(p, '"', left);
    char quote = single && !twofold ? '"' : '\'';
    if (str->safe)
        ais_buf_str(buf, "Markup(");
    ais_buf_char(buf, quote);
    while (left > 0)
        add_escaped(buf, ais_jtext_next(&p, &left), quote);
    ais_buf_char(buf, quote);
    if (str->safe)
        ais_buf_char(buf, ')');
}

static int repr_list(struct ais_jrun *run, struct ais_buf *buf, struct ais_jval value) {
    const struct ais_jlist *list = value.as.list;
    bool tuple = value.kind == J_TUPLE;
    ais_buf_char(buf, tuple ? '(' : '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            ais_buf_str(buf, ", ");
        if (ais_jval_write_repr(run, buf, list->items[i]) < 0)
            return -1;
    }
    ais_buf_str(buf, tuple ? (list->count == 1 ? ",)" : ")") : "]");
    return 0;
}

static int repr_dict(struct ais_jrun *run, struct ais_buf *buf, const struct ais_jdict *dict) {
    bool first = true;
    ais_buf_char(buf, '{');
    for (size_t i = 0; i < dict->used; i++) {
        const struct ais_jentry *entry = &dict->entries[i];
        if (!entry->live)
            continue;
        if (!first)
            ais_buf_str(buf, ", ");
        first = false;
        if (ais_jval_write_repr(run, buf, entry->key) < 0)
            return -1;
        ais_buf_str(buf, ": ");
        if (ais_jval_write_repr(run, buf, entry->value) < 0)
            return -1;
    }
    ais_buf_char(buf, '}');
    return 0;
}

static int repr_view(struct ais_jrun *run, struct ais_buf *buf, const struct ais_jview *view) {
    static const char *const names[] = {"dict_keys(", "dict_values(", "dict_items("};
    struct ais_jval list;
    ais_buf_str(buf, names[view->what]);
    if (ais_jdict_list(run, view->dict, view->what, &list) < 0 || repr_list(run, buf, list) < 0)
        return -1;
    ais_buf_char(buf, ')');
    return 0;
}

static void repr_range(struct ais_buf *buf, const struct ais_jrange *range) {
    ais_buf_printf(buf, "range(%" PRId64 ", %" PRId64, range->start, range->stop);
    if (range->step != 1)
        ais_buf_printf(buf, ", %" PRId64, range->step);
    ais_buf_char(buf, ')');
}

static int repr_container(struct ais_jrun *run, struct ais_buf *buf, struct ais_jval value) {
    int rc;
    if (run->height >= ais_jrun_height_limit(run))
        return ais_jrun_fail(run, "values are nested too deeply");
    run->height++;
    if (value.kind == J_NAMESPACE)
        ais_buf_str(buf, "<Namespace ");
    if (value.kind == J_VIEW)
        rc = repr_view(run, buf, value.as.view);
    else if (value.kind == J_DICT || value.kind == J_NAMESPACE)
        rc = repr_dict(run, buf, value.as.dict);
    else
        rc = repr_list(run, buf, value);
    if (value.kind == J_NAMESPACE)
        ais_buf_char(buf, '>');
    run->height--;
    return rc;
}

static int repr_macro(struct ais_jrun *run, struct ais_buf *buf, const struct ais_jmacro *macro) {
    if (macro->node->kind == N_CALL_BLOCK) {
        ais_buf_str(buf, "<Macro 'caller'>");
        return 0;
    }
    ais_buf_str(buf, "<Macro ");
    if (ais_jval_write_repr(run, buf, macro->node->value) < 0)
        return -1;
    ais_buf_char(buf, '>');
    return 0;
}

int ais_jval_write_repr(struct ais_jrun *run, struct ais_buf *buf, struct ais_jval value) {
    char number[32];
    if (ais_jrun_step(run, 1) < 0 || ais_jrun_check(run, buf) < 0)
        return -1;
    switch (value.kind) {
    case J_UNDEFINED:
        ais_buf_str(buf, "Undefined");
        return 0;
    case J_NONE:
        ais_buf_str(buf, "None");
        return 0;
    case J_BOOL:
        ais_buf_str(buf, value.as.truth ? "True" : "False");
        return 0;
    case J_INT:
        ais_buf_printf(buf, "%" PRId64, value.as.integer);
        return 0;
    case J_FLOAT:
        ais_jfloat_text(value.as.real, number);
        ais_buf_str(buf, number);
        return 0;
    case J_STR:
        repr_str(buf, value.as.str);
        return ais_jrun_step_bytes(run, value.as.str->size);
    case J_LIST:
    case J_TUPLE:
    case J_DICT:
    case J_NAMESPACE:
    case J_VIEW:
        return repr_container(run, buf, value);
    case J_RANGE:
        repr_range(buf, value.as.range);
        return 0;
    case J_MACRO:
        return repr_macro(run, buf, value.as.macro);
    default:
        return ais_jrun_fail(run, "%s has no text form%s", ais_jval_type(value),
                             value.kind == J_ITER ? " (the list filter makes one)" : "");
    }
}

int ais_jval_write(struct ais_jrun *run, struct ais_buf *buf, struct ais_jval value) {
    if (ais_jrun_usable(run, value) < 0)
        return -1;
    if (value.kind == J_UNDEFINED)
        return 0;
    if (value.kind == J_MODULE)
        value = value.as.module->text;
    if (value.kind != J_STR)
        return ais_jval_write_repr(run, buf, value);
    ais_buf_add(buf, value.as.str->data, value.as.str->size);
    return ais_jrun_step_bytes(run, value.as.str->size);
}

int ais_jval_text(struct ais_jrun *run, struct ais_jval value, const struct ais_jstr **text) {
    struct ais_buf buf = ais_jrun_buf(run);
    struct ais_jval made = value;
    if (value.kind != J_STR) {
        if (ais_jval_write(run, &buf, value) < 0) {
            ais_buf_release(&buf);
            return -1;
        }
        if (ais_jrun_take(run, &buf, false, &made) < 0)
            return -1;
    }
    *text = made.as.str;
    return 0;
}
