#include "template/answers.h"

#include <stdio.h>
#include <string.h>

struct ais_answers {
    const struct ais_template *t;
    json_t *given;         /* name -> value, checked */
    json_t *suggested;     /* the same, in the place of defaults */
    json_t *values;        /* what templates see */
    json_t *all;           /* the same with secrets */
    json_t *idle;          /* name -> true, for those that nobody was to ask for */
    char kit[AIS_KIT_HEX]; /* "" for none */
    bool blanks;           /* do for what is missing */
};

struct ais_answers *ais_answers_new(const struct ais_template *t, struct ais_error *err) {
    struct ais_answers *a = ais_calloc(1, sizeof *a);
    if (a) {
        *a = (struct ais_answers){.t = t,
                                  .given = json_object(),
                                  .suggested = json_object(),
                                  .values = json_object(),
                                  .all = json_object(),
                                  .idle = json_object()};
        if (a->given && a->suggested && a->values && a->all && a->idle)
            return a;
    }
    ais_answers_free(a);
    ais_fail_memory(err);
    return NULL;
}

void ais_answers_free(struct ais_answers *a) {
    if (!a)
        return;
    json_decref(a->given);
    json_decref(a->suggested);
    json_decref(a->values);
    json_decref(a->all);
    json_decref(a->idle);
    ais_free(a);
}

const struct ais_template *ais_answers_template(const struct ais_answers *a) {
    return a->t;
}

void ais_answers_set_kit(struct ais_answers *a, const char *id) {
    snprintf(a->kit, sizeof a->kit, "%s", id);
}

const char *ais_answers_kit(const struct ais_answers *a) {
    return *a->kit ? a->kit : NULL;
}

void ais_answers_allow_blanks(struct ais_answers *a) {
    a->blanks = true;
}

/* The variable that can be given as `name`, or NULL with *err set. */
static const struct ais_variable *find(const struct ais_answers *a, const char *name,
                                       struct ais_place at, struct ais_error *err) {
    const struct ais_declared *declared = ais_template_variable(a->t, name);
    const char *names[256];
    char hint[128];
    size_t count = 0;
    if (declared && !declared->variable->computed)
        return declared->variable;
    if (declared) {
        ais_fail_at(err, AIS_ANSWERS, at, "\"%s\" is computed and can't be set", name);
        return NULL;
    }
    for (size_t i = 0; i < a->t->variable_count && count < 256; i++)
        if (!a->t->variables[i].variable->computed)
            names[count++] = a->t->variables[i].variable->name;
    ais_fail_at(err, AIS_ANSWERS, at, "the template asks for no \"%s\"%s", name,
                ais_did_you_mean(hint, sizeof hint, name, names, count));
    return NULL;
}

/* ais_value_parse, with the error set where it is the memory that is wrong. */
static json_t *parse(const struct ais_variable *v, const char *text, char *reason, size_t size,
                     struct ais_error *err) {
    json_t *value;
    ais_mem_ran_out();
    value = ais_value_parse(v, text, reason, size);
    if (!ais_mem_ran_out())
        return value;
    ais_fail_memory(err);
    json_decref(value); /* something may be left out of it */
    return NULL;
}

int ais_answers_give_text(struct ais_answers *a, const char *name, const char *text,
                          struct ais_error *err) {
    const struct ais_variable *v = find(a, name, (struct ais_place){.path = "--set"}, err);
    char reason[512];
    json_t *value;
    if (!v)
        return -1;
    if (json_object_get(a->given, name))
        return 0;
    value = parse(v, text, reason, sizeof reason, err);
    if (!value)
        return ais_fail_at(err, AIS_ANSWERS, (struct ais_place){.path = "--set"}, "\"%s\" %s", name,
                           reason);
    return json_object_set_new(a->given, name, value) < 0 ? ais_fail_memory(err) : 0;
}

int ais_answers_give_json(struct ais_answers *a, const struct ais_json *doc,
                          struct ais_error *err) {
    struct ais_node root = ais_json_root(doc);
    char reason[512];
    if (!json_is_object(root.value))
        return ais_fail_at(err, AIS_ANSWERS, ais_node_place(root),
                           "answers must be an object of names and values");
    for (size_t i = 0; i < ais_node_count(root); i++) {
        struct ais_node node = ais_node_at(root, i);
        const struct ais_variable *v = find(a, node.key, ais_node_key_place(node), err);
        if (!v)
            return -1;
        if (ais_value_check(v, node.value, reason, sizeof reason) < 0)
            return ais_fail_at(err, AIS_ANSWERS, ais_node_place(node), "\"%s\" %s", node.key,
                               reason);
        if (!json_object_get(a->given, node.key) &&
            json_object_set(a->given, node.key, node.value) < 0)
            return ais_fail_memory(err);
    }
    return 0;
}

