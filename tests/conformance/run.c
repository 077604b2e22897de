/* Runs the cases of tests/conformance against what Jinja2 printed for them.
 *
 *     run CASES.json...   each case must give its "expect" or its "error"
 *     run --batch         reads one case a line, writes {"text": ...} or {"error": ...} a line */
#include "jinja/jinja.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int load(void *payload, const char *name, const char **path, const char **text, size_t *size,
                struct ais_error *err) {
    const json_t *files = json_object_get(payload, "files");
    const json_t *file = json_object_get(files, name);
    (void)err;
    if (!file)
        return -1;
    json_object_foreach((json_t *)files, *path, file) {
        if (strcmp(*path, name) == 0)
            break;
    }
    *text = json_string_value(file);
    *size = json_string_length(file);
    return 0;
}

static bool flag(const json_t *of, const char *name) {
    return json_is_true(json_object_get(of, name));
}

/* What a case gives: {"text": ...} or {"error": ...}, a new reference. */
static json_t *run_case(json_t *of) {
    const struct ais_jinja_options options = {.trim_blocks = flag(of, "trim"),
                                              .lstrip_blocks = flag(of, "lstrip"),
                                              .loader = {load, of},
                                              .blame = AIS_TEMPLATE};
    const json_t *template = json_object_get(of, "template");
    json_t *empty = json_object(), *context = json_object_get(of, "context"), *result = NULL;
    struct ais_place at = {.path = "t", .line = 1, .column = 1};
    struct ais_error err = {0};
    struct ais_buf out = AIS_BUF((size_t)64 << 20);
    struct ais_jinja *env = ais_jinja_new(&options, &err);
    struct ais_jinja_tree *tree = NULL;
    char text[2048];
    if (env)
        tree = ais_jinja_parse(env, at, json_string_value(template), json_string_length(template),
                               &err);
    if (tree && ais_jinja_render(tree, context ? context : empty, &out, &err) == 0)
        result = json_pack("{s:s%}", "text", ais_buf_text(&out), out.size);
    else
        result = json_pack("{s:s}", "error", ais_error_text(&err, text, sizeof text));
    ais_buf_release(&out);
    ais_jinja_tree_free(tree);
    ais_jinja_free(env);
    json_decref(empty);
    return result;
}

static bool check_case(json_t *of) {
    const json_t *expect = json_object_get(of, "expect"), *error = json_object_get(of, "error");
    json_t *result = run_case(of);
    const char *key = expect ? "text" : "error";
    const json_t *wanted = expect ? expect : error;
    bool same = wanted && json_equal(wanted, json_object_get(result, key));
    if (!same) {
        char *got = json_dumps(result, JSON_COMPACT), *all = json_dumps(of, JSON_COMPACT);
        printf("FAILED %s\n  got: %s\n", all, got);
        free(got);
        free(all);
    }
    json_decref(result);
    return same;
}

static int check_file(const char *path, unsigned *passed, unsigned *failed) {
    json_error_t error;
    json_t *cases = json_load_file(path, JSON_ALLOW_NUL, &error), *of;
    size_t i;
    if (!json_is_array(cases)) {
        fprintf(stderr, "%s:%d: %s\n", path, error.line, error.text);
        json_decref(cases);
        return -1;
    }
    json_array_foreach(cases, i, of) {
        if (check_case(of))
            ++*passed;
        else
            ++*failed;
    }
    json_decref(cases);
    return 0;
}

static void run_batch(void) {
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) {
        json_t *of = json_loads(line, JSON_ALLOW_NUL, NULL), *result = run_case(of);
        json_dumpf(result, stdout, JSON_COMPACT);
        putchar('\n');
        fflush(stdout);
        json_decref(result);
        json_decref(of);
    }
    free(line);
}

int main(int argc, char **argv) {
    unsigned passed = 0, failed = 0;
    if (argc == 2 && strcmp(argv[1], "--batch") == 0) {
        run_batch();
        return 0;
    }
    for (int i = 1; i < argc; i++) {
        if (check_file(argv[i], &passed, &failed) < 0)
            return 2;
    }
    printf("%u passed, %u failed\n", passed, failed);
    return passed == 0 || failed > 0;
}
