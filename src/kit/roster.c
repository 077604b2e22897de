#include "kit/roster_parts.h"

#include "base/text.h"
#include "kit/names.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

int ais_roster_problem(struct ais_roster_reading *r, struct ais_place at, const char *fmt, ...) {
    struct ais_error found = {.status = AIS_ANSWERS, .line = at.line, .column = at.column};
    va_list args;
    if (r->problems->count - r->problems_before >= AIS_ROSTER_PROBLEMS_MAX) {
        r->unlisted++;
        return 0;
    }
    snprintf(found.path, sizeof found.path, "%s", at.path);
    va_start(args, fmt);
    vsnprintf(found.message, sizeof found.message, fmt, args);
    va_end(args);
    return ais_findings_add(r->problems, &found, r->err);
}

int ais_roster_say(struct ais_roster_reading *r, const char *fmt, ...) {
    struct ais_roster *roster = r->roster;
    char line[1024], shown[sizeof line];
    va_list args;
    va_start(args, fmt);
    vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    ais_text_printable(line, shown, sizeof shown);
    if (ais_grow(&roster->mapping, &roster->mapping_capacity, roster->mapping_count + 1,
                 sizeof *roster->mapping) < 0)
        return ais_fail_memory(r->err);
    roster->mapping[roster->mapping_count] = ais_arena_strdup(&roster->arena, shown);
    return roster->mapping[roster->mapping_count++] ? 0 : ais_fail_memory(r->err);
}

static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

bool ais_roster_same(const char *a, const char *b) {
    const char *x = a, *y = b;
    int order = 1;
    while (*x && lower(*x) == lower(*y))
        x++, y++;
    if (!((unsigned char)*x & 0x80) && !((unsigned char)*y & 0x80))
        return lower(*x) == lower(*y); /* no other letter can make them the same */
    return u8_casecmp((const uint8_t *)a, strlen(a), (const uint8_t *)b, strlen(b), NULL,
                      UNINORM_NFC, &order) == 0 &&
           order == 0;
}

size_t ais_roster_column(const struct ais_roster_reading *r, const char *header) {
    for (size_t i = 0; i < r->column_count; i++)
        if (ais_roster_same(r->headers[i], header))
            return i;
    return AIS_NO_COLUMN;
}

char *ais_roster_trim(struct ais_roster_reading *r, const char *text) {
    const uint8_t *from = (const uint8_t *)text, *to = from + strlen(text), *before;
    ucs4_t c;
    char *copy;
    while (from < to && u8_next(&c, from) && uc_is_property_white_space(c))
        from = u8_next(&c, from);
    while (to > from && (before = u8_prev(&c, to, from)) && uc_is_property_white_space(c))
        to = before;
    copy = ais_arena_strndup(&r->roster->arena, (const char *)from, (size_t)(to - from));
    if (!copy)
        ais_fail_memory(r->err);
    return copy;
}

/* Keeps the header, which lives longer than the reader's row. */
static int take_header(struct ais_roster_reading *r, const struct ais_csv_row *row) {
    r->headers = ais_arena_alloc(&r->roster->arena, row->count * sizeof *r->headers);
    r->header_places = ais_arena_alloc(&r->roster->arena, row->count * sizeof *r->header_places);
    if (!r->headers || !r->header_places)
        return ais_fail_memory(r->err);
    for (size_t i = 0; i < row->count; i++) {
        const struct ais_csv_field *field = &row->fields[i];
        r->headers[i] = ais_roster_trim(r, field->text);
        r->header_places[i] = (struct ais_place){r->options->path, field->line, field->column};
        if (!r->headers[i])
            return -1;
    }
    r->column_count = row->count;
    return 0;
}

/* ais_csv_next, with what is wrong with the file as a problem, which ends it. */
static int next_row(struct ais_roster_reading *r, struct ais_csv *csv, struct ais_csv_row *row) {
    struct ais_error bad = {0};
    int rc = ais_csv_next(csv, row, &bad);
    if (rc >= 0)
        return rc;
    if (bad.status == AIS_ANSWERS)
        return ais_findings_add(r->problems, &bad, r->err);
    return ais_fail(r->err, bad.status, "%s", bad.message);
}

static int read_rows(struct ais_roster_reading *r, struct ais_csv *csv) {
    const struct ais_roster_layout *layout;
    struct ais_csv_row row;
    int more = next_row(r, csv, &row);
    if (more == 0 && r->problems->count == r->problems_before)
        return ais_roster_problem(r, (struct ais_place){.path = r->options->path},
                                  "the roster is empty");
    if (more <= 0)
        return more;
    r->delimiter = csv->delimiter;
    if (take_header(r, &row) < 0)
        return -1;
    more = next_row(r, csv, &row);
    if (more < 0)
        return -1;
    layout = ais_roster_recognise(r, more ? &row : NULL);
    r->roster->system = layout->system;
    if (ais_roster_map(r, layout) < 0)
        return -1;
    if (r->id == AIS_NO_COLUMN)
        return 0; /* and nothing can be said of the rows */
    for (; more > 0; more = next_row(r, csv, &row))
        if (ais_roster_add_row(r, &row) < 0)
            return -1;
    if (more == 0 && !r->entry_count && r->problems->count == r->problems_before)
        return ais_roster_problem(r, (struct ais_place){.path = r->options->path},
                                  "the roster has no students");
    return more;
}

