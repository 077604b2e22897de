#include "base/mem.h"
#include "kit/csv.h"
#include "unit.h"

/* All fields of text[size] as LINE:COLUMN=TEXT, rows ended by '/', and the error if there is one.
 */
static void read_all(const char *text, size_t size, struct ais_buf *out) {
    struct ais_csv csv;
    struct ais_csv_row row;
    struct ais_error err = {0};
    char line[1024];
    int more = ais_csv_open(&csv, "f", text, size, &err) < 0 ? -1 : 1;
    while (more > 0 && (more = ais_csv_next(&csv, &row, &err)) > 0) {
        for (size_t i = 0; i < row.count; i++)
            ais_buf_printf(out, "%u:%u=%s ", row.fields[i].line, row.fields[i].column,
                           row.fields[i].text);
        ais_buf_printf(out, "%u:%u/", row.end.line, row.end.column);
    }
    if (more < 0) {
        CHECK(err.status == AIS_ANSWERS);
        ais_buf_str(out, ais_error_text(&err, line, sizeof line));
    }
    ais_csv_release(&csv);
}

static void test_read(void) {
#define TEXT(bytes) bytes, sizeof(bytes) - 1
    static const struct {
        const char *text;
        size_t size;
        const char *want;
    } cases[] = {
        {TEXT(""), ""},
        {TEXT("\xef\xbb\xbf"), ""},
        {TEXT("a"), "1:1=a 1:2/"},
        {TEXT("\xef\xbb\xbf\"a\",b\r\n"), "1:1=a 1:5=b 1:6/"},
        {TEXT("a,b\nc,\n,\n"), "1:1=a 1:3=b 1:4/2:1=c 2:3= 2:3/3:1= 3:2= 3:2/"},
        {TEXT("a\r\rb\r\n\nc\n"), "1:1=a 1:2/3:1=b 3:2/5:1=c 5:2/"},
        {TEXT("\xc3\xa9\xe5\xad\xa6;b,c;d\n"), "1:1=\xc3\xa9\xe5\xad\xa6 1:4=b,c 1:8=d 1:9/"},
        {TEXT("a\tb,c\td\n"), "1:1=a 1:3=b,c 1:7=d 1:8/"},
        {TEXT("\"a;;b\",c\n1,2;3"), "1:1=a;;b 1:8=c 1:9/2:1=1 2:3=2;3 2:6/"},
        {TEXT("\"a\r\n\"\"b\"\"\rc\n\",d\nx"), "1:1=a\n\"b\"\nc\n 4:3=d 4:4/5:1=x 5:2/"},
        {TEXT("\"\",\"\"\"\"\n"), "1:1= 1:4=\" 1:8/"},
        {TEXT("a, \"b\"\n"),
         "f:1:4: a quote in a field without quotes (quote the field, and double the quote)"},
        {TEXT("a\n\"b\"c\n"), "1:1=a 1:2/f:2:4: text follows a closing quote (inside of a quoted "
                              "field, a quote is doubled)"},
        {TEXT("a\n,\"b\n\n"), "1:1=a 1:2/f:2:2: this quote is never closed"},
        {TEXT("\xff\xfe"
              "a\0"),
         "f: is UTF-16 (save it as CSV in UTF-8)"},
        {TEXT("\xfe\xff\0a"), "f: is UTF-16 (save it as CSV in UTF-8)"},
        {TEXT("\0a\0b"), "f: is UTF-16 (save it as CSV in UTF-8)"},
        {TEXT("a\0b\0"), "f: is UTF-16 (save it as CSV in UTF-8)"},
        {TEXT("a\r\n\xc3\xa9\xe9\n"), "f:2:2: is not UTF-8 (save it as CSV in UTF-8)"},
        {TEXT("\xed\xa0\x80"), "f:1:1: is not UTF-8 (save it as CSV in UTF-8)"},
        {TEXT("ab\n\nc\0d"), "f:3:2: a NUL character stands here"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ais_buf got = AIS_BUF(1 << 16);
        read_all(cases[i].text, cases[i].size, &got);
        CHECK_STR(ais_buf_text(&got), cases[i].want);
        ais_buf_release(&got);
    }
}

static void test_bounds(void) {
    struct ais_buf text = AIS_BUF(4 << 20), got = AIS_BUF(8 << 20);
    struct ais_csv csv;
    struct ais_error err = {0};
    CHECK(ais_csv_open(&csv, "f", "", (size_t)AIS_CSV_BYTES_MAX + 1, &err) == -1);
    CHECK_STR(err.message, "is larger than 256 MiB");
    ais_csv_release(&csv);
    for (int i = 0; i < AIS_CSV_COLUMNS_MAX; i++)
        ais_buf_char(&text, ',');
    read_all(text.data, text.size - 1, &got);
    CHECK(strstr(got.data, "1:1000= 1:1000/") != NULL);
    ais_buf_truncate(&got, 0);
    read_all(text.data, text.size, &got);
    CHECK_STR(got.data, "f:1:1001: more than 1000 columns");
    ais_buf_truncate(&text, 0);
    ais_buf_truncate(&got, 0);
    ais_buf_str(&text, "a,");
    while (text.size < AIS_CSV_FIELD_MAX + 2)
        ais_buf_char(&text, 'x');
    read_all(text.data, text.size, &got);
    CHECK(got.size > AIS_CSV_FIELD_MAX);
    ais_buf_truncate(&got, 0);
    ais_buf_char(&text, 'x');
    read_all(text.data, text.size, &got);
    CHECK_STR(got.data, "f:1:3: the field is larger than 1048576 bytes");
    ais_buf_release(&text);
    ais_buf_release(&got);
}

static void test_rows(void) {
    struct ais_csv csv;
    struct ais_csv_row row;
    struct ais_error err = {0};
    CHECK(ais_csv_open(&csv, "f", "a\nb", 3, &err) == 0);
    csv.rows = AIS_CSV_ROWS_MAX - 1;
    CHECK(ais_csv_next(&csv, &row, &err) == 1 && ais_csv_next(&csv, &row, &err) == -1);
    CHECK_STR(err.message, "more than 4000000 rows");
    CHECK(err.line == 2 && err.column == 1);
    ais_csv_release(&csv);
}

static void test_write(void) {
    static const char *const cases[][2] = {
        {"", ""},
        {"a", "a"},
        {"a,b", "\"a,b\""},
        {"a;b", "\"a;b\""},
        {"say \"x\"", "\"say \"\"x\"\"\""},
        {"a\r\nb", "\"a\r\nb\""},
        {"a-b@c=d+e", "a-b@c=d+e"},
        {"=1+2", "\"'=1+2\""},
        {"+1", "\"'+1\""},
        {"-1", "\"'-1\""},
        {"@x", "\"'@x\""},
        {"\t=x", "\"'\t=x\""},
        {"\r=x", "\"'\r=x\""},
        {"  =x", "\"'  =x\""},
        {"'=x", "\"''=x\""},
        {"'x", "'x"},
        {"\xef\xbc\x9d"
         "1",
         "\"'\xef\xbc\x9d"
         "1\""},
        {"\xef\xbc\x8b", "\"'\xef\xbc\x8b\""},
        {"\xef\xbc\x8d", "\"'\xef\xbc\x8d\""},
        {"\xef\xbc\xa0", "\"'\xef\xbc\xa0\""},
        {"\xef\xbc\x8c", "\xef\xbc\x8c"},
    };
    struct ais_buf out = AIS_BUF(1 << 16);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ais_buf_truncate(&out, 0);
        ais_csv_add(&out, 0, cases[i][0]);
        CHECK_STR(ais_buf_text(&out), cases[i][1]);
    }
    ais_buf_truncate(&out, 0);
    ais_csv_add(&out, 0, "a");
    ais_csv_add(&out, 1, "");
    ais_csv_add(&out, 2, "b c");
    ais_csv_end(&out);
    CHECK_STR(ais_buf_text(&out), "a,,\"b c\"\r\n");
    ais_buf_release(&out);
}

int main(void) {
    test_read();
    test_bounds();
    test_rows();
    test_write();
    return REPORT();
}
