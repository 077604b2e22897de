#include "plan/combine.h"

#include "plan/choices.h"
#include "plan/cover.h"
#include "plan/plan.h"

#include <stdio.h>
#include <string.h>

/* PLANNED_MAX is the number of files in all plans together. */
enum { PLANNED_MAX = 16384, ROWS_MAX = 256, COMBINATIONS_MAX = 4096, FINDINGS_MAX = 8 };

struct combining {
    const struct ais_template *t;
    struct ais_findings *findings;
    struct ais_error *err;
    size_t found;
    size_t files; /* in the largest plan so far */
};

/* "features=docker, deep=no": what is given beside the defaults. */
static void describe(const struct ais_answers *a, char *text, size_t size) {
    const char *name;
    json_t *value;
    size_t used = 0;
    *text = '\0';
    json_object_foreach((json_t *)ais_answers_given(a), name, value) {
        char *shown = ais_value_text(value);
        if (used < size)
            used += (size_t)snprintf(text + used, size - used, "%s%s=%s", used ? ", " : "", name,
                                     shown ? shown : "");
        ais_free(shown);
    }
}

static bool is_known(const struct combining *c, const struct ais_error *found) {
    for (size_t i = 0; i < c->findings->count; i++) {
        const struct ais_error *known = &c->findings->list[i];
        if (known->line == found->line && known->column == found->column &&
            strcmp(known->path, found->path) == 0 &&
            strncmp(known->message, found->message, strcspn(found->message, "(")) == 0)
            return true;
    }
    return false;
}

/* Plans with the answers: *found is what is wrong with that, if anything. */
static int plan(struct combining *c, struct ais_answers *a, struct ais_error *found) {
    static const struct ais_edition complete = {0};
    struct ais_plan plan = {0};
    if (ais_answers_resolve(a, NULL, true, found) < 0 && found->status == AIS_ANSWERS) {
        *found = (struct ais_error){0}; /* a question without a default: nothing can be planned */
        return 0;
    }
    if (found->status == AIS_OK)
        ais_plan_make(&plan, c->t, a, &complete, found);
    c->files = plan.count > c->files ? plan.count : c->files;
    ais_plan_release(&plan);
    if (found->status == AIS_OK || found->status == AIS_TEMPLATE || found->status == AIS_ANSWERS)
        return 0;
    *c->err = *found;
    return -1;
}

/* The values of the moment, but for the variables that are left out: the caller's, or NULL. */
static struct ais_answers *give(struct combining *c, const struct ais_choosing *choosing,
                                const bool *left_out) {
    struct ais_answers *a = ais_answers_new(c->t, c->err);
    if (a && ais_choosing_give(choosing, left_out, a, c->err) < 0) {
        ais_answers_free(a);
        return NULL;
    }
    return a;
}

/* Leaves out each variable without which the same is found. */
static int shrink(struct combining *c, const struct ais_choosing *choosing, bool *left_out,
                  const struct ais_error *found) {
    for (size_t i = 0; i < choosing->count; i++) {
        struct ais_error again = {0};
        struct ais_answers *a;
        int rc;
        left_out[i] = true;
        a = give(c, choosing, left_out);
        rc = a ? plan(c, a, &again) : -1;
        ais_answers_free(a);
        if (rc < 0)
            return -1;
        left_out[i] = again.line == found->line && again.column == found->column &&
                      strcmp(again.path, found->path) == 0 &&
                      strcmp(again.message, found->message) == 0;
    }
    return 0;
}

/* Plans with the values of the moment; what is wrong is a finding, once. */
static int try_plan(struct combining *c, const struct ais_choosing *choosing) {
    bool left_out[AIS_CHOOSING_MAX] = {false};
    struct ais_error found = {0}, finding = {0};
    struct ais_answers *a = give(c, choosing, NULL);
    char given[200];
    int rc = a ? plan(c, a, &found) : -1;
    if (rc < 0 || found.status == AIS_OK || is_known(c, &found) || c->found++ >= FINDINGS_MAX)
        goto out;
    rc = shrink(c, choosing, left_out, &found);
    ais_answers_free(a);
    a = rc == 0 ? give(c, choosing, left_out) : NULL;
    if (!a) {
        rc = -1;
        goto out;
    }
    describe(a, given, sizeof given);
    ais_fail_at(&finding, AIS_TEMPLATE,
                (struct ais_place){found.path[0] ? found.path : NULL, found.line, found.column},
                "%.700s (with %s)", found.message, given);
    rc = ais_findings_add(c->findings, &finding, c->err);
out:
    ais_answers_free(a);
    return rc;
}

/* All combinations of the choosing's variables. */
static int try_all(struct combining *c, struct ais_choosing *choosing) {
    int rc;
    do
        rc = try_plan(c, choosing);
    while (rc == 0 && ais_choosing_next(choosing));
    return rc;
}

/* Each two values of different variables together, in rows of all variables. */
static int try_pairs(struct combining *c, struct ais_choosing *all) {
    struct ais_cover cover;
    size_t sizes[AIS_CHOOSING_MAX];
    int rc;
    for (size_t i = 0; i < all->count; i++)
        sizes[i] = json_array_size(all->values[i]);
    rc = ais_cover_begin(&cover, sizes, all->count, c->err);
    for (size_t rows = 0; rc == 0 && rows < ROWS_MAX && ais_cover_next(&cover); rows++) {
        memcpy(all->at, cover.row, all->count * sizeof *all->at);
        rc = try_plan(c, all);
    }
    ais_cover_release(&cover);
    return rc;
}

