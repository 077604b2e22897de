#include "kit/csv.h"

#include "base/mem.h"

#include <string.h>
#include <unistr.h>

static const char byte_order_mark[] = "\xef\xbb\xbf";

static int fail(const struct ais_csv *csv, struct ais_error *err, const char *what) {
    return ais_fail_at(err, AIS_ANSWERS, (struct ais_place){csv->path, csv->line, csv->column},
                       "%s", what);
}

/* Goes on by `size` bytes, which hold no line break. */
static void pass(struct ais_csv *csv, size_t size) {
    for (size_t i = 0; i < size; i++)
        csv->column += (csv->at[i] & 0xc0) != 0x80;
    csv->at += size;
}

/* Bytes of the line break that begins here: 0 for none. */
static size_t line_break(const struct ais_csv *csv) {
    if (csv->at == csv->stop || (*csv->at != '\r' && *csv->at != '\n'))
        return 0;
    return *csv->at == '\r' && csv->stop - csv->at > 1 && csv->at[1] == '\n' ? 2 : 1;
}

static void pass_break(struct ais_csv *csv) {
    csv->at += line_break(csv);
    csv->line++;
    csv->column = 1;
}

/* The delimiter that the first row holds most often outside of quotes. */
static char find_delimiter(const struct ais_csv *csv) {
    static const char delimiters[] = ",;\t";
    size_t counts[3] = {0}, best = 0;
    bool quoted = false;
    for (const char *c = csv->at; c < csv->stop && (quoted || (*c != '\n' && *c != '\r')); c++) {
        const char *found = quoted ? NULL : memchr(delimiters, *c, 3);
        quoted ^= *c == '"';
        if (found)
            counts[found - delimiters]++;
    }
    for (size_t i = 1; i < 3; i++)
        if (counts[i] > counts[best])
            best = i;
    return delimiters[best];
}

/* Moves to `place`, to fail there. */
static void move(struct ais_csv *csv, const char *place) {
    while (csv->at < place)
        if (line_break(csv))
            pass_break(csv);
        else
            pass(csv, 1);
}

int ais_csv_open(struct ais_csv *csv, const char *path, const void *data, size_t size,
                 struct ais_error *err) {
    const uint8_t *bytes = data, *bad;
    *csv = (struct ais_csv){.path = path, .at = data, .line = 1, .column = 1};
    csv->text = AIS_BUF(AIS_CSV_BYTES_MAX);
    if (size > AIS_CSV_BYTES_MAX)
        return ais_fail_at(err, AIS_ANSWERS, (struct ais_place){.path = path},
                           "is larger than %d MiB", AIS_CSV_BYTES_MAX >> 20);
    if (size >= 2 && ((bytes[0] == 0xff && bytes[1] == 0xfe) || (!bytes[0] && bytes[1]) ||
                      (bytes[0] == 0xfe && bytes[1] == 0xff) || (bytes[0] && !bytes[1])))
        return ais_fail_at(err, AIS_ANSWERS, (struct ais_place){.path = path},
                           "is UTF-16 (save it as CSV in UTF-8)");
    if (size >= 3 && memcmp(data, byte_order_mark, 3) == 0)
        csv->at += 3;
    csv->stop = (const char *)data + size;
    bad = u8_check((const uint8_t *)csv->at, (size_t)(csv->stop - csv->at));
    if (bad) {
        move(csv, (const char *)bad);
        return fail(csv, err, "is not UTF-8 (save it as CSV in UTF-8)");
    }
    bad = size ? memchr(csv->at, '\0', (size_t)(csv->stop - csv->at)) : NULL;
    if (bad) {
        move(csv, (const char *)bad);
        return fail(csv, err, "a NUL character stands here");
    }
    csv->delimiter = find_delimiter(csv);
    return 0;
}

void ais_csv_release(struct ais_csv *csv) {
    ais_buf_release(&csv->text);
    ais_free(csv->fields);
    ais_free(csv->starts);
    *csv = (struct ais_csv){0};
}

