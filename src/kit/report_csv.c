#include "kit/cohort_parts.h"

#include "kit/csv.h"

#include <stdio.h>

static const char *const columns[] = {"student", "name",        "group",           "status",
                                      "reason",  "archive",     "bytes",           "id",
                                      "commit",  "tree_digest", "manifest_digest", "tar_digest"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void add_row(struct ais_buf *out, const json_t *kit) {
    for (size_t k = 0; k < COLUMNS; k++) {
        const json_t *value = json_object_get(kit, columns[k]);
        char number[32] = "";
        if (json_is_integer(value))
            snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        ais_csv_add(out, k, json_is_string(value) ? json_string_value(value) : number);
    }
    ais_csv_end(out);
}

int ais_report_csv(const struct ais_report *report, struct ais_buf *out, struct ais_error *err) {
    for (size_t k = 0; k < COLUMNS; k++)
        ais_csv_add(out, k, columns[k]);
    ais_csv_end(out);
    for (size_t i = 0; i < report->count; i++) {
        json_t *kit = ais_report_line(report->lines[i]);
        if (kit)
            add_row(out, kit);
        json_decref(kit);
    }
    return ais_buf_check(out, AIS_FAILED, "the report", err);
}
