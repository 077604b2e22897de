/* The answers that a question can have, where they can be counted. */
#ifndef AIS_PLAN_CHOICES_H
#define AIS_PLAN_CHOICES_H

#include "template/answers.h"

/* Variables whose values are being gone through: values[i] is a list, and at[i] the one of the
 * moment. */
enum { AIS_CHOOSING_MAX = 64 };
struct ais_choosing {
    const struct ais_variable *variables[AIS_CHOOSING_MAX];
    json_t *values[AIS_CHOOSING_MAX];
    size_t at[AIS_CHOOSING_MAX];
    size_t count;
};

/* Whether the variable's values can be gone through: choices, lists of them, yes and no, whole
 * numbers of a short range; all of them (of a list: where there are up to 8 choices) or some. */
bool ais_choosing_is_finite(const struct ais_variable *v);
bool ais_choosing_is_possible(const struct ais_variable *v);

/* Adds the variable, unless it is there, or AIS_CHOOSING_MAX are. Of a list of more than 3 choices,
 * unless it is `every` one, the lists are: none, all, and each choice by itself. */
int ais_choosing_add(struct ais_choosing *c, const struct ais_variable *v, bool every,
                     struct ais_error *err);
void ais_choosing_release(struct ais_choosing *c);

/* The number of combinations, at most `most`. */
size_t ais_choosing_product(const struct ais_choosing *c, size_t most);

/* On to the next combination; false after the last. */
bool ais_choosing_next(struct ais_choosing *c);

/* Of every list all choices, of yes and no the yes. */
void ais_choosing_take_all(struct ais_choosing *c);

/* Puts the values of the moment into the answers, but for the variables that are left out, if that
 * is no NULL. */
int ais_choosing_give(const struct ais_choosing *c, const bool *left_out, struct ais_answers *a,
                      struct ais_error *err);

#endif
