#include "plan/choices.h"

enum { FEW_CHOICES = 3, MANY_CHOICES = 8 };

bool ais_choosing_is_possible(const struct ais_variable *v) {
    return !v->computed &&
           (v->type == AIS_BOOLEAN || v->type == AIS_CHOICE || v->type == AIS_CHOICES);
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

int ais_choosing_add(struct ais_choosing *c, const struct ais_variable *v, bool every,
                     struct ais_error *err) {
    json_t *values;
    every = every || json_array_size(v->choices) <= FEW_CHOICES;
    for (size_t i = 0; i < c->count; i++)
        if (c->variables[i] == v)
            return 0;
    if (c->count == AIS_CHOOSING_MAX)
        return 0;
    values = v->type == AIS_BOOLEAN  ? json_pack("[bb]", 0, 1)
             : v->type == AIS_CHOICE ? json_incref(v->choices)
             : every                 ? subsets(v->choices)
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

int ais_choosing_give(const struct ais_choosing *c, struct ais_answers *a, struct ais_error *err) {
    char reason[512];
    for (size_t i = 0; i < c->count; i++) {
        json_t *value = json_array_get(c->values[i], c->at[i]);
        if (ais_value_check(c->variables[i], value, reason, sizeof reason) == 0 &&
            ais_answers_change(a, c->variables[i]->name, value, err) < 0)
            return -1;
    }
    return 0;
}