/* One variable at a time first, which makes for the plainest findings; then all combinations where
 * that are not too many plans of its size, or else all pairs, behind all choices at once. */
static int find_collisions(struct combining *c) {
    struct ais_choosing all = {0};
    size_t most;
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < c->t->variable_count && i < AIS_CHOOSING_MAX; i++)
        if (ais_choosing_is_possible(c->t->variables[i].variable))
            rc = ais_choosing_add(&all, c->t->variables[i].variable, false, c->err);
    for (size_t i = 0; rc == 0 && i < all.count; i++) {
        struct ais_choosing one = {0};
        rc = ais_choosing_add(&one, all.variables[i], false, c->err);
        if (rc == 0)
            rc = try_all(c, &one);
        ais_choosing_release(&one);
    }
    most = PLANNED_MAX / (c->files + 1);
    if (rc == 0 && all.count > 1 && ais_choosing_product(&all, most + 1) <= most) {
        rc = try_all(c, &all);
    } else if (rc == 0 && all.count > 1) {
        ais_choosing_take_all(&all);
        rc = try_plan(c, &all);
        if (rc == 0)
            rc = try_pairs(c, &all);
    }
    ais_choosing_release(&all);
    return rc;
}

/* What decides about a condition. */
struct reading {
    const struct ais_template *t;
    struct ais_choosing choosing;
    bool open; /* more than can be gone through */
    struct ais_error *err;
};

static void read_tree(struct reading *r, const struct ais_jinja_tree *tree);

/* A name that a condition reads: with a variable goes what decides whether it is asked for. */
static void read_name(void *payload, const char *name, const char *attribute, struct ais_place at) {
    struct reading *r = payload;
    const struct ais_declared *d = ais_template_variable(r->t, name);
    size_t before = r->choosing.count;
    (void)attribute;
    (void)at;
    if (!d || !ais_choosing_is_finite(d->variable) || before == AIS_CHOOSING_MAX) {
        r->open = true;
        return;
    }
    if (ais_choosing_add(&r->choosing, d->variable, true, r->err) < 0 ||
        r->choosing.count == before)
        return;
    read_tree(r, d->variable->when);
    for (size_t p = 0; d->part + 1 < r->t->part_count && p < r->t->part_count; p++)
        for (size_t i = 0; i < r->t->parts[p]->use_count; i++)
            read_tree(r, r->t->parts[p]->uses[i].layer->when);
}

static void read_tree(struct reading *r, const struct ais_jinja_tree *tree) {
    if (tree && !r->open && ais_jinja_names(tree, read_name, r, r->err) < 0)
        r->open = true;
}

/* 1 where the condition is true under some answers, 0 where it is under none, -1 on failure. */
static int can_be_true(struct combining *c, const struct ais_jinja_tree *when) {
    struct reading r = {.t = c->t, .err = c->err};
    int found = 0;
    read_tree(&r, when);
    if (r.open || ais_choosing_product(&r.choosing, COMBINATIONS_MAX + 1) > COMBINATIONS_MAX)
        found = 1; /* for all that is known */
    while (!found && c->err->status == AIS_OK) {
        struct ais_error ignored = {0};
        struct ais_answers *a = give(c, &r.choosing, NULL);
        if (!a)
            break;
        ais_answers_resolve(a, NULL, true, &ignored); /* what else is missing does not matter */
        found = ais_jinja_truth(when, ais_answers_all(a), &ignored) != 0;
        ais_answers_free(a);
        if (!found && !ais_choosing_next(&r.choosing))
            break;
    }
    ais_choosing_release(&r.choosing);
    return c->err->status == AIS_OK ? found : -1;
}

static int check_condition(struct combining *c, const struct ais_jinja_tree *when,
                           struct ais_place at) {
    struct ais_error finding = {0};
    int found = when ? can_be_true(c, when) : 1;
    if (found != 0)
        return found < 0 ? -1 : 0;
    ais_fail_at(&finding, AIS_TEMPLATE, at,
                "the condition here is never true, whatever is answered (change it, or remove "
                "what it guards)");
    return ais_findings_add(c->findings, &finding, c->err);
}

int ais_lint_answers(const struct ais_template *t, struct ais_findings *findings,
                     struct ais_error *err) {
    struct combining c = {.t = t, .findings = findings, .err = err};
    const struct ais_manifest *m = ais_template_manifest(t);
    int rc = find_collisions(&c);
    for (size_t i = 0; rc == 0 && i < m->layer_count; i++)
        rc = check_condition(&c, m->layers[i].when, m->layers[i].at);
    for (size_t i = 0; rc == 0 && i < m->variable_count; i++)
        rc = check_condition(&c, m->variables[i].when, m->variables[i].at);
    for (size_t i = 0; rc == 0 && i < m->tree_count; i++)
        if (!m->tree[i].each) /* its condition may read what the loop sets */
            rc = check_condition(&c, m->tree[i].when, m->tree[i].at);
    return rc;
}
