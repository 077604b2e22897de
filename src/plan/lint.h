/* What is wrong with a template, found without making a project. */
#ifndef AIS_PLAN_LINT_H
#define AIS_PLAN_LINT_H

#include "base/findings.h"
#include "template/template.h"

/* Parses every template file of all parts, and looks for variables and provided names that nobody
 * declares, variables that nobody reads, and files that no entry takes. Adds to `findings`. Returns
 * -1 with *err set only where the search itself failed. */
int ais_lint(const struct ais_template *t, struct ais_findings *findings, struct ais_error *err);

#endif
