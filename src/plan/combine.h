/* What is wrong with a template for some answers, though not for the defaults. */
#ifndef AIS_PLAN_COMBINE_H
#define AIS_PLAN_COMBINE_H

#include "base/findings.h"
#include "template/answers.h"

/* Plans the complete edition under combinations of choices and booleans: all of them where they are
 * few, else each choice by itself; adds paths that collide, with the answers that make them. Then
 * looks for conditions that are true under no answers at all, among the idea's own (a layer's
 * may be for other ideas); of one that reads texts or numbers
 * nothing is said. Returns -1 with *err set only where the search itself failed. */
int ais_lint_answers(const struct ais_template *t, struct ais_findings *findings,
                     struct ais_error *err);

#endif
