#include "template/switch.h"

#include <stdio.h>
#include <string.h>

/* A template can't keep the search busy: so many answers are tried. */
enum { TRIALS_MAX = 1000, OFFERS_MAX = 256 };

/* The search for the answer. `part` is the layer, or NULL for a choice that is none. A value that
 * is named like the layer, or is the default, is taken before the others. */
struct search {
    struct ais_answers *a;
    const struct ais_template *t;
    const char *name;
    const struct ais_part *part;
    bool off;
    const struct ais_variable *found; /* with `value` it does what is wished */
    json_t *value;
    size_t found_count, plain_count, trials;
    struct ais_buf ways; /* all that do, for the error */
    struct ais_error *err;
};

/* Takes all defaults, so that conditions have something to go by; answers that are missing are
 * asked for later. */
static int resolve(struct search *s) {
    struct ais_error missing = {0};
    if (ais_answers_resolve(s->a, NULL, true, &missing) == 0 || missing.status == AIS_ANSWERS)
        return 0;
    if (s->err)
        *s->err = missing;
    return -1;
}

static bool holds(const json_t *list, const char *name) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *item = json_string_value(json_array_get(list, i));
        if (item && strcmp(item, name) == 0)
            return true;
    }
    return false;
}

static bool offers_choice(const struct ais_variable *v, const char *name) {
    return v->type == AIS_CHOICES && !v->secret && !v->computed && holds(v->choices, name);
}

/* 1, 0 or -1: whether it is on under the answers as they are resolved. */
static int is_on(const struct search *s) {
    bool active[AIS_PARTS_MAX];
    if (!s->part) {
        for (size_t i = 0; i < s->t->variable_count; i++) {
            const struct ais_variable *v = s->t->variables[i].variable;
            if (offers_choice(v, s->name) &&
                holds(json_object_get(ais_answers_all(s->a), v->name), s->name))
                return 1;
        }
        return 0;
    }
    if (ais_template_active(s->t, ais_answers_all(s->a), active, s->err) < 0)
        return -1;
    for (size_t i = 0; i < s->t->part_count; i++)
        if (s->t->parts[i] == s->part)
            return active[i];
    return 0;
}

/* The choices with one more, in the order of their declaration, or with one less; a new reference,
 * or NULL. */