static int by_id(const void *a, const void *b) {
    const struct ais_roster_entry *x = *(struct ais_roster_entry *const *)a;
    const struct ais_roster_entry *y = *(struct ais_roster_entry *const *)b;
    int order = strcmp(x->student.id, y->student.id);
    return order ? order : x < y ? -1 : x > y;
}

static int find_duplicates(struct ais_roster_reading *r) {
    struct ais_roster_entry **sorted =
        ais_calloc(r->entry_count, sizeof(struct ais_roster_entry *));
    int rc = -1;
    if (!sorted) {
        ais_fail_memory(r->err);
        goto out;
    }
    for (size_t i = 0; i < r->entry_count; i++)
        sorted[i] = &r->entries[i];
    qsort(sorted, r->entry_count, sizeof(struct ais_roster_entry *), by_id);
    for (size_t i = 1, first = 0; i < r->entry_count; i++) {
        if (strcmp(sorted[i]->student.id, sorted[first]->student.id) != 0)
            first = i;
        else if (ais_roster_problem(r, sorted[i]->id_at, "the id \"%s\" is also on line %u",
                                    sorted[i]->student.id, sorted[first]->id_at.line) < 0)
            goto out;
    }
    rc = 0;
out:
    ais_free(sorted);
    return rc;
}

static int by_place(const void *a, const void *b) {
    const struct ais_error *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return strcmp(x->path, y->path) ? strcmp(x->path, y->path) : strcmp(x->message, y->message);
}

/* Puts the problems into the order of the file, those of options first, and counts those that were
 * not listed. */
static int sort_problems(struct ais_roster_reading *r) {
    struct ais_error more = {.status = AIS_ANSWERS};
    size_t before = r->problems_before;
    if (r->problems->count > before)
        qsort(r->problems->list + before, r->problems->count - before, sizeof more, by_place);
    if (!r->unlisted)
        return 0;
    snprintf(more.path, sizeof more.path, "%s", r->options->path);
    snprintf(more.message, sizeof more.message, "%zu more problems are not listed", r->unlisted);
    return ais_findings_add(r->problems, &more, r->err);
}

/* Moves the students to the roster, and names their files. */
static int publish(struct ais_roster_reading *r) {
    struct ais_roster *roster = r->roster;
    const char **ids = ais_calloc(r->entry_count, sizeof *ids);
    const char **files = ais_calloc(r->entry_count, sizeof *files);
    int rc = -1;
    roster->students = ais_calloc(r->entry_count, sizeof *roster->students);
    if (!ids || !files || !roster->students) {
        ais_fail_memory(r->err);
        goto out;
    }
    for (size_t i = 0; i < r->entry_count; i++)
        ids[i] = r->entries[i].student.id;
    if (ais_names_make(ids, r->entry_count, files, &roster->arena, r->err) < 0)
        goto out;
    for (size_t i = 0; i < r->entry_count; i++) {
        roster->students[i] = r->entries[i].student;
        roster->students[i].file = files[i];
    }
    roster->count = r->entry_count;
    r->entry_count = 0; /* their values are the roster's now */
    rc = 0;
out:
    ais_free(ids);
    ais_free(files);
    return rc;
}

int ais_roster_read(struct ais_roster *roster, const void *data, size_t size,
                    const struct ais_roster_options *options, struct ais_findings *problems,
                    struct ais_error *err) {
    struct ais_roster_reading r = {.roster = roster,
                                   .options = options,
                                   .problems = problems,
                                   .problems_before = problems->count,
                                   .err = err,
                                   .id = AIS_NO_COLUMN,
                                   .name = AIS_NO_COLUMN,
                                   .surname = AIS_NO_COLUMN,
                                   .group = AIS_NO_COLUMN,
                                   .participant = AIS_NO_COLUMN};
    struct ais_error bad = {0};
    struct ais_csv csv;
    int rc = -1;
    *roster = (struct ais_roster){0};
    if (ais_csv_open(&csv, options->path, data, size, &bad) < 0) {
        rc = ais_findings_add(problems, &bad, err);
        goto out;
    }
    if (read_rows(&r, &csv) < 0 || find_duplicates(&r) < 0 ||
        (options->group_column && ais_roster_join_groups(&r) < 0) || sort_problems(&r) < 0)
        goto out;
    rc = problems->count > r.problems_before ? 0 : publish(&r);
out:
    for (size_t i = 0; i < r.entry_count; i++)
        json_decref(r.entries[i].student.values);
    ais_free(r.entries);
    ais_free(r.taken);
    json_decref(r.no_values);
    ais_csv_release(&csv);
    return rc;
}

void ais_roster_release(struct ais_roster *roster) {
    for (size_t i = 0; i < roster->count; i++)
        json_decref(roster->students[i].values);
    ais_free(roster->students);
    ais_free(roster->mapping);
    ais_arena_release(&roster->arena);
    *roster = (struct ais_roster){0};
}
