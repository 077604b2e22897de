#include "jinja/eval.h"
#include "jinja/list.h"

#include <string.h>

static const struct ais_jstr caller_name = {"caller", 6, 6, false};
static const struct ais_jstr varargs_name = {"varargs", 7, 7, false};
static const struct ais_jstr kwargs_name = {"kwargs", 6, 6, false};

int ais_jmacro_new(struct ais_jrun *run, const struct ais_jnode *node, struct ais_jval *out) {
    struct ais_jmacro *macro = ais_jrun_alloc(run, sizeof *macro);
    if (!macro)
        return -1;
    *macro = (struct ais_jmacro){run->tree, node, run->scope};
    for (struct ais_jscope *scope = run->scope; scope && !scope->kept; scope = scope->parent)
        scope->kept = true;
    *out = (struct ais_jval){.kind = J_MACRO, .as.macro = macro};
    return 0;
}

/* A call being bound to the parameters. */
struct binding {
    const struct ais_jmacro *macro;
    const struct ais_jargs *args;
    bool *taken; /* of the keywords */
    struct ais_jscope *scope;
};

static bool same_name(struct ais_jval a, struct ais_jval b) {
    return a.as.str->size == b.as.str->size &&
           memcmp(a.as.str->data, b.as.str->data, a.as.str->size) == 0;
}

/* The keyword of that name, marked as taken. */
static const struct ais_jval *take_keyword(struct binding *binding, struct ais_jval name) {
    for (size_t i = 0; i < binding->args->keyword_count; i++) {
        if (!binding->taken[i] && same_name(binding->args->keywords[i].name, name)) {
            binding->taken[i] = true;
            return &binding->args->keywords[i].value;
        }
    }
    return NULL;
}

/* A parameter without a value: an error once it is read. */
static int not_given(struct ais_jrun *run, const struct ais_jnode *param, struct ais_jval *out) {
    struct ais_buf buf = ais_jrun_buf(run);
    struct ais_jval text;
    const char *reason;
    ais_buf_printf(&buf, "parameter \"%s\" was not given", param->value.as.str->data);
    if (ais_jrun_take(run, &buf, false, &text) < 0)
        return -1;
    reason = ais_jrun_chars(run, text.as.str);
    run->at = param;
    return reason ? ais_jrun_undefined(run, NULL, (struct ais_jval){.kind = J_ABSENT}, reason, out)
                  : -1;
}

/* Parameters without a value get their default, which may read those before it. */
static int bind_param(struct ais_jrun *run, struct binding *binding, const struct ais_jnode *param,
                      size_t position) {
    struct ais_jval value;
    const struct ais_jval *keyword = NULL;
    if (position < binding->args->count) {
        value = binding->args->items[position];
    } else if ((keyword = take_keyword(binding, param->value)) != NULL) {
        value = *keyword;
    } else if (param->a) {
        if (ais_jeval(run, param->a, &value) < 0)
            return -1;
    } else if (not_given(run, param, &value) < 0) {
        return -1;
    }
    return ais_jdict_set(run, &binding->scope->names, param->value, value);
}

static int bind_caller(struct ais_jrun *run, struct binding *binding) {
    struct ais_jval value;
    const struct ais_jval *keyword = take_keyword(binding, ais_jval_str(&caller_name));
    run->at = binding->macro->node;
    if (keyword)
        value = *keyword;
    else if (ais_jrun_undefined(run, NULL, (struct ais_jval){.kind = J_ABSENT},
                                "the macro was not called with a call block", &value) < 0)
        return -1;
    return ais_jdict_set(run, &binding->scope->names, ais_jval_str(&caller_name), value);
}

static int bind_varargs(struct ais_jrun *run, struct binding *binding, size_t from) {
    struct ais_jval rest;
    if (ais_jlist_new(run, J_TUPLE, 0, &rest) < 0)
        return -1;
    for (size_t i = from; i < binding->args->count; i++) {
        if (ais_jlist_add(run, rest.as.list, binding->args->items[i]) < 0)
            return -1;
    }
    return ais_jdict_set(run, &binding->scope->names, ais_jval_str(&varargs_name), rest);
}

