#include "plan/planning.h"

#include "base/path.h"
#include "template/path_template.h"

#include <string.h>

static const char suffix[] = ".jinja";

bool ais_is_template_name(const char *name) {
    size_t size = strlen(name);
    return size > sizeof suffix - 1 && strcmp(name + size - (sizeof suffix - 1), suffix) == 0;
}

/* One entry of a tree, for one item of its `each`. */
struct expanding {
    struct ais_planning *p;
    struct ais_part *part;
    const struct ais_tree_entry *entry;
    const json_t *context;
};

static int add(struct expanding *x, const char *path, const struct ais_file *source, bool render) {
    struct ais_planned planned = {.override = x->entry->override};
    bool keep = true;
    planned.entry.origin = x->entry->at;
    planned.file.path = path;
    planned.file.executable = x->entry->executable || (source && source->executable);
    if (source) {
        planned.entry.source = ais_source_shown(x->part->source, source->path);
        if (!planned.entry.source)
            return ais_fail_memory(x->p->err);
        if (ais_planning_read(x->p, x->part, source, render, x->context, &planned.file, &keep) < 0)
            return -1;
        if (x->p->memo && keep) {
            planned.part = x->part;
            planned.kept = x->p->signature[x->p->signature_count - 1];
            planned.own = x->p->own;
            x->p->renderings += !planned.kept->plain;
        }
    } else {
        planned.file.data = "";
    }
    return keep ? ais_planning_add(x->p, planned) : 0;
}

/* The path of the entry, rendered, with `rest` behind it; in the plan's arena. NULL with *err set.
 */
static const char *make_path(struct expanding *x, const char *rest, size_t rest_size) {
    struct ais_buf path = AIS_BUF(8 * AIS_PATH_MAX);
    struct ais_path_template *tail = NULL;
    char *text = NULL;
    const char *kept = NULL;
    if (ais_path_template_render(x->entry->path, x->context, &path, x->p->err) < 0)
        goto out;
    if (rest_size) {
        if (path.size)
            ais_buf_char(&path, '/');
        text = ais_strndup(rest, rest_size);
        if (!text) {
            ais_fail_memory(x->p->err);
            goto out;
        }
        if (ais_jinja_is_plain(text, rest_size)) {
            ais_buf_str(&path, text);
        } else {
            tail = ais_path_template_parse(x->part->env, x->entry->at, text, x->p->err);
            if (!tail || ais_path_template_render(tail, x->context, &path, x->p->err) < 0)
                goto out;
        }
    }
    if (ais_buf_check(&path, AIS_TEMPLATE, "the path", x->p->err) < 0)
        goto out;
    if (memchr(ais_buf_text(&path), '\0', path.size)) {
        ais_fail_at(x->p->err, AIS_TEMPLATE, x->entry->at, "the path \"%s\" holds a NUL character",
                    ais_buf_text(&path));
        goto out;
    }
    kept = ais_arena_strndup(&x->p->plan->arena, ais_buf_text(&path), path.size);
    if (!kept)
        ais_fail_memory(x->p->err);
out:
    ais_path_template_free(tail);
    ais_free(text);
    ais_buf_release(&path);
    return kept;
}

static int add_folder(struct expanding *x) {
    struct ais_buf prefix = AIS_BUF(2 * AIS_PATH_MAX);
    const struct ais_file *files;
    size_t count;
    int rc = -1;
    ais_buf_printf(&prefix, "files/%s", x->entry->from);
    if (ais_buf_check(&prefix, AIS_TEMPLATE, "the path", x->p->err) < 0)
        goto out;
    files = ais_source_below(x->part->source, prefix.data, &count);
    for (size_t i = 0; i < count; i++) {
        const char *rest = files[i].path + prefix.size, *path;
        bool named = ais_is_template_name(rest);
        bool render = x->entry->render < 0 ? named : x->entry->render;
        size_t size = strlen(rest) - (named && render ? sizeof suffix - 1 : 0);
        path = make_path(x, rest, size);
        if (!path || add(x, path, &files[i], render) < 0)
            goto out;
    }
    rc = 0;
out:
    ais_buf_release(&prefix);
    return rc;
}

static int add_file(struct expanding *x) {
    struct ais_buf name = AIS_BUF(2 * AIS_PATH_MAX);
    const struct ais_file *source;
    const char *path = make_path(x, "", 0);
    int rc = -1;
    ais_buf_printf(&name, "files/%s", x->entry->from);
    if (!path || ais_buf_check(&name, AIS_TEMPLATE, "the path", x->p->err) < 0)
        goto out;
    source = ais_source_find(x->part->source, name.data);
    rc = add(x, path, source,
             x->entry->render < 0 ? ais_is_template_name(x->entry->from) : x->entry->render);
out:
    ais_buf_release(&name);
    return rc;
}

static int expand_one(void *payload, const json_t *context, struct ais_error *err) {
    struct expanding *x = payload;
    const char *path;
    (void)err; /* the same as the planning's */
    x->context = context;
    if (x->entry->empty) {
        static const char keep[] = ".gitkeep";
        path = make_path(x, keep, sizeof keep - 1);
        return path ? add(x, path, NULL, false) : -1;
    }
    if (!*x->entry->from || x->entry->from[strlen(x->entry->from) - 1] == '/')
        return add_folder(x);
    return add_file(x);
}

/* What the context of an item has and the planning's has not; it stays in `owns`. */
static json_t *difference(struct ais_planning *p, const json_t *context) {
    json_t *own = json_object(), *value;
    const char *name;
    int rc = own ? 0 : -1;
    json_object_foreach((json_t *)context, name, value) {
        if (rc == 0 && json_object_get(p->context, name) != value)
            rc = json_object_set(own, name, value);
    }
    if (rc == 0 && json_array_append(p->owns, own) < 0)
        rc = -1;
    json_decref(own);
    return rc == 0 ? own : NULL;
}

/* While a layout is noted: what is read of the item itself is none of the answers. */
static int expand_item(void *payload, const json_t *context, struct ais_error *err) {
    struct expanding *x = payload;
    struct ais_variant *variant = x->p->t->variant;
    struct ais_reads reads = {0}, *outer;
    int rc = -1;
    if (!variant->reads)
        return expand_one(payload, context, err);
    x->p->own = difference(x->p, context);
    if (!x->p->own)
        return ais_fail_memory(err);
    if (ais_reads_begin(variant, &reads, &outer, err) == 0 &&
        expand_one(payload, context, err) == 0)
        rc = ais_reads_end(variant, &reads, outer, err);
    variant->reads = outer;
    ais_reads_merge(outer, &reads, x->p->own);
    ais_reads_release(&reads);
    x->p->own = NULL;
    return rc;
}

int ais_planning_expand(struct ais_planning *p, struct ais_part *part) {
    for (size_t i = 0; i < part->manifest.tree_count; i++) {
        struct expanding x = {p, part, &part->manifest.tree[i], p->context};
        int rc;
        if (x.entry->when) {
            int truth = ais_jinja_truth(x.entry->when, p->conditions, p->err);
            if (truth < 0)
                return -1;
            if (!truth)
                continue;
        }
        rc = x.entry->each ? ais_jinja_each(x.entry->each, p->context, expand_item, &x, p->err)
                           : expand_one(&x, p->context, p->err);
        if (rc < 0)
            return -1;
    }
    return 0;
}
