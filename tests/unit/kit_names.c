#include "base/path.h"
#include "base/text.h"
#include "kit/names.h"
#include "unit.h"

enum { MOST = 64 };

/* Names ids[count] and checks what must be true of all names. */
static void name(const char *const *ids, size_t count, const char **names,
                 struct ais_arena *arena) {
    struct ais_error err = {0};
    char *keys[MOST];
    CHECK(ais_names_make(ids, count, names, arena, &err) == 0);
    for (size_t i = 0; i < count; i++) {
        char path[AIS_STEM_MAX + 16];
        CHECK(strlen(names[i]) <= AIS_STEM_MAX);
        snprintf(path, sizeof path, "%s.tar.gz", names[i]);
        CHECK_STR(ais_path_fault(path, strlen(path)), NULL);
        CHECK(!strchr(".-~ ", names[i][0]) && !strchr(". ", names[i][strlen(names[i]) - 1]));
        keys[i] = ais_text_fold(names[i]);
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(keys[k], keys[i]) != 0);
    }
    for (size_t i = 0; i < count; i++)
        ais_free(keys[i]);
}

/* Names that an id has where it is alone. */
static void test_alone(void) {
    static const char *const cases[][2] = {
        {"s001", "s001"},
        {"Ann.Other_7@example.invalid", "Ann.Other_7@example.invalid"},
        {"a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j"},
        {"  -..x y. .", "x-y"},
        {"../../x", "x"},
        {"nul", "_nul"},
        {"Com1.txt", "_Com1.txt"},
        {"com\xc2\xb9", "com"},
        {"console", "console"},
        {"lpt", "lpt"},
        {"~a", "a"},
        {"e\xcc\x81", "\xc3\xa9"},
        {"\xcc\x81"
         "e",
         "e"},
        {"a\xe2\x80\xae"
         "b",
         "a-b"},
        {"\xe5\xad\xa6\xe7\x94\x9f\xe4\xb8\x80", "\xe5\xad\xa6\xe7\x94\x9f\xe4\xb8\x80"},
        {"\xd9\xa1", "\xd9\xa1"},
        {"\xf0\x9f\x98\x80", "id-f0443a34"},
        {"", "id-e3b0c442"},
    };
    struct ais_arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = NULL;
        name(&cases[i][0], 1, &got, &arena);
        CHECK_STR(got, cases[i][1]);
    }
    ais_arena_release(&arena);
}

/* Ids that collide, in any order; one that doesn't keeps its name. */
static void test_collisions(void) {
    const char *ids[] = {"a b",
                         "a/b",
                         "A B",
                         "a-b",
                         "s001",
                         "x",
                         "CON",
                         "con",
                         "_con",
                         "\xc3\x89",
                         "e\xcc\x81",
                         ("stra\xc3\x9f"
                          "e"),
                         "STRASSE"};
    enum { COUNT = sizeof ids / sizeof *ids };
    const char *names[COUNT], *again[COUNT], *turned[COUNT];
    struct ais_arena arena = {0};
    name(ids, COUNT, names, &arena);
    CHECK_STR(names[4], "s001");
    CHECK_STR(names[0], "a-b-c8687a08");
    CHECK_STR(names[3], "a-b-d44362d6");
    for (size_t i = 0; i < COUNT; i++)
        turned[i] = ids[(i * 5 + 3) % COUNT];
    name(turned, COUNT, again, &arena);
    for (size_t i = 0; i < COUNT; i++)
        CHECK_STR(again[i], names[(i * 5 + 3) % COUNT]);
    ais_arena_release(&arena);
}

/* An id that is another's name: longer digests keep them apart. */
static void test_chosen(void) {
    const char *ids[5] = {"a b", "a/b"};
    const char *names[5] = {NULL};
    struct ais_arena arena = {0};
    for (size_t count = 2; count < 5; count++) {
        name(ids, count, names, &arena);
        ids[count] = names[0];
    }
    name(ids, 5, names, &arena);
    CHECK_STR(names[0], "a-b-c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65");
    ais_arena_release(&arena);
}

/* Too long to be a name: cut between characters, never before a mark. */
static void test_long(void) {
    struct ais_arena arena = {0};
    char ids[3][400] = {"", "", ""};
    const char *const list[] = {ids[0], ids[1], ids[2]};
    const char *names[3];
    for (size_t i = 0; i < 399; i++)
        ids[0][i] = ids[1][i] = 'x';
    ids[1][398] = 'y';
    for (size_t i = 0; i + 4 < 399; i += 4)
        memcpy(ids[2] + i, "qa\xcc\x8a", 4);
    name(list, 3, names, &arena);
    CHECK(strlen(names[0]) == AIS_STEM_MAX && strlen(names[1]) == AIS_STEM_MAX);
    CHECK(strncmp(names[0], names[1], AIS_STEM_MAX - 8) == 0);
    CHECK(ais_text_valid(names[2], strlen(names[2])));
    memset(ids[0], 'x', AIS_STEM_MAX);
    ids[0][AIS_STEM_MAX] = '\0';
    name(list, 1, names, &arena);
    CHECK_STR(names[0], ids[0]);
    ais_arena_release(&arena);
}

static unsigned long allowed;

static bool runs_out(void) {
    return allowed == 0 || !allowed--;
}

static void test_no_memory(void) {
    static const char *const ids[] = {"a b", "a/b", "x"};
    const char *names[3];
    struct ais_arena arena = {0};
    unsigned long least = 0;
    int rc = -1;
    for (; rc < 0 && least < 1000; least++) {
        struct ais_error err = {0};
        allowed = least;
        ais_mem_set_fault(runs_out);
        rc = ais_names_make(ids, 3, names, &arena, &err);
        ais_mem_set_fault(NULL);
        if (rc < 0)
            CHECK_STR(err.message, "out of memory");
    }
    CHECK(rc == 0 && least > 10);
    ais_arena_release(&arena);
}

int main(void) {
    test_alone();
    test_collisions();
    test_chosen();
    test_long();
    test_no_memory();
    return REPORT();
}
