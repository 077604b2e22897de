#include "kit/roster_parts.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 64 * 1024 /* bytes */ };

static int by_group(const void *a, const void *b) {
    const struct ais_roster_entry *x = *(struct ais_roster_entry *const *)a;
    const struct ais_roster_entry *y = *(struct ais_roster_entry *const *)b;
    int order = strcmp(x->student.group, y->student.group);
    return order ? order : x < y ? -1 : x > y;
}

/* Gives the group the member's values, which must not differ from those of others. */
static int join_values(struct ais_roster_reading *r, json_t *values,
                       const struct ais_roster_entry *member) {
    const char *name;
    json_t *value;
    json_object_foreach(member->student.values, name, value) {
        const json_t *given = json_object_get(values, name);
        if (given && !json_equal(given, value)) {
            if (ais_roster_problem(r, member->id_at,
                                   "the row gives its group \"%s\" another \"%s\" than rows before",
                                   member->student.group, name) < 0)
                return -1;
        } else if (!given && json_object_set(values, name, value) < 0) {
            return ais_fail_memory(r->err);
        }
    }
    return 0;
}

/* Makes members[count], in the order of the roster, one student in the place of the first; the
 * others lose their ids. */
static int join(struct ais_roster_reading *r, struct ais_roster_entry **members, size_t count) {
    struct ais_student *team = &members[0]->student;
    struct ais_buf names = AIS_BUF(NAMES_MAX);
    int rc = -1;
    for (size_t i = 0; i < count; i++) {
        const struct ais_student *member = &members[i]->student;
        if (i)
            ais_buf_str(&names, ", ");
        ais_buf_str(&names, *member->name ? member->name : member->id);
        if (i && join_values(r, team->values, members[i]) < 0)
            goto out;
    }
    if (names.too_large &&
        ais_roster_problem(r, members[0]->id_at,
                           "the names of all in the group \"%s\" are longer than %d bytes",
                           team->group, NAMES_MAX) < 0)
        goto out;
    if (!names.no_memory)
        team->name = ais_arena_strndup(&r->roster->arena, ais_buf_text(&names), names.size);
    if (names.no_memory || !team->name) {
        ais_fail_memory(r->err);
        goto out;
    }
    team->id = team->group;
    if (count > 1)
        team->participant = NULL;
    for (size_t i = 1; i < count; i++)
        members[i]->student.id = NULL;
    rc = 0;
out:
    ais_buf_release(&names);
    return rc;
}

/* Forgets the entries without an id. */
static void close_gaps(struct ais_roster_reading *r) {
    size_t count = 0;
    for (size_t i = 0; i < r->entry_count; i++) {
        if (r->entries[i].student.id)
            r->entries[count++] = r->entries[i];
        else
            json_decref(r->entries[i].student.values);
    }
    r->entry_count = count;
}

int ais_roster_join_groups(struct ais_roster_reading *r) {
    struct ais_roster_entry **sorted =
        ais_calloc(r->entry_count, sizeof(struct ais_roster_entry *));
    int rc = -1;
    if (!sorted) {
        ais_fail_memory(r->err);
        goto out;
    }
    for (size_t i = 0; i < r->entry_count; i++)
        sorted[i] = &r->entries[i];
    qsort(sorted, r->entry_count, sizeof(struct ais_roster_entry *), by_group);
    for (size_t i = 0, next; i < r->entry_count; i = next) {
        for (next = i + 1; next < r->entry_count &&
                           strcmp(sorted[next]->student.group, sorted[i]->student.group) == 0;)
            next++;
        if (join(r, sorted + i, next - i) < 0)
            goto out;
    }
    close_gaps(r);
    rc = 0;
out:
    ais_free(sorted);
    return rc;
}