static int bind_kwargs(struct ais_jrun *run, struct binding *binding) {
    struct ais_jval rest;
    if (ais_jdict_new(run, &rest) < 0)
        return -1;
    for (size_t i = 0; i < binding->args->keyword_count; i++) {
        const struct ais_jkeyword *keyword = &binding->args->keywords[i];
        if (!binding->taken[i] &&
            ais_jdict_set(run, rest.as.dict, keyword->name, keyword->value) < 0)
            return -1;
    }
    return ais_jdict_set(run, &binding->scope->names, ais_jval_str(&kwargs_name), rest);
}

/* Fails where more is passed than the macro takes. */
static int check(struct ais_jrun *run, const struct binding *binding, size_t params) {
    const struct ais_jnode *node = binding->macro->node;
    const char *name = node->kind == N_MACRO ? node->value.as.str->data : "caller";
    for (size_t i = 0; i < binding->args->keyword_count && !(node->flags & FLAG_KWARGS); i++) {
        const struct ais_jstr *keyword = binding->args->keywords[i].name.as.str;
        if (!binding->taken[i])
            return ais_jrun_fail(run, "macro \"%s\" has no parameter \"%.*s\"", name,
                                 (int)keyword->size, keyword->data);
    }
    if (binding->args->count > params && !(node->flags & FLAG_VARARGS))
        return ais_jrun_fail(run, "macro \"%s\" takes at most %zu argument%s", name, params,
                             params == 1 ? "" : "s");
    return 0;
}

/* Marks the keywords that parameters will take, so that a wrong call fails before any default is
 * evaluated, and at the place of the call. */
static int precheck(struct ais_jrun *run, struct binding *binding, bool *explicit_caller) {
    const struct ais_jnode *node = binding->macro->node;
    size_t params = 0;
    int rc;
    *explicit_caller = false;
    for (const struct ais_jnode *param = node->a; param; param = param->next) {
        if (params++ >= binding->args->count)
            take_keyword(binding, param->value);
        if (same_name(param->value, ais_jval_str(&caller_name)))
            *explicit_caller = true;
    }
    if (node->flags & FLAG_CALLER && !*explicit_caller)
        take_keyword(binding, ais_jval_str(&caller_name));
    rc = check(run, binding, params);
    if (binding->args->keyword_count)
        memset(binding->taken, 0, binding->args->keyword_count * sizeof *binding->taken);
    return rc;
}

/* In the macro's own scope. */
static int bind_all(struct ais_jrun *run, struct binding *binding, bool explicit_caller) {
    const struct ais_jnode *node = binding->macro->node;
    size_t position = 0;
    for (const struct ais_jnode *param = node->a; param; param = param->next) {
        if (bind_param(run, binding, param, position++) < 0)
            return -1;
    }
    if (node->flags & FLAG_CALLER && !explicit_caller && bind_caller(run, binding) < 0)
        return -1;
    if (node->flags & FLAG_KWARGS && bind_kwargs(run, binding) < 0)
        return -1;
    return node->flags & FLAG_VARARGS ? bind_varargs(run, binding, position) : 0;
}

int ais_jmacro_call(struct ais_jrun *run, const struct ais_jmacro *macro,
                    const struct ais_jargs *args, struct ais_jval *out) {
    struct binding binding = {macro, args, NULL, NULL};
    struct ais_jscope *scope = run->scope;
    const struct ais_jinja_tree *tree = run->tree;
    bool explicit_caller;
    binding.taken = ais_jrun_alloc(run, args->keyword_count + 1);
    binding.scope = ais_jscope_new(run, macro->scope);
    if (!binding.taken || !binding.scope || precheck(run, &binding, &explicit_caller) < 0 ||
        ais_jeval_enter_call(run) < 0)
        return -1;
    run->scope = binding.scope;
    run->tree = macro->tree;
    if (bind_all(run, &binding, explicit_caller) < 0 ||
        ais_jeval_capture(run, macro->node->body, out) < 0)
        return -1;
    run->scope = scope;
    run->tree = tree;
    run->calls--;
    return 0;
}
