#include "kit/roster_parts.h"

#include <string.h>

static const struct ais_roster_layout layouts[] = {
    {AIS_ROSTER_CANVAS,
     {"Student", "SIS Login ID", "Section"},
     {"SIS Login ID", "SIS User ID", "ID"},
     {"Student"}},
    {AIS_ROSTER_CANVAS,
     {"LastName", "FirstName", "SIS Login ID", "Section"},
     {"SIS Login ID", "SIS User ID", "ID"},
     {"FirstName", "LastName"}},
    {AIS_ROSTER_GITHUB_CLASSROOM,
     {"identifier", "github_username", "github_id", "name"},
     {"identifier"},
     {"name"}},
    {AIS_ROSTER_CLASSROOM50,
     {"username", "first_name", "last_name", "email", "section"},
     {"username"},
     {"first_name", "last_name"}},
    {AIS_ROSTER_NBGRADER,
     {"id", "first_name", "last_name", "email"},
     {"id"},
     {"first_name", "last_name"}},
    {AIS_ROSTER_NBGRADER, {"id", "lms_user_id"}, {"id"}, {"first_name", "last_name"}},
    {AIS_ROSTER_GRADESCOPE,
     {"First Name", "Last Name", "SID", "Email"},
     {"SID", "Email"},
     {"First Name", "Last Name"}},
    {AIS_ROSTER_GRADESCOPE, {"Name", "SID", "Email"}, {"SID", "Email"}, {"Name"}},
    {AIS_ROSTER_GRADESCOPE,
     {"First Name", "Last Name", "Email", "Role"},
     {"Email"},
     {"First Name", "Last Name"}},
    {AIS_ROSTER_GRADESCOPE, {"Name", "Email", "Role"}, {"Email"}, {"Name"}},
};

/* Its columns are known by Moodle's number, not by their headers, which are translated. */
static const struct ais_roster_layout moodle = {
    AIS_ROSTER_MOODLE, {"Identifier", "Grade", "Last modified (grade)"}, {NULL}, {NULL}};

static const struct ais_roster_layout plain = {AIS_ROSTER_PLAIN, {NULL}, {NULL}, {NULL}};

/* What Moodle writes before a participant's number, with or without a space. */
static const char *const participants[] = {
    "Participant", "Teilnehmer/in", "Participante", "Partecipante", "Deelnemer",  "Uczestnik",
    "Účastník",    "Участник",      "Учасник",      "Deltagare",    "Deltager",   "Deltaker",
    "Osallistuja", "Résztvevő",     "Katılımcı",    "Συμμετέχων",   "Sodelujoči", "Partaidea",
    "مشارك",       "משתתף",         "参加者",       "参与者",       "參與者",
};

/* Columns of these systems that say who someone is or how they do. */
static const char *const personal[] = {
    "Student",
    "LastName",
    "FirstName",
    "ID",
    "SIS User ID",
    "SIS Login ID",
    "Integration ID",
    "Root Account",
    "Section",
    "Sections",
    "section_name",
    "Identifier",
    "Full name",
    "Email address",
    "Email",
    "Status",
    "Group",
    "Marker",
    "Grade",
    "Maximum grade",
    "Scale",
    "Feedback comments",
    "github_username",
    "github_id",
    "name",
    "username",
    "first_name",
    "last_name",
    "lms_user_id",
    "First Name",
    "Last Name",
    "SID",
    "Role",
    "Notes",
    "email_hash",
    "invite_token",
    "invited_at",
    "enrolled_at",
    "enrollment_status",
    "enrollment_method",
};

const char *ais_roster_system_name(enum ais_roster_system system) {
    static const char *const names[] = {"CSV",
                                        "Canvas gradebook",
                                        "Moodle grading worksheet",
                                        "GitHub Classroom roster",
                                        "Classroom 50 roster",
                                        "nbgrader students",
                                        "Gradescope roster"};
    return names[system];
}

bool ais_roster_is_personal(const char *header) {
    for (size_t i = 0; i < sizeof personal / sizeof *personal; i++)
        if (ais_roster_same(header, personal[i]))
            return true;
    return false;
}

const char *ais_roster_participant(const char *text) {
    const char *digits = text + strlen(text);
    while (digits > text && digits[-1] >= '0' && digits[-1] <= '9')
        digits--;
    return *digits ? digits : NULL;
}

static bool says_participant(const char *text) {
    const char *digits = ais_roster_participant(text);
    for (size_t i = 0; digits && i < sizeof participants / sizeof *participants; i++) {
        size_t size = strlen(participants[i]);
        if (strncmp(text, participants[i], size) == 0 &&
            text + size + strspn(text + size, " ") == digits)
            return true;
    }
    return false;
}

static bool has_all(const struct ais_roster_reading *r, const struct ais_roster_layout *layout) {
    for (size_t i = 0; layout->needs[i]; i++)
        if (ais_roster_column(r, layout->needs[i]) == AIS_NO_COLUMN)
            return false;
    return true;
}

const struct ais_roster_layout *ais_roster_recognise(struct ais_roster_reading *r,
                                                     const struct ais_csv_row *first) {
    if (has_all(r, &moodle)) {
        r->participant = ais_roster_column(r, moodle.needs[0]);
        return &moodle;
    }
    if (first && r->column_count >= 4 && says_participant(first->fields[0].text)) {
        r->participant = 0;
        return &moodle;
    }
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (has_all(r, &layouts[i]))
            return &layouts[i];
    return &plain;
}

static const char *cell(const struct ais_roster_reading *r, const struct ais_csv_row *row,
                        const char *header) {
    size_t column = ais_roster_column(r, header);
    return column < row->count ? row->fields[column].text : "";
}

/* Canvas puts up to two rows without an ID before the students, and behind them the student that
 * teachers see the course as, who has a login that nobody could type. */
static const char *canvas_row_kind(struct ais_roster_reading *r, const struct ais_csv_row *row) {
    const char *name = row->fields[0].text, *login = cell(r, row, "SIS Login ID");
    if (!r->in_students && !*cell(r, row, "ID") && !*login) {
        if (strncmp(name, "    ", 4) == 0)
            return "points possible";
        if (!*name)
            return "hidden assignments";
    }
    if (!*cell(r, row, "SIS User ID") &&
        (!*login || (strlen(login) == 40 && strspn(login, "0123456789abcdef") == 40)) &&
        (strcmp(name, "Student, Test") == 0 || strcmp(name, "Test Student") == 0 ||
         (strcmp(name, "Student") == 0 && strcmp(cell(r, row, "FirstName"), "Test") == 0)))
        return "Canvas's Test Student";
    return NULL;
}

const char *ais_roster_row_kind(struct ais_roster_reading *r, const struct ais_csv_row *row) {
    enum ais_roster_system system = r->roster->system;
    const char *role;
    if (system == AIS_ROSTER_CANVAS)
        return canvas_row_kind(r, row);
    if (system != AIS_ROSTER_GRADESCOPE && system != AIS_ROSTER_CLASSROOM50)
        return NULL;
    role = cell(r, row, "Role");
    return *role && !ais_roster_same(role, "Student") ? "not a student's role" : NULL;
}