int ais_answers_change(struct ais_answers *a, const char *name, json_t *value,
                       struct ais_error *err) {
    if (!value)
        json_object_del(a->given, name); /* may not be there */
    else if (json_object_set(a->given, name, value) < 0)
        return ais_fail_memory(err);
    return 0;
}

int ais_answers_suggest(struct ais_answers *a, const char *name, const char *text,
                        struct ais_error *err) {
    const struct ais_declared *declared = ais_template_variable(a->t, name);
    char reason[512];
    json_t *value;
    if (!declared || declared->variable->computed || json_object_get(a->suggested, name))
        return 0;
    value = parse(declared->variable, text, reason, sizeof reason, err);
    if (!value)
        return err->status == AIS_OK ? 0 : -1;
    return json_object_set_new(a->suggested, name, value) < 0 ? ais_fail_memory(err) : 0;
}

const json_t *ais_answers_suggested(const struct ais_answers *a) {
    return a->suggested;
}

/* A resolution in progress. */
struct resolving {
    struct ais_answers *a;
    const struct ais_asker *asker;
    bool defaults;
    struct ais_buf missing; /* names, separated by ", " */
    size_t missing_count;
    struct ais_error *err;
};

/* A value of the type, for a variable that nobody will read. */
static json_t *blank(const struct ais_variable *v) {
    switch (v->type) {
    case AIS_STRING:
        return json_string("");
    case AIS_INTEGER:
        return json_integer(0);
    case AIS_NUMBER:
        return json_real(0);
    case AIS_BOOLEAN:
        return json_false();
    case AIS_CHOICE:
        return json_incref(json_array_get(v->choices, 0));
    default:
        return json_array();
    }
}

static json_t *render(struct resolving *r, const struct ais_jinja_tree *tree) {
    struct ais_buf text = AIS_BUF(1 << 20);
    json_t *value = NULL;
    if (ais_jinja_render(tree, r->a->values, &text, r->err) == 0) {
        value = json_stringn(ais_buf_text(&text), text.size);
        if (!value)
            ais_fail_memory(r->err);
    }
    ais_buf_release(&text);
    return value;
}

/* The default as a value: *value is NULL where there is none. `strict`: it must pass v's own
 * checks. */
static int take_default(struct resolving *r, const struct ais_variable *v, bool strict,
                        json_t **value) {
    char reason[512];
    *value = NULL;
    if (!v->fallback)
        return 0;
    if (!v->fallback_tree) {
        *value = json_incref(v->fallback);
    } else {
        json_t *text = render(r, v->fallback_tree);
        if (!text)
            return -1;
        if (v->type == AIS_STRING || v->type == AIS_CHOICE) {
            *value = text;
        } else {
            *value = parse(v, json_string_value(text), reason, sizeof reason, r->err);
            json_decref(text);
            if (!*value)
                return ais_fail_at(r->err, AIS_TEMPLATE, v->default_at, "the default of \"%s\" %s",
                                   v->name, reason);
        }
    }
    if (!strict || ais_value_check(v, *value, reason, sizeof reason) == 0)
        return 0;
    json_decref(*value);
    *value = NULL;
    return ais_fail_at(r->err, AIS_TEMPLATE, v->default_at, "the default of \"%s\" %s", v->name,
                       reason);
}

/* Asks until the answer is one that v takes. */
static json_t *ask(struct resolving *r, const struct ais_variable *v, const json_t *suggestion) {
    char reason[512];
    const char *problem = NULL;
    for (;;) {
        char *text = r->asker->ask(r->asker->payload, v, suggestion, problem, r->err);
        json_t *value;
        if (!text)
            return NULL;
        value = parse(v, text, reason, sizeof reason, r->err);
        ais_free(text);
        if (value || r->err->status != AIS_OK)
            return value;
        problem = reason;
    }
}

/* The value of a variable that is asked for and was not given. */
static json_t *find_value(struct resolving *r, const struct ais_variable *v) {
    json_t *suggestion = json_incref(json_object_get(r->a->suggested, v->name)), *value = NULL;
    bool asking = r->asker && v->prompt;
    if (!suggestion && take_default(r, v, !asking, &suggestion) < 0)
        return NULL;
    if (asking) {
        value = ask(r, v, suggestion);
        json_decref(suggestion);
        return value;
    }
    if (suggestion && (r->defaults || !v->prompt))
        return suggestion;
    if (r->a->blanks)
        return suggestion ? suggestion : blank(v);
    ais_buf_printf(&r->missing, "%s%s", r->missing_count ? ", " : "", v->name);
    r->missing_count++;
    return suggestion ? suggestion : blank(v);
}

