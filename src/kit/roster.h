/* Rosters: who gets a kit, from plain CSV and from what learning systems export. */
#ifndef AIS_KIT_ROSTER_H
#define AIS_KIT_ROSTER_H

#include "base/findings.h"
#include "base/mem.h"
#include "template/template.h"

enum { AIS_ROSTER_PROBLEMS_MAX = 200 /* that are listed */ };

enum ais_roster_system {
    AIS_ROSTER_PLAIN,
    AIS_ROSTER_CANVAS,
    AIS_ROSTER_MOODLE,
    AIS_ROSTER_GITHUB_CLASSROOM,
    AIS_ROSTER_CLASSROOM50,
    AIS_ROSTER_NBGRADER,
    AIS_ROSTER_GRADESCOPE,
};

/* A student, or with a group column a team. All is owned by the roster. */
struct ais_student {
    const char *id;          /* as the roster has it, in NFC; a team's is the group's name */
    const char *name;        /* to show; "" for none; a team's members' joined by ", " */
    const char *group;       /* "" for none */
    const char *file;        /* for file names, see names.h; the whole roster decides it */
    const char *participant; /* Moodle's number in "Participant 123", or NULL */
    unsigned line;           /* of the roster, from 1 */
    json_t *values;          /* object: declared variables taken from the row, as strings */
};

struct ais_roster_options {
    const char *path;                     /* for messages */
    const char *id_column, *group_column; /* or NULL */
    const char *const *maps;              /* "VARIABLE=COLUMN" */
    size_t map_count;
    const struct ais_template *t; /* which variables are declared */
};

struct ais_roster {
    struct ais_student *students; /* in the order of the roster */
    size_t count;
    enum ais_roster_system system;
    char **mapping; /* lines that say what was recognised, to print */
    size_t mapping_count, mapping_capacity;
    struct ais_arena arena;
};

/* Reads a roster of data[size], which is not needed afterwards. All that is wrong with it is listed
 * in `problems` (AIS_ANSWERS, in the order of the places), with nothing dropped silently; only
 * where none was added are the students complete. Returns -1 with *err set for want of memory
 * alone. Released by ais_roster_release, also after an error. */
int ais_roster_read(struct ais_roster *roster, const void *data, size_t size,
                    const struct ais_roster_options *options, struct ais_findings *problems,
                    struct ais_error *err);
void ais_roster_release(struct ais_roster *roster);

/* "Canvas gradebook", ... */
const char *ais_roster_system_name(enum ais_roster_system system);

#endif
