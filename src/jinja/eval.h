/* Evaluation: expressions give values, statements print. */
#ifndef AIS_JINJA_EVAL_H
#define AIS_JINJA_EVAL_H

#include "jinja/builtin.h"

int ais_jeval(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out);
/* All statements of a list. */
int ais_jeval_body(struct ais_jrun *run, const struct ais_jnode *body);
/* The same in a scope of its own below the one at hand. */
int ais_jeval_inner(struct ais_jrun *run, const struct ais_jnode *body);
/* What the statements print, as a string. */
int ais_jeval_capture(struct ais_jrun *run, const struct ais_jnode *body, struct ais_jval *out);
/* The truth of an expression: 1, 0 or -1. */
int ais_jeval_truth(struct ais_jrun *run, const struct ais_jnode *node);

/* One more node under way, `place` being where it fails; leave by run->height--. */
int ais_jeval_enter(struct ais_jrun *run, const struct ais_jnode *node);
/* One more call under way; leave by run->calls--. */
int ais_jeval_enter_call(struct ais_jrun *run);

/* Operators, attributes and items. */
int ais_jeval_binary(struct ais_jrun *run, unsigned op, struct ais_jval a, struct ais_jval b,
                     struct ais_jval *out);
int ais_jeval_attr(struct ais_jrun *run, struct ais_jval of, const struct ais_jstr *name,
                   struct ais_jval *out);
int ais_jeval_item(struct ais_jrun *run, struct ais_jval of, struct ais_jval key,
                   struct ais_jval *out);
int ais_jeval_slice(struct ais_jrun *run, struct ais_jval of, const struct ais_jval parts[3],
                    struct ais_jval *out);

/* Calls. */
int ais_jeval_args(struct ais_jrun *run, const struct ais_jnode *list, struct ais_jargs *args);
int ais_jargs_add_keyword(struct ais_jrun *run, struct ais_jargs *args, struct ais_jval name,
                          struct ais_jval value);
int ais_jeval_call(struct ais_jrun *run, struct ais_jval callee, const struct ais_jargs *args,
                   struct ais_jval *out);
int ais_jmacro_new(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out);
int ais_jmacro_call(struct ais_jrun *run, const struct ais_jmacro *macro,
                    const struct ais_jargs *args, struct ais_jval *out);
int ais_jblock_call(struct ais_jrun *run, const struct ais_jblock *block, struct ais_jval *out);

/* Statements with files of their own. */
int ais_jeval_assign(struct ais_jrun *run, const struct ais_jnode *target, struct ais_jval value);
int ais_jeval_for(struct ais_jrun *run, const struct ais_jnode *node);
int ais_jeval_block(struct ais_jrun *run, const struct ais_jnode *node);
int ais_jeval_extends(struct ais_jrun *run, const struct ais_jnode *node);
int ais_jeval_include(struct ais_jrun *run, const struct ais_jnode *node);
int ais_jeval_import(struct ais_jrun *run, const struct ais_jnode *node);
int ais_jeval_from(struct ais_jrun *run, const struct ais_jnode *node);
/* A whole template, with those that it extends, in the scope at hand. */
int ais_jeval_template(struct ais_jrun *run, const struct ais_jinja_tree *tree);

/* printf-style formatting: format % args, `args` being a tuple, a dict or one value. */
int ais_jformat_percent(struct ais_jrun *run, const struct ais_jstr *format, struct ais_jval args,
                        struct ais_jval *out);

#endif
