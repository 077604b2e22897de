#include "jinja/run.h"

#include "jinja/builtin.h"
#include "jinja/env.h"
#include "jinja/list.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistr.h>

/* How many bytes are as much work as evaluating one node: to read, and to make. */
enum { BYTES_A_STEP = 16, NEW_BYTES_A_STEP = 64 };

int ais_jrun_fail(struct ais_jrun *run, const char *fmt, ...) {
    char message[sizeof run->err->message];
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    return ais_fail_at(run->err, run->env->options.blame, ais_jnode_place(run->tree, run->at), "%s",
                       message);
}

void *ais_jrun_alloc(struct ais_jrun *run, size_t size) {
    void *block;
    if (run->arena.used > run->limits->memory || size > run->limits->memory - run->arena.used) {
        ais_jrun_fail(run, "values take more than %zu bytes", run->limits->memory);
        return NULL;
    }
    if (ais_jrun_step(run, size / NEW_BYTES_A_STEP) < 0)
        return NULL;
    block = ais_arena_alloc(&run->arena, size);
    if (!block)
        ais_fail_memory(run->err);
    return block;
}

int ais_jrun_step(struct ais_jrun *run, unsigned long steps) {
    if (steps > run->limits->steps - run->steps)
        return ais_jrun_fail(run, "evaluation takes more than %lu steps", run->limits->steps);
    run->steps += steps;
    return 0;
}

int ais_jrun_step_bytes(struct ais_jrun *run, size_t bytes) {
    return ais_jrun_step(run, bytes / BYTES_A_STEP);
}

struct ais_buf ais_jrun_buf(const struct ais_jrun *run) {
    return AIS_BUF(run->limits->output);
}

int ais_jrun_check(struct ais_jrun *run, const struct ais_buf *buf) {
    if (buf->no_memory)
        return ais_fail_memory(run->err);
    if (buf->too_large)
        return ais_jrun_fail(run, "text is larger than %zu bytes", buf->limit);
    return 0;
}

int ais_jrun_take(struct ais_jrun *run, struct ais_buf *buf, bool safe, struct ais_jval *out) {
    struct ais_jstr *str;
    int rc = -1;
    if (ais_jrun_check(run, buf) < 0 ||
        ais_jrun_str_copy(run, ais_buf_text(buf), buf->size, out) < 0)
        goto out;
    if (safe) {
        str = ais_jrun_alloc(run, sizeof *str);
        if (!str)
            goto out;
        *str = *out->as.str;
        str->safe = true;
        *out = ais_jval_str(str);
    }
    rc = 0;
out:
    ais_buf_release(buf);
    return rc;
}

int ais_jrun_str(struct ais_jrun *run, const char *data, size_t size, struct ais_jval *out) {
    struct ais_jstr *str = ais_jrun_alloc(run, sizeof *str);
    if (!str || ais_jrun_step_bytes(run, size) < 0)
        return -1;
    str->data = data;
    str->size = size;
    str->chars = u8_mbsnlen((const uint8_t *)data, size);
    *out = ais_jval_str(str);
    return 0;
}

int ais_jrun_str_copy(struct ais_jrun *run, const char *data, size_t size, struct ais_jval *out) {
    char *copy = ais_jrun_alloc(run, size + 1);
    if (!copy)
        return -1;
    if (size)
        memcpy(copy, data, size);
    return ais_jrun_str(run, copy, size, out);
}

const char *ais_jrun_chars(struct ais_jrun *run, const struct ais_jstr *str) {
    char *copy = ais_jrun_alloc(run, str->size + 1);
    if (copy && str->size)
        memcpy(copy, str->data, str->size);
    return copy;
}

static int new_undefined(struct ais_jrun *run, struct ais_jundefined what, struct ais_jval *out) {
    struct ais_jundefined *undefined = ais_jrun_alloc(run, sizeof *undefined);
    if (!undefined)
        return -1;
    *undefined = what;
    undefined->tree = run->tree;
    undefined->node = run->at;
    *out = (struct ais_jval){.kind = J_UNDEFINED, .as.undefined = undefined};
    return 0;
}

