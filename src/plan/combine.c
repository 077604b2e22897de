#include "plan/combine.h"

#include "plan/choices.h"
#include "plan/plan.h"

#include <stdio.h>
#include <string.h>

enum { PLANS_MAX = 64, COMBINATIONS_MAX = 1024, FINDINGS_MAX = 8 };

struct combining {
    const struct ais_template *t;
    struct ais_findings *findings;
    struct ais_error *err;
    size_t found;
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

/* Plans with the answers; what is wrong is a finding, once. */
static int try_plan(struct combining *c, struct ais_answers *a) {
    static const struct ais_edition complete = {0};
    struct ais_error found = {0}, finding = {0};
    struct ais_plan plan = {0};
    char given[200];
    if (ais_answers_resolve(a, NULL, true, &found) < 0 && found.status == AIS_ANSWERS)
        return 0; /* a question without a default: nothing can be planned */
    if (found.status == AIS_OK)
        ais_plan_make(&plan, c->t, a, &complete, &found);
    ais_plan_release(&plan);
    if (found.status == AIS_OK)
        return 0;
    if (found.status != AIS_TEMPLATE && found.status != AIS_ANSWERS) {
        *c->err = found;
        return -1;
    }
    if (is_known(c, &found) || c->found++ >= FINDINGS_MAX)
        return 0;
    describe(a, given, sizeof given);
    ais_fail_at(&finding, AIS_TEMPLATE,
                (struct ais_place){found.path[0] ? found.path : NULL, found.line, found.column},
                "%.700s (with %s)", found.message, given);
    return ais_findings_add(c->findings, &finding, c->err);
}

/* All combinations of the choosing's variables. */
static int try_all(struct combining *c, struct ais_choosing *choosing) {
    int rc = 0;
    do {
        struct ais_answers *a = ais_answers_new(c->t, c->err);
        rc = !a || ais_choosing_give(choosing, a, c->err) < 0 ? -1 : try_plan(c, a);
        ais_answers_free(a);
    } while (rc == 0 && ais_choosing_next(choosing));
    return rc;
}

static int find_collisions(struct combining *c) {
    struct ais_choosing all = {0};
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < c->t->variable_count && i < AIS_CHOOSING_MAX; i++)
        if (ais_choosing_is_possible(c->t->variables[i].variable))
            rc = ais_choosing_add(&all, c->t->variables[i].variable, false, c->err);
    if (rc == 0 && ais_choosing_product(&all, PLANS_MAX + 1) <= PLANS_MAX) {
        rc = all.count ? try_all(c, &all) : 0;
    } else {
        for (size_t i = 0; rc == 0 && i < all.count; i++) {
            struct ais_choosing one = {0};
            rc = ais_choosing_add(&one, all.variables[i], false, c->err);
            if (rc == 0)
                rc = try_all(c, &one);
            ais_choosing_release(&one);
        }
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
        struct ais_answers *a = ais_answers_new(c->t, c->err);
        if (!a || ais_choosing_give(&r.choosing, a, c->err) < 0) {
            ais_answers_free(a);
            break;
        }
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
                "the condition here is never true, whatever is answered");
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
