#include "jinja/builtin.h"

#include "jinja/loop.h"
#include "jinja/methods.h"

#include <stdio.h>
#include <string.h>

static const struct ais_jbuiltin *const filters[] = {
    ais_jfilters_list, ais_jfilters_order, ais_jfilters_pick, ais_jfilters_number,
    ais_jfilters_text, ais_jfilters_wrap,  ais_jfilters_html,
};
enum { FAMILIES = sizeof filters / sizeof filters[0] };

static const struct ais_jbuiltin *find(const struct ais_jbuiltin *table, const char *name,
                                       size_t size) {
    for (; table->name; table++) {
        if (strlen(table->name) == size && memcmp(table->name, name, size) == 0)
            return table;
    }
    return NULL;
}

const struct ais_jbuiltin *ais_jfilter_find(const char *name, size_t size) {
    const struct ais_jbuiltin *found = NULL;
    for (size_t i = 0; i < FAMILIES && !found; i++)
        found = find(filters[i], name, size);
    return found;
}

const struct ais_jbuiltin *ais_jtest_find(const char *name, size_t size) {
    return find(ais_jtests, name, size);
}

const struct ais_jbuiltin *ais_jfunction_find(const char *name, size_t size) {
    return find(ais_jfunctions, name, size);
}

const struct ais_jbuiltin *ais_jmethod_find(struct ais_jval self, const char *name, size_t size) {
    const struct ais_jbuiltin *found;
    switch (self.kind) {
    case J_STR:
        found = find(ais_jmethods_str, name, size);
        if (!found)
            found = find(ais_jmethods_split, name, size);
        return found ? found : find(ais_jmethods_is, name, size);
    case J_LIST:
        return find(ais_jmethods_list, name, size);
    case J_TUPLE:
    case J_RANGE:
        return find(ais_jmethods_tuple, name, size);
    case J_DICT:
        return find(ais_jmethods_dict, name, size);
    case J_CYCLER:
        return find(ais_jmethods_cycler, name, size);
    case J_LOOP:
        return find(ais_jmethods_loop, name, size);
    default:
        return NULL;
    }
}

/* A hint for a shorter name would be any other short name. */
enum { NAMES_MAX = 128, HINT_MIN = 3 };

static size_t add_names(const struct ais_jbuiltin *table, const char **names, size_t count) {
    for (; table->name && count < NAMES_MAX; table++)
        names[count++] = table->name;
    return count;
}

void ais_jfilter_hint(const char *name, char *hint, size_t size) {
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < FAMILIES; i++)
        count = add_names(filters[i], names, count);
    ais_did_you_mean(hint, size, name, names, strlen(name) < HINT_MIN ? 0 : count);
}

void ais_jtest_hint(const char *name, char *hint, size_t size) {
    const char *names[NAMES_MAX];
    size_t count = add_names(ais_jtests, names, 0);
    ais_did_you_mean(hint, size, name, names, strlen(name) < HINT_MIN ? 0 : count);
}

/* The parameters of a builtin, read one after the other. */
struct param {
    const char *name;
    size_t size;
    bool optional;
};

static bool next_param(const char **params, struct param *param) {
    *params += strspn(*params, " ");
    if (!**params)
        return false;
    param->optional = **params == '?';
    *params += param->optional;
    param->name = *params;
    param->size = strcspn(*params, " ");
    *params += param->size;
    return true;
}

/* The keyword of a parameter's name, or NULL. */
static const struct ais_jval *keyword(const struct ais_jargs *args, const struct param *param) {
    for (size_t i = 0; i < args->keyword_count; i++) {
        const struct ais_jstr *name = args->keywords[i].name.as.str;
        if (name->size == param->size && memcmp(name->data, param->name, name->size) == 0)
            return &args->keywords[i].value;
    }
    return NULL;
}

static int fail_unknown(struct ais_jrun *run, const struct ais_jbuiltin *builtin, const char *what,
                        const struct ais_jargs *args) {
    for (size_t i = 0; i < args->keyword_count; i++) {
        const struct ais_jstr *name = args->keywords[i].name.as.str;
        const char *params = builtin->params;
        struct param param;
        bool known = false;
        while (!known && next_param(&params, &param))
            known = name->size == param.size && memcmp(name->data, param.name, name->size) == 0;
        if (!known)
            return ais_jrun_fail(run, "%s \"%s\" has no argument \"%.*s\"", what, builtin->name,
                                 (int)name->size, name->data);
    }
    return 0;
}

