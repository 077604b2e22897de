/* The bounds of the template language, and memory that fails at every allocation in turn. */
#include "base/mem.h"
#include "jinja/jinja.h"
#include "unit.h"

#include <stdlib.h>

static const struct ais_jinja_limits small = {
    .output = 4096, .steps = 5000, .depth = 20, .memory = 65536};

/* What a template gives: its text, or its error. The caller frees it. */
static char *render_with(const struct ais_jinja_options *options, const char *text) {
    struct ais_place at = {.path = "t"};
    struct ais_error err = {0};
    struct ais_buf out = AIS_BUF((size_t)1 << 30);
    struct ais_jinja *env = ais_jinja_new(options, &err);
    struct ais_jinja_tree *tree = NULL;
    json_t *context = json_pack("{s:s, s:[i,i,i]}", "name", "Ada", "list", 1, 2, 3);
    char line[2048];
    int rc = -1;
    if (env)
        tree = ais_jinja_parse(env, at, text, strlen(text), &err);
    if (tree)
        rc = ais_jinja_render(tree, context, &out, &err);
    ais_buf_str(&out, rc < 0 ? ais_error_text(&err, line, sizeof line) : "");
    ais_jinja_tree_free(tree);
    ais_jinja_free(env);
    json_decref(context);
    return ais_buf_take(&out);
}

static void check_error(const struct ais_jinja_limits *limits, const char *text, const char *want) {
    const struct ais_jinja_options options = {.limits = *limits, .blame = AIS_TEMPLATE};
    char *got = render_with(&options, text);
    if (!CHECK(got && strstr(got, want)))
        printf("  template: %.60s\n  got:  %.200s\n  want: %s\n", text, got ? got : "", want);
    ais_free(got);
}

/* `count` times a text between two others. */
static char *repeated(const char *before, const char *text, size_t count, const char *after) {
    struct ais_buf buf = AIS_BUF((size_t)1 << 30);
    ais_buf_str(&buf, before);
    for (size_t i = 0; i < count; i++)
        ais_buf_str(&buf, text);
    ais_buf_str(&buf, after);
    return ais_buf_take(&buf);
}

static void check_repeated(const char *before, const char *text, size_t count, const char *after,
                           const char *want) {
    const struct ais_jinja_limits defaults = {0};
    char *template = repeated(before, text, count, after);
    check_error(&defaults, template, want);
    ais_free(template);
}

