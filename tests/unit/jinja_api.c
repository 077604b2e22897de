/* The calls of jinja.h: expressions, each, names, includes, functions, threads. */
#include "base/mem.h"
#include "jinja/jinja.h"
#include "unit.h"

#include <pthread.h>
#include <stdlib.h>

static json_t *double_it(void *payload, const json_t *args, struct ais_error *err) {
    (void)payload;
    if (json_array_size(args) != 1 || !json_is_integer(json_array_get(args, 0))) {
        ais_fail(err, AIS_TEMPLATE, "double() takes one whole number");
        return NULL;
    }
    return json_pack("{s:i, s:s}", "value", 2 * (int)json_integer_value(json_array_get(args, 0)),
                     "text", "doubled");
}

static int load(void *payload, const char *name, const char **path, const char **text, size_t *size,
                struct ais_error *err) {
    (void)payload;
    if (strcmp(name, "broken") == 0)
        return ais_fail(err, AIS_FAILED, "the disk is broken");
    if (strcmp(name, "part") != 0)
        return -1;
    *path = "part.txt";
    *text = "{% set own = 1 %}{{ own }}{{ shared }}{{ provided.make }}";
    *size = strlen(*text);
    return 0;
}

static const struct ais_jinja_function functions[] = {{"double", double_it, NULL},
                                                      {NULL, NULL, NULL}};

static struct ais_jinja *new_env(void) {
    const struct ais_jinja_options options = {
        .loader = {.load = load}, .functions = functions, .blame = AIS_TEMPLATE};
    return ais_jinja_new(&options, NULL);
}

static const struct ais_place place = {.path = "template.json", .line = 14, .column = 21};

/* The JSON text of an expression's value, or its error. */
static void check_value(struct ais_jinja *env, const char *text, const char *want) {
    struct ais_error err = {0};
    struct ais_jinja_tree *tree = ais_jinja_parse_expression(env, place, text, &err);
    json_t *context = json_pack("{s:i, s:[s,s]}", "n", 3, "features", "ci", "docker");
    json_t *value = tree ? ais_jinja_evaluate(tree, context, &err) : NULL;
    char *got = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_SORT_KEYS) : NULL, line[2048];
    CHECK_STR(got ? got : ais_error_text(&err, line, sizeof line), want);
    free(got);
    json_decref(value);
    json_decref(context);
    ais_jinja_tree_free(tree);
}

static void test_values(struct ais_jinja *env) {
    check_value(env, "n + 1", "4");
    check_value(env, "'docker' in features", "true");
    check_value(env, "features | map('upper') | list", "[\"CI\", \"DOCKER\"]");
    check_value(env, "features | map('upper')", "[\"CI\", \"DOCKER\"]");
    check_value(env, "{'a': (1, 2.5, none, true)}", "{\"a\": [1, 2.5, null, true]}");
    check_value(env, "double(n).value", "6");
    check_value(env, "double(n)", "{\"text\": \"doubled\", \"value\": 6}");
    check_value(env, "double('x')", "template.json:14:21: double() takes one whole number");
    check_value(env, "double(x=1)", "template.json:14:21: double() takes no named arguments");
    check_value(env, "n n", "template.json:14:23: unexpected \"n\" behind the expression");
    check_value(env, "n }}", "template.json:14:23: unexpected \"}}\" behind the expression");
    check_value(env, "", "template.json:14:21: unexpected end of the text, expected an expression");
    check_value(env, "feature",
                "template.json:14:21: \"feature\" is undefined (did you mean "
                "\"features\"?)");
    check_value(env, "n.x", "template.json:14:23: int has no \"x\"");
    check_value(env, "\n\n  n.x", "template.json:16:5: int has no \"x\"");
    check_value(env, "range", "template.json:14:21: JSON has no form for function");
    check_value(env, "{1: 2}", "template.json:14:21: int cannot be a key in JSON");
    check_value(env, "1e308 * 10",
                "template.json:14:27: JSON has no form for a number that is not "
                "finite");
    check_value(env, "\xff", "template.json:14:1: text is not UTF-8");
}

static void check_truth(struct ais_jinja *env, const char *text, int want) {
    struct ais_error err = {0};
    struct ais_jinja_tree *tree = ais_jinja_parse_expression(env, place, text, &err);
    json_t *context = json_pack("{s:[]}", "empty");
    CHECK(tree && ais_jinja_truth(tree, context, &err) == want);
    CHECK((want < 0) == (err.status == AIS_TEMPLATE));
    json_decref(context);
    ais_jinja_tree_free(tree);
}

static void test_truth(struct ais_jinja *env) {
    check_truth(env, "1 == 1", 1);
    check_truth(env, "empty", 0);
    check_truth(env, "'' or none", 0);
    check_truth(env, "missing", -1);
    check_truth(env, "missing is defined", 0);
}

