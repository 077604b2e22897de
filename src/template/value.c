#include "template/answers.h"

#include "base/regex.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistr.h>

static json_t *parse_integer(const char *text, char *reason, size_t size) {
    char *end;
    long long value;
    errno = 0;
    value = strtoll(text, &end, 10);
    if (end != text && !*end && errno == 0)
        return json_integer(value);
    snprintf(reason, size, "must be a whole number");
    return NULL;
}

static json_t *parse_number(const char *text, char *reason, size_t size) {
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL); /* no locale, no "inf", no "0x" */
    if (json_is_number(value))
        return value;
    json_decref(value);
    snprintf(reason, size, "must be a number");
    return NULL;
}

static json_t *parse_boolean(const char *text, char *reason, size_t size) {
    static const char *const yes[] = {"true", "yes", "y", "on", "1"};
    static const char *const no[] = {"false", "no", "n", "off", "0"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (strcasecmp(text, yes[i]) == 0)
            return json_true();
        if (strcasecmp(text, no[i]) == 0)
            return json_false();
    }
    snprintf(reason, size, "must be yes or no");
    return NULL;
}

/* "a, b,c" to ["a", "b", "c"]; the empty text is the empty list. */
static json_t *split(const char *text) {
    json_t *list = json_array();
    while (list && *text) {
        size_t size = strcspn(text, ","), from = strspn(text, " \t"), to = size;
        if (from > size)
            from = size;
        while (to > from && strchr(" \t", text[to - 1]))
            to--;
        if (json_array_append_new(list, json_stringn(text + from, to - from)) < 0) {
            json_decref(list);
            return NULL;
        }
        text += size + (text[size] == ',');
    }
    return list;
}

static json_t *parse_json(const char *text, char *reason, size_t size) {
    json_error_t e;
    json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, &e);
    if (!value)
        snprintf(reason, size, "is no valid JSON (%s)", e.text);
    return value;
}

json_t *ais_value_parse(const struct ais_variable *v, const char *text, char *reason, size_t size) {
    json_t *value = NULL;
    snprintf(reason, size, "out of memory");
    switch (v->type) {
    case AIS_STRING:
    case AIS_CHOICE:
        value = json_string(text);
        if (!value)
            snprintf(reason, size, "must be UTF-8");
        break;
    case AIS_INTEGER:
        value = parse_integer(text, reason, size);
        break;
    case AIS_NUMBER:
        value = parse_number(text, reason, size);
        break;
    case AIS_BOOLEAN:
        value = parse_boolean(text, reason, size);
        break;
    case AIS_CHOICES:
    case AIS_LIST:
        value = text[strspn(text, " \t")] == '[' ? parse_json(text, reason, size) : split(text);
        break;
    case AIS_TABLE:
        value = *text ? parse_json(text, reason, size) : json_array();
        break;
    }
    if (value && ais_value_check(v, value, reason, size) < 0) {
        json_decref(value);
        value = NULL;
    }
    return value;
}

static int fail(char *reason, size_t size, const char *text) {
    snprintf(reason, size, "%s", text);
    return -1;
}

static int check_bounds(const struct ais_variable *v, double x, const char *unit, char *reason,
                        size_t size) {
    bool low = v->has_min && x < v->min, high = v->has_max && x > v->max;
    if (!low && !high)
        return 0;
    snprintf(reason, size, "must be at %s %.15g%s", low ? "least" : "most", low ? v->min : v->max,
             unit);
    return -1;
}

static int check_string(const struct ais_variable *v, const char *text, char *reason, size_t size) {
    size_t characters = u8_mbsnlen((const uint8_t *)text, strlen(text));
    if (v->regex) {
        int found = ais_regex_match(v->regex, text);
        if (found < 0)
            return fail(reason, size, "takes too long to match the pattern");
        if (!found) {
            snprintf(reason, size, "must match %.200s", v->pattern);
            return -1;
        }
    }
    return v->type == AIS_STRING
               ? check_bounds(v, (double)characters, " characters long", reason, size)
               : 0;
}

