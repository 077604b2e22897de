/* A plan that shares a memo with others is the plan that is made alone: random templates, each with
 * random answers and kits, in both editions. Whatever fails fails for the same reason. */
#include "base/hash.h"
#include "base/mem.h"
#include "plan/memo.h"
#include "unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEMPLATES = 80, STUDENTS = 24, FILES = 6, PIECES = 5 };

static unsigned chance(unsigned below) {
    static unsigned long long state = 20261125;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % below;
}

static void write_file(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
}

static const char *any(const char *const *list, unsigned count) {
    return list[chance(count)];
}

/* What files and paths are made of; the last ones fail for some students. */
static const char *const texts[] = {
    "plain\n",
    "{{ who }} of {{ team }}\n",
    "{% if team == 'red' %}{{ whole }}{% else %}blue{% endif %}\n",
    "{{ variant(3, 'set') }} {{ variant(2, 'b') }}\n",
    "{% if deep %}{{ who | upper }}{% endif %}\n",
    "{% for n in range(variant(4, 'n')) %}{{ n }}{% endfor %}\n",
    "{{ provided.names | join(', ') }} {{ provided.text }}\n",
    "{% include 'part.txt' %}\n",
    "{{ template.name }} {{ template.version }}\n",
    "{{ (who | length) // (team | length - 3) }}\n",
    "{{ nowhere if who == 'Zoe' else who }}\n",
};
static const char *const names[] = {"file", "{{ team }}", "{{ slug }}-x", "{{ variant(2, 'p') }}",
                                    "{{ who }}"};
static const char *const conditions[] = {"team == 'red'", "deep", "variant(2, 'w') == 1",
                                         "whole",         "true", "key == 'k'"};
static const char *const people[] = {"Ada", "Zoe", "Grace Hopper", "", "a/b", "Ünal", "Ada"};
static const char *const teams[] = {"red", "blue", "red", "green"};

static void write_source(unsigned number, bool fails) {
    struct ais_buf text = AIS_BUF(1 << 16), path = AIS_BUF(256);
    bool solution = chance(2);
    for (unsigned i = 0; i < PIECES; i++)
        ais_buf_str(&text, any(texts, sizeof texts / sizeof *texts - (fails ? 0 : 2)));
    if (solution)
        ais_buf_str(&text, "# BEGIN SOLUTION one\nanswer = compute('{{ team }}', 17)\n"
                           "# END SOLUTION\n# STUB: answer = None\n");
    ais_buf_printf(&path, "s/files/%u.py%s", number, solution || chance(4) ? ".jinja" : "");
    write_file(path.data, ais_buf_text(&text));
    ais_buf_release(&text);
    ais_buf_release(&path);
}

/* Files of an item each, in which the student and the item may stand; one file over another. */
static void write_items(struct ais_buf *tree) {
    static const char *const items[] = {"{{ item }}\n", "{{ item }} of {{ who }}\n",
                                        "{{ loop.index }} {{ team }} {{ variant(2, item) }}\n"};
    static const char *const paths[] = {"{{ item }}", "{{ item }}{{ team }}",
                                        "{{ loop.index0 }}-{{ variant(2, item) }}"};
    write_file("s/files/item.txt.jinja", any(items, 3));
    write_file("s/files/plain.txt", "plain\n");
    if (chance(3))
        ais_buf_printf(tree, ", {\"from\": \"%s\", \"to\": \"items/%s\", \"each\": \"item in %s\"}",
                       chance(4) ? "item.txt.jinja" : "plain.txt", any(paths, 3),
                       chance(3) ? "things" : "[who, 'b']");
    if (!chance(3))
        ais_buf_str(tree,
                    ", {\"from\": \"over.txt\", \"to\": \"over\", \"render\": true}, {\"from\": "
                    "\"plain.txt\", \"to\": \"over\", \"override\": true}");
}

static void write_template(void) {
    struct ais_buf tree = AIS_BUF(1 << 16), whole = AIS_BUF(1 << 16);
    bool same = chance(2); /* whatever is answered, the same paths are there */
    bool fails = chance(4) == 0;
    CHECK(system("rm -rf s && mkdir -p s/files") == 0);
    write_file("s/files/part.txt", "part of {{ team }}\n");
    write_file("s/files/over.txt", "for {{ nowhere if who == 'Zoe' else who }}\n");
    write_file("s/files/text.jinja", any(texts, same ? 1 : 6));
    for (unsigned i = 0; i < FILES; i++) {
        char plain[32];
        write_source(i, fails);
        snprintf(plain, sizeof plain, "s/files/%u.py", i);
        ais_buf_printf(&tree, "%s{\"from\": \"%u.py%s\", \"to\": \"%u/%s.py\", \"when\": \"%s\"}",
                       i ? ", " : "", i, access(plain, F_OK) == 0 ? "" : ".jinja", i,
                       any(names, same ? 1 : sizeof names / sizeof *names),
                       same ? "true" : any(conditions, sizeof conditions / sizeof *conditions));
    }
    write_items(&tree);
    ais_buf_printf(
        &whole,
        "{\"name\": \"s\", \"version\": \"1.0.0\", \"released\": \"2026-12-01T00:00:00Z\","
        "\"summary\": \"s\", \"variables\": {\"who\": {\"type\": \"string\", \"default\": \"w\"},"
        "\"team\": {\"type\": \"string\", \"default\": \"red\"},"
        "\"deep\": {\"type\": \"boolean\", \"default\": false},"
        "\"things\": {\"type\": \"list\", \"default\": [\"x\", \"y\"]},"
        "\"key\": {\"type\": \"string\", \"default\": \"k\", \"secret\": true},"
        "\"slug\": {\"computed\": \"{{ who | slugify }}\"},"
        "\"whole\": {\"computed\": \"{{ team }}{%% if deep %%}{{ who }}{%% endif %%}\"}},"
        "\"provides\": {\"names\": [\"%s\", \"all\"], \"text\": \"text.jinja\"},"
        "\"milestones\": [{\"id\": \"one\", \"title\": \"One\", \"tests\": []}],"
        "\"roles\": {\"protected\": [\"1/**\"]}, \"tree\": [%s]}",
        same ? "one" : "{{ team }}", ais_buf_text(&tree));
    write_file("s/template.json", ais_buf_text(&whole));
    ais_buf_release(&tree);
    ais_buf_release(&whole);
}

