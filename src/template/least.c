#include "template/answers.h"

/* Gives `to` the first answer of `a` that it does not have by itself: 1, 0 where there is none, or
 * -1. */
static int give_first(const struct ais_template *t, const json_t *record, json_t *least,
                      struct ais_answers *to, struct ais_error *err) {
    for (size_t i = 0; i < t->variable_count; i++) {
        const struct ais_variable *v = t->variables[i].variable;
        const char *name = v->name;
        json_t *value = json_object_get(record, name);
        char *text;
        int rc;
        if (!value || json_object_get(least, name) ||
            (v->fallback && json_equal(value, json_object_get(ais_answers_values(to), name))))
            continue;
        text = ais_value_text(value);
        rc = text && json_object_set(least, name, value) == 0
                 ? ais_answers_give_text(to, name, text, err)
                 : ais_fail_memory(err);
        ais_free(text);
        return rc < 0 ? -1 : 1;
    }
    return 0;
}

/* What was suggested is not the template's default, and so has to be said. */
static int give_suggested(const json_t *suggested, const json_t *record, json_t *least,
                          struct ais_answers *to, struct ais_error *err) {
    const char *name;
    json_t *ignored;
    json_object_foreach((json_t *)suggested, name, ignored) {
        json_t *value = json_object_get(record, name);
        char *text = value ? ais_value_text(value) : NULL;
        int rc = 0;
        if (text)
            rc = json_object_set(least, name, value) == 0
                     ? ais_answers_give_text(to, name, text, err)
                     : ais_fail_memory(err);
        ais_free(text);
        if (rc < 0)
            return -1;
    }
    return 0;
}

json_t *ais_answers_least(const struct ais_answers *a, struct ais_error *err) {
    const struct ais_template *t = ais_answers_template(a);
    struct ais_answers *to = ais_answers_new(t, err);
    json_t *record = ais_answers_record(a, err), *least = json_object();
    int more = -1;
    if (!to || !record || !least)
        goto out;
    if (give_suggested(ais_answers_suggested(a), record, least, to, err) < 0)
        goto out;
    do {
        struct ais_error missing = {0}; /* a question without a default has to be answered */
        if (ais_answers_resolve(to, NULL, true, &missing) < 0 && missing.status != AIS_ANSWERS) {
            *err = missing;
            more = -1;
        } else {
            more = give_first(t, record, least, to, err);
        }
    } while (more > 0);
out:
    if (!least)
        ais_fail_memory(err);
    ais_answers_free(to);
    json_decref(record);
    if (more < 0) {
        json_decref(least);
        least = NULL;
    }
    return least;
}
