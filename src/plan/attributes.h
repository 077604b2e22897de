/* Whether git keeps the planned files as they are: what .gitattributes among them say. */
#ifndef AIS_PLAN_ATTRIBUTES_H
#define AIS_PLAN_ATTRIBUTES_H

#include "plan/planning.h"

/* Fails for the first planned file whose bytes git would change when it takes them in, so that
 * `git status` were never clean: by line ends, "ident", an encoding or a filter. The files must be
 * settled. Git's own rules: the last that matches counts, those of deeper folders after all others;
 * a bracket of a pattern stands for any character. */
int ais_attributes_check(struct ais_planning *p);

#endif
