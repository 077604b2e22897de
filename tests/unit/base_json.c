#include "base/json.h"
#include "unit.h"

static bool parse(struct ais_json *doc, const char *text, struct ais_error *err) {
    *err = (struct ais_error){0};
    return ais_json_parse(doc, "f", text, strlen(text), AIS_TEMPLATE, err) == 0;
}

static void check_at(struct ais_place at, unsigned line, unsigned column) {
    CHECK_STR(at.path, "f");
    CHECK(at.line == line && at.column == column);
}

static void test_places(void) {
    static const char text[] = "{\n  \"a\": [1, -2.5e3,\ttrue ,null,\"x\\\"]\"],\n"
                               "  \"\\u00e9\": { },\r\n  \"\xc3\xa9\xc3\xa9\": {\"k\" :[]}}";
    struct ais_json doc;
    struct ais_error err;
    struct ais_node a, b;
    CHECK(parse(&doc, text, &err));
    check_at(ais_node_place(ais_json_root(&doc)), 1, 1);
    check_at(ais_node_key_place(ais_json_root(&doc)), 1, 1);
    CHECK(ais_node_count(ais_json_root(&doc)) == 3);
    CHECK(ais_node_get(ais_json_root(&doc), "a", &a));
    check_at(ais_node_place(a), 2, 8);
    check_at(ais_node_key_place(a), 2, 3);
    check_at(ais_node_place(ais_node_at(a, 1)), 2, 12);
    check_at(ais_node_place(ais_node_at(a, 2)), 2, 20);
    check_at(ais_node_place(ais_node_at(a, 4)), 2, 31);
    CHECK_STR(ais_node_text(ais_node_at(a, 4)), "x\"]");
    check_at(ais_node_place(ais_node_at(ais_json_root(&doc), 1)), 3, 13);
    CHECK(ais_node_get(ais_json_root(&doc), "\xc3\xa9\xc3\xa9", &a));
    check_at(ais_node_place(a), 4, 9);
    CHECK(ais_node_get(a, "k", &b));
    check_at(ais_node_key_place(b), 4, 10);
    check_at(ais_node_place(b), 4, 15);
    CHECK(!ais_node_get(a, "none", &b));
    ais_json_release(&doc);
}

static void check_fault(const char *text, unsigned line, const char *message) {
    struct ais_json doc;
    struct ais_error err;
    CHECK(!parse(&doc, text, &err));
    CHECK(err.status == AIS_TEMPLATE && err.line == line && err.column >= 1);
    if (!CHECK(strstr(err.message, message) != NULL))
        printf("  %s\n", err.message);
    ais_json_release(&doc);
}

static void test_faults(void) {
    check_fault("", 1, "near end of file");
    check_fault("{\n\n\"a\" 1}", 3, "':' expected");
    check_fault("{\"a\": 1,\n\"a\": 2}", 2, "duplicate");
    check_fault("[1] x", 1, "end of file expected");
    check_fault("\"a\\u0000\"", 1, "\\u0000");
    check_fault("[\"\xff\"]", 1, "unable to decode byte 0xff");
    check_fault("{\"a\": 1e999}", 1, "real number overflow");
}

static void test_scalars_and_dump(void) {
    struct ais_json doc;
    struct ais_error err;
    char *text;
    CHECK(parse(&doc, " 17 ", &err));
    check_at(ais_node_place(ais_json_root(&doc)), 1, 2);
    CHECK(ais_node_count(ais_json_root(&doc)) == 0);
    ais_json_release(&doc);
    CHECK(parse(&doc, "{\"z\":0.1,\"a\":[\"\xc3\xa9\"]}", &err));
    text = ais_json_dump(doc.root, &err);
    CHECK_STR(text, "{\n  \"z\": 0.1,\n  \"a\": [\n    \"\xc3\xa9\"\n  ]\n}\n");
    ais_free(text);
    ais_json_release(&doc);
}

int main(void) {
    test_places();
    test_faults();
    test_scalars_and_dump();
    return REPORT();
}