static int visit(void *payload, const json_t *context, struct ais_error *err) {
    struct ais_buf *seen = payload;
    char *text = json_dumps(context, JSON_SORT_KEYS | JSON_COMPACT);
    ais_buf_str(seen, text);
    free(text);
    if (json_integer_value(json_object_get(context, "stop")) == 1)
        return ais_fail(err, AIS_TEMPLATE, "stopped");
    return 0;
}

static void check_each(struct ais_jinja *env, const char *text, const char *want) {
    struct ais_error err = {0};
    struct ais_jinja_tree *tree = ais_jinja_parse_each(env, place, text, &err);
    json_t *context = json_pack("{s:[i,i]}", "l", 1, 2);
    struct ais_buf seen = AIS_BUF(4096);
    char line[2048];
    if (!tree || ais_jinja_each(tree, context, visit, &seen, &err) < 0)
        ais_buf_str(&seen, ais_error_text(&err, line, sizeof line));
    CHECK_STR(ais_buf_text(&seen), want);
    ais_buf_release(&seen);
    json_decref(context);
    ais_jinja_tree_free(tree);
}

static void test_each(struct ais_jinja *env) {
    check_each(env, "x in l",
               "{\"l\":[1,2],\"loop\":{\"first\":true,\"index\":1,\"index0\":0,\"last\":false,"
               "\"length\":2},\"x\":1}"
               "{\"l\":[1,2],\"loop\":{\"first\":false,\"index\":2,\"index0\":1,\"last\":true,"
               "\"length\":2},\"x\":2}");
    check_each(env, "k, v in {'a': 1}.items()",
               "{\"k\":\"a\",\"l\":[1,2],\"loop\":{\"first\":true,\"index\":1,\"index0\":0,"
               "\"last\":true,\"length\":1},\"v\":1}");
    check_each(env, "x in []", "");
    check_each(env, "stop in l",
               "{\"l\":[1,2],\"loop\":{\"first\":true,\"index\":1,\"index0\":0,\"last\":false,"
               "\"length\":2},\"stop\":1}stopped");
    check_each(env, "x", "template.json:14:22: unexpected end of the text, expected \"in\"");
    check_each(env, "x in y", "template.json:14:26: \"y\" is undefined");
    check_each(env, "1 in l", "template.json:14:21: nothing can be assigned to this expression");
    check_each(env, "x in 5", "template.json:14:26: int cannot be gone through");
}

static void note_name(void *payload, const char *name, const char *attribute, struct ais_place at) {
    ais_buf_printf(payload, "%s%s%s@%s:%u:%u ", name, attribute ? "." : "",
                   attribute ? attribute : "", at.path, at.line, at.column);
}

static void note_include(void *payload, const char *name, struct ais_place at) {
    ais_buf_printf(payload, "%s@%u:%u ", name, at.line, at.column);
}

static void check_names(struct ais_jinja *env, const char *text, const char *want) {
    struct ais_error err = {0};
    struct ais_place at = {.path = "t"};
    struct ais_jinja_tree *tree = ais_jinja_parse(env, at, text, strlen(text), &err);
    struct ais_buf seen = AIS_BUF(4096);
    CHECK(tree && ais_jinja_names(tree, note_name, &seen, &err) == 0);
    CHECK_STR(ais_buf_text(&seen), want);
    ais_buf_release(&seen);
    ais_jinja_tree_free(tree);
}

static void test_names(struct ais_jinja *env) {
    check_names(env, "{{ a }}{{ b.c }}{{ b.c }}{{ b['d'] }}{{ b }}{{ a }}",
                "a@t:1:4 b.c@t:1:11 b.d@t:1:29 b@t:1:41 ");
    check_names(env,
                "{% set a = b %}{{ a }}{% for x in c if x %}{{ x }}{{ loop.index }}{{ d }}"
                "{% endfor %}{{ x }}",
                "b@t:1:12 c@t:1:35 d@t:1:70 x@t:1:89 ");
    check_names(env,
                "{% macro m(p, q=r) %}{{ p }}{{ late }}{{ caller() }}{{ varargs }}{% endmacro %}"
                "{% set late = 1 %}{{ m(s) }}{{ range(2) }}{{ double(1) }}",
                "s@t:1:103 r@t:1:17 ");
    check_names(env,
                "{% with a = b %}{{ a }}{% endwith %}{{ a }}{% set t %}{{ u }}{% endset %}{{ t }}",
                "b@t:1:13 a@t:1:40 u@t:1:58 ");
    check_names(env,
                "{% set shared = 1 %}{% include 'part' %}{% include other %}"
                "{% include 'nope' ignore missing %}",
                "provided.make@part.txt:1:42 other@t:1:52 ");
    check_names(env, "{% import 'part' as p %}{{ p.x }}{% from 'part' import y as z %}{{ z }}", "");
    check_names(env, "{% block a %}{{ super() }}{{ self.a() }}{{ n }}{% endblock %}{% set n = 1 %}",
                "");
    check_names(env,
                "{% filter replace(a, b) %}{{ c | default(d) }}{% endfilter %}{{ e is eq f }}"
                "{% call(g) h(i) %}{{ g }}{{ j }}{% endcall %}{% set ns.x = 1 %}",
                "a@t:1:19 b@t:1:22 c@t:1:30 d@t:1:42 e@t:1:65 f@t:1:73 h@t:1:88 i@t:1:90 j@t:1:105 "
                "ns@t:1:129 ");
}

