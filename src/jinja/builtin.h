/* Filters, tests, methods and functions: one table a family. */
#ifndef AIS_JINJA_BUILTIN_H
#define AIS_JINJA_BUILTIN_H

#include "jinja/run.h"

enum { J_PARAMS_MAX = 8 };

struct ais_jkeyword {
    struct ais_jval name, value;
};

/* What a call passes. */
struct ais_jargs {
    struct ais_jval *items;
    size_t count;
    struct ais_jkeyword *keywords;
    size_t keyword_count;
};

/* A call with its arguments put in the order of the parameters; those not given are J_ABSENT. For
 * filters, tests and methods in[0] is the value that they are applied to. */
struct ais_jcall {
    struct ais_jval in[J_PARAMS_MAX];
    const struct ais_jargs *args; /* as passed, without in[0] */
};

/* `params` names the parameters, without in[0]: "old new ?count" has two that are needed and one
 * that is not; "*" takes anything, to be read from `args`. */
struct ais_jbuiltin {
    const char *name;
    const char *params;
    int (*call)(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out);
};

/* Tables end with a NULL name. */
const struct ais_jbuiltin *ais_jfilter_find(const char *name, size_t size);
const struct ais_jbuiltin *ais_jtest_find(const char *name, size_t size);
const struct ais_jbuiltin *ais_jfunction_find(const char *name, size_t size);
/* The method of a value's type, or NULL. */
const struct ais_jbuiltin *ais_jmethod_find(struct ais_jval self, const char *name, size_t size);

/* Writes ` (did you mean "X"?)` or "" into hint[size]. */
void ais_jfilter_hint(const char *name, char *hint, size_t size);
void ais_jtest_hint(const char *name, char *hint, size_t size);

/* Binds the arguments and calls. `self` is J_ABSENT for functions; `what` is "filter", "test", ...
 */
int ais_jbuiltin_call(struct ais_jrun *run, const struct ais_jbuiltin *builtin, const char *what,
                      struct ais_jval self, const struct ais_jargs *args, struct ais_jval *out);

/* The same by a name that is known at run time only. */
int ais_jfilter_apply(struct ais_jrun *run, struct ais_jval name, struct ais_jval self,
                      const struct ais_jargs *args, struct ais_jval *out);
int ais_jtest_apply(struct ais_jrun *run, struct ais_jval name, struct ais_jval self,
                    const struct ais_jargs *args, struct ais_jval *out);

/* Reading arguments. Each fails unless the argument has that type; an absent one gives `fallback`.
 */
int ais_jarg_int(struct ais_jrun *run, struct ais_jval value, int64_t fallback, int64_t *out);
int ais_jarg_bool(struct ais_jrun *run, struct ais_jval value, bool fallback, bool *out);
int ais_jarg_str(struct ais_jrun *run, struct ais_jval value, const struct ais_jstr **out);
/* A count from 0 on that can still be held; what is below 0 counts as 0. */
int ais_jarg_size(struct ais_jrun *run, struct ais_jval value, size_t fallback, size_t *out);

extern const struct ais_jbuiltin ais_jfilters_list[], ais_jfilters_order[], ais_jfilters_pick[],
    ais_jfilters_number[], ais_jfilters_text[], ais_jfilters_wrap[], ais_jfilters_html[];
extern const struct ais_jbuiltin ais_jtests[], ais_jfunctions[];

#endif