int ais_jrun_undefined(struct ais_jrun *run, const char *name, struct ais_jval of,
                       const char *reason, struct ais_jval *out) {
    return new_undefined(run, (struct ais_jundefined){.name = name, .of = of, .reason = reason},
                         out);
}

int ais_jrun_lenient(struct ais_jrun *run, const char *reason, struct ais_jval *out) {
    return new_undefined(run, (struct ais_jundefined){.reason = reason, .lenient = true}, out);
}

int ais_jrun_defined(struct ais_jrun *run, struct ais_jval value) {
    return value.kind == J_UNDEFINED ? ais_jrun_fail_undefined(run, value.as.undefined) : 0;
}

bool ais_jval_is_lenient(struct ais_jval value) {
    return value.kind == J_UNDEFINED && value.as.undefined->lenient;
}

int ais_jrun_usable(struct ais_jrun *run, struct ais_jval value) {
    return ais_jval_is_lenient(value) ? 0 : ais_jrun_defined(run, value);
}

struct ais_jscope *ais_jscope_new(struct ais_jrun *run, struct ais_jscope *parent) {
    struct ais_jscope *scope = ais_jrun_alloc(run, sizeof *scope);
    if (scope)
        scope->parent = parent;
    return scope;
}

int ais_jrun_define(struct ais_jrun *run, struct ais_jval name, struct ais_jval value) {
    struct ais_jscope *scope = run->scope;
    if (scope->exports && name.as.str->data[0] != '_' &&
        ais_jdict_set(run, scope->exports, name, value) < 0)
        return -1;
    return ais_jdict_set(run, &scope->names, name, value);
}

/* A name of the context becomes a name of the template's top level when it is first read, so that
 * it stays the same object. */
static int lookup_context(struct ais_jrun *run, struct ais_jval name, struct ais_jval *out) {
    const struct ais_jstr *str = name.as.str;
    struct ais_jscope *top = run->scope;
    const struct ais_jinja_observer *observer = &run->env->options.observer;
    json_t *json;
    while (top && top->parent)
        top = top->parent;
    json = top ? json_object_getn(top->context, str->data, str->size) : NULL;
    if (observer->read && top && top->context)
        observer->read(observer->payload, str->data, str->size, json);
    if (!json)
        return 0;
    if (ais_jrun_from_json(run, json, 0, out) < 0 ||
        ais_jdict_set(run, &top->names, name, *out) < 0)
        return -1;
    return 1;
}

static bool lookup_function(struct ais_jrun *run, const struct ais_jstr *name,
                            struct ais_jval *out) {
    const struct ais_jbuiltin *builtin = ais_jfunction_find(name->data, name->size);
    const struct ais_jinja_function *host = run->env->options.functions;
    for (; host && host->name; host++) {
        if (strlen(host->name) == name->size && memcmp(host->name, name->data, name->size) == 0) {
            *out = (struct ais_jval){.kind = J_HOST, .as.host = host};
            return true;
        }
    }
    if (builtin)
        *out = (struct ais_jval){.kind = J_FUNCTION, .as.function = builtin};
    return builtin != NULL;
}

int ais_jrun_lookup(struct ais_jrun *run, struct ais_jval name, struct ais_jval *out) {
    struct ais_jentry *entry;
    int found;
    for (struct ais_jscope *scope = run->scope; scope; scope = scope->parent) {
        if (ais_jrun_step(run, 1) < 0)
            return -1;
        found = ais_jdict_find(run, &scope->names, name, &entry);
        if (found < 0)
            return -1;
        if (found) {
            *out = entry->value;
            return 0;
        }
    }
    found = lookup_context(run, name, out);
    if (found)
        return found < 0 ? -1 : 0;
    if (lookup_function(run, name.as.str, out))
        return 0;
    if (name.as.str->size == 4 && memcmp(name.as.str->data, "self", 4) == 0) {
        *out = (struct ais_jval){.kind = J_SELF};
        return 0;
    }
    return ais_jrun_undefined(run, name.as.str->data, (struct ais_jval){.kind = J_ABSENT}, NULL,
                              out);
}

/* A macro's call takes some ten nodes. */
unsigned ais_jrun_height_limit(const struct ais_jrun *run) {
    return run->limits->depth * 16;
}
