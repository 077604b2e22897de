/* The parts of verification that only a program sees: paths of others, roots in lists, names that
 * collide, whose identity is found, digests of lists. */
#include "archive/reader.h"
#include "base/hash.h"
#include "base/path.h"
#include "kit/identity.h"
#include "kit/roots.h"
#include "unit.h"

static const char *fault(const char *path) {
    return ais_path_foreign_fault(path, strlen(path));
}

static void check_paths(void) {
    CHECK_STR(fault("a/CON/x: y?"), NULL);
    CHECK_STR(fault(".git/HEAD"), NULL);
    CHECK_STR(fault("a/.git/HEAD"), NULL);
    CHECK_STR(fault(".GIT/HEAD"), "holds a name that stands for git's own folder");
    CHECK_STR(fault("a\\b"), "holds a backslash");
    CHECK_STR(fault("a/../b"), "holds the name \"..\"");
    CHECK_STR(fault("/a"), "is absolute");
    CHECK_STR(fault("a\x1b"), "holds a control character");
    CHECK_STR(fault("\xff"), "is not UTF-8");
    CHECK_STR(ais_path_fault("a\x7f:", 3), "holds a control character");
}

static struct ais_names names_of(char **list) {
    struct ais_names names = {.names = list};
    while (list[names.count])
        names.count++;
    return names;
}

static void check_roots(void) {
    char *paths[] = {".aiscaffoldXjson",         "a/.aiscaffold.json", "a/b/.aiscaffold.json",
                     "b/c/d/.aiscaffold.json",   "b/c/e/.git/HEAD",    "b/c/e/x",
                     "c/d/e/f/.aiscaffold.json", "d/x.git/HEAD",       NULL};
    struct ais_names names = names_of(paths);
    struct ais_roots roots;
    struct ais_error err = {0};
    CHECK(ais_roots_find(&roots, &names, &err) == 0);
    if (CHECK(roots.count == 3)) {
        CHECK_STR(roots.list[0], "a/");
        CHECK_STR(roots.list[1], "b/c/d/");
        CHECK_STR(roots.list[2], "b/c/e/");
    }
    CHECK(ais_roots_of(&roots, "a/b/c/d/e/f/g") == 0);
    CHECK(ais_roots_of(&roots, "b/c/e/.git/config") == 2);
    CHECK(ais_roots_of(&roots, "b/c/x") == -1);
    CHECK(ais_roots_of(&roots, "ab") == -1);
    ais_roots_release(&roots);
}

static void check_collision(char *a, char *b, const char *what) {
    char *paths[] = {"M", a, "m-", b, "z", NULL};
    struct ais_names names = names_of(paths);
    struct ais_error err = {0};
    CHECK((ais_reader_collisions(&names, "x", &err) == 0) == (what == NULL));
    if (what && !CHECK(strstr(err.message, what)))
        printf("  %s\n", err.message);
}

static void check_collisions(void) {
    check_collision("a", "b", NULL);
    check_collision("a/b", "a/c", NULL);
    check_collision("a/b", "a-b", NULL);
    check_collision("a", "a", "are there twice");
    check_collision("a/b", "A/c", "are one name where case or Unicode form is ignored");
    check_collision("a/b/c", "a/B/d", "are one name where case or Unicode form is ignored");
    check_collision("a", "a/b", "are a file and a folder of one name");
    check_collision("A", "a/b", "are one name");
    check_collision("r\xc3\xa9", "re\xcc\x81", "are one name");
    check_collision("stra\xc3\x9f"
                    "e",
                    "STRASSE", "are one name");
}

static const char report[] =
    "{\"schema\": \"aiscaffold.kit-report/1\", \"template\": \"t\", \"version\": \"1\", \"kits\": ["
    "{\"id\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"student\": "
    "\"s001\", \"name\": \"Student One\"},"
    "{\"id\": \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", \"student\": "
    "\"two@x\", \"name\": \"\xc3\x89"
    "mile Two\"},"
    "{\"id\": \"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc\", \"student\": "
    "\"2026\", \"name\": \"Mono\", \"commit\": null}]}";

static size_t found(struct ais_needles *needles, const char *path, const char *text,
                    const char *own) {
    struct ais_search search = {.needles = needles};
    struct ais_error err = {0};
    size_t count;
    CHECK(ais_search_file(&search, path, text, strlen(text), &err) == 0);
    ais_search_settle(&search, own ? ais_known_find(needles->known, own) : NULL);
    count = search.count;
    ais_search_release(&search);
    return count;
}

static void check_identities(void) {
    static const char a[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    struct ais_known known = {0};
    struct ais_needles needles = {0};
    struct ais_error err = {0};
    CHECK(ais_known_add(&known, "r", report, strlen(report), &err) == 0);
    CHECK_STR(err.message, "");
    CHECK(ais_needles_make(&needles, &known, &err) == 0 && needles.count == 4);
    CHECK(found(&needles, "x", "s001", NULL) == 1);
    CHECK(found(&needles, "x", "(s001)", NULL) == 1);
    CHECK(found(&needles, "x", "s0011 xs001 S001", NULL) == 0);
    CHECK(found(&needles, "d/x", "s001", NULL) == 0);
    CHECK(found(&needles, "x", "s001 Student One", a) == 0);
    CHECK(found(&needles, "x", "by Student One, two@x and \xc3\x89mile Two.", a) == 2);
    CHECK(found(&needles, "x", "2026 Mono", NULL) == 0);
    CHECK(found(&needles, "d/x", a, NULL) == 1);
    CHECK(found(&needles, "d/x", a, a) == 0);
    CHECK(found(&needles, "d/x",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL) == 0);
    CHECK(!ais_known_commit(&known, ""));
    ais_needles_release(&needles);
    ais_known_release(&known);
}

static void check_digests(void) {
    const struct ais_file files[] = {{.path = "a", .data = "1", .size = 1},
                                     {.path = "b/c", .data = "22", .size = 2, .executable = true}};
    struct ais_digested list[2] = {{.path = "a"}, {.path = "b/c", .executable = true}};
    char whole[AIS_SHA256_HEX], listed[AIS_SHA256_HEX];
    for (size_t i = 0; i < 2; i++)
        ais_sha256(files[i].data, files[i].size, list[i].sha256);
    ais_tree_digest(files, 2, whole);
    ais_list_digest(list, 2, listed);
    CHECK_STR(listed, whole);
    list[1].executable = false;
    ais_list_digest(list, 2, listed);
    CHECK(strcmp(listed, whole) != 0);
}

int main(void) {
    check_paths();
    check_roots();
    check_collisions();
    check_identities();
    check_digests();
    return REPORT();
}