static json_t *with_choice(const struct ais_variable *v, const json_t *now, const char *choice,
                           bool off) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < json_array_size(v->choices); i++) {
        json_t *item = json_array_get(v->choices, i);
        const char *name = json_string_value(item);
        bool here = strcmp(name, choice) == 0 ? !off : holds(now, name);
        if (here && json_array_append(list, item) < 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static int note(struct search *s, const struct ais_variable *v, json_t *value, bool plain) {
    char *text = ais_value_text(value);
    if (!text)
        return ais_fail_memory(s->err);
    ais_buf_printf(&s->ways, "%s%s=%s", s->found_count ? ", " : "", v->name, text);
    ais_free(text);
    s->found_count++;
    s->plain_count += plain;
    if (s->found && !plain)
        return 0;
    json_decref(s->value);
    s->found = v;
    s->value = json_incref(value);
    return 0;
}

/* Tries a value (its reference is taken), and takes it back. */
static int try_value(struct search *s, const struct ais_variable *v, json_t *value, bool plain) {
    json_t *given = json_incref(json_object_get(ais_answers_given(s->a), v->name));
    char reason[512];
    int rc = value ? 0 : ais_fail_memory(s->err), on = s->off;
    if (rc == 0 && s->trials++ < TRIALS_MAX &&
        ais_value_check(v, value, reason, sizeof reason) == 0) {
        rc = ais_answers_change(s->a, v->name, value, s->err);
        if (rc == 0)
            rc = resolve(s);
        on = rc == 0 ? is_on(s) : -1;
        if (on < 0 || ais_answers_change(s->a, v->name, given, s->err) < 0)
            rc = -1;
    }
    if (rc == 0 && on == !s->off)
        rc = note(s, v, value, plain);
    json_decref(given);
    json_decref(value);
    return rc;
}

/* Tries what one step from the present value leads to. */
static int try_variable(struct search *s, const struct ais_variable *v, json_t *now) {
    if (v->type == AIS_BOOLEAN)
        return try_value(s, v, json_boolean(!json_is_true(now)), strcmp(v->name, s->name) == 0);
    for (size_t i = 0; i < json_array_size(v->choices); i++) {
        json_t *choice = json_array_get(v->choices, i);
        const char *name = json_string_value(choice);
        bool same = strcmp(name, s->name) == 0;
        if (v->type == AIS_CHOICES && holds(now, name) == s->off &&
            try_value(s, v, with_choice(v, now, name, s->off), same) < 0)
            return -1;
        if (v->type == AIS_CHOICE && !json_equal(choice, now) &&
            try_value(s, v, json_incref(choice),
                      same || (s->off && v->fallback && json_equal(choice, v->fallback))) < 0)
            return -1;
    }
    return 0;
}

static int search(struct search *s) {
    for (size_t i = 0; i < s->t->variable_count; i++) {
        const struct ais_variable *v = s->t->variables[i].variable;
        json_t *now;
        int rc;
        if (v->computed || v->secret ||
            (v->type != AIS_BOOLEAN && v->type != AIS_CHOICE && v->type != AIS_CHOICES))
            continue;
        if (resolve(s) < 0)
            return -1;
        now = json_incref(json_object_get(ais_answers_all(s->a), v->name));
        rc = try_variable(s, v, now);
        json_decref(now);
        if (rc < 0)
            return -1;
    }
    return 0;
}

/* The layers that have a condition, and the choices, each once. */
static size_t list_offers(const struct ais_template *t, const char **names) {
    size_t count = 0;
    for (size_t i = 0; i < t->part_count && count < OFFERS_MAX; i++)
        for (size_t k = 0; k < t->parts[i]->use_count; k++)
            if (t->parts[i]->uses[k].layer->when) {
                names[count++] = t->parts[i]->manifest.name;
                break;
            }
    for (size_t i = 0; i < t->variable_count; i++) {
        const struct ais_variable *v = t->variables[i].variable;
        for (size_t k = 0; k < json_array_size(v->choices) && count < OFFERS_MAX; k++) {
            const char *name = json_string_value(json_array_get(v->choices, k));
            bool known = !offers_choice(v, name);
            for (size_t n = 0; n < count && !known; n++)
                known = strcmp(names[n], name) == 0;
            if (!known)
                names[count++] = name;
        }
    }
    return count;
}

static int fail_unknown(const struct search *s) {
    const char *names[OFFERS_MAX], *title = ais_template_manifest(s->t)->name;
    size_t count = list_offers(s->t, names);
    struct ais_buf list = AIS_BUF(4096);
    char hint[128], *offers;
    ais_did_you_mean(hint, sizeof hint, s->name, names, count);
    ais_buf_str(&list, count ? " (it offers " : " (it offers none)");
    for (size_t i = 0; i < count; i++)
        ais_buf_printf(&list, "%s%s", names[i], i + 1 < count ? ", " : ")");
    offers = *hint ? NULL : ais_buf_take(&list); /* NULL, too, where the list is too long */
    ais_fail(s->err, AIS_USAGE, "%s offers no layer \"%s\"%s", title, s->name,
             offers ? offers : hint);
    ais_free(offers);
    ais_buf_release(&list);
    return -1;
}

static int find_name(struct search *s) {
    for (size_t i = 0; i + 1 < s->t->part_count; i++) /* the last is the idea */
        if (strcmp(s->t->parts[i]->manifest.name, s->name) == 0)
            s->part = s->t->parts[i];
    for (size_t i = 0; !s->part && i < s->t->variable_count; i++)
        if (offers_choice(s->t->variables[i].variable, s->name))
            return 0;
    return s->part ? 0 : fail_unknown(s);
}

/* Whether the layer is there under any answers: by way of uses without a condition. */
static bool is_fixed(const struct search *s) {
    bool fixed[AIS_PARTS_MAX] = {false};
    for (size_t i = s->t->part_count; i-- > 0;) { /* who names a layer stands behind it */
        const struct ais_part *part = s->t->parts[i];
        fixed[i] = i == s->t->part_count - 1;
        for (size_t k = 0; k < part->use_count; k++)
            fixed[i] = fixed[i] || (fixed[part->uses[k].part] && !part->uses[k].layer->when);
        if (part == s->part)
            return fixed[i];
    }
    return false;
}

/* Takes the one answer that was found. */
static int take(const struct search *s, char **set) {
    const char *how = s->off ? "off" : "on";
    struct ais_buf text = AIS_BUF(1 << 20);
    char *value;
    if (!s->found && is_fixed(s))
        return ais_fail(s->err, AIS_USAGE, "\"%s\" is part of every %s", s->name,
                        ais_template_manifest(s->t)->name);
    if (!s->found)
        return ais_fail(s->err, AIS_USAGE,
                        "no answer alone switches \"%s\" %s in %s (aiscaffold update -s NAME=VALUE "
                        "changes several)",
                        s->name, how, ais_template_manifest(s->t)->name);
    if ((s->plain_count ? s->plain_count : s->found_count) > 1)
        return ais_fail(s->err, AIS_USAGE,
                        "several answers switch \"%s\" %s: %s (aiscaffold update -s NAME=VALUE "
                        "takes one)",
                        s->name, how, ais_buf_text(&s->ways));
    value = ais_value_text(s->value);
    ais_buf_printf(&text, "%s=%s", s->found->name, value ? value : "");
    ais_free(value);
    *set = value ? ais_buf_take(&text) : NULL;
    ais_buf_release(&text);
    return *set ? ais_answers_change(s->a, s->found->name, s->value, s->err)
                : ais_fail_memory(s->err);
}

int ais_answers_switch(struct ais_answers *a, const struct ais_template *t,
                       const struct ais_switch *wish, char **set, struct ais_error *err) {
    struct search s = {.a = a,
                       .t = t,
                       .name = wish->layer,
                       .off = wish->off,
                       .ways = AIS_BUF(64 * 1024),
                       .err = err};
    int on, rc = -1;
    *set = NULL;
    if (find_name(&s) < 0 || resolve(&s) < 0)
        goto out;
    on = is_on(&s);
    if (on >= 0 && on != s.off)
        rc = 0;
    else if (on >= 0 && search(&s) == 0)
        rc = take(&s, set);
out:
    json_decref(s.value);
    ais_buf_release(&s.ways);
    return rc;
}
