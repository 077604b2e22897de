#include "kit/roster_parts.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

enum { ID_MAX = 200, NAME_MAX_BYTES = 500 };

/* Whether nothing of a character is seen; what joins or parts letters is a matter of spelling. */
static bool is_invisible(ucs4_t c) {
    return (uc_is_general_category(c, UC_CATEGORY_Cc) ||
            uc_is_general_category(c, UC_CATEGORY_Cf) ||
            uc_is_general_category(c, UC_CATEGORY_Zl) ||
            uc_is_general_category(c, UC_CATEGORY_Zp)) &&
           c != 0x200c && c != 0x200d;
}

/* The text in NFC and without white space around it, in the arena. */
static const char *normalise(struct ais_roster_reading *r, const char *text) {
    const char *trimmed = ais_roster_trim(r, text), *copy;
    uint8_t *form;
    size_t size = 0;
    if (!trimmed || !*trimmed)
        return trimmed;
    form = u8_normalize(UNINORM_NFC, (const uint8_t *)trimmed, strlen(trimmed), NULL, &size);
    copy = form ? ais_arena_strndup(&r->roster->arena, (const char *)form, size) : NULL;
    free(form);
    if (!copy)
        ais_fail_memory(r->err);
    return copy;
}

static struct ais_place place_of(const struct ais_roster_reading *r,
                                 const struct ais_csv_field *field) {
    return (struct ais_place){r->options->path, field->line, field->column};
}

/* Reads a field that names a student or a group: *key is NULL where it can't. */
static int read_key(struct ais_roster_reading *r, const struct ais_csv_row *row, size_t column,
                    const char *what, const char **key) {
    struct ais_place at = place_of(r, &row->fields[column]);
    const char *text = normalise(r, row->fields[column].text);
    ucs4_t c;
    *key = NULL;
    if (!text)
        return -1;
    if (!*text)
        return ais_roster_problem(r, at,
                                  "the row has no %s: column \"%s\" is empty (--%s-column names "
                                  "another)",
                                  what, r->headers[column], what);
    if (strlen(text) > ID_MAX)
        return ais_roster_problem(r, at, "the %s is longer than %d bytes", what, ID_MAX);
    for (const uint8_t *s = (const uint8_t *)text; (s = u8_next(&c, s));)
        if (is_invisible(c))
            return ais_roster_problem(r, at, "the %s holds an invisible character (U+%04X)", what,
                                      (unsigned)c);
    *key = text;
    return 0;
}

/* Moodle's number of the row; it is the id as well if no other column is. */
static int read_participant(struct ais_roster_reading *r, const struct ais_csv_row *row,
                            struct ais_student *student) {
    const struct ais_csv_field *field = &row->fields[r->participant];
    const char *text = normalise(r, field->text);
    if (!text)
        return -1;
    student->participant = ais_roster_participant(text);
    if (!student->participant)
        return ais_roster_problem(r, place_of(r, field), "no participant's number ends \"%s\"",
                                  text);
    if (strlen(student->participant) > ID_MAX)
        return ais_roster_problem(r, place_of(r, field), "the %s is longer than %d bytes", "id",
                                  ID_MAX);
    if (r->id == r->participant)
        student->id = student->participant;
    return 0;
}

/* Adds a part of a name, with single spaces for what is no visible character. */
static void add_name(struct ais_buf *name, const char *text) {
    ucs4_t c;
    bool space = name->size > 0;
    for (const uint8_t *s = (const uint8_t *)text, *next; (next = u8_next(&c, s)); s = next) {
        if (uc_is_property_white_space(c)) {
            space = name->size > 0;
        } else if (!is_invisible(c)) {
            if (space)
                ais_buf_char(name, ' ');
            space = false;
            ais_buf_add(name, s, (size_t)(next - s));
        }
    }
}

