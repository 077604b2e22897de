/* A `for` under way, and what templates see of it as `loop`. */
#ifndef AIS_JINJA_LOOP_H
#define AIS_JINJA_LOOP_H

#include "jinja/builtin.h"
#include "jinja/list.h"

struct ais_jloop {
    const struct ais_jinja_tree *tree;
    const struct ais_jnode *node;
    struct ais_jscope *scope; /* that the loop stands in */
    struct ais_jiter iter;
    struct ais_jscope *test_scope;
    struct ais_jval before, current, after; /* `after`: an item that was fetched early */
    int64_t index0;
    int64_t length; /* -1 while it is not known */
    int64_t depth0;
    struct ais_jval changed; /* the last arguments of loop.changed() */
};

/* The attribute of a loop: 1 with *out, 0 if there is none, or -1. */
int ais_jloop_attr(struct ais_jrun *run, struct ais_jloop *loop, const struct ais_jstr *name,
                   struct ais_jval *out);
/* What a recursive loop prints for other items. */
int ais_jloop_call(struct ais_jrun *run, const struct ais_jloop *loop, struct ais_jval over,
                   struct ais_jval *out);

extern const struct ais_jbuiltin ais_jmethods_loop[];

#endif
