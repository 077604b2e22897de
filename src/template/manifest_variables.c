#include "template/manifest_parts.h"

#include "base/regex.h"

#include <stdio.h>
#include <string.h>

static const char *const type_names[] = {"string", "integer", "number", "boolean",
                                         "choice", "choices", "list",   "table"};
enum { TYPES = sizeof type_names / sizeof *type_names, CHOICES_MAX = 1000 };

const char *ais_type_name(enum ais_type type) {
    return type_names[type];
}

static int read_type(const struct ais_fields *f, struct ais_variable *v) {
    char hint[128], reason[320];
    const char *name = NULL;
    if (ais_fields_need(f, "type") < 0 || ais_fields_string(f, "type", &name) < 0)
        return -1;
    for (size_t i = 0; i < TYPES; i++) {
        if (strcmp(name, type_names[i]) == 0) {
            v->type = (enum ais_type)i;
            return 0;
        }
    }
    ais_did_you_mean(hint, sizeof hint, name, type_names, TYPES);
    snprintf(reason, sizeof reason, "is \"%.100s\", which is no type%s", name,
             *hint ? hint : " (string, integer, number, boolean, choice, choices, list or table)");
    return ais_fields_fail(f, "type", reason);
}

static int read_choices(const struct ais_fields *f, struct ais_variable *v) {
    struct ais_node list;
    bool found;
    bool wanted = v->type == AIS_CHOICE || v->type == AIS_CHOICES;
    if (ais_fields_strings(f, "choices", &list, &found) < 0)
        return -1;
    if (!wanted)
        return found ? ais_fields_fail(f, "choices", "belongs to the types choice and choices") : 0;
    if (ais_fields_need(f, "choices") < 0)
        return -1;
    v->choices = list.value;
    if (json_array_size(v->choices) == 0)
        return ais_fields_fail(f, "choices", "must not be empty");
    if (json_array_size(v->choices) > CHOICES_MAX)
        return ais_fields_fail(f, "choices", "must not be more than 1000");
    for (size_t i = 0; i < json_array_size(v->choices); i++)
        for (size_t k = 0; k < i; k++)
            if (json_equal(json_array_get(v->choices, i), json_array_get(v->choices, k)))
                return ais_fail_at(f->err, AIS_TEMPLATE, ais_node_place(ais_node_at(list, i)),
                                   "\"%s\" stands twice among the choices of %s",
                                   json_string_value(json_array_get(v->choices, i)), f->what);
    return 0;
}

static int read_pattern(const struct ais_fields *f, struct ais_variable *v) {
    struct ais_node node;
    if (ais_fields_string(f, "pattern", &v->pattern) < 0)
        return -1;
    if (!v->pattern)
        return 0;
    if (v->type != AIS_STRING && v->type != AIS_LIST)
        return ais_fields_fail(f, "pattern", "belongs to the types string and list");
    ais_node_get(f->node, "pattern", &node);
    v->regex = ais_regex_new(v->pattern, ais_node_place(node), f->err);
    return v->regex ? 0 : -1;
}

static int read_bounds(const struct ais_fields *f, struct ais_variable *v) {
    if (ais_fields_number(f, "min", &v->min, &v->has_min) < 0 ||
        ais_fields_number(f, "max", &v->max, &v->has_max) < 0)
        return -1;
    if (v->has_min && v->has_max && v->min > v->max)
        return ais_fields_fail(f, "min", "is larger than \"max\"");
    if ((v->has_min || v->has_max) && (v->type == AIS_BOOLEAN || v->type == AIS_CHOICE))
        return ais_fields_fail(f, v->has_min ? "min" : "max",
                               "does not belong to the types boolean and choice");
    return 0;
}

static int read_default(struct ais_reading *r, const struct ais_fields *f, struct ais_variable *v) {
    struct ais_node node;
    v->default_at = v->at;
    if (!ais_node_get(f->node, "default", &node))
        return 0;
    v->fallback = node.value;
    v->default_at = ais_node_place(node);
    if (!json_is_string(node.value))
        return 0;
    v->fallback_tree = ais_jinja_parse(r->env, ais_text_place(node), ais_node_text(node),
                                       json_string_length(node.value), r->err);
    return v->fallback_tree ? 0 : -1;
}

