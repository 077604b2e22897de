#include "base/error.h"
#include "unit.h"

#include <errno.h>

static void test_first_wins(void) {
    struct ais_error err = {0};
    char text[64];
    CHECK(ais_fail(&err, AIS_USAGE, "first %d", 1) == -1);
    CHECK(ais_fail(&err, AIS_FAILED, "second") == -1);
    CHECK(ais_fail_memory(&err) == -1);
    CHECK(err.status == AIS_USAGE);
    CHECK_STR(ais_error_text(&err, text, sizeof text), "first 1");
    CHECK(ais_fail(NULL, AIS_FAILED, "nobody listens") == -1);
}

static void test_places(void) {
    struct ais_error err = {0}, other = {0}, system = {0};
    char text[128];
    ais_fail_at(&err, AIS_TEMPLATE, (struct ais_place){"a/b.json", 3, 7}, "wrong");
    CHECK_STR(ais_error_text(&err, text, sizeof text), "a/b.json:3:7: wrong");
    ais_fail_at(&other, AIS_TEMPLATE, (struct ais_place){.path = "a"}, "wrong");
    CHECK_STR(ais_error_text(&other, text, sizeof text), "a: wrong");
    errno = ENOSPC;
    ais_fail_errno(&system, "file", "write");
    CHECK_STR(ais_error_text(&system, text, sizeof text),
              "file: cannot write: No space left on device");
    CHECK(system.status == AIS_FAILED);
}

static void test_long_and_hostile(void) {
    struct ais_error err = {0};
    char long_path[2000], text[3000], small[8];
    memset(long_path, 'x', sizeof long_path - 1);
    long_path[sizeof long_path - 1] = '\0';
    ais_fail_at(&err, AIS_FAILED, (struct ais_place){long_path, 1, 1}, "%s", long_path);
    CHECK(strlen(err.path) == sizeof err.path - 1);
    CHECK(strlen(err.message) == sizeof err.message - 1);
    CHECK(strlen(ais_error_text(&err, text, sizeof text)) ==
          sizeof err.path - 1 + sizeof err.message - 1 + strlen(":1:1: "));
    CHECK_STR(ais_error_text(&err, small, sizeof small), "xxxxxxx");
    err = (struct ais_error){0};
    ais_fail(&err, AIS_FAILED, "%s", "a\033[2J\n\xff\xc2\x9b\xe2\x80\xae z");
    CHECK_STR(ais_error_text(&err, text, sizeof text), "a?[2J???? z");
}

static const char *hint(const char *word) {
    static const char *const words[] = {"default", "pattern", NULL, "prompt", "min"};
    static char text[64];
    return ais_did_you_mean(text, sizeof text, word, words, 5);
}

static void test_near_miss(void) {
    char text[64];
    CHECK_STR(hint("defualt"), " (did you mean \"default\"?)");
    CHECK_STR(hint("Default"), " (did you mean \"default\"?)");
    CHECK_STR(hint("prompts"), " (did you mean \"prompt\"?)");
    CHECK_STR(hint("mn"), " (did you mean \"min\"?)");
    CHECK_STR(hint("zebra"), "");
    CHECK_STR(hint(""), "");
    CHECK_STR(hint("defaultdefaultdefaultdefaultdefaultdefaultdefaultdefaultdefaultdefault"), "");
    CHECK_STR(ais_did_you_mean(text, sizeof text, "a", NULL, 0), "");
}

int main(void) {
    test_first_wins();
    test_places();
    test_long_and_hostile();
    test_near_miss();
    return REPORT();
}