static int bind(struct ais_jrun *run, const struct ais_jbuiltin *builtin, const char *what,
                const struct ais_jargs *args, struct ais_jval *in) {
    const char *params = builtin->params;
    struct param param;
    size_t count = 0, named = 0;
    for (; next_param(&params, &param); count++) {
        const struct ais_jval *value = keyword(args, &param);
        if (value && count < args->count)
            return ais_jrun_fail(run, "argument \"%.*s\" is given twice", (int)param.size,
                                 param.name);
        named += value != NULL;
        if (!value && count < args->count)
            value = &args->items[count];
        if (!value && !param.optional)
            return ais_jrun_fail(run, "%s \"%s\" needs the argument \"%.*s\"", what, builtin->name,
                                 (int)param.size, param.name);
        in[count] = value ? *value : (struct ais_jval){.kind = J_ABSENT};
    }
    if (args->count > count && count == 0)
        return ais_jrun_fail(run, "%s \"%s\" takes no arguments", what, builtin->name);
    if (args->count > count)
        return ais_jrun_fail(run, "%s \"%s\" takes at most %zu argument%s", what, builtin->name,
                             count, count == 1 ? "" : "s");
    return named < args->keyword_count ? fail_unknown(run, builtin, what, args) : 0;
}

int ais_jbuiltin_call(struct ais_jrun *run, const struct ais_jbuiltin *builtin, const char *what,
                      struct ais_jval self, const struct ais_jargs *args, struct ais_jval *out) {
    struct ais_jcall call = {.args = args};
    call.in[0] = self;
    if (builtin->params[0] != '*' && bind(run, builtin, what, args, call.in + 1) < 0)
        return -1;
    run->callee = builtin->name;
    return builtin->call(run, &call, out);
}

/* The text of a name that is known at run time only, NULL with an error. */
static const struct ais_jstr *name_of(struct ais_jrun *run, struct ais_jval name,
                                      const char *what) {
    if (name.kind == J_STR)
        return name.as.str;
    if (ais_jrun_defined(run, name) == 0)
        ais_jrun_fail(run, "the name of a %s cannot be %s", what, ais_jval_type(name));
    return NULL;
}

int ais_jfilter_apply(struct ais_jrun *run, struct ais_jval name, struct ais_jval self,
                      const struct ais_jargs *args, struct ais_jval *out) {
    const struct ais_jstr *str = name_of(run, name, "filter");
    const struct ais_jbuiltin *filter;
    char hint[160];
    if (!str)
        return -1;
    filter = ais_jfilter_find(str->data, str->size);
    if (!filter) {
        const char *chars = ais_jrun_chars(run, str);
        if (!chars)
            return -1;
        ais_jfilter_hint(chars, hint, sizeof hint);
        return ais_jrun_fail(run, "unknown filter \"%s\"%s", chars, hint);
    }
    return ais_jbuiltin_call(run, filter, "filter", self, args, out);
}

int ais_jtest_apply(struct ais_jrun *run, struct ais_jval name, struct ais_jval self,
                    const struct ais_jargs *args, struct ais_jval *out) {
    const struct ais_jstr *str = name_of(run, name, "test");
    const struct ais_jbuiltin *test;
    char hint[160];
    if (!str)
        return -1;
    test = ais_jtest_find(str->data, str->size);
    if (!test) {
        const char *chars = ais_jrun_chars(run, str);
        if (!chars)
            return -1;
        ais_jtest_hint(chars, hint, sizeof hint);
        return ais_jrun_fail(run, "unknown test \"%s\"%s", chars, hint);
    }
    return ais_jbuiltin_call(run, test, "test", self, args, out);
}

int ais_jarg_int(struct ais_jrun *run, struct ais_jval value, int64_t fallback, int64_t *out) {
    *out = fallback;
    if (value.kind == J_ABSENT)
        return 0;
    if (ais_jrun_defined(run, value) < 0)
        return -1;
    if (!ais_jval_is_int(value, out))
        return ais_jrun_fail(run, "\"%s\" needs a whole number, not %s", run->callee,
                             ais_jval_type(value));
    return 0;
}

int ais_jarg_size(struct ais_jrun *run, struct ais_jval value, size_t fallback, size_t *out) {
    int64_t number;
    if (ais_jarg_int(run, value, (int64_t)fallback, &number) < 0)
        return -1;
    *out = number < 0 ? 0 : (size_t)number;
    return 0;
}

int ais_jarg_bool(struct ais_jrun *run, struct ais_jval value, bool fallback, bool *out) {
    int truth = value.kind == J_ABSENT ? fallback : ais_jval_truth(run, value);
    *out = truth > 0;
    return truth < 0 ? -1 : 0;
}

int ais_jarg_str(struct ais_jrun *run, struct ais_jval value, const struct ais_jstr **out) {
    static const struct ais_jstr empty = {"", 0, 0, false};
    *out = &empty;
    if (value.kind == J_ABSENT)
        return 0;
    if (ais_jrun_defined(run, value) < 0)
        return -1;
    if (value.kind != J_STR)
        return ais_jrun_fail(run, "\"%s\" needs a str, not %s", run->callee, ais_jval_type(value));
    *out = value.as.str;
    return 0;
}