static void test_includes(struct ais_jinja *env) {
    const char *text = "{% include 'a' %}\n{% if x %}{% from 'b' import c %}{% endif %}"
                       "{% macro m() %}{% import 'd' as e %}{% endmacro %}{% include f %}";
    struct ais_error err = {0};
    struct ais_place at = {.path = "t"};
    struct ais_jinja_tree *tree = ais_jinja_parse(env, at, text, strlen(text), &err);
    struct ais_buf seen = AIS_BUF(4096);
    if (CHECK(tree != NULL))
        ais_jinja_includes(tree, note_include, &seen);
    CHECK_STR(ais_buf_text(&seen), "a@1:12 b@2:19 d@2:70 ");
    ais_buf_release(&seen);
    ais_jinja_tree_free(tree);
}

static void test_loader(struct ais_jinja *env) {
    const char *text = "{% include 'broken' %}";
    struct ais_error err = {0};
    struct ais_place at = {.path = "t"};
    struct ais_buf out = AIS_BUF(4096);
    struct ais_jinja_tree *tree = ais_jinja_parse(env, at, text, strlen(text), &err);
    CHECK(tree && ais_jinja_render(tree, NULL, &out, &err) < 0);
    CHECK_STR(err.message, "the disk is broken");
    CHECK(err.status == AIS_FAILED);
    ais_buf_release(&out);
    ais_jinja_tree_free(tree);
}

static void test_plain(void) {
    CHECK(ais_jinja_is_plain("a { b } %} }}", 13));
    CHECK(ais_jinja_is_plain("", 0));
    CHECK(!ais_jinja_is_plain("a {{ b", 6));
    CHECK(!ais_jinja_is_plain("a {% b", 6));
    CHECK(!ais_jinja_is_plain("a {# b", 6));
    CHECK(!ais_jinja_is_plain("a\r\nb", 4));
    CHECK(!ais_jinja_is_plain("\xff", 1));
    CHECK(ais_jinja_is_plain("a {", 3));
}

static void *render_often(void *payload) {
    const struct ais_jinja_tree *tree = payload;
    json_t *context = json_pack("{s:s, s:{s:s}}", "shared", "S", "provided", "make", "M");
    bool right = true;
    for (int i = 0; i < 200; i++) {
        struct ais_buf out = AIS_BUF(4096);
        right = right && ais_jinja_render(tree, context, &out, NULL) == 0 &&
                strcmp(ais_buf_text(&out), "SMab1SM") == 0;
        ais_buf_release(&out);
    }
    json_decref(context);
    return right ? payload : NULL;
}

/* One tree, rendered by several threads while the include is not yet parsed. */
static void test_threads(struct ais_jinja *env) {
    const char *text = "{{ shared }}{{ provided.make }}{% for c in ['b', 'a'] | sort %}{{ c }}"
                       "{% endfor %}{% include 'part' %}";
    struct ais_error err = {0};
    struct ais_jinja_tree *tree = ais_jinja_parse(env, place, text, strlen(text), &err);
    pthread_t threads[4];
    if (!CHECK(tree != NULL))
        return;
    for (int i = 0; i < 4; i++)
        CHECK(pthread_create(&threads[i], NULL, render_often, tree) == 0);
    for (int i = 0; i < 4; i++) {
        void *right = NULL;
        pthread_join(threads[i], &right);
        CHECK(right == tree);
    }
    ais_jinja_tree_free(tree);
}

int main(void) {
    struct ais_jinja *env = new_env();
    if (CHECK(env != NULL)) {
        test_threads(env);
        test_values(env);
        test_truth(env);
        test_each(env);
        test_names(env);
        test_includes(env);
        test_loader(env);
        test_plain();
    }
    ais_jinja_tree_free(NULL);
    ais_jinja_free(NULL);
    ais_jinja_free(env);
    return REPORT();
}
