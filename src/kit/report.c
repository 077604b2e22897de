#include "kit/cohort_parts.h"

#include "base/json.h"

#include <stdlib.h>
#include <string.h>

/* In the file, a kit's line begins with these blanks, and nothing else does. */
static const char indent[] = "  {";

void ais_report_release(struct ais_report *report) {
    for (size_t i = 0; i < report->count; i++)
        ais_free(report->lines[i]);
    ais_free(report->lines);
    json_decref(report->head);
    *report = (struct ais_report){0};
}

int ais_report_add(struct ais_report *report, char *line, struct ais_error *err) {
    if (ais_grow(&report->lines, &report->capacity, report->count + 1, sizeof line) < 0) {
        ais_free(line);
        return ais_fail_memory(err);
    }
    report->lines[report->count++] = line;
    return 0;
}

json_t *ais_report_line(const char *line) {
    json_error_t e;
    return line ? ais_json_load(line, strlen(line), 0, &e) : NULL;
}

/* The string behind a key ("\"name\":") of a line, from its quote on, as it stands there: lines are
 * ours, so that equal strings are equal texts, and no string holds a quote that is not escaped. */
static const char *member_of(const char *line, const char *key, size_t *size) {
    const char *at = strstr(line, key), *end;
    *size = 0;
    if (!at)
        return "";
    at += strlen(key);
    for (end = at + 1; *end && *end != '"'; end++)
        end += *end == '\\' && end[1];
    *size = (size_t)(end - at);
    return at;
}

static const char *student_of(const char *line, size_t *size) {
    return member_of(line, "\"student\":", size);
}

static int by_student(const void *a, const void *b) {
    size_t size, other;
    const char *x = student_of(*(char *const *)a, &size);
    const char *y = student_of(*(char *const *)b, &other);
    int order = memcmp(x, y, size < other ? size : other);
    return order ? order : (size > other) - (size < other);
}

json_t *ais_report_find(const struct ais_report *report, const char *student) {
    json_t *key = json_pack("{ss}", "student", student);
    char *line = key ? ais_json_text(key, JSON_COMPACT) : NULL, **found = NULL;
    if (line && report->count)
        found = bsearch(&line, report->lines, report->count, sizeof line, by_student);
    json_decref(key);
    ais_free(line);
    return found ? ais_report_line(*found) : NULL;
}

static int fail_report(const char *path, struct ais_error *err) {
    return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = path},
                       "this is no report of kits, or a damaged one");
}

/* Takes a kit's line into the report, and any other one into the head. */
static int take_line(struct ais_report *report, struct ais_buf *head, const char *path,
                     const char *line, size_t size, struct ais_error *err) {
    json_error_t e;
    json_t *kit;
    char *copy;
    if (size < sizeof indent || strncmp(line, indent, sizeof indent - 1) != 0) {
        ais_buf_add(head, line, size);
        return 0;
    }
    line += sizeof indent - 2;
    size -= sizeof indent - 2;
    size -= line[size - 1] == ',';
    kit = ais_json_load(line, size, 0, &e);
    copy = json_is_object(kit) ? ais_json_text(kit, JSON_COMPACT) : NULL;
    json_decref(kit);
    return copy ? ais_report_add(report, copy, err) : fail_report(path, err);
}

int ais_report_read(struct ais_report *report, const char *path, const char *text, size_t size,
                    bool sort, struct ais_error *err) {
    struct ais_buf head = AIS_BUF(1 << 20);
    const char *schema;
    json_error_t e;
    int rc = -1;
    while (size) {
        const char *newline = memchr(text, '\n', size);
        size_t length = newline ? (size_t)(newline - text) : size;
        if (take_line(report, &head, path, text, length, err) < 0)
            goto out;
        length += newline != NULL;
        text += length;
        size -= length;
    }
    if (ais_buf_check(&head, AIS_FAILED, "the report's head", err) < 0)
        goto out;
    report->head = ais_json_load(ais_buf_text(&head), head.size, 0, &e);
    schema = json_string_value(json_object_get(report->head, "schema"));
    if (!schema || strcmp(schema, "aiscaffold.kit-report/1") != 0) {
        fail_report(path, err);
        goto out;
    }
    json_object_del(report->head, "kits");
    if (sort && report->count)
        qsort(report->lines, report->count, sizeof *report->lines, by_student);
    rc = 0;
out:
    ais_buf_release(&head);
    return rc;
}

static int json_head(const struct ais_report *report, struct ais_buf *out, struct ais_error *err) {
    char *head = ais_json_dump(report->head, err), *end = head ? strrchr(head, '}') : NULL;
    if (!end)
        return -1;
    while (end > head && (end[-1] == '\n' || end[-1] == ' '))
        end--;
    *end = '\0';
    ais_buf_str(out, head);
    ais_buf_str(out, ",\n  \"kits\": [");
    ais_free(head);
    return 0;
}

static void json_kit(const char *line, const json_t *kit, bool first, struct ais_buf *out) {
    (void)kit;
    ais_buf_str(out, first ? "\n  " : ",\n  ");
    ais_buf_str(out, line);
}

const struct ais_report_form ais_report_json = {".json", json_head, json_kit, "\n]}\n"};

int ais_cohort_count(struct ais_report *report, struct ais_cohort_result *result,
                     struct ais_error *err) {
    size_t *const counts[] = {&result->made, &result->kept, &result->rewritten, &result->failed,
                              &result->gone};
    static const char *const names[] = {"made", "kept", "rewritten", "failed", "gone"};
    json_t *object = json_object();
    int rc = object ? 0 : -1;
    for (size_t k = 0; k < 5; k++)
        *counts[k] = 0;
    for (size_t i = 0; i < report->count; i++) {
        const char *line = report->lines[i] ? report->lines[i] : "";
        size_t size;
        const char *status = member_of(line, "\"status\":", &size);
        for (size_t k = 0; k < 5; k++)
            *counts[k] +=
                size == strlen(names[k]) + 1 && memcmp(status + 1, names[k], size - 1) == 0;
    }
    for (size_t k = 0; k < 5 && rc == 0; k++)
        rc = json_object_set_new(object, names[k], json_integer((json_int_t)*counts[k]));
    if (rc == 0)
        rc = json_object_set(report->head, "counts", object);
    json_decref(object);
    return rc < 0 ? ais_fail_memory(err) : 0;
}
