/* Comma-separated values, RFC 4180 in UTF-8: a reader for rosters and a writer for reports. */
#ifndef AIS_KIT_CSV_H
#define AIS_KIT_CSV_H

#include "base/buf.h"

enum {
    AIS_CSV_BYTES_MAX = 256 << 20,
    AIS_CSV_ROWS_MAX = 4000000,
    AIS_CSV_COLUMNS_MAX = 1000,
    AIS_CSV_FIELD_MAX = 1 << 20, /* bytes of one field */
};

/* A field without its quotes, and where it begins; line and column count from 1, columns in
 * characters. */
struct ais_csv_field {
    const char *text;
    unsigned line, column;
};

struct ais_csv_row {
    const struct ais_csv_field *fields; /* borrowed until the next row is read */
    size_t count;                       /* at least 1 */
    struct ais_place end;               /* behind the last field */
};

/* A reader. The data is borrowed, and so is `path`, which errors name. */
struct ais_csv {
    const char *path;
    const char *at, *stop; /* what is not read yet */
    unsigned line, column; /* of `at` */
    char delimiter;        /* found in the first row: comma, semicolon or tab */
    size_t rows;
    struct ais_buf text; /* the fields of a row, each with a NUL behind it */
    struct ais_csv_field *fields;
    size_t *starts; /* of the fields in text */
    size_t capacity, start_capacity;
};

/* Begins to read data[size], a byte order mark or none before it. What is not UTF-8, or too large,
 * is an AIS_ANSWERS error. Released by ais_csv_release, also after an error. */
int ais_csv_open(struct ais_csv *csv, const char *path, const void *data, size_t size,
                 struct ais_error *err);
void ais_csv_release(struct ais_csv *csv);

/* Reads the next row: 1, or 0 at the end, or -1 with *err set (AIS_ANSWERS at its place), after
 * which the rest can't be read. Rows end with CRLF, LF or CR; empty lines are passed over. */
int ais_csv_next(struct ais_csv *csv, struct ais_csv_row *row, struct ais_error *err);

/* Adds field number `index` of a row. Text that a spreadsheet could take for a formula gets an
 * apostrophe before it: see aiscaffold-roster(5). */
void ais_csv_add(struct ais_buf *out, size_t index, const char *text);
/* Ends a row. */
void ais_csv_end(struct ais_buf *out);

#endif
