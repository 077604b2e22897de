#include "plan/roles.h"
#include "unit.h"

static void test_names(void) {
    CHECK(ais_glob_match("README.md", "README.md") && !ais_glob_match("README.md", "readme.md"));
    CHECK(ais_glob_match("*.md", "a.md") && !ais_glob_match("*.md", "docs/a.md"));
    CHECK(ais_glob_match("docs/*.md", "docs/a.md") && !ais_glob_match("docs/*.md", "docs/b/a.md"));
    CHECK(ais_glob_match("?.c", "a.c") && !ais_glob_match("?.c", ".c"));
    CHECK(!ais_glob_match("a?b", "a/b"));
    CHECK(ais_glob_match("a*b*c", "aXXbYYc") && !ais_glob_match("a*b*c", "aXXcYYb"));
    CHECK(ais_glob_match("*", "") && ais_glob_match("", "") && !ais_glob_match("", "a"));
}

static void test_folders(void) {
    CHECK(ais_glob_match("tests/**", "tests/a") && ais_glob_match("tests/**", "tests/a/b/c"));
    CHECK(!ais_glob_match("tests/**", "test/a") && !ais_glob_match("tests/**", "a/tests/b"));
    CHECK(ais_glob_match("**/a.py", "a.py") && ais_glob_match("**/a.py", "x/y/a.py"));
    CHECK(!ais_glob_match("**/a.py", "x/ba.py"));
    CHECK(ais_glob_match("a/**/z", "a/z") && ais_glob_match("a/**/z", "a/b/c/z"));
    CHECK(!ais_glob_match("a/**/z", "a/b/cz") && !ais_glob_match("a/**/z", "b/a/z"));
    CHECK(ais_glob_match("**", "anything/at/all"));
    CHECK(ais_glob_match("**/test_*.py", "a/b/test_x.py"));
    CHECK(ais_glob_match("a/**/b/*.c", "a/x/b/y/b/z.c"));
}

/* What takes exponential time when every star backtracks. */
static void test_hostile(void) {
    char path[1025];
    memset(path, 'a', 1024);
    path[1024] = '\0';
    CHECK(!ais_glob_match("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", path));
    CHECK(!ais_glob_match("**a**a**a**a**a**a**a**a**a**a**a**a**b", path));
}

int main(void) {
    test_names();
    test_folders();
    test_hostile();
    return REPORT();
}
