/* Any bytes as a template, an expression and an `each`: no crash, no leak, no endless work. */
#include "jinja/jinja.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One other template: the text itself. */
struct input {
    const char *text;
    size_t size;
};

static int load(void *payload, const char *name, const char **path, const char **text, size_t *size,
                struct ais_error *err) {
    const struct input *input = payload;
    (void)err;
    if (strcmp(name, "t") != 0)
        return -1;
    *path = "t";
    *text = input->text;
    *size = input->size;
    return 0;
}

static json_t *new_context(void) {
    return json_pack("{s:s, s:i, s:f, s:b, s:n, s:[i,i,s], s:{s:s, s:[s]}}", "s", "Text é", "i", 7,
                     "f", 2.5, "b", 1, "n", "l", 1, 2, "x", "d", "a", "1", "items", "k");
}

static int visit(void *payload, const json_t *context, struct ais_error *err) {
    size_t *count = payload;
    (void)context;
    (void)err;
    return ++*count < 100 ? 0 : -1;
}

static void use_name(void *payload, const char *name, const char *attribute, struct ais_place at) {
    size_t *length = payload;
    *length += strlen(name) + (attribute ? strlen(attribute) : 0) + at.line;
}

static void use_include(void *payload, const char *name, struct ais_place at) {
    use_name(payload, name, NULL, at);
}

static void as_template(struct ais_jinja *env, const struct input *input, const json_t *context) {
    struct ais_buf out = AIS_BUF((size_t)1 << 20);
    struct ais_jinja_tree *tree =
        ais_jinja_parse(env, (struct ais_place){.path = "t"}, input->text, input->size, NULL);
    size_t length = 0;
    if (tree) {
        ais_jinja_render(tree, context, &out, NULL);
        ais_jinja_names(tree, use_name, &length, NULL);
        ais_jinja_includes(tree, use_include, &length);
    }
    ais_jinja_is_plain(input->text, input->size);
    ais_buf_release(&out);
    ais_jinja_tree_free(tree);
}

static void as_expression(struct ais_jinja *env, const char *text, const json_t *context) {
    struct ais_place at = {.path = "t", .line = 3, .column = 5};
    struct ais_jinja_tree *tree = ais_jinja_parse_expression(env, at, text, NULL);
    size_t count = 0;
    if (tree) {
        json_decref(ais_jinja_evaluate(tree, context, NULL));
        ais_jinja_truth(tree, context, NULL);
    }
    ais_jinja_tree_free(tree);
    tree = ais_jinja_parse_each(env, at, text, NULL);
    if (tree)
        ais_jinja_each(tree, context, visit, &count, NULL);
    ais_jinja_tree_free(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    struct input input = {text, size};
    const struct ais_jinja_options options = {
        .trim_blocks = size % 2,
        .lstrip_blocks = size % 3 == 0,
        .limits = {.output = 1 << 16, .steps = 20000, .depth = 50, .memory = 1 << 20},
        .loader = {load, &input},
        .blame = AIS_TEMPLATE};
    struct ais_jinja *env = ais_jinja_new(&options, NULL);
    json_t *context = new_context();
    if (text && env && context) {
        if (size)
            memcpy(text, data, size);
        text[size] = '\0';
        as_template(env, &input, context);
        as_expression(env, text, context);
    }
    json_decref(context);
    ais_jinja_free(env);
    free(text);
    return 0;
}
