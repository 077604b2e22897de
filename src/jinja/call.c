/* Calls: what is passed, and how macros, blocks and functions take it. */
#include "jinja/env.h"
#include "jinja/eval.h"
#include "jinja/list.h"
#include "jinja/loop.h"

#include <string.h>

static int add_positional(struct ais_jrun *run, struct ais_jlist *list,
                          const struct ais_jnode *node, struct ais_jval value) {
    struct ais_jiter iter;
    int more;
    if (node->kind == N_ARG)
        return ais_jlist_add(run, list, value);
    run->at = node;
    if (ais_jiter_init(run, &iter, value) < 0)
        return -1;
    while ((more = ais_jiter_next(run, &iter, &value)) > 0) {
        if (ais_jlist_add(run, list, value) < 0)
            return -1;
    }
    return more;
}

int ais_jargs_add_keyword(struct ais_jrun *run, struct ais_jargs *args, struct ais_jval name,
                          struct ais_jval value) {
    struct ais_jkeyword *keywords;
    for (size_t i = 0; i < args->keyword_count; i++) {
        int same = ais_jval_equal(run, args->keywords[i].name, name);
        if (same)
            return same < 0 ? -1
                            : ais_jrun_fail(run, "argument \"%.*s\" is given twice",
                                            (int)name.as.str->size, name.as.str->data);
    }
    keywords = ais_jrun_alloc(run, (args->keyword_count + 1) * sizeof *keywords);
    if (!keywords)
        return -1;
    if (args->keyword_count)
        memcpy(keywords, args->keywords, args->keyword_count * sizeof *keywords);
    keywords[args->keyword_count++] = (struct ais_jkeyword){name, value};
    args->keywords = keywords;
    return 0;
}

static int add_keywords(struct ais_jrun *run, struct ais_jargs *args, struct ais_jval value) {
    const struct ais_jdict *dict = value.as.dict;
    if (ais_jrun_defined(run, value) < 0)
        return -1;
    if (value.kind != J_DICT)
        return ais_jrun_fail(run, "\"**\" needs a dict, not %s", ais_jval_type(value));
    for (size_t i = 0; i < dict->used; i++) {
        const struct ais_jentry *entry = &dict->entries[i];
        if (!entry->live)
            continue;
        if (entry->key.kind != J_STR)
            return ais_jrun_fail(run, "the name of an argument cannot be %s",
                                 ais_jval_type(entry->key));
        if (ais_jargs_add_keyword(run, args, entry->key, entry->value) < 0)
            return -1;
    }
    return 0;
}

int ais_jeval_args(struct ais_jrun *run, const struct ais_jnode *list, struct ais_jargs *args) {
    struct ais_jlist items = {0};
    *args = (struct ais_jargs){0};
    for (const struct ais_jnode *node = list; node; node = node->next) {
        struct ais_jval value;
        int rc;
        if (ais_jeval(run, node->a, &value) < 0)
            return -1;
        run->at = node;
        if (node->kind == N_KEYWORD)
            rc = ais_jargs_add_keyword(run, args, node->value, value);
        else if (node->kind == N_STARS)
            rc = add_keywords(run, args, value);
        else
            rc = add_positional(run, &items, node, value);
        if (rc < 0)
            return -1;
    }
    args->items = items.items;
    args->count = items.count;
    return 0;
}

int ais_jeval_enter_call(struct ais_jrun *run) {
    if (run->calls >= run->limits->depth)
        return ais_jrun_fail(run, "calls are nested too deeply");
    run->calls++;
    return 0;
}

/* The values borrow their text from the JSON, which therefore lives as long as the rendering. */
static int keep_json(struct ais_jrun *run, json_t *json, struct ais_jval *out) {
    if (!run->results)
        run->results = json_array();
    if (json_array_append_new(run->results, json) < 0)
        return ais_fail_memory(run->err);
    return ais_jrun_from_json(run, json, 0, out);
}

/* A function of the program: JSON in, JSON out. */
static int call_host(struct ais_jrun *run, const struct ais_jinja_function *host,
                     const struct ais_jargs *args, struct ais_jval *out) {
    struct ais_error err = {0};
    json_t *list = json_array(), *result = NULL;
    int rc = -1;
    if (args->keyword_count) {
        ais_jrun_fail(run, "%s() takes no named arguments", host->name);
        goto out;
    }
    for (size_t i = 0; list && i < args->count; i++) {
        json_t *item = ais_jrun_to_json(run, args->items[i], 0);
        if (!item)
            goto out;
        if (json_array_append_new(list, item) < 0) {
            ais_fail_memory(run->err);
            goto out;
        }
    }
    if (!list) {
        ais_fail_memory(run->err);
        goto out;
    }
    result = host->call(host->payload, list, &err);
    if (result)
        rc = keep_json(run, result, out);
    else if (err.status == AIS_FAILED)
        ais_fail(run->err, AIS_FAILED, "%s", err.message);
    else
        ais_jrun_fail(run, "%s", err.message);
out:
    json_decref(list);
    return rc;
}

int ais_jeval_call(struct ais_jrun *run, struct ais_jval callee, const struct ais_jargs *args,
                   struct ais_jval *out) {
    if (ais_jrun_defined(run, callee) < 0)
        return -1;
    switch (callee.kind) {
    case J_MACRO:
        return ais_jmacro_call(run, callee.as.macro, args, out);
    case J_BOUND:
        return ais_jbuiltin_call(run, callee.as.bound->method, "method", callee.as.bound->self,
                                 args, out);
    case J_FUNCTION:
        return ais_jbuiltin_call(run, callee.as.function, "function",
                                 (struct ais_jval){.kind = J_ABSENT}, args, out);
    case J_HOST:
        return call_host(run, callee.as.host, args, out);
    case J_LOOP:
        if (args->count != 1 || args->keyword_count)
            return ais_jrun_fail(run, "loop() takes one argument");
        return ais_jloop_call(run, callee.as.loop, args->items[0], out);
    case J_BLOCK:
        if (args->count || args->keyword_count)
            return ais_jrun_fail(run, "a block takes no arguments");
        return ais_jblock_call(run, callee.as.block, out);
    case J_JOINER:
        if (callee.as.cycler->next++ == 0)
            return ais_jrun_str(run, "", 0, out);
        *out = callee.as.cycler->items->items[0];
        return 0;
    default:
        return ais_jrun_fail(run, "%s cannot be called", ais_jval_type(callee));
    }
}
