#include "kit/roster_parts.h"

#include <string.h>

/* What plain rosters call the columns that are looked for. */
static const char *const id_headers[] = {"id",       "student id",    "student_id", "studentid",
                                         "username", "login",         "user_id",    "identifier",
                                         "sid",      "student number"};
static const char *const name_headers[] = {"name", "full name", "full_name", "student",
                                           "student name"};
/* What Moodle calls it in some of its languages. */
static const char *const moodle_names[] = {
    "Full name",     "Vollständiger Name", "Nom complet", "Nombre completo",
    "Nome completo", "Volledige naam",     "全名"};
static const char *const first_names[] = {"first_name", "first name", "firstname"};
static const char *const surnames[] = {"last_name", "last name", "lastname", "surname"};

enum { LISTED_MAX = 5, WORDS_MAX = 256 };

static struct ais_place option(const char *name) {
    return (struct ais_place){.path = name};
}

/* How many columns are called so. */
static size_t count_columns(const struct ais_roster_reading *r, const char *header) {
    size_t count = 0;
    for (size_t i = 0; i < r->column_count; i++)
        count += ais_roster_same(r->headers[i], header);
    return count;
}

/* Finds the column that an option names, its case or else the case of any. */
static int find_named(struct ais_roster_reading *r, const char *by, const char *header,
                      size_t *column) {
    char hint[160];
    size_t exact = AIS_NO_COLUMN, exact_count = 0;
    for (size_t i = r->column_count; i-- > 0;)
        if (strcmp(r->headers[i], header) == 0)
            exact = i, exact_count++;
    *column = exact_count == 1 ? exact : ais_roster_column(r, header);
    if (exact_count == 1 || count_columns(r, header) == 1)
        return 0;
    if (*column != AIS_NO_COLUMN)
        return ais_roster_problem(r, option(by), "the roster has two columns \"%s\" (rename one)",
                                  header);
    return ais_roster_problem(
        r, option(by), "the roster has no column \"%s\"%s", header,
        ais_did_you_mean(hint, sizeof hint, header, r->headers, r->column_count));
}

/* A column that is recognised by its header must be the only one of that name. */
static int use(struct ais_roster_reading *r, size_t found, size_t *column) {
    *column = found;
    if (found == AIS_NO_COLUMN || count_columns(r, r->headers[found]) == 1)
        return 0;
    for (size_t i = r->column_count; i-- > found + 1;)
        if (ais_roster_same(r->headers[i], r->headers[found]))
            return ais_roster_problem(
                r, r->header_places[i],
                "a second column \"%s\" (rename one, or say --id-column, --group-column or --map)",
                r->headers[i]);
    return 0;
}

static size_t first_of(const struct ais_roster_reading *r, const char *const *headers,
                       size_t count) {
    for (size_t i = 0; i < count; i++)
        if (headers[i] && ais_roster_column(r, headers[i]) != AIS_NO_COLUMN)
            return ais_roster_column(r, headers[i]);
    return AIS_NO_COLUMN;
}

/* The id of a plain roster: the one column that is called so, or the only column there is. */
static int find_plain_id(struct ais_roster_reading *r) {
    size_t found = AIS_NO_COLUMN, other = AIS_NO_COLUMN;
    for (size_t i = 0; i < sizeof id_headers / sizeof *id_headers; i++) {
        size_t column = ais_roster_column(r, id_headers[i]);
        if (column != AIS_NO_COLUMN && found != AIS_NO_COLUMN)
            other = column;
        else if (column != AIS_NO_COLUMN)
            found = column;
    }
    if (found == AIS_NO_COLUMN && r->column_count == 1)
        found = 0;
    if (found == AIS_NO_COLUMN)
        return ais_roster_problem(r, r->header_places[0],
                                  "no column is known to hold the students' ids (say which with "
                                  "--id-column)");
    if (other != AIS_NO_COLUMN)
        return ais_roster_problem(r, r->header_places[other],
                                  "\"%s\" and \"%s\" may both hold the students' ids (say which "
                                  "with --id-column)",
                                  r->headers[found], r->headers[other]);
    return use(r, found, &r->id);
}

