#include "jinja/list.h"

#include <math.h>

static int list_from_json(struct ais_jrun *run, const json_t *json, unsigned depth,
                          struct ais_jval *out) {
    size_t count = json_array_size(json);
    if (ais_jlist_new(run, J_LIST, count, out) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        struct ais_jval item = J_NOTHING;
        if (ais_jrun_from_json(run, json_array_get(json, i), depth + 1, &item) < 0 ||
            ais_jlist_add(run, out->as.list, item) < 0)
            return -1;
    }
    return 0;
}

static int dict_from_json(struct ais_jrun *run, const json_t *json, unsigned depth,
                          struct ais_jval *out) {
    const char *key;
    size_t size;
    json_t *value;
    if (ais_jdict_new(run, out) < 0)
        return -1;
    json_object_keylen_foreach((json_t *)json, key, size, value) {
        struct ais_jval name, item = J_NOTHING;
        if (ais_jrun_str(run, key, size, &name) < 0 ||
            ais_jrun_from_json(run, value, depth + 1, &item) < 0 ||
            ais_jdict_set(run, out->as.dict, name, item) < 0)
            return -1;
    }
    return 0;
}

int ais_jrun_from_json(struct ais_jrun *run, const json_t *json, unsigned depth,
                       struct ais_jval *out) {
    if (depth > run->limits->depth)
        return ais_jrun_fail(run, "values are nested too deeply");
    if (ais_jrun_step(run, 1) < 0)
        return -1;
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return dict_from_json(run, json, depth, out);
    case JSON_ARRAY:
        return list_from_json(run, json, depth, out);
    case JSON_STRING:
        return ais_jrun_str(run, json_string_value(json), json_string_length(json), out);
    case JSON_INTEGER:
        *out = ais_jval_int(json_integer_value(json));
        return 0;
    case JSON_REAL:
        *out = ais_jval_float(json_real_value(json));
        return 0;
    case JSON_TRUE:
    case JSON_FALSE:
        *out = ais_jval_bool(json_is_true(json));
        return 0;
    default:
        *out = J_NOTHING;
        return 0;
    }
}

static json_t *own(struct ais_jrun *run, json_t *json) {
    if (!json)
        ais_fail_memory(run->err);
    return json;
}

static json_t *list_to_json(struct ais_jrun *run, struct ais_jval value, unsigned depth) {
    json_t *array = own(run, json_array());
    struct ais_jiter iter;
    struct ais_jval item;
    int more = -1;
    if (!array || ais_jiter_init(run, &iter, value) < 0)
        goto out;
    while ((more = ais_jiter_next(run, &iter, &item)) > 0) {
        json_t *json = ais_jrun_to_json(run, item, depth + 1);
        if (!json || json_array_append_new(array, json) < 0) {
            ais_fail_memory(run->err);
            more = -1;
            break;
        }
    }
out:
    if (more < 0) {
        json_decref(array);
        return NULL;
    }
    return array;
}

static json_t *dict_to_json(struct ais_jrun *run, const struct ais_jdict *dict, unsigned depth) {
    json_t *object = own(run, json_object());
    for (size_t i = 0; object && i < dict->used; i++) {
        const struct ais_jentry *entry = &dict->entries[i];
        json_t *json;
        int rc = -1;
        if (!entry->live)
            continue;
        if (entry->key.kind != J_STR) {
            ais_jrun_fail(run, "%s cannot be a key in JSON", ais_jval_type(entry->key));
        } else {
            json = ais_jrun_to_json(run, entry->value, depth + 1);
            if (json)
                rc = json_object_setn_new(object, entry->key.as.str->data, entry->key.as.str->size,
                                          json);
            if (rc < 0)
                ais_fail_memory(run->err);
        }
        if (rc < 0) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

json_t *ais_jrun_to_json(struct ais_jrun *run, struct ais_jval value, unsigned depth) {
    if (ais_jrun_defined(run, value) < 0)
        return NULL;
    if (depth > run->limits->depth) {
        ais_jrun_fail(run, "values are nested too deeply");
        return NULL;
    }
    switch (value.kind) {
    case J_NONE:
        return own(run, json_null());
    case J_BOOL:
        return own(run, json_boolean(value.as.truth));
    case J_INT:
        return own(run, json_integer(value.as.integer));
    case J_FLOAT:
        if (isfinite(value.as.real))
            return own(run, json_real(value.as.real));
        ais_jrun_fail(run, "JSON has no form for a number that is not finite");
        return NULL;
    case J_STR:
        return own(run, json_stringn(value.as.str->data, value.as.str->size));
    case J_LIST:
    case J_TUPLE:
    case J_RANGE:
    case J_VIEW:
    case J_ITER:
        return list_to_json(run, value, depth);
    case J_DICT:
        return dict_to_json(run, value.as.dict, depth);
    default:
        ais_jrun_fail(run, "JSON has no form for %s", ais_jval_type(value));
        return NULL;
    }
}
