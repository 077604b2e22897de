#include "template/fields.h"

#include <string.h>

static enum ais_status blame(const struct ais_fields *f) {
    return f->blame ? f->blame : AIS_TEMPLATE;
}

int ais_fields_open(const struct ais_fields *f, const char *const *keys) {
    char hint[128];
    size_t known = 0;
    if (!json_is_object(f->node.value))
        return ais_fail_at(f->err, blame(f), ais_node_place(f->node), "%s must be an object",
                           f->what);
    while (keys[known])
        known++;
    for (size_t i = 0; i < ais_node_count(f->node); i++) {
        struct ais_node member = ais_node_at(f->node, i);
        size_t k = 0;
        while (keys[k] && strcmp(keys[k], member.key) != 0)
            k++;
        if (!keys[k])
            return ais_fail_at(f->err, blame(f), ais_node_key_place(member),
                               "unknown key \"%s\" in %s%s", member.key, f->what,
                               ais_did_you_mean(hint, sizeof hint, member.key, keys, known));
    }
    return 0;
}

int ais_fields_fail(const struct ais_fields *f, const char *key, const char *reason) {
    struct ais_node member;
    struct ais_place at =
        ais_node_get(f->node, key, &member) ? ais_node_place(member) : ais_node_place(f->node);
    return ais_fail_at(f->err, blame(f), at, "\"%s\" in %s %s", key, f->what, reason);
}

int ais_fields_need(const struct ais_fields *f, const char *key) {
    struct ais_node member;
    if (ais_node_get(f->node, key, &member))
        return 0;
    return ais_fail_at(f->err, blame(f), ais_node_place(f->node), "%s has no \"%s\"", f->what, key);
}

int ais_fields_string(const struct ais_fields *f, const char *key, const char **out) {
    struct ais_node member;
    if (!ais_node_get(f->node, key, &member))
        return 0;
    if (!json_is_string(member.value))
        return ais_fields_fail(f, key, "must be a string");
    *out = ais_node_text(member);
    return 0;
}

int ais_fields_bool(const struct ais_fields *f, const char *key, bool *out) {
    struct ais_node member;
    if (!ais_node_get(f->node, key, &member))
        return 0;
    if (!json_is_boolean(member.value))
        return ais_fields_fail(f, key, "must be true or false");
    *out = json_is_true(member.value);
    return 0;
}

int ais_fields_number(const struct ais_fields *f, const char *key, double *out, bool *found) {
    struct ais_node member;
    *found = ais_node_get(f->node, key, &member);
    if (!*found)
        return 0;
    if (!json_is_number(member.value))
        return ais_fields_fail(f, key, "must be a number");
    *out = json_number_value(member.value);
    return 0;
}

int ais_fields_strings(const struct ais_fields *f, const char *key, struct ais_node *out,
                       bool *found) {
    *found = ais_node_get(f->node, key, out);
    if (!*found)
        return 0;
    if (!json_is_array(out->value))
        return ais_fields_fail(f, key, "must be a list of strings");
    for (size_t i = 0; i < ais_node_count(*out); i++)
        if (!json_is_string(ais_node_at(*out, i).value))
            return ais_fail_at(f->err, blame(f), ais_node_place(ais_node_at(*out, i)),
                               "\"%s\" in %s must be a list of strings", key, f->what);
    return 0;
}
