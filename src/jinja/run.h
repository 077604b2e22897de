/* One rendering: its limits, its memory, its names. All functions that return int give 0 or -1
 * with the error set in run->err, unless they say otherwise. */
#ifndef AIS_JINJA_RUN_H
#define AIS_JINJA_RUN_H

#include "base/mem.h"
#include "jinja/jinja.h"
#include "jinja/tree.h"
#include "jinja/value.h"

/* Names of one level. A macro keeps the scope that it was defined in. */
struct ais_jscope {
    struct ais_jscope *parent;
    struct ais_jdict names;
    struct ais_jdict *exports; /* what a module shows; NULL where this is no top level */
    const json_t *context;     /* of an outermost scope, may be NULL */
    bool kept;                 /* a macro may read it later, so it must not be used again */
};

/* All bodies of one block, the innermost child's first. */
struct ais_jblock_body {
    const struct ais_jinja_tree *tree;
    const struct ais_jnode *node;
    struct ais_jblock_body *parent;
};

struct ais_jrun {
    struct ais_jinja *env;
    const struct ais_jinja_limits *limits;
    struct ais_error *err;
    struct ais_arena arena;
    unsigned long steps;
    unsigned calls;                    /* macros, includes, blocks under way */
    unsigned height;                   /* nodes under way: the C stack is proportional to it */
    const struct ais_jinja_tree *tree; /* of `at` */
    const struct ais_jnode *at;        /* what errors point to */
    const char *callee;                /* the builtin that reads its arguments */
    struct ais_jscope *scope;
    struct ais_jscope *root;               /* top level of the template */
    struct ais_jdict *blocks;              /* name -> J_BLOCK */
    const struct ais_jinja_tree *extended; /* the template that the current one extends */
    struct ais_jval filtered;              /* the text that a filter block works on */
    struct ais_buf *out;
    json_t *results; /* of the program's functions, borrowed from by values; NULL at first */
    bool silent;     /* the template has extended another, so that what it prints goes nowhere */
};

struct ais_jmacro {
    const struct ais_jinja_tree *tree;
    const struct ais_jnode *node; /* a macro or a call block */
    struct ais_jscope *scope;
};

struct ais_jmodule {
    const char *name;
    struct ais_jdict *exports;
    struct ais_jval text; /* what its top level printed */
};

/* A block as templates can call it: `self.name()` and `super()`. */
struct ais_jblock {
    const char *name;
    struct ais_jblock_body *bodies;
    struct ais_jscope *scope;
};

/* Zeroed bytes that live as long as the rendering; NULL with an error at a limit. */
void *ais_jrun_alloc(struct ais_jrun *run, size_t size);

/* How many nodes may be under way, and how deep values may be nested. */
unsigned ais_jrun_height_limit(const struct ais_jrun *run);

/* Counts work. -1 once the limit is passed. */
int ais_jrun_step(struct ais_jrun *run, unsigned long steps);
/* Counts work on bytes, which is much cheaper than work on nodes. */
int ais_jrun_step_bytes(struct ais_jrun *run, size_t bytes);

/* Fails at the node under evaluation. Always -1. */
int ais_jrun_fail(struct ais_jrun *run, const char *fmt, ...) AIS_PRINTF(2, 3);
/* Fails because `value` is undefined, at the place where that value came from. Always -1. */
int ais_jrun_fail_undefined(struct ais_jrun *run, const struct ais_jundefined *undefined);
/* Fails if `value` is undefined. */
int ais_jrun_defined(struct ais_jrun *run, struct ais_jval value);
/* The same for a value that is used as text or as a container: a lenient one passes. */
int ais_jrun_usable(struct ais_jrun *run, struct ais_jval value);
bool ais_jval_is_lenient(struct ais_jval value);

/* Makes an undefined value that remembers the node under evaluation. */
int ais_jrun_undefined(struct ais_jrun *run, const char *name, struct ais_jval of,
                       const char *reason, struct ais_jval *out);
/* Makes one that counts as empty and false. */
int ais_jrun_lenient(struct ais_jrun *run, const char *reason, struct ais_jval *out);

/* A buffer for text that becomes a value. `take` turns it into one and releases it in any case. */
struct ais_buf ais_jrun_buf(const struct ais_jrun *run);
int ais_jrun_take(struct ais_jrun *run, struct ais_buf *buf, bool safe, struct ais_jval *out);
/* Fails if the buffer could not hold what was written. */
int ais_jrun_check(struct ais_jrun *run, const struct ais_buf *buf);

/* A string of `size` bytes; `copy` where the bytes do not live as long as the rendering. */
int ais_jrun_str(struct ais_jrun *run, const char *data, size_t size, struct ais_jval *out);
int ais_jrun_str_copy(struct ais_jrun *run, const char *data, size_t size, struct ais_jval *out);

/* The same text ended by a NUL; NULL with an error. */
const char *ais_jrun_chars(struct ais_jrun *run, const struct ais_jstr *str);

/* Names. `define` writes to the scope at hand, `lookup` gives an undefined value for unknown ones.
 */
struct ais_jscope *ais_jscope_new(struct ais_jrun *run, struct ais_jscope *parent);
int ais_jrun_define(struct ais_jrun *run, struct ais_jval name, struct ais_jval value);
int ais_jrun_lookup(struct ais_jrun *run, struct ais_jval name, struct ais_jval *out);

/* JSON in and out. */
int ais_jrun_from_json(struct ais_jrun *run, const json_t *json, unsigned depth,
                       struct ais_jval *out);
json_t *ais_jrun_to_json(struct ais_jrun *run, struct ais_jval value, unsigned depth);

#endif
