#include "plan/plan.h"

#include "base/json.h"
#include "base/path.h"
#include "plan/attributes.h"
#include "plan/leaks.h"
#include "plan/planning.h"
#include "plan/roles.h"

#include <string.h>

static int check_path(struct ais_planning *p, const struct ais_planned *planned) {
    const char *path = planned->file.path;
    const char *fault = ais_memo_is_good_path(p, path) ? NULL : ais_path_fault(path, strlen(path));
    if (!fault)
        ais_memo_set_good_path(p, path);
    if (!fault && planned->entry.origin.path && strcmp(path, AIS_RECORD_PATH) == 0)
        fault = "is kept for the record of the answers";
    if (!fault)
        return 0;
    return ais_fail_at(p->err, AIS_TEMPLATE, planned->entry.origin, "the path \"%.300s%s\" %s",
                       path, strlen(path) > 300 ? "..." : "", fault);
}

int ais_planning_add(struct ais_planning *p, struct ais_planned planned) {
    if (check_path(p, &planned) < 0)
        return -1;
    if (p->count == AIS_PLAN_FILES_MAX)
        return ais_fail_at(p->err, AIS_TEMPLATE, planned.entry.origin, "more than %d files",
                           AIS_PLAN_FILES_MAX);
    p->plan->bytes += planned.file.size;
    if (p->plan->bytes > AIS_PLAN_BYTES_MAX)
        return ais_fail_at(p->err, AIS_TEMPLATE, planned.entry.origin,
                           "more than %d bytes in all files", AIS_PLAN_BYTES_MAX);
    if (ais_grow(&p->planned, &p->capacity, p->count + 1, sizeof planned) < 0)
        return ais_fail_memory(p->err);
    p->matching += (uint64_t)strlen(planned.file.path) * p->role_bytes;
    if (p->matching > AIS_MATCHING_MAX)
        return ais_fail_at(p->err, AIS_TEMPLATE, planned.entry.origin,
                           "there are too many globs of roles for so many files");
    planned.sequence = p->count;
    planned.entry.role = ais_role_of(p->t, p->active, planned.file.path);
    p->planned[p->count++] = planned;
    return 0;
}

/* What templates see: the answers and `template`, and (at the end) `provided`. */
static int make_contexts(struct ais_planning *p) {
    json_t *provided;
    p->context = ais_json_copy(ais_answers_values(p->answers));
    p->conditions = ais_json_copy(ais_answers_all(p->answers));
    if (!p->context || !p->conditions)
        return ais_fail_memory(p->err);
    if (ais_template_active(p->t, p->conditions, p->active, p->err) < 0)
        return -1;
    p->role_bytes = ais_role_bytes(p->t, p->active);
    provided = ais_planning_provided(p);
    if (!provided)
        return -1;
    if (json_object_set(p->conditions, "provided", provided) < 0 ||
        json_object_set(p->context, "provided", provided) < 0) {
        json_decref(provided);
        return ais_fail_memory(p->err);
    }
    json_decref(provided);
    return 0;
}

static int adopt(struct ais_planning *p) {
    struct ais_plan *plan = p->plan;
    plan->files = ais_arena_alloc(&plan->arena, (p->count + 1) * sizeof *plan->files);
    plan->entries = ais_arena_alloc(&plan->arena, (p->count + 1) * sizeof *plan->entries);
    if (!plan->files || !plan->entries)
        return ais_fail_memory(p->err);
    plan->bytes = 0;
    for (size_t i = 0; i < p->count; i++) {
        plan->files[i] = p->planned[i].file;
        plan->entries[i] = p->planned[i].entry;
        plan->bytes += plan->files[i].size;
    }
    plan->count = p->count;
    ais_tree_digest(plan->files, plan->count, plan->digest);
    return 0;
}

static int name_edition(struct ais_planning *p) {
    struct ais_buf name = AIS_BUF(64 * 1024);
    ais_edition_name(&p->plan->edition, &name);
    if (ais_buf_check(&name, AIS_USAGE, "the edition's name", p->err) == 0) {
        p->plan->edition_name = ais_arena_strdup(&p->plan->arena, ais_buf_text(&name));
        if (!p->plan->edition_name)
            ais_fail_memory(p->err);
    }
    ais_buf_release(&name);
    return p->plan->edition_name ? 0 : -1;
}

/* The first problem is the error of the plan; all of them are kept in it. */
static int fail_problems(struct ais_planning *p) {
    const struct ais_findings *problems = &p->plan->problems;
    if (!problems->count)
        return 0;
    if (p->err && p->err->status == AIS_OK)
        *p->err = problems->list[0];
    return -1;
}

int ais_planning_lay_out(struct ais_planning *p) {
    const struct ais_planned record = {
        .file = {.path = AIS_RECORD_PATH, .rendered = true}}; /* its bytes come later */
    if (make_contexts(p) < 0)
        return -1;
    for (size_t i = 0; i < p->t->part_count; i++)
        if (p->active[i] && ais_planning_expand(p, p->t->parts[i]) < 0)
            return -1;
    return fail_problems(p) < 0 || ais_planning_add(p, record) < 0 ? -1 : ais_planning_settle(p);
}

int ais_plan_make(struct ais_plan *plan, const struct ais_template *t, const struct ais_answers *a,
                  const struct ais_edition *edition, struct ais_error *err) {
    return ais_plan_make_shared(plan, NULL, t, a, edition, err);
}

int ais_plan_make_shared(struct ais_plan *plan, struct ais_memo *memo, const struct ais_template *t,
                         const struct ais_answers *a, const struct ais_edition *edition,
                         struct ais_error *err) {
    struct ais_planning p = {.plan = plan, .t = t, .answers = a, .memo = memo, .err = err};
    const struct ais_manifest *m = ais_template_manifest(t);
    int rc = -1;
    *plan = (struct ais_plan){.template_name = m->name, .template_version = m->version};
    if (edition)
        plan->edition = *edition;
    plan->edition.t = t;
    ais_variant_use(t->variant, ais_answers_kit(a));
    if (plan->edition.starter && !(p.outside = json_object())) {
        ais_fail_memory(err);
        goto out;
    }
    if (ais_edition_check(&plan->edition, err) < 0 || name_edition(&p) < 0 ||
        (memo ? ais_layout_make(&p) : ais_planning_lay_out(&p)) < 0 ||
        ais_attributes_check(&p) < 0 || ais_planning_record(&p) < 0 ||
        (plan->edition.starter && ais_leaks_search(&p) < 0) || fail_problems(&p) < 0 ||
        adopt(&p) < 0)
        goto out;
    rc = 0;
out:
    json_decref(p.outside);
    json_decref(p.context);
    json_decref(p.conditions);
    json_decref(p.owns);
    ais_free(p.planned);
    ais_free(p.signature);
    return rc;
}

void ais_plan_release(struct ais_plan *plan) {
    ais_free(plan->cuts.list);
    ais_findings_release(&plan->problems);
    ais_arena_release(&plan->arena);
    *plan = (struct ais_plan){0};
}
