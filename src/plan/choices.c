#include "plan/choices.h"

#include <math.h>

enum { FEW_CHOICES = 3, MANY_CHOICES = 8, SHORT_RANGE = 16 };

static bool is_short(const struct ais_variable *v) {
    return v->type == AIS_INTEGER && v->has_min && v->has_max && v->max - v->min < SHORT_RANGE &&
           ceil(v->min) <= v->max;
}

bool ais_choosing_is_possible(const struct ais_variable *v) {
    return !v->computed && (v->type == AIS_BOOLEAN || v->type == AIS_CHOICE ||
                            v->type == AIS_CHOICES || is_short(v));
}

bool ais_choosing_is_finite(const struct ais_variable *v) {
    return ais_choosing_is_possible(v) &&
           (v->type != AIS_CHOICES || json_array_size(v->choices) <= MANY_CHOICES);
}

/* None, all, and each choice by itself. */
static json_t *examples(json_t *choices) {
    json_t *list = json_pack("[[],O]", choices);
    for (size_t i = 0; list && i < json_array_size(choices); i++)
        if (json_array_append_new(list, json_pack("[O]", json_array_get(choices, i))) < 0) {
            json_decref(list);
            list = NULL;
        }
    return list;
}

/* Every list of some of the choices, in their order. */
static json_t *subsets(const json_t *choices) {
    json_t *all = json_array();
    size_t count = json_array_size(choices);
    for (size_t bits = 0; all && bits < (size_t)1 << count; bits++) {
        json_t *some = json_array();
        for (size_t i = 0; some && i < count; i++)
            if (bits >> i & 1 && json_array_append(some, json_array_get(choices, i)) < 0) {
                json_decref(some);
                some = NULL;
            }
        if (json_array_append_new(all, some) < 0) {
            json_decref(all);
            all = NULL;
        }
    }
    return all;
}

static json_t *numbers(double min, double max) {
    json_t *all = json_array();
    for (json_int_t i = (json_int_t)ceil(min); all && (double)i <= max; i++)
        if (json_array_append_new(all, json_integer(i)) < 0) {
            json_decref(all);
            return NULL;
        }
    return all;
}

int ais_choosing_add(struct ais_choosing *c, const struct ais_variable *v, bool every,
                     struct ais_error *err) {
    json_t *values;
    every = every || json_array_size(v->choices) <= FEW_CHOICES;
    for (size_t i = 0; i < c->count; i++)
        if (c->variables[i] == v)
            return 0;
    if (c->count == AIS_CHOOSING_MAX)
        return 0;
    values = v->type == AIS_BOOLEAN   ? json_pack("[bb]", 0, 1)
             : v->type == AIS_INTEGER ? numbers(v->min, v->max)
             : v->type == AIS_CHOICE  ? json_incref(v->choices)
             : every                  ? subsets(v->choices)
                                      : examples(v->choices);
    if (!values)
        return ais_fail_memory(err);
    c->variables[c->count] = v;
    c->values[c->count] = values;
    c->at[c->count++] = 0;
    return 0;
}

void ais_choosing_release(struct ais_choosing *c) {
    for (size_t i = 0; i < c->count; i++)
        json_decref(c->values[i]);
    c->count = 0;
}

size_t ais_choosing_product(const struct ais_choosing *c, size_t most) {
    size_t product = 1;
    for (size_t i = 0; i < c->count && product < most; i++)
        product *= json_array_size(c->values[i]);
    return product < most ? product : most;
}

bool ais_choosing_next(struct ais_choosing *c) {
    for (size_t i = 0; i < c->count; i++) {
        if (++c->at[i] < json_array_size(c->values[i]))
            return true;
        c->at[i] = 0;
    }
    return false;
}

void ais_choosing_take_all(struct ais_choosing *c) {
    for (size_t i = 0; i < c->count; i++) {
        size_t last = json_array_size(c->values[i]) - 1;
        bool whole = c->variables[i]->type == AIS_CHOICES &&
                     json_array_size(c->variables[i]->choices) > FEW_CHOICES;
        c->at[i] = whole ? 1 : last; /* where examples has it; else the last */
    }
}

int ais_choosing_give(const struct ais_choosing *c, const bool *left_out, struct ais_answers *a,
                      struct ais_error *err) {
    char reason[512];
    for (size_t i = 0; i < c->count; i++) {
        json_t *value = json_array_get(c->values[i], c->at[i]);
        if (!(left_out && left_out[i]) &&
            ais_value_check(c->variables[i], value, reason, sizeof reason) == 0 &&
            ais_answers_change(a, c->variables[i]->name, value, err) < 0)
            return -1;
    }
    return 0;
}