static void test_nesting(void) {
    const struct ais_jinja_limits deeper = {.depth = 10000};
    const char *deep = "nested too deeply";
    char *template;
    check_repeated("{{ ", "(", 100000, "", deep);
    check_repeated("{{ ", "[", 100000, "", deep);
    check_repeated("{{ ", "{1:", 100000, "", deep);
    check_repeated("{{ ", "-", 100000, "1 }}", deep);
    check_repeated("{{ ", "not ", 100000, "1 }}", deep);
    check_repeated("{{ ", "1 if 1 else ", 100000, "1 }}", deep);
    check_repeated("{{ x", ".a", 100000, " }}", deep);
    check_repeated("{{ x", "[0]", 100000, " }}", deep);
    check_repeated("{{ x", "()", 100000, " }}", deep);
    check_repeated("{{ x", "|list", 100000, " }}", deep);
    check_repeated("{{ 1", " + 1", 100000, " }}", deep);
    check_repeated("{{ 1", " ** 1", 100000, " }}", deep);
    check_repeated("{{ 1", " and 1", 100000, " }}", deep);
    check_repeated("{{ 1", " is odd()", 100000, " }}", deep);
    check_repeated("{{ f(", "f(", 100000, "", deep);
    check_repeated("", "{% if 1 %}", 100000, "", deep);
    check_repeated("", "{% for a in b %}", 100000, "", deep);
    check_repeated("", "{% macro m() %}", 100000, "", deep);
    check_repeated("{% for ", "(", 100000, "", deep);
    check_repeated("{% set x = [] %}{% set ns = namespace(x=x) %}{% for i in range(100000) %}"
                   "{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
                   "", 1, "", deep);
    check_repeated("{% set x = [] %}{{ x.append(x) }}{{ x }}", "", 1, "", deep);
    check_repeated("{% set x = [] %}{{ x.append(x) }}{{ x == [x] }}", "", 1, "", deep);
    check_repeated("{% set x = [] %}{{ x.append(x) }}{{ x < [x] }}", "", 1, "", deep);
    check_repeated("{% set x = [] %}{{ x.append(x) }}{{ x | tojson }}", "", 1, "", deep);
    check_repeated("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "", 1, "", deep);
    check_repeated("{% macro f(a=f()) %}{% endmacro %}{{ f() }}", "", 1, "", deep);
    check_repeated("{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}", "", 1, "", deep);
    check_repeated("{% block a %}{{ self.a() }}{% endblock %}", "", 1, "", deep);
    template = repeated("{{ ", "(", 1000, "");
    check_error(&deeper, template, "t:1:516: brackets are nested too deeply");
    ais_free(template);
}

static void test_work(void) {
    const struct ais_jinja_limits defaults = {0}, few = {.output = 200000, .steps = 100000};
    check_error(&defaults, "{% for i in range(10 ** 9) %}{% endfor %}", "more than 20000000 steps");
    check_error(&defaults, "{{ range(10 ** 9) | list | length }}", "more than");
    check_error(&defaults, "{{ range(10 ** 18) | sum }}", "more than 20000000 steps");
    check_error(&defaults, "{{ 10 ** 18 in range(10 ** 18) }}", "more than 20000000 steps");
    check_error(&defaults, "{{ 'x' * 10 ** 9 }}", "larger than 67108864 bytes");
    check_error(&defaults, "{{ [1] * 10 ** 9 }}", "more than 268435456 bytes");
    check_error(&defaults, "{{ 'a' | center(10 ** 18) }}", "larger than");
    check_error(&defaults, "{{ 'a'.ljust(10 ** 18) }}", "larger than");
    check_error(&defaults, "{{ 'a'.zfill(10 ** 18) }}", "larger than");
    check_error(&defaults, "{{ '%*d' % (10 ** 18, 1) }}", "larger than");
    check_error(&defaults, "{{ '%.*f' % (10 ** 18, 1.5) }}", "larger than");
    check_error(&defaults, "{{ '{:>1000000000}'.format(1) }}", "larger than");
    check_error(&defaults, "{{ '\t'.expandtabs(10 ** 18) }}", "larger than");
    check_error(&defaults, "{{ 'a\n' | indent(10 ** 18, blank=true) }}", "larger than");
    check_error(&defaults, "{{ [1] | tojson(10 ** 18) }}", "larger than");
    check_error(&defaults, "{{ [1] | batch(10 ** 18, 0) | list }}", "more than");
    check_error(&defaults, "{{ [1] | slice(10 ** 18) | list }}", "more than");
    check_error(&few, "{% set a = 'a' * 90000 %}{{ a.replace('a', 'bbb') }}", "larger than");
    check_error(&few, "{% set a = 'a' * 90000 %}{{ a.replace('', 'bbb') }}", "larger than");
    check_error(&few,
                "{% set a = 'ab' * 20000 %}{% for i in range(100000) %}"
                "{{ a.count('ba') }}{% endfor %}",
                "more than 100000 steps");
    check_error(&defaults,
                "{% set a = 'é' * 10000000 %}{% for i in range(100000) %}"
                "{{ a[9999999] }}{% endfor %}",
                "more than");
    check_error(&defaults,
                "{% set ns = namespace(s='a') %}{% for i in range(64) %}"
                "{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "larger than");
    check_error(&defaults,
                "{% set a = range(3000000) | list %}{% for i in range(100000) %}"
                "{{ a == a[:] }}{% endfor %}",
                "more than");
    check_error(&defaults, "{{ ('a b ' * 10000000) | wordwrap(10 ** 18) }}", "more than");
}

static void test_small(void) {
    check_error(&(struct ais_jinja_limits){.output = 16}, "{{ 'one of 17 letters' }}",
                "a string is larger than 16 bytes");
    check_error(&small, "{{ 'x' * 4097 }}", "t:1:8: text is larger than 4096 bytes");
    check_error(&small, "{% for i in range(1000) %}12345{% endfor %}", "larger than 4096 bytes");
    check_error(&small, "{% for i in range(10000) %}{% endfor %}", "more than 5000 steps");
    check_error(&small, "{{ range(4000) | list }}", "values take more than 65536 bytes");
    check_error(&small, "{{ ((((((((((((((((((((1)))))))))))))))))))) }}", "nested too deeply");
}

/* The environment's files, of which "self" includes itself. */
static int load(void *payload, const char *name, const char **path, const char **text, size_t *size,
                struct ais_error *err) {
    static const char *const files[][2] = {
        {"self", "{% include 'self' %}"},
        {"twice", "{% include 'twice' %}{% include 'twice' %}"},
        {"parent", "{% extends 'parent' %}"},
        {"base", "<{% block a %}{{ name }}{% endblock %}>"},
        {"macros", "{% macro hi(x, y='z') %}{{ x }}{{ y }}{{ varargs }}{{ kwargs }}{% endmacro %}"},
    };
    (void)payload;
    (void)err;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (strcmp(name, files[i][0]) == 0) {
            *path = files[i][0];
            *text = files[i][1];
            *size = strlen(*text);
            return 0;
        }
    }
    return -1;
}

static void test_includes(void) {
    static const char *const names[] = {"self", "twice"};
    const struct ais_jinja_options options = {.loader = {.load = load}, .blame = AIS_TEMPLATE};
    for (size_t i = 0; i < 2; i++) {
        char *template = repeated("{% include '", names[i], 1, "' %}");
        char *got = render_with(&options, template);
        CHECK(got && strstr(got, "calls are nested too deeply"));
        ais_free(template);
        ais_free(got);
    }
    {
        char *got = render_with(&options, "{% extends 'parent' %}");
        CHECK(got && strstr(got, "calls are nested too deeply"));
        ais_free(got);
    }
}

static unsigned long allocations, fail_at;
static bool fired, persistent;

static bool fails(void) {
    allocations++;
    if (allocations == fail_at || (persistent && allocations > fail_at))
        fired = true;
    return fired && (persistent || allocations == fail_at);
}

static void *json_malloc(size_t size) {
    return ais_malloc(size);
}

/* Renders with the k-th allocation failing, for k = 1, 2, ... until none fails. */
static void check_faults(const char *text, const char *want) {
    const struct ais_jinja_options options = {
        .loader = {.load = load}, .trim_blocks = true, .blame = AIS_TEMPLATE};
    bool right = true;
    char *got;
    for (fail_at = 1, fired = true; fired && fail_at < 100000; fail_at++) {
        struct ais_error err = {0};
        struct ais_place at = {.path = "t"};
        struct ais_buf out = AIS_BUF((size_t)1 << 20);
        json_t *context = json_pack("{s:s, s:[i,i,i]}", "name", "Ada", "list", 1, 2, 3);
        struct ais_jinja *env;
        struct ais_jinja_tree *tree = NULL;
        int rc = -1;
        allocations = 0;
        fired = false;
        ais_mem_set_fault(fails);
        env = ais_jinja_new(&options, &err);
        if (env)
            tree = ais_jinja_parse(env, at, text, strlen(text), &err);
        if (tree)
            rc = ais_jinja_render(tree, context, &out, &err);
        ais_mem_set_fault(NULL);
        got = out.data;
        if (rc == 0)
            right = right && got && strcmp(got, want) == 0;
        else
            right = right && strcmp(err.message, "out of memory") == 0 && err.status == AIS_FAILED;
        if (!right) {
            printf("allocation %lu: %s%s\n", fail_at, rc == 0 ? got : err.message,
                   persistent ? " (and all later ones)" : "");
            fired = false;
        }
        ais_buf_release(&out);
        ais_jinja_tree_free(tree);
        ais_jinja_free(env);
        json_decref(context);
    }
    CHECK(right);
    CHECK(fail_at > 5);
}

static void test_faults(void) {
    static const char *const cases[][2] = {
        {"Hello {{ name | upper | replace('A', 'b') }}!\n", "Hello bDb!\n"},
        {"{% for x in list if x > 1 %}{{ loop.index }}{{ x }}{{ loop.last }}{% else %}-{% endfor "
         "%}",
         "12False23True"},
        {"{% import 'macros' as m %}{{ m.hi(1, 2, 3, q=4) }}{% include 'base' %}",
         "12(3,){'q': 4}<Ada>"},
        {"{% extends 'base' %}{% block a %}{{ super() }}{{ self.a is defined }}{% endblock %}",
         "<AdaTrue>"},
        {"{% macro f(a) %}{{ caller(a) }}{% endmacro %}{% call(x) f(5) %}[{{ x }}]{% endcall %}",
         "[5]"},
        {"{{ {'b': [1, 'é'], 'a': (1.5,)} | tojson }}{{ list | map('string') | join('-') }}",
         "{\"a\": [1.5], \"b\": [1, \"\\u00e9\"]}1-2-3"},
        {"{{ 'Straße x' | slugify }} {{ 'a b c' | wordwrap(3) | indent }} {{ '%05d' % 7 }} "
         "{{ '{:>4}'.format('é') }} {{ 'a-b'.split('-') }} {{ ['b', 'a'] | sort }}",
         "strasse-x a b\n    c 00007    é ['a', 'b'] ['a', 'b']"},
        {"{% set ns = namespace(a=1) %}{% set ns.a = ns.a + 1 %}{% set t %}{{ ns.a }}{% endset "
         "%}{{ t }}"
         "{% filter title %}x y{% endfilter %}{{ list[::-1] }}{{ name[::2] }}{{ 'ǆ'.title() }}",
         "2X Y[3, 2, 1]Aaǅ"},
    };
    json_set_alloc_funcs(json_malloc, ais_free);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        persistent = false;
        check_faults(cases[i][0], cases[i][1]);
        persistent = true;
        check_faults(cases[i][0], cases[i][1]);
    }
    json_set_alloc_funcs(malloc, free);
}

int main(void) {
    test_nesting();
    test_work();
    test_small();
    test_includes();
    test_faults();
    return REPORT();
}
