#include "plan/planning.h"

#include "base/text.h"

#include <string.h>

/* Appends the strings of `list`, each rendered, to the array at `into`[name]. */
static int add_list(struct ais_planning *p, struct ais_part *part, json_t *into, const char *name,
                    struct ais_node list) {
    json_t *target = json_object_get(into, name);
    struct ais_buf text = AIS_BUF(1 << 20);
    struct ais_jinja_tree *tree = NULL;
    int rc = -1;
    if (!target && (json_object_set_new(into, name, json_array()) < 0 ||
                    !(target = json_object_get(into, name)))) {
        ais_fail_memory(p->err);
        goto out;
    }
    for (size_t i = 0; i < ais_node_count(list); i++) {
        struct ais_node item = ais_node_at(list, i);
        struct ais_place at = ais_node_place(item);
        at.column++; /* behind the quote */
        ais_buf_truncate(&text, 0);
        ais_jinja_tree_free(tree);
        tree = ais_jinja_parse(part->env, at, ais_node_text(item), json_string_length(item.value),
                               p->err);
        if (!tree || ais_jinja_render(tree, p->context, &text, p->err) < 0)
            goto out;
        if (json_array_append_new(target, json_stringn(ais_buf_text(&text), text.size)) < 0) {
            ais_fail_memory(p->err);
            goto out;
        }
    }
    rc = 0;
out:
    ais_jinja_tree_free(tree);
    ais_buf_release(&text);
    return rc;
}

static int add_map(struct ais_planning *p, struct ais_part *part, json_t *into,
                   const struct ais_provide *provide) {
    json_t *target = json_object_get(into, provide->name);
    if (!target && (json_object_set_new(into, provide->name, json_object()) < 0 ||
                    !(target = json_object_get(into, provide->name))))
        return ais_fail_memory(p->err);
    for (size_t i = 0; i < ais_node_count(provide->value); i++) {
        struct ais_node list = ais_node_at(provide->value, i);
        if (add_list(p, part, target, list.key, list) < 0)
            return -1;
    }
    return 0;
}

static int add_fragment(struct ais_planning *p, struct ais_part *part, json_t *into,
                        const struct ais_provide *provide) {
    const char *before = json_string_value(json_object_get(into, provide->name));
    const char *name = ais_node_text(provide->value);
    struct ais_buf text = AIS_BUF(AIS_SOURCE_FILE_BYTES_MAX);
    struct ais_file bytes = {.data = "", .size = 0};
    bool keep = true;
    int rc = -1;
    if (*name) {
        const struct ais_file *source;
        ais_buf_printf(&text, "files/%s", name);
        if (ais_buf_check(&text, AIS_TEMPLATE, "the path", p->err) < 0)
            goto out;
        source = ais_source_find(part->source, ais_buf_text(&text));
        ais_buf_truncate(&text, 0);
        if (!source || ais_planning_read(p, part, source, ais_is_template_name(name), p->context,
                                         &bytes, &keep) < 0)
            goto out;
    }
    ais_buf_str(&text, before ? before : "");
    if (keep)
        ais_buf_add(&text, bytes.data, bytes.size);
    if (ais_buf_check(&text, AIS_TEMPLATE, "a fragment", p->err) < 0)
        goto out;
    if (memchr(ais_buf_text(&text), '\0', text.size) ||
        !ais_text_valid(ais_buf_text(&text), text.size)) {
        ais_fail_at(p->err, AIS_TEMPLATE, provide->at, "the fragment \"%s\" must be UTF-8 text",
                    name);
        goto out;
    }
    if (json_object_set_new(into, provide->name, json_stringn(ais_buf_text(&text), text.size)) <
        0) {
        ais_fail_memory(p->err);
        goto out;
    }
    rc = 0;
out:
    ais_buf_release(&text);
    return rc;
}

static int add_provide(struct ais_planning *p, struct ais_part *part, json_t *into,
                       const struct ais_provide *provide) {
    switch (provide->kind) {
    case AIS_PROVIDE_LIST:
        return add_list(p, part, into, provide->name, provide->value);
    case AIS_PROVIDE_MAP:
        return add_map(p, part, into, provide);
    case AIS_PROVIDE_FRAGMENT:
        return add_fragment(p, part, into, provide);
    }
    return -1;
}

json_t *ais_planning_provided(struct ais_planning *p) {
    json_t *provided = json_object();
    p->fragment = true;
    if (!provided)
        ais_fail_memory(p->err);
    for (size_t i = 0; provided && i < p->t->part_count; i++) {
        struct ais_part *part = p->t->parts[i];
        for (size_t k = 0; p->active[i] && k < part->manifest.provide_count; k++) {
            if (add_provide(p, part, provided, &part->manifest.provides[k]) < 0) {
                json_decref(provided);
                return NULL;
            }
        }
    }
    p->fragment = false;
    return provided;
}
