#include "base/buf.h"
#include "base/mem.h"
#include "unit.h"

static void test_growing(void) {
    struct ais_buf buf = AIS_BUF(1000);
    struct ais_error err = {0};
    char *taken;
    CHECK_STR(ais_buf_text(&buf), "");
    ais_buf_str(&buf, "a");
    ais_buf_char(&buf, 'b');
    ais_buf_add(&buf, "\0d", 2);
    ais_buf_add(&buf, NULL, 0);
    ais_buf_printf(&buf, "%d-%s", 42, "x");
    CHECK(buf.size == 8 && memcmp(buf.data, "ab\0d42-x", 9) == 0);
    ais_buf_truncate(&buf, 100);
    CHECK(buf.size == 8);
    ais_buf_truncate(&buf, 2);
    CHECK_STR(ais_buf_text(&buf), "ab");
    CHECK(ais_buf_check(&buf, AIS_TEMPLATE, "it", &err) == 0);
    taken = ais_buf_take(&buf);
    CHECK_STR(taken, "ab");
    CHECK(buf.size == 0 && buf.data == NULL);
    ais_free(taken);
    taken = ais_buf_take(&buf);
    CHECK_STR(taken, "");
    ais_free(taken);
    ais_buf_release(&buf);
}

static void test_limit(void) {
    struct ais_buf buf = AIS_BUF(4);
    struct ais_error err = {0};
    ais_buf_str(&buf, "abcd");
    CHECK(ais_buf_check(&buf, AIS_TEMPLATE, "it", &err) == 0);
    ais_buf_char(&buf, 'e');
    ais_buf_truncate(&buf, 0);
    ais_buf_char(&buf, 'f'); /* the failure sticks */
    CHECK(buf.too_large && buf.size == 0);
    CHECK(ais_buf_check(&buf, AIS_TEMPLATE, "it", &err) == -1);
    CHECK(err.status == AIS_TEMPLATE);
    CHECK_STR(err.message, "it is larger than 4 bytes");
    CHECK(ais_buf_take(&buf) == NULL);
    ais_buf_release(&buf);
    ais_buf_printf(&buf, "%s", "12345");
    CHECK(buf.too_large && buf.size == 0);
    ais_buf_release(&buf);
}

static bool always(void) {
    return true;
}

static void test_no_memory(void) {
    struct ais_buf buf = AIS_BUF(100);
    struct ais_error err = {0};
    ais_mem_set_fault(always);
    ais_buf_str(&buf, "x");
    ais_mem_set_fault(NULL);
    ais_buf_str(&buf, "y");
    CHECK(buf.no_memory && buf.size == 0);
    CHECK(ais_buf_check(&buf, AIS_TEMPLATE, "it", &err) == -1);
    CHECK(err.status == AIS_FAILED);
    CHECK_STR(err.message, "out of memory");
    CHECK(ais_buf_take(&buf) == NULL);
    ais_buf_release(&buf);
}

int main(void) {
    test_growing();
    test_limit();
    test_no_memory();
    return REPORT();
}
