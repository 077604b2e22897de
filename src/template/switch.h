/* Switching a layer on or off by the one answer that decides it. */
#ifndef AIS_TEMPLATE_SWITCH_H
#define AIS_TEMPLATE_SWITCH_H

#include "template/answers.h"

/* What is wished, and in *set what came of it: "features=docker,ci", as --set takes it, the
 * caller's (ais_free), or NULL where all is as wished already. */
struct ais_switch {
    const char *layer;
    bool off;
};

/* Changes one answer of those that were given, so that the layer is part of the template, or with
 * `off` is not: a choice more or less, a yes or no, another choice. `layer` may also be a choice
 * that no layer stands behind. AIS_USAGE where the template does not offer it, where no answer
 * alone decides it, and where several would do. */
int ais_answers_switch(struct ais_answers *a, const struct ais_template *t,
                       const struct ais_switch *wish, char **set, struct ais_error *err);

#endif
