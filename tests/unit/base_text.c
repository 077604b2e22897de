#include "base/hash.h"
#include "base/mem.h"
#include "base/regex.h"
#include "base/text.h"
#include "base/time.h"
#include "unit.h"

static bool same(const char *a, const char *b) {
    char *x = ais_text_fold(a), *y = ais_text_fold(b);
    bool equal = x && y && strcmp(x, y) == 0;
    ais_free(x);
    ais_free(y);
    return equal;
}

static void test_text(void) {
    char out[16], tiny[3];
    CHECK(ais_text_valid("\xe2\x82\xac", 3) && !ais_text_valid("\xe2\x82", 2));
    CHECK(!ais_text_valid("\xed\xa0\x80", 3) && !ais_text_valid("\xc0\x80", 2));
    CHECK(same("README", "readme") && same("\xc3\x89", "e\xcc\x81") &&
          same("STRASSE", "stra\xc3\x9f"
                          "e"));
    CHECK(!same("a", "b") && !same("a", "a "));
    CHECK(ais_text_fold("\xff") == NULL);
    CHECK_STR(ais_text_printable("a\xe2\x82\xac\x1b\xe2\x80\xa8z", out, sizeof out),
              "a\xe2\x82\xac??z");
    CHECK_STR(ais_text_printable("a\xe2\x82\xac", tiny, sizeof tiny), "a");
    CHECK_STR(ais_text_printable("a\xe2\x82", out, sizeof out), "a??");
    CHECK(ais_text_width("ab") == 2 && ais_text_width("\xe6\x97\xa5") == 2 &&
          ais_text_width("e\xcc\x81") == 1);
}

/* "e" with an accent of its own, a wide character, "x". */
static void test_characters(void) {
    const char *text = "e\xcc\x81\xe6\x97\xa5x";
    CHECK(ais_text_next(text, 0) == 3 && ais_text_next(text, 3) == 6);
    CHECK(ais_text_next(text, 6) == 7 && ais_text_next(text, 7) == 7 && ais_text_next("", 0) == 0);
    CHECK(ais_text_previous(text, 7) == 6 && ais_text_previous(text, 6) == 3);
    CHECK(ais_text_previous(text, 3) == 0 && ais_text_previous(text, 0) == 0);
    CHECK(ais_text_fit(text, 0) == 0 && ais_text_fit(text, 1) == 3 && ais_text_fit(text, 2) == 3);
    CHECK(ais_text_fit(text, 3) == 6 && ais_text_fit(text, 80) == 7 && ais_text_fit("", 9) == 0);
}

static void test_time(void) {
    int64_t t = 0;
    CHECK(ais_time_parse("1970-01-01T00:00:00Z", &t) && t == 0);
    CHECK(ais_time_parse("2026-12-01T00:00:00Z", &t) && t == 1796083200);
    CHECK(ais_time_parse("2024-02-29T23:59:59Z", &t) && t == 1709251199);
    CHECK(!ais_time_parse("2026-02-29T00:00:00Z", &t));
    CHECK(!ais_time_parse("2026-12-01T24:00:00Z", &t));
    CHECK(!ais_time_parse("2026-12-01 00:00:00Z", &t));
    CHECK(!ais_time_parse("2026-12-01T00:00:00", &t));
    CHECK(!ais_time_parse("2026-12-01T00:00:00Zx", &t));
    CHECK(!ais_time_parse("+026-12-01T00:00:00Z", &t));
    CHECK(!ais_time_parse(" 2026-12-01T00:00:00Z", &t));
    CHECK(!ais_time_parse("1969-12-31T23:59:59Z", &t));
    CHECK(!ais_time_parse("", &t));
}

static int match(const char *pattern, const char *text) {
    struct ais_error err = {0};
    struct ais_regex *regex = ais_regex_new(pattern, (struct ais_place){"f", 2, 3}, &err);
    int found = regex ? ais_regex_match(regex, text) : -2;
    CHECK((regex == NULL) == (err.status == AIS_TEMPLATE));
    CHECK(regex || err.line == 2);
    ais_regex_free(regex);
    return found;
}

static void test_regex(void) {
    CHECK(match("^[a-z]+$", "abc") == 1 && match("^[a-z]+$", "abc\n") == 0);
    CHECK(match("^\\w+$", "\xc3\xa9t\xc3\xa9") == 1 && match("b", "abc") == 1);
    CHECK(match("a(", "") == -2 && match("[z-a]", "") == -2);
    CHECK(match("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!") == -1);
    CHECK(match("^a$", "\xff") == -1);
    ais_regex_free(NULL);
}

/* The digests are those of sha256sum. */
static void test_digests(void) {
    const struct ais_file files[] = {{.path = "a", .data = "x", .size = 1},
                                     {.path = "b", .data = "", .size = 0, .executable = true}};
    static const char lines[] =
        "100644 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 a\n"
        "100755 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 b\n";
    char hex[AIS_SHA256_HEX], tree[AIS_SHA256_HEX];
    ais_sha256("x", 1, hex);
    CHECK_STR(hex, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
    ais_sha256(lines, strlen(lines), hex);
    ais_tree_digest(files, 2, tree);
    CHECK_STR(tree, hex);
}

int main(void) {
    test_text();
    test_characters();
    test_time();
    test_regex();
    test_digests();
    return REPORT();
}