/* Whether the variable is asked for under what is known so far: 1, 0 or -1. */
static int is_wanted(struct resolving *r, const struct ais_declared *d) {
    int active = ais_template_is_active(r->a->t, r->a->all, d->part, r->err);
    if (active != 1)
        return active;
    return d->variable->when ? ais_jinja_truth(d->variable->when, r->a->all, r->err) : 1;
}

static json_t *value_of(struct resolving *r, const struct ais_declared *d) {
    const struct ais_variable *v = d->variable;
    json_t *value;
    int wanted;
    if (v->computed)
        return render(r, v->computed);
    wanted = is_wanted(r, d);
    if (wanted < 0)
        return NULL;
    if (!wanted && json_object_set_new(r->a->idle, v->name, json_true()) < 0)
        return NULL;
    if (!wanted)
        return take_default(r, v, true, &value) < 0 ? NULL : value ? value : blank(v);
    value = json_object_get(r->a->given, v->name);
    return value ? json_incref(value) : find_value(r, v);
}

static int resolve_one(struct resolving *r, const struct ais_declared *d) {
    const char *name = d->variable->name;
    struct ais_error before = *r->err;
    json_t *value = value_of(r, d);
    if (!value)
        return r->err->status == before.status ? ais_fail_memory(r->err) : -1;
    if (json_object_set(r->a->all, name, value) < 0 ||
        (!d->variable->secret && json_object_set(r->a->values, name, value) < 0)) {
        json_decref(value);
        return ais_fail_memory(r->err);
    }
    json_decref(value);
    return 0;
}

static int fail_missing(struct resolving *r) {
    if (ais_buf_check(&r->missing, AIS_ANSWERS, "the list of missing answers", r->err) < 0)
        return -1;
    return ais_fail(r->err, AIS_ANSWERS,
                    "%zu %s missing: %s (set %s with -s NAME=VALUE or --answers FILE%s)",
                    r->missing_count, r->missing_count == 1 ? "answer is" : "answers are",
                    ais_buf_text(&r->missing), r->missing_count == 1 ? "it" : "them",
                    r->defaults ? "" : ", or take the defaults with -y");
}

int ais_answers_resolve(struct ais_answers *a, const struct ais_asker *asker, bool defaults,
                        struct ais_error *err) {
    struct ais_error own = {0};
    json_t *facts = ais_template_facts(a->t, err);
    struct resolving r = {.a = a,
                          .asker = asker,
                          .defaults = defaults,
                          .missing = AIS_BUF(64 * 1024),
                          .err = err ? err : &own};
    int rc = -1;
    ais_variant_use(a->t->variant, ais_answers_kit(a));
    json_object_clear(a->values);
    json_object_clear(a->all);
    json_object_clear(a->idle);
    if (!facts || json_object_set(a->values, "template", facts) < 0 ||
        json_object_set(a->all, "template", facts) < 0) {
        ais_fail_memory(r.err);
        goto out;
    }
    for (size_t i = 0; i < a->t->variable_count; i++)
        if (resolve_one(&r, &a->t->variables[i]) < 0)
            goto out;
    rc = r.missing_count ? fail_missing(&r) : 0;
out:
    json_decref(facts);
    ais_buf_release(&r.missing);
    return rc;
}

bool ais_answers_is_idle(const struct ais_answers *a, const char *name) {
    return json_object_get(a->idle, name) != NULL;
}

const json_t *ais_answers_given(const struct ais_answers *a) {
    return a->given;
}

json_t *ais_answers_values(const struct ais_answers *a) {
    return a->values;
}

json_t *ais_answers_all(const struct ais_answers *a) {
    return a->all;
}

json_t *ais_answers_record(const struct ais_answers *a, struct ais_error *err) {
    json_t *record = json_object();
    for (size_t i = 0; record && i < a->t->variable_count; i++) {
        const struct ais_variable *v = a->t->variables[i].variable;
        json_t *value = json_object_get(a->values, v->name);
        if (v->computed || v->secret || !value)
            continue;
        if (json_object_set(record, v->name, value) < 0) {
            json_decref(record);
            record = NULL;
        }
    }
    if (!record)
        ais_fail_memory(err);
    return record;
}