static int find_id(struct ais_roster_reading *r, const struct ais_roster_layout *layout) {
    if (r->options->id_column)
        return find_named(r, "--id-column", r->options->id_column, &r->id);
    if (layout->system == AIS_ROSTER_PLAIN)
        return find_plain_id(r);
    if (layout->system == AIS_ROSTER_MOODLE) {
        r->id = r->participant;
        return 0;
    }
    return use(r, first_of(r, layout->ids, 4), &r->id);
}

#define FIRST_OF(r, list) first_of(r, list, sizeof(list) / sizeof *(list))

static int find_name(struct ais_roster_reading *r, const struct ais_roster_layout *layout) {
    size_t name = first_of(r, layout->names, 1), surname = first_of(r, layout->names + 1, 1);
    if (layout->system == AIS_ROSTER_MOODLE)
        name = FIRST_OF(r, moodle_names);
    if (layout->system == AIS_ROSTER_PLAIN)
        name = FIRST_OF(r, name_headers);
    if (layout->system == AIS_ROSTER_PLAIN && name == AIS_NO_COLUMN) {
        name = FIRST_OF(r, first_names);
        surname = FIRST_OF(r, surnames);
    }
    return use(r, name, &r->name) < 0 ? -1 : use(r, surname, &r->surname);
}

/* The variable `name` if a roster may give it, or NULL. */
static const struct ais_variable *find_variable(const struct ais_roster_reading *r,
                                                const char *name) {
    const struct ais_declared *declared = ais_template_variable(r->options->t, name);
    return declared && !declared->variable->computed && !declared->variable->secret
               ? declared->variable
               : NULL;
}

/* The variable whose name is nearest, as a hint. */
static const char *nearest_variable(const struct ais_roster_reading *r, const char *name,
                                    char *hint, size_t size) {
    const char *words[WORDS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < r->options->t->variable_count && count < WORDS_MAX; i++) {
        const struct ais_variable *v = r->options->t->variables[i].variable;
        if (!v->computed && !v->secret)
            words[count++] = v->name;
    }
    return ais_did_you_mean(hint, size, name, words, count);
}

static const struct ais_taken *find_taken(const struct ais_roster_reading *r,
                                          const struct ais_variable *v) {
    for (size_t i = 0; i < r->taken_count; i++)
        if (r->taken[i].variable == v)
            return &r->taken[i];
    return NULL;
}

static int take(struct ais_roster_reading *r, const struct ais_variable *v, size_t column) {
    if (ais_grow(&r->taken, &r->taken_capacity, r->taken_count + 1, sizeof *r->taken) < 0)
        return ais_fail_memory(r->err);
    r->taken[r->taken_count++] = (struct ais_taken){v, column};
    return 0;
}

/* Says why a roster may not give the variable. */
static int refuse_variable(struct ais_roster_reading *r, const char *name) {
    const struct ais_declared *declared = ais_template_variable(r->options->t, name);
    char hint[160];
    if (!declared)
        return ais_roster_problem(r, option("--map"), "the template asks for no \"%s\"%s", name,
                                  nearest_variable(r, name, hint, sizeof hint));
    if (declared->variable->computed)
        return ais_roster_problem(r, option("--map"), "\"%s\" is computed and can't be set", name);
    return ais_roster_problem(r, option("--map"), "\"%s\" is secret: no roster may give it", name);
}

