#include "kit/cohort_parts.h"

#include "kit/csv.h"

#include <stdio.h>

static const char *const columns[] = {"student", "name",        "group",           "status",
                                      "reason",  "archive",     "bytes",           "id",
                                      "commit",  "tree_digest", "manifest_digest", "tar_digest"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void csv_kit(const char *line, const json_t *kit, bool first, struct ais_buf *out) {
    (void)line;
    (void)first;
    for (size_t k = 0; k < COLUMNS; k++) {
        const json_t *value = json_object_get(kit, columns[k]);
        char number[32] = "";
        if (json_is_integer(value))
            snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        ais_csv_add(out, k, json_is_string(value) ? json_string_value(value) : number);
    }
    ais_csv_end(out);
}

static int csv_head(const struct ais_report *report, struct ais_buf *out, struct ais_error *err) {
    (void)report;
    (void)err;
    for (size_t k = 0; k < COLUMNS; k++)
        ais_csv_add(out, k, columns[k]);
    ais_csv_end(out);
    return 0;
}

const struct ais_report_form ais_report_csv = {".csv", csv_head, csv_kit, ""};