/* Takes the bytes up to the first of `ends` into the field. */
static void take_until(struct ais_csv *csv, const char *ends) {
    const char *end = csv->at;
    while (end < csv->stop && !strchr(ends, *end))
        end++;
    ais_buf_add(&csv->text, csv->at, (size_t)(end - csv->at));
    pass(csv, (size_t)(end - csv->at));
}

static int read_quoted(struct ais_csv *csv, struct ais_error *err) {
    struct ais_place open = {csv->path, csv->line, csv->column};
    pass(csv, 1);
    for (;;) {
        take_until(csv, "\"\r\n");
        if (csv->at == csv->stop)
            return ais_fail_at(err, AIS_ANSWERS, open, "this quote is never closed");
        if (line_break(csv)) {
            ais_buf_char(&csv->text, '\n'); /* of whatever kind it was */
            pass_break(csv);
            continue;
        }
        pass(csv, 1);
        if (csv->at == csv->stop || *csv->at != '"')
            break;
        ais_buf_char(&csv->text, '"');
        pass(csv, 1);
    }
    if (csv->at < csv->stop && *csv->at != csv->delimiter && !line_break(csv))
        return fail(csv, err,
                    "text follows a closing quote (inside of a quoted field, a quote is doubled)");
    return 0;
}

static int read_plain(struct ais_csv *csv, struct ais_error *err) {
    const char ends[] = {csv->delimiter, '"', '\r', '\n', '\0'};
    take_until(csv, ends);
    if (csv->at < csv->stop && *csv->at == '"')
        return fail(csv, err,
                    "a quote in a field without quotes (quote the field, and double the quote)");
    return 0;
}

static int read_field(struct ais_csv *csv, size_t index, struct ais_error *err) {
    struct ais_place place = {csv->path, csv->line, csv->column};
    size_t start = csv->text.size;
    bool quoted = csv->at < csv->stop && *csv->at == '"';
    if (index == AIS_CSV_COLUMNS_MAX)
        return ais_fail_at(err, AIS_ANSWERS, place, "more than %d columns", AIS_CSV_COLUMNS_MAX);
    if (ais_grow(&csv->fields, &csv->capacity, index + 1, sizeof *csv->fields) < 0 ||
        ais_grow(&csv->starts, &csv->start_capacity, index + 1, sizeof *csv->starts) < 0)
        return ais_fail_memory(err);
    if ((quoted ? read_quoted(csv, err) : read_plain(csv, err)) < 0)
        return -1;
    if (csv->text.size - start > AIS_CSV_FIELD_MAX)
        return ais_fail_at(err, AIS_ANSWERS, place, "the field is larger than %d bytes",
                           AIS_CSV_FIELD_MAX);
    ais_buf_char(&csv->text, '\0');
    csv->fields[index] = (struct ais_csv_field){.line = place.line, .column = place.column};
    csv->starts[index] = start;
    return 0;
}

int ais_csv_next(struct ais_csv *csv, struct ais_csv_row *row, struct ais_error *err) {
    size_t count = 0;
    while (line_break(csv))
        pass_break(csv);
    if (csv->at == csv->stop)
        return 0;
    if (csv->rows++ == AIS_CSV_ROWS_MAX)
        return ais_fail_at(err, AIS_ANSWERS, (struct ais_place){csv->path, csv->line, csv->column},
                           "more than %d rows", AIS_CSV_ROWS_MAX);
    ais_buf_truncate(&csv->text, 0);
    for (;;) {
        if (read_field(csv, count++, err) < 0)
            return -1;
        if (csv->at == csv->stop || *csv->at != csv->delimiter)
            break;
        pass(csv, 1);
    }
    if (ais_buf_check(&csv->text, AIS_ANSWERS, "the row", err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        csv->fields[i].text = csv->text.data + csv->starts[i];
    *row = (struct ais_csv_row){csv->fields, count, {csv->path, csv->line, csv->column}};
    if (line_break(csv))
        pass_break(csv);
    return 1;
}