/* One --map VARIABLE=COLUMN. */
static int take_mapped(struct ais_roster_reading *r, const char *map) {
    const struct ais_variable *v;
    const char *equals = strchr(map, '=');
    char *name;
    size_t column;
    if (!equals)
        return ais_roster_problem(r, option("--map"), "\"%s\" is not VARIABLE=COLUMN", map);
    name = ais_arena_strndup(&r->roster->arena, map, (size_t)(equals - map));
    if (!name)
        return ais_fail_memory(r->err);
    v = find_variable(r, name);
    if (!v)
        return refuse_variable(r, name);
    if (find_taken(r, v))
        return ais_roster_problem(r, option("--map"), "\"%s\" is mapped twice", name);
    if (find_named(r, "--map", equals + 1, &column) < 0)
        return -1;
    return column == AIS_NO_COLUMN ? 0 : take(r, v, column);
}

/* Takes the columns that are called as a variable is: not those of a system that hold grades or
 * addresses, however a template names its variables. */
static int take_same_names(struct ais_roster_reading *r) {
    for (size_t i = 0; i < r->column_count; i++) {
        const struct ais_variable *v = find_variable(r, r->headers[i]);
        size_t column;
        if (!v || find_taken(r, v) ||
            (r->roster->system != AIS_ROSTER_PLAIN && ais_roster_is_personal(r->headers[i])))
            continue;
        if (use(r, i, &column) < 0 || take(r, v, column) < 0)
            return -1;
    }
    return 0;
}

static bool is_used(const struct ais_roster_reading *r, size_t column) {
    for (size_t i = 0; i < r->taken_count; i++)
        if (r->taken[i].column == column)
            return true;
    return column == r->id || column == r->name || column == r->surname || column == r->group ||
           column == r->participant;
}

/* Names the columns that nothing is taken from, so that a misspelt one stands out. */
static int say_unused(struct ais_roster_reading *r) {
    bool hints = r->roster->system == AIS_ROSTER_PLAIN;
    struct ais_buf line = AIS_BUF(1 << 20);
    char hint[160] = "";
    size_t count = 0;
    int rc = 0;
    for (size_t i = 0; i < r->column_count; i++)
        if (!is_used(r, i) && *r->headers[i] && count++ < LISTED_MAX)
            ais_buf_printf(&line, "%s \"%.200s\"%s", count > 1 ? "," : "", r->headers[i],
                           hints ? nearest_variable(r, r->headers[i], hint, sizeof hint) : "");
    if (count > LISTED_MAX)
        ais_buf_printf(&line, " and %zu more", count - LISTED_MAX);
    if (ais_buf_check(&line, AIS_FAILED, "the list of columns", r->err) < 0)
        rc = -1;
    else if (count)
        rc = ais_roster_say(r, "not taken:%s", line.data);
    ais_buf_release(&line);
    return rc;
}

static int say_column(struct ais_roster_reading *r, const char *what, size_t column) {
    return column == AIS_NO_COLUMN
               ? 0
               : ais_roster_say(r, "%s: column \"%s\"", what, r->headers[column]);
}

static int say_mapping(struct ais_roster_reading *r) {
    if (ais_roster_say(r, "format: %s", ais_roster_system_name(r->roster->system)) < 0 ||
        say_column(r, "id", r->id) < 0 || say_column(r, "name", r->name) < 0 ||
        say_column(r, "surname", r->surname) < 0 || say_column(r, "group", r->group) < 0 ||
        say_column(r, "participant", r->participant) < 0)
        return -1;
    for (size_t i = 0; i < r->taken_count; i++)
        if (ais_roster_say(r, "variable %s: column \"%s\"", r->taken[i].variable->name,
                           r->headers[r->taken[i].column]) < 0)
            return -1;
    return say_unused(r);
}

int ais_roster_map(struct ais_roster_reading *r, const struct ais_roster_layout *layout) {
    if (find_id(r, layout) < 0 || find_name(r, layout) < 0)
        return -1;
    if (r->options->group_column &&
        find_named(r, "--group-column", r->options->group_column, &r->group) < 0)
        return -1;
    for (size_t i = 0; i < r->options->map_count; i++)
        if (take_mapped(r, r->options->maps[i]) < 0)
            return -1;
    return take_same_names(r) < 0 ? -1 : say_mapping(r);
}