static int read_name(struct ais_roster_reading *r, const struct ais_csv_row *row,
                     struct ais_student *student) {
    struct ais_buf name = AIS_BUF(2 * AIS_CSV_FIELD_MAX + 2);
    const size_t columns[] = {r->name, r->surname};
    int rc = -1;
    for (size_t i = 0; i < 2; i++)
        if (columns[i] != AIS_NO_COLUMN)
            add_name(&name, row->fields[columns[i]].text);
    if (ais_buf_check(&name, AIS_ANSWERS, "a name", r->err) < 0)
        goto out;
    student->name = ais_arena_strndup(&r->roster->arena, ais_buf_text(&name), name.size);
    if (!student->name) {
        ais_fail_memory(r->err);
        goto out;
    }
    rc = 0;
    if (name.size > NAME_MAX_BYTES)
        rc = ais_roster_problem(
            r, place_of(r, &row->fields[r->name < r->surname ? r->name : r->surname]),
            "the name is longer than %d bytes", NAME_MAX_BYTES);
out:
    ais_buf_release(&name);
    return rc;
}

/* Takes a variable's value, unless the cell is empty, which leaves it to its default. */
static int read_value(struct ais_roster_reading *r, const struct ais_csv_row *row,
                      const struct ais_taken *taken, json_t *values) {
    const struct ais_csv_field *field = &row->fields[taken->column];
    const char *text = ais_roster_trim(r, field->text);
    char reason[512];
    json_t *value;
    if (!text)
        return -1;
    if (!*text)
        return 0;
    ais_mem_ran_out();
    value = ais_value_parse(taken->variable, text, reason, sizeof reason);
    json_decref(value);
    if (ais_mem_ran_out())
        return ais_fail_memory(r->err);
    if (!value)
        return ais_roster_problem(r, place_of(r, field), "\"%s\" %s", taken->variable->name,
                                  reason);
    return json_object_set_new(values, taken->variable->name, json_string(text)) < 0
               ? ais_fail_memory(r->err)
               : 0;
}

/* A reference to the values of the row; rows of a roster that gives none share an empty object. */
static json_t *read_values(struct ais_roster_reading *r, const struct ais_csv_row *row) {
    json_t *values = r->taken_count ? json_object() : json_incref(r->no_values);
    if (!values && !r->taken_count)
        values = json_incref(r->no_values = json_object());
    for (size_t i = 0; values && i < r->taken_count; i++)
        if (read_value(r, row, &r->taken[i], values) < 0) {
            json_decref(values);
            return NULL;
        }
    if (!values)
        ais_fail_memory(r->err);
    return values;
}

/* 1 where the row is a student's, 0 where it is none or can't be read. */
static int check_row(struct ais_roster_reading *r, const struct ais_csv_row *row) {
    const char *kind = ais_roster_row_kind(r, row);
    size_t count = r->column_count;
    bool blank = true;
    if (kind)
        return ais_roster_say(r, "skipped: line %u, %s", row->fields[0].line, kind);
    for (size_t i = 0; blank && i < row->count; i++)
        blank = !row->fields[i].text[strspn(row->fields[i].text, " \t")];
    if (blank)
        return 0;
    r->in_students = true;
    if (row->count == count)
        return 1;
    return ais_roster_problem(
        r, row->count > count ? place_of(r, &row->fields[count]) : row->end,
        "the row has %zu field%s, and the header %zu (a field with %s in it needs quotes)",
        row->count, row->count == 1 ? "" : "s", count,
        r->delimiter == '\t'  ? "a tab"
        : r->delimiter == ';' ? "a semicolon"
                              : "a comma");
}

int ais_roster_add_row(struct ais_roster_reading *r, const struct ais_csv_row *row) {
    struct ais_roster_entry entry = {.student = {.group = "", .line = row->fields[0].line}};
    struct ais_student *student = &entry.student;
    int rc = check_row(r, row);
    if (rc <= 0)
        return rc;
    entry.id_at = place_of(r, &row->fields[r->id]);
    if ((r->participant != AIS_NO_COLUMN && read_participant(r, row, student) < 0) ||
        (r->id != r->participant && read_key(r, row, r->id, "id", &student->id) < 0) ||
        (r->group != AIS_NO_COLUMN && read_key(r, row, r->group, "group", &student->group) < 0) ||
        read_name(r, row, student) < 0)
        return -1;
    student->values = read_values(r, row);
    if (!student->values)
        return -1;
    if (student->id && student->group) {
        if (ais_grow(&r->entries, &r->entry_capacity, r->entry_count + 1, sizeof *r->entries) < 0) {
            json_decref(student->values);
            return ais_fail_memory(r->err);
        }
        r->entries[r->entry_count++] = entry;
        return 0;
    }
    json_decref(student->values);
    return 0;
}
