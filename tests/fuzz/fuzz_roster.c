/* A roster of any bytes, whose first byte chooses the options: students have different ids and
 * different safe names, the values are ones that their variables take, and what the writer makes of
 * the fields is read back as it was. */
#include "folder.h"

#include "base/path.h"
#include "base/text.h"
#include "kit/csv.h"
#include "kit/roster.h"
#include "template/answers.h"

#include <string.h>

static const char manifest[] =
    "{\"name\": \"t\", \"version\": \"1.0.0\", \"released\": \"2026-12-01T00:00:00Z\", "
    "\"summary\": \"s\", \"variables\": {"
    "\"author\": {\"type\": \"string\", \"max\": 9, \"default\": \"\"},"
    "\"topic\": {\"type\": \"choice\", \"choices\": [\"x\", \"y\"], \"default\": \"x\"},"
    "\"rows\": {\"type\": \"integer\", \"min\": 1, \"default\": 1},"
    "\"tags\": {\"type\": \"list\", \"max\": 3, \"default\": []},"
    "\"token\": {\"type\": \"string\", \"secret\": true, \"default\": \"\"}}}";

/* The text of a cell without the apostrophe that the writer may have put before it. */
static bool is_written(const char *cell, const char *text) {
    return strcmp(cell, text) == 0 || (*cell == '\'' && strcmp(cell + 1, text) == 0);
}

/* Writes each row and reads it back. */
static void write_rows(const char *text, size_t size) {
    struct ais_csv csv, again;
    struct ais_csv_row row, copy;
    struct ais_error err = {0};
    int more = ais_csv_open(&csv, "input", text, size, &err) < 0 ? -1 : 1;
    while (more > 0 && (more = ais_csv_next(&csv, &row, &err)) > 0) {
        struct ais_buf out = AIS_BUF(1 << 26);
        ais_csv_add(&out, 0, "x"); /* a row of one empty field would be an empty line */
        for (size_t i = 0; i < row.count; i++)
            ais_csv_add(&out, i + 1, row.fields[i].text);
        ais_csv_end(&out);
        MUST(ais_csv_open(&again, "again", out.data, out.size, &err) == 0);
        if (row.count == AIS_CSV_COLUMNS_MAX) {
            MUST(ais_csv_next(&again, &copy, &err) == -1);
        } else {
            MUST(ais_csv_next(&again, &copy, &err) == 1 && copy.count == row.count + 1);
            for (size_t i = 0; i < row.count; i++)
                MUST(is_written(copy.fields[i + 1].text, row.fields[i].text));
        }
        ais_csv_release(&again);
        ais_buf_release(&out);
    }
    MUST(more == 0 || (err.status == AIS_ANSWERS && err.message[0]));
    ais_csv_release(&csv);
}

static void check_student(const struct ais_template *t, const struct ais_student *s) {
    const char *name;
    const json_t *value;
    MUST(*s->id && s->name && s->group && s->line >= 2);
    MUST(ais_path_fault(s->file, strlen(s->file)) == NULL && !strchr(s->file, '/'));
    MUST(!s->participant || *s->participant);
    json_object_foreach((json_t *)s->values, name, value) {
        const struct ais_declared *declared = ais_template_variable(t, name);
        char reason[512];
        json_t *parsed;
        MUST(declared && !declared->variable->secret);
        parsed =
            ais_value_parse(declared->variable, json_string_value(value), reason, sizeof reason);
        MUST(parsed);
        json_decref(parsed);
    }
}

static void check_roster(const struct ais_template *t, const struct ais_roster *roster) {
    for (size_t i = 0; i < roster->count; i++) {
        char *key = ais_text_fold(roster->students[i].file);
        check_student(t, &roster->students[i]);
        for (size_t k = 0; k < i && i < 200; k++) {
            char *other = ais_text_fold(roster->students[k].file);
            MUST(key && other && strcmp(key, other) != 0);
            MUST(strcmp(roster->students[i].id, roster->students[k].id) != 0);
            ais_free(other);
        }
        ais_free(key);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const maps[] = {"author=name", "topic=Group"};
    static struct ais_template *t;
    struct ais_roster_options options = {.path = "input", .maps = maps};
    struct ais_roster roster;
    struct ais_findings problems = {0};
    struct ais_error err = {0};
    if (!t) {
        fuzz_write("template.json", manifest, sizeof manifest - 1);
        t = fuzz_load();
        MUST(t);
    }
    if (!size)
        return 0;
    options.t = t;
    options.id_column = data[0] & 1 ? "id" : NULL;
    options.group_column = data[0] & 2 ? "group" : NULL;
    options.map_count = data[0] >> 2 & 1 ? 2 : 0;
    write_rows((const char *)data + 1, size - 1);
    MUST(ais_roster_read(&roster, data + 1, size - 1, &options, &problems, &err) == 0);
    MUST(!problems.count == !!roster.count);
    MUST(problems.count <= AIS_ROSTER_PROBLEMS_MAX + 2);
    for (size_t i = 0; i < problems.count; i++)
        MUST(problems.list[i].status == AIS_ANSWERS && problems.list[i].message[0]);
    check_roster(t, &roster);
    ais_findings_release(&problems);
    ais_roster_release(&roster);
    return 0;
}
