#include "base/json.h"
#include "plan/regions.h"

#include <string.h>

/* A notebook being read. */
struct notebook {
    const struct ais_edition *e;
    const struct ais_edition_file *file;
    const struct ais_syntax *language;
    struct ais_cuts *cuts;
    struct ais_findings *problems;
    struct ais_error *err;
    bool changed;
};

/* The syntax of the kernel's language; Python where the notebook says nothing. */
static const struct ais_syntax *language_of(const json_t *root) {
    const json_t *metadata = json_object_get(root, "metadata");
    const char *name =
        json_string_value(json_object_get(json_object_get(metadata, "language_info"), "name"));
    if (!name)
        name =
            json_string_value(json_object_get(json_object_get(metadata, "kernelspec"), "language"));
    return ais_syntax_named(name ? name : "python");
}

/* The cell's source as one text in the file's arena, and the number of lines before it. */
static const char *join(struct notebook *n, struct ais_node source, size_t *size,
                        unsigned *before) {
    struct ais_buf text = AIS_BUF(AIS_SOURCE_FILE_BYTES_MAX);
    const char *kept = NULL;
    *before = ais_node_place(source).line - 1;
    if (json_is_string(source.value))
        ais_buf_str(&text, ais_node_text(source));
    for (size_t i = 0; json_is_array(source.value) && i < ais_node_count(source); i++) {
        const char *line = ais_node_text(ais_node_at(source, i));
        if (i == 0)
            *before = ais_node_place(ais_node_at(source, i)).line - 1;
        ais_buf_str(&text, line ? line : "");
    }
    if (ais_buf_check(&text, AIS_TEMPLATE, "a cell", n->err) == 0) {
        kept = ais_arena_strndup(n->file->arena, ais_buf_text(&text), text.size);
        if (!kept)
            ais_fail_memory(n->err);
    }
    *size = text.size;
    ais_buf_release(&text);
    return kept;
}

/* A text as notebooks hold it: a list of lines with their ends. */
static json_t *split(const char *text, size_t size) {
    json_t *lines = json_array();
    while (lines && size) {
        const char *newline = memchr(text, '\n', size);
        size_t n = newline ? (size_t)(newline - text) + 1 : size;
        if (json_array_append_new(lines, json_stringn(text, n)) < 0) {
            json_decref(lines);
            return NULL;
        }
        text += n;
        size -= n;
    }
    return lines;
}

/* Drops what running left in the cell. */
static int clear(struct notebook *n, json_t *cell) {
    const json_t *outputs = json_object_get(cell, "outputs");
    const json_t *count = json_object_get(cell, "execution_count");
    if (!n->e->starter || (!json_array_size(outputs) && (!count || json_is_null(count))))
        return 0;
    n->changed = true;
    if (json_object_set_new(cell, "outputs", json_array()) < 0 ||
        json_object_set_new(cell, "execution_count", json_null()) < 0)
        return ais_fail_memory(n->err);
    return 0;
}

/* Puts the text into the cell; an attachment of a cell that lost something may show it. */
static int replace(struct notebook *n, json_t *cell, const struct ais_buf *text, bool cut) {
    n->changed = true;
    if (cut)
        json_object_del(cell, "attachments");
    if (json_object_set_new(cell, "source", split(ais_buf_text(text), text->size)) < 0)
        return ais_fail_memory(n->err);
    return 0;
}

/* *gone: nothing is left of the cell. */
static int read_cell(struct notebook *n, struct ais_node cell, bool *gone) {
    struct ais_buf out = AIS_BUF(2 * AIS_SOURCE_FILE_BYTES_MAX);
    const char *type = json_string_value(json_object_get(cell.value, "cell_type"));
    struct ais_regions r = {.e = n->e,
                            .shown = n->file->shown,
                            .out = &out,
                            .cuts = n->cuts,
                            .problems = n->problems,
                            .err = n->err};
    struct ais_node source;
    size_t cuts = n->cuts->count;
    int rc = -1;
    *gone = false;
    if (!ais_node_get(cell, "source", &source))
        return 0;
    r.text = join(n, source, &r.size, &r.before);
    if (!r.text)
        goto out;
    r.line = r.before;
    if (type && strcmp(type, "code") == 0)
        r.syntax = n->language;
    else if (type && strcmp(type, "markdown") == 0)
        r.syntax = ais_syntax_named("markdown");
    if (ais_regions_read(&r) < 0 || clear(n, cell.value) < 0)
        goto out;
    *gone = r.gone || (r.marked && out.size == 0);
    rc = r.marked ? replace(n, cell.value, &out, n->cuts->count > cuts) : 0;
out:
    ais_buf_release(&out);
    return rc;
}

static int read_cells(struct notebook *n, struct ais_node cells) {
    size_t removed = 0;
    for (size_t i = 0; i < cells.at->count; i++) {
        struct ais_node cell = {.doc = cells.doc, .at = &cells.at->children[i]};
        bool gone;
        cell.value = json_array_get(cells.value, i - removed);
        if (!json_is_object(cell.value))
            continue;
        if (read_cell(n, cell, &gone) < 0)
            return -1;
        if (gone)
            json_array_remove(cells.value, i - removed++);
    }
    return 0;
}

int ais_notebook_apply(const struct ais_edition *e, const struct ais_edition_file *file,
                       struct ais_buf *out, bool *changed, struct ais_cuts *cuts,
                       struct ais_findings *problems, struct ais_error *err) {
    struct notebook n = {e, file, NULL, cuts, problems, err, false};
    struct ais_json doc = {0};
    struct ais_node cells;
    char *text = NULL;
    int rc = -1;
    if (ais_json_parse(&doc, file->shown, file->text, file->size, AIS_TEMPLATE, err) < 0)
        goto out;
    n.language = language_of(doc.root);
    if (json_is_object(doc.root) && ais_node_get(ais_json_root(&doc), "cells", &cells) &&
        json_is_array(cells.value) && read_cells(&n, cells) < 0)
        goto out;
    if (n.changed) {
        text = ais_json_text(doc.root, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
        ais_buf_str(out, text ? text : "");
        ais_buf_char(out, '\n');
        if (!text || out->no_memory) {
            ais_fail_memory(err);
            goto out;
        }
    }
    *changed = n.changed;
    rc = 0;
out:
    ais_free(text);
    ais_json_release(&doc);
    return rc;
}
