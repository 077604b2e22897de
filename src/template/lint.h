/* What is wrong with a template, found without making a project. */
#ifndef AIS_TEMPLATE_LINT_H
#define AIS_TEMPLATE_LINT_H

#include "template/template.h"

struct ais_finding {
    struct ais_error error; /* place and text; status AIS_TEMPLATE */
};

struct ais_findings {
    struct ais_finding *list;
    size_t count, capacity;
};

/* Parses every template file of all parts, and looks for variables and provided names that nobody
 * declares, variables that nobody reads, and files that no entry takes. Adds to `findings`. Returns
 * -1 with *err set only where the search itself failed. */
int ais_lint(const struct ais_template *t, struct ais_findings *findings, struct ais_error *err);

int ais_findings_add(struct ais_findings *findings, const struct ais_error *error,
                     struct ais_error *err);
void ais_findings_release(struct ais_findings *findings);

#endif