/* Answers of a student, resolved anew for each plan. */
static struct ais_answers *answer(const struct ais_template *t, const char *const *given,
                                  const char *kit, struct ais_error *err) {
    static const char *const keys[] = {"who", "team", "deep", "things", "key"};
    struct ais_answers *answers = ais_answers_new(t, err);
    int rc = answers ? 0 : -1;
    for (unsigned i = 0; i < 5 && rc == 0; i++)
        rc = given[i] ? ais_answers_give_text(answers, keys[i], given[i], err) : 0;
    if (rc == 0) {
        ais_answers_set_kit(answers, kit);
        rc = ais_answers_resolve(answers, NULL, true, err);
    }
    if (rc == 0)
        return answers;
    ais_answers_free(answers);
    return NULL;
}

static void compare(const struct ais_plan *alone, const struct ais_plan *shared) {
    CHECK_STR(shared->digest, alone->digest);
    CHECK(shared->count == alone->count && shared->bytes == alone->bytes);
    CHECK(shared->cuts.count == alone->cuts.count);
    for (size_t i = 0; i < alone->cuts.count && i < shared->cuts.count; i++) {
        const struct ais_cut *a = &alone->cuts.list[i], *b = &shared->cuts.list[i];
        CHECK_STR(b->source, a->source);
        CHECK(a->line == b->line && a->size == b->size && memcmp(a->text, b->text, a->size) == 0);
    }
    for (size_t i = 0; i < alone->count && i < shared->count; i++) {
        const struct ais_file *a = &alone->files[i], *b = &shared->files[i];
        char hex[AIS_SHA256_HEX];
        CHECK_STR(b->path, a->path);
        CHECK(a->size == b->size && memcmp(a->data, b->data, a->size) == 0);
        CHECK(a->executable == b->executable);
        CHECK(alone->entries[i].role == shared->entries[i].role);
        ais_sha256(b->data, b->size, hex);
        if (b->sha256)
            CHECK_STR(b->sha256, hex);
    }
}

static bool plan_both(const struct ais_template *t, struct ais_memo *memo, bool starter) {
    const struct ais_edition edition = {.starter = starter};
    const char *const given[] = {chance(4) ? any(people, 7) : NULL,
                                 chance(4) ? any(teams, 4) : NULL, chance(2) ? "true" : "false",
                                 chance(3) ? NULL : "[\"y\", \"z\"]", chance(4) ? NULL : "other"};
    struct ais_plan plans[2] = {{0}, {0}};
    struct ais_error errors[2] = {{0}, {0}};
    struct ais_answers *answers[2];
    char kit[AIS_KIT_HEX];
    int rc[2];
    snprintf(kit, sizeof kit, "%064u", chance(5));
    for (int i = 0; i < 2; i++) {
        answers[i] = answer(t, given, kit, &errors[i]);
        rc[i] = answers[i] ? ais_plan_make_shared(&plans[i], i ? memo : NULL, t, answers[i],
                                                  &edition, &errors[i])
                           : -1;
    }
    CHECK(rc[0] == rc[1]);
    CHECK_STR(errors[1].message, errors[0].message);
    if (rc[0] == 0 && rc[1] == 0)
        compare(&plans[0], &plans[1]);
    for (int i = 0; i < 2; i++) {
        ais_plan_release(&plans[i]);
        ais_answers_free(answers[i]);
    }
    return rc[0] == 0;
}

int main(void) {
    const struct ais_catalogue catalogue = {NULL, 0};
    unsigned good = 0, bad = 0;
    json_set_alloc_funcs(ais_malloc, ais_free);
    for (unsigned i = 0; i < TEMPLATES; i++) {
        struct ais_error err = {0};
        struct ais_memo memos[2] = {{0}, {0}};
        struct ais_template *t;
        write_template();
        t = ais_template_load(&catalogue, "./s", &err);
        CHECK_STR(err.message, "");
        CHECK(ais_memo_init(&memos[0], &err) == 0 && ais_memo_init(&memos[1], &err) == 0);
        for (unsigned k = 0; t && k < STUDENTS; k++)
            plan_both(t, &memos[k % 2], k % 2) ? good++ : bad++;
        ais_memo_release(&memos[0]);
        ais_memo_release(&memos[1]);
        ais_template_free(t);
    }
    CHECK(good > 100 && bad > 100); /* both were tried */
    return REPORT();
}
