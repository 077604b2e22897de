#include "plan/leaks.h"
#include "plan/planning.h"

#include <string.h>

/* The cuts behind `first` are templates of their own: a tag of the rest can't end in one. They are
 * searched for as they render, where they do. */
static int render_cuts(struct ais_planning *p, struct ais_part *part, size_t first,
                       const json_t *context) {
    for (size_t i = first; i < p->plan->cuts.count; i++) {
        struct ais_cut *cut = &p->plan->cuts.list[i];
        struct ais_buf text = AIS_BUF(AIS_SOURCE_FILE_BYTES_MAX);
        struct ais_jinja_tree *tree = ais_jinja_parse(
            part->env, (struct ais_place){cut->source, cut->line, 1}, cut->text, cut->size, p->err);
        const char *kept = cut->text;
        if (!tree)
            return -1;
        if (ais_jinja_render(tree, context, &text, NULL) == 0) {
            kept = ais_arena_strndup(p->lasting, ais_buf_text(&text), text.size);
            cut->size = text.size;
        }
        ais_jinja_tree_free(tree);
        ais_buf_release(&text);
        if (!kept)
            return ais_fail_memory(p->err);
        cut->text = kept;
    }
    return 0;
}

/* Applies the edition: text in *data and *size, in the plan's arena if it was changed. */
static int apply(struct ais_planning *p, const struct ais_file *source, const char *shown,
                 struct ais_file *out, bool *keep) {
    struct ais_plan *plan = p->plan;
    struct ais_edition_file file = {shown, source->path, source->data, source->size, p->lasting};
    struct ais_buf text = AIS_BUF(2 * AIS_SOURCE_FILE_BYTES_MAX);
    bool changed;
    int rc = ais_edition_apply(&plan->edition, &file, &text, &changed, keep, &plan->cuts,
                               &plan->problems, p->err);
    if (rc == 0 && changed) {
        out->size = text.size;
        out->data = ais_arena_strndup(p->lasting, ais_buf_text(&text), text.size);
        if (!out->data)
            rc = ais_fail_memory(p->err);
    }
    ais_buf_release(&text);
    return rc;
}

static int render(struct ais_planning *p, struct ais_part *part, const char *shown,
                  const json_t *context, struct ais_file *out) {
    struct ais_buf text = AIS_BUF(AIS_SOURCE_FILE_BYTES_MAX);
    struct ais_jinja_tree *tree =
        ais_jinja_parse(part->env, (struct ais_place){.path = shown}, out->data, out->size, p->err);
    int rc = -1;
    if (tree && ais_jinja_render(tree, context, &text, p->err) == 0 &&
        ais_buf_check(&text, AIS_TEMPLATE, shown, p->err) == 0) {
        out->size = text.size;
        out->data = ais_arena_strndup(&p->plan->arena, ais_buf_text(&text), text.size);
        rc = out->data ? 0 : ais_fail_memory(p->err);
    }
    ais_jinja_tree_free(tree);
    ais_buf_release(&text);
    return rc;
}

int ais_planning_keep(struct ais_planning *p, struct ais_part *part, const struct ais_file *source,
                      bool rendered, const json_t *context, struct ais_file *out, bool *keep) {
    const char *shown = ais_source_shown(part->source, source->path);
    size_t cuts = p->plan->cuts.count;
    if (!shown)
        return ais_fail_memory(p->err);
    out->data = source->data;
    out->size = source->size;
    if (apply(p, source, shown, out, keep) < 0)
        return -1;
    if (!rendered || ais_jinja_is_plain(source->data, source->size))
        return 0;
    return render_cuts(p, part, cuts, context);
}

int ais_planning_read(struct ais_planning *p, struct ais_part *part, const struct ais_file *source,
                      bool rendered, const json_t *context, struct ais_file *out, bool *keep) {
    const char *shown = ais_source_shown(part->source, source->path);
    if (!shown)
        return ais_fail_memory(p->err);
    if (p->memo)
        return ais_memo_read(p, part, source, rendered, context, out, keep);
    p->lasting = &p->plan->arena;
    if (ais_planning_keep(p, part, source, rendered, context, out, keep) < 0)
        return -1;
    if (!*keep)
        return 0;
    if (ais_leaks_note(p, out->data, out->size) < 0)
        return -1;
    if (!rendered || ais_jinja_is_plain(source->data, source->size))
        return 0;
    return render(p, part, shown, context, out);
}
