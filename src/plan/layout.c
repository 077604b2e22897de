#include "base/json.h"
#include "plan/planning.h"

#include <string.h>

enum { LAYOUTS_MAX = 4 };

static void *copy(const void *from, size_t count, size_t size) {
    void *to = ais_calloc(count + 1, size);
    if (to && count)
        memcpy(to, from, count * size);
    return to;
}

static bool is_fixed(const struct ais_planned *planned) {
    return !planned->kept || planned->kept->plain;
}

/* The context of a file: the planning's, and what it sees of its item. A new reference, or NULL. */
static json_t *context_of(const struct ais_planning *p, const struct ais_planned *planned) {
    json_t *context;
    if (!planned->own)
        return json_incref(p->context);
    context = ais_json_copy(p->context);
    if (context && json_object_update(context, planned->own) == 0)
        return context;
    json_decref(context);
    return NULL;
}

/* Gives all files that answers change their bytes. */
static int render(struct ais_planning *p, size_t bytes) {
    for (size_t i = 0; i < p->count; i++) {
        struct ais_planned *planned = &p->planned[i];
        json_t *context;
        int rc;
        if (is_fixed(planned))
            continue;
        context = context_of(p, planned);
        p->shown = planned->entry.source;
        planned->file.steady = false;
        planned->file.sha256 = NULL;
        rc = context ? ais_memo_render(p, planned->part, planned->kept, context, &planned->file)
                     : -1;
        json_decref(context);
        bytes += planned->file.size;
        if (rc < 0 || bytes > AIS_PLAN_BYTES_MAX)
            return -1;
    }
    return 0;
}

static int take(struct ais_planning *p, const struct ais_layout *layout) {
    struct ais_cuts *cuts = &p->plan->cuts;
    p->planned = copy(layout->planned, layout->count, sizeof *p->planned);
    p->signature = copy(layout->signature, layout->signature_count, sizeof *p->signature);
    cuts->list = copy(layout->cuts, layout->cut_count, sizeof *cuts->list);
    p->context = ais_json_copy(ais_answers_values(p->answers));
    if (!p->planned || !p->signature || !cuts->list || !p->context ||
        json_object_set(p->context, "provided", layout->provided) < 0)
        return -1;
    memcpy(p->active, layout->active, sizeof p->active);
    p->count = layout->count;
    p->signature_count = layout->signature_count;
    cuts->count = layout->cut_count;
    return render(p, layout->fixed_bytes);
}

/* Undoes what was taken: whatever is wrong is found again, in its own place, when the plan is laid
 * out anew. */
static void drop(struct ais_planning *p) {
    ais_free(p->planned);
    ais_free(p->signature);
    ais_free(p->plan->cuts.list);
    json_decref(p->context);
    p->planned = NULL;
    p->signature = NULL;
    p->plan->cuts = (struct ais_cuts){0};
    p->context = NULL;
    p->count = p->signature_count = 0;
}

static bool use(struct ais_planning *p) {
    struct ais_layout *layout = p->memo->layouts;
    struct ais_error unused = {0}, *err = p->err;
    int rc;
    while (layout && !ais_reads_hold(p->t->variant, &layout->reads, ais_answers_all(p->answers)))
        layout = layout->next;
    if (!layout)
        return false;
    p->err = &unused;
    rc = take(p, layout);
    p->err = err;
    if (rc < 0)
        drop(p);
    else
        p->layout = layout;
    return rc == 0;
}

/* Whether all that the plan goes by lasts. */
static bool lasts(const struct ais_planning *p) {
    size_t renderings = 0;
    for (size_t i = 0; i < p->signature_count; i++)
        if (!p->signature[i]->lasting)
            return false;
    for (size_t i = 0; i < p->count; i++)
        renderings += !is_fixed(&p->planned[i]);
    return renderings == p->renderings; /* or an error in a file that was overridden were missed */
}

static void *keep_list(struct ais_arena *arena, const void *list, size_t count, size_t size) {
    void *kept = ais_arena_alloc(arena, (count + 1) * size);
    if (kept && count)
        memcpy(kept, list, count * size);
    return kept;
}

static bool keep_planned(struct ais_planning *p, struct ais_layout *layout) {
    struct ais_arena *arena = &p->memo->arena;
    layout->planned = keep_list(arena, p->planned, p->count, sizeof *p->planned);
    layout->clean = ais_arena_alloc(arena, (p->count + 1) * sizeof *layout->clean);
    if (!layout->planned || !layout->clean)
        return false;
    layout->count = p->count;
    for (size_t i = 0; i < p->count; i++) {
        struct ais_planned *planned = &layout->planned[i];
        planned->file.path = ais_arena_strdup(arena, planned->file.path);
        if (!planned->file.path)
            return false;
        if (is_fixed(planned))
            layout->fixed_bytes += planned->file.size;
    }
    return true;
}

/* Keeps what was planned for plans to come, where it lasts and there is room; takes the reads. */
static void keep(struct ais_planning *p, struct ais_reads *reads) {
    struct ais_memo *memo = p->memo;
    const struct ais_cuts *cuts = &p->plan->cuts;
    size_t bytes = p->count * (sizeof *p->planned + sizeof(char *) + 100);
    struct ais_layout *layout;
    if (!lasts(p) || bytes > AIS_MEMO_BYTES_MAX - memo->bytes)
        return;
    layout = ais_arena_alloc(&memo->arena, sizeof *layout);
    if (!layout || !keep_planned(p, layout))
        return;
    layout->cuts = keep_list(&memo->arena, cuts->list, cuts->count, sizeof *cuts->list);
    layout->cut_count = cuts->count;
    layout->signature =
        keep_list(&memo->arena, p->signature, p->signature_count, sizeof *p->signature);
    layout->signature_count = p->signature_count;
    if (!layout->cuts || !layout->signature)
        return;
    memo->bytes += bytes;
    memcpy(layout->active, p->active, sizeof p->active);
    layout->reads = *reads;
    *reads = (struct ais_reads){0};
    json_object_del(layout->reads.names, "provided"); /* it follows from the others */
    layout->provided = json_incref(json_object_get(p->context, "provided"));
    layout->owns = json_incref(p->owns);
    layout->next = memo->layouts;
    memo->layouts = layout;
    memo->layout_count++;
}

int ais_layout_make(struct ais_planning *p) {
    struct ais_reads reads, *outer;
    int rc = -1;
    if (use(p))
        return 0;
    if (p->memo->layout_count == LAYOUTS_MAX)
        return ais_planning_lay_out(p);
    p->owns = json_array();
    if (!p->owns)
        return ais_fail_memory(p->err);
    if (ais_reads_begin(p->t->variant, &reads, &outer, p->err) == 0 && ais_planning_lay_out(p) == 0)
        rc = ais_reads_end(p->t->variant, &reads, outer, p->err);
    p->t->variant->reads = outer;
    if (rc == 0)
        keep(p, &reads);
    ais_reads_release(&reads);
    return rc;
}
