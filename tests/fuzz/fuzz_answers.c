/* An answers file of any bytes, and each line of it as --set NAME=VALUE. */
#include "folder.h"

#include "template/answers.h"

#include <string.h>

static const char manifest[] =
    "{\"name\": \"t\", \"version\": \"1.0.0\", \"released\": \"2026-12-01T00:00:00Z\", "
    "\"summary\": \"s\", \"variables\": {"
    "\"s\": {\"type\": \"string\", \"pattern\": \"^[a-z]+$\", \"min\": 2, \"max\": 9, \"default\": "
    "\"abc\"},"
    "\"i\": {\"type\": \"integer\", \"min\": -5, \"default\": 1}, \"n\": {\"type\": \"number\", "
    "\"default\": 1},"
    "\"b\": {\"type\": \"boolean\", \"default\": true}, \"c\": {\"type\": \"choice\", \"choices\": "
    "[\"x\", \"y\"], \"default\": \"x\"},"
    "\"cs\": {\"type\": \"choices\", \"choices\": [\"x\", \"y\"], \"default\": []},"
    "\"l\": {\"type\": \"list\", \"pattern\": \"^.$\", \"max\": 3, \"default\": []}, \"t\": "
    "{\"type\": \"table\", \"default\": []},"
    "\"k\": {\"computed\": \"{{ s | upper }}{{ l | join }}\"}}}";

static void give_lines(const struct ais_template *t, const char *text, size_t size) {
    struct ais_error err = {0};
    struct ais_answers *answers = ais_answers_new(t, &err);
    char *copy = ais_strndup(text, size);
    MUST(answers && copy);
    for (char *line = copy, *next; line; line = next) {
        char *equals;
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        equals = strchr(line, '=');
        err = (struct ais_error){0};
        if (!equals)
            continue;
        *equals = '\0';
        MUST(ais_answers_give_text(answers, line, equals + 1, &err) == 0 ||
             err.status == AIS_ANSWERS);
    }
    err = (struct ais_error){0};
    MUST(ais_answers_resolve(answers, NULL, true, &err) == 0);
    for (size_t i = 0; i < t->variable_count; i++) {
        const struct ais_variable *v = t->variables[i].variable;
        const json_t *value = json_object_get(ais_answers_values(answers), v->name);
        char reason[512], *again;
        json_t *back;
        MUST(value && (v->computed || ais_value_check(v, value, reason, sizeof reason) == 0));
        if (v->computed)
            continue;
        again = ais_value_text(value);
        back = again ? ais_value_parse(v, again, reason, sizeof reason) : NULL;
        MUST(back && (json_equal(back, value) || json_is_real(value)));
        json_decref(back);
        ais_free(again);
    }
    ais_free(copy);
    ais_answers_free(answers);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct ais_template *t;
    struct ais_json doc = {0};
    struct ais_error err = {0};
    struct ais_answers *answers;
    if (!t) {
        fuzz_write("template.json", manifest, sizeof manifest - 1);
        t = fuzz_load();
        MUST(t);
    }
    give_lines(t, (const char *)data, size);
    answers = ais_answers_new(t, &err);
    if (ais_json_parse(&doc, "input", (const char *)data, size, AIS_ANSWERS, &err) == 0 &&
        ais_answers_give_json(answers, &doc, &err) == 0)
        MUST(ais_answers_resolve(answers, NULL, true, &err) == 0);
    else
        MUST(err.status == AIS_ANSWERS);
    ais_answers_free(answers);
    ais_json_release(&doc);
    return 0;
}
