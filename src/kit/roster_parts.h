/* The parts that a roster is read with; for src/kit/roster*.c alone. */
#ifndef AIS_KIT_ROSTER_PARTS_H
#define AIS_KIT_ROSTER_PARTS_H

#include "kit/csv.h"
#include "kit/roster.h"
#include "template/answers.h"

#include <stdint.h>

#define AIS_NO_COLUMN SIZE_MAX

/* A variable and the column that gives it. */
struct ais_taken {
    const struct ais_variable *variable;
    size_t column;
};

/* A student of the roster, and where the id stands. */
struct ais_roster_entry {
    struct ais_student student;
    struct ais_place id_at;
};

/* A roster that is being read. A column is its index, or AIS_NO_COLUMN. */
struct ais_roster_reading {
    struct ais_roster *roster;
    const struct ais_roster_options *options;
    struct ais_findings *problems;
    size_t problems_before; /* in `problems`, of others */
    size_t unlisted;        /* above AIS_ROSTER_PROBLEMS_MAX */
    struct ais_error *err;
    const char **headers; /* without white space around them */
    struct ais_place *header_places;
    size_t column_count;
    size_t id, name, surname, group, participant;
    struct ais_taken *taken;
    size_t taken_count, taken_capacity;
    struct ais_roster_entry *entries;
    size_t entry_count, entry_capacity;
    json_t *no_values; /* the empty object, once it is needed */
    char delimiter;
    bool in_students; /* behind the rows that a system puts before the first student */
};

/* Adds a problem at a place, or counts it. Returns -1 only for want of memory. */
int ais_roster_problem(struct ais_roster_reading *r, struct ais_place at, const char *fmt, ...)
    AIS_PRINTF(3, 4);
/* Adds a line to roster->mapping. */
int ais_roster_say(struct ais_roster_reading *r, const char *fmt, ...) AIS_PRINTF(2, 3);

/* Whether two headers are the same but for case. */
bool ais_roster_same(const char *a, const char *b);
/* The first column called `header` but for case. */
size_t ais_roster_column(const struct ais_roster_reading *r, const char *header);
/* text without white space around it, in the roster's arena; NULL for want of memory. */
char *ais_roster_trim(struct ais_roster_reading *r, const char *text);

/* A way in which a system writes a roster. Names of columns end with a NULL. */
struct ais_roster_layout {
    enum ais_roster_system system;
    const char *needs[6]; /* columns that it is recognised by */
    const char *ids[4];   /* columns that know a student, the best one first */
    const char *names[3]; /* the name, or the first name and the surname */
};

/* The layout that the header and the first row behind it (or NULL) have; never NULL. For Moodle,
 * r->participant is set. */
const struct ais_roster_layout *ais_roster_recognise(struct ais_roster_reading *r,
                                                     const struct ais_csv_row *first);
/* What a row is if it is no student's ("points possible", ...), or NULL. */
const char *ais_roster_row_kind(struct ais_roster_reading *r, const struct ais_csv_row *row);
/* The digits at the end of Moodle's "Participant 123", or NULL. */
const char *ais_roster_participant(const char *text);
/* Whether a system's column holds what is only taken where it is mapped. */
bool ais_roster_is_personal(const char *header);

/* Decides which columns are used, by the layout and the options. */
int ais_roster_map(struct ais_roster_reading *r, const struct ais_roster_layout *layout);

/* Adds the student of a row to r->entries, or what is wrong with the row to the problems. */
int ais_roster_add_row(struct ais_roster_reading *r, const struct ais_csv_row *row);
/* Makes one student of all that are in the same group, in the order of their first members. */
int ais_roster_join_groups(struct ais_roster_reading *r);

#endif