static int check_choice(const struct ais_variable *v, const json_t *value, char *reason,
                        size_t size) {
    const char *names[64];
    char hint[128];
    size_t count = 0, used;
    for (size_t i = 0; i < json_array_size(v->choices); i++) {
        if (json_equal(json_array_get(v->choices, i), value))
            return 0;
        if (count < 64)
            names[count++] = json_string_value(json_array_get(v->choices, i));
    }
    used = (size_t)snprintf(reason, size, "must be one of ");
    for (size_t i = 0; i < count && used < size; i++)
        used += (size_t)snprintf(reason + used, size - used, "%s%.60s", i ? ", " : "", names[i]);
    if (used < size && json_is_string(value))
        snprintf(reason + used, size - used, "%s",
                 ais_did_you_mean(hint, sizeof hint, json_string_value(value), names, count));
    return -1;
}

static int check_list(const struct ais_variable *v, const json_t *value, char *reason,
                      size_t size) {
    if (!json_is_array(value))
        return fail(reason, size, "must be a list");
    for (size_t i = 0; i < json_array_size(value); i++) {
        const json_t *item = json_array_get(value, i);
        if (v->type == AIS_TABLE ? !json_is_object(item) : !json_is_string(item))
            return fail(reason, size,
                        v->type == AIS_TABLE ? "must be a list of objects"
                                             : "must be a list of strings");
        if (v->type == AIS_CHOICES && check_choice(v, item, reason, size) < 0)
            return -1;
        for (size_t k = 0; v->type == AIS_CHOICES && k < i; k++)
            if (json_equal(item, json_array_get(value, k)))
                return fail(reason, size, "names a choice twice");
        if (v->type == AIS_LIST && check_string(v, json_string_value(item), reason, size) < 0)
            return -1;
    }
    return check_bounds(v, (double)json_array_size(value), " items long", reason, size);
}

int ais_value_check(const struct ais_variable *v, const json_t *value, char *reason, size_t size) {
    switch (v->type) {
    case AIS_STRING:
        if (!json_is_string(value))
            return fail(reason, size, "must be a string");
        return check_string(v, json_string_value(value), reason, size);
    case AIS_INTEGER:
        if (!json_is_integer(value))
            return fail(reason, size, "must be a whole number");
        return check_bounds(v, (double)json_integer_value(value), "", reason, size);
    case AIS_NUMBER:
        if (!json_is_number(value))
            return fail(reason, size, "must be a number");
        return check_bounds(v, json_number_value(value), "", reason, size);
    case AIS_BOOLEAN:
        return json_is_boolean(value) ? 0 : fail(reason, size, "must be true or false");
    case AIS_CHOICE:
        return check_choice(v, value, reason, size);
    case AIS_CHOICES:
    case AIS_LIST:
    case AIS_TABLE:
        return check_list(v, value, reason, size);
    }
    return 0;
}

/* ["a", "b"] to "a,b"; a list of what split would not give back, to its JSON. */
static char *list_text(const json_t *value) {
    struct ais_buf text = AIS_BUF(1 << 20);
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *item = json_string_value(json_array_get(value, i));
        if (!item || !*item || strpbrk(item, ",[ \t")) {
            ais_buf_release(&text);
            return ais_json_text(value, JSON_COMPACT | JSON_REAL_PRECISION(15));
        }
        if (i)
            ais_buf_char(&text, ',');
        ais_buf_str(&text, item);
    }
    return ais_buf_take(&text);
}

char *ais_value_text(const json_t *value) {
    if (json_is_string(value))
        return ais_strdup(json_string_value(value));
    if (json_is_boolean(value))
        return ais_strdup(json_is_true(value) ? "yes" : "no");
    if (json_is_array(value))
        return list_text(value);
    return ais_json_text(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15));
}