static int read_computed(struct ais_reading *r, const struct ais_fields *f,
                         struct ais_variable *v) {
    static const char *const keys[] = {"computed", NULL};
    struct ais_node node;
    if (ais_fields_open(f, keys) < 0)
        return -1;
    ais_node_get(f->node, "computed", &node);
    if (!json_is_string(node.value))
        return ais_fields_fail(f, "computed", "must be a string");
    v->type = AIS_STRING;
    v->computed = ais_jinja_parse(r->env, ais_text_place(node), ais_node_text(node),
                                  json_string_length(node.value), r->err);
    return v->computed ? 0 : -1;
}

static int read_variable(struct ais_reading *r, struct ais_node node, struct ais_variable *v) {
    static const char *const keys[] = {"type", "prompt",  "help", "default", "pattern", "min",
                                       "max",  "choices", "when", "secret",  NULL};
    static const char *const reserved[] = {"provided", "template", "loop", "true", "false",
                                           "none",     "not",      "and",  "or",   "in",
                                           "is",       "if",       "else"};
    char what[128];
    struct ais_fields f = {.node = node, .what = what, .err = r->err};
    struct ais_node computed;
    v->name = node.key;
    v->at = ais_node_key_place(node);
    snprintf(what, sizeof what, "variable \"%.80s\"", v->name);
    if (strspn(v->name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(v->name) ||
        !(v->name[0] >= 'a' && v->name[0] <= 'z') || strlen(v->name) > 64)
        return ais_fail_at(r->err, AIS_TEMPLATE, v->at,
                           "the variable \"%s\" must be called 1 to 64 of a-z, 0-9 and '_', "
                           "beginning with a letter",
                           v->name);
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(v->name, reserved[i]) == 0)
            return ais_fail_at(r->err, AIS_TEMPLATE, v->at,
                               "a variable can't be called \"%s\", which the language keeps",
                               v->name);
    if (json_is_object(node.value) && ais_node_get(node, "computed", &computed))
        return read_computed(r, &f, v);
    if (ais_fields_open(&f, keys) < 0 || read_type(&f, v) < 0 || read_choices(&f, v) < 0 ||
        read_pattern(&f, v) < 0 || read_bounds(&f, v) < 0 || read_default(r, &f, v) < 0 ||
        ais_fields_string(&f, "prompt", &v->prompt) < 0 ||
        ais_fields_string(&f, "help", &v->help) < 0 ||
        ais_fields_bool(&f, "secret", &v->secret) < 0 || ais_read_when(r, &f, "when", &v->when) < 0)
        return -1;
    if (v->when && !v->fallback)
        return ais_fail_at(r->err, AIS_TEMPLATE, v->at,
                           "%s has a \"when\" but no \"default\", which it takes where that is "
                           "false",
                           what);
    return 0;
}

int ais_read_variables(struct ais_reading *r, struct ais_node object) {
    struct ais_manifest *m = r->manifest;
    if (!json_is_object(object.value))
        return ais_fail_at(r->err, AIS_TEMPLATE, ais_node_place(object),
                           "\"variables\" must be an object");
    m->variables = ais_read_array(r, ais_node_count(object), sizeof *m->variables);
    if (!m->variables)
        return -1;
    while (m->variable_count < ais_node_count(object)) {
        size_t i = m->variable_count++; /* counted first, so that what an error left is released */
        if (read_variable(r, ais_node_at(object, i), &m->variables[i]) < 0)
            return -1;
    }
    return 0;
}

void ais_variable_release(struct ais_variable *variable) {
    ais_regex_free(variable->regex);
    ais_jinja_tree_free(variable->fallback_tree);
    ais_jinja_tree_free(variable->when);
    ais_jinja_tree_free(variable->computed);
}
