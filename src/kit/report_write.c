/* Reports go to their files piece by piece: those of large cohorts are large. */
#include "kit/cohort_parts.h"

#include "base/io.h"
#include "sink/staging.h"

#include <stdio.h>

enum { PIECE = 64 * 1024 };
static const size_t piece_bytes_max = 0x7fffffff;

static int write_piece(const struct ais_staging *staging, struct ais_buf *out, size_t least,
                       const char *shown, struct ais_error *err) {
    if (ais_buf_check(out, AIS_FAILED, "the report", err) < 0)
        return -1;
    if (out->size < least || !out->size)
        return 0;
    if (ais_write_all(staging->fd, out->data, out->size, shown, err) < 0)
        return -1;
    ais_buf_truncate(out, 0);
    return 0;
}

static int write_form(const struct ais_staging *staging, const struct ais_report *report,
                      const struct ais_report_form *form, const char *shown,
                      struct ais_error *err) {
    struct ais_buf out = AIS_BUF(piece_bytes_max);
    bool first = true;
    int rc = form->head(report, &out, err);
    for (size_t i = 0; i < report->count && rc == 0; i++) {
        json_t *kit = report->lines[i] ? ais_report_line(report->lines[i]) : NULL;
        if (kit) {
            form->kit(report->lines[i], kit, first, &out);
            first = false;
            rc = write_piece(staging, &out, PIECE, shown, err);
        } else if (report->lines[i]) {
            rc = ais_fail_memory(err);
        }
        json_decref(kit);
    }
    ais_buf_str(&out, form->tail);
    if (rc == 0)
        rc = write_piece(staging, &out, 0, shown, err);
    ais_buf_release(&out);
    return rc;
}

int ais_cohort_report(int folder, const char *shown, const char *name,
                      const struct ais_report *report, struct ais_error *err) {
    /* the JSON last: a run that finds it finds the others, too */
    const struct ais_report_form *const forms[] = {&ais_report_html, &ais_report_csv,
                                                   &ais_report_json};
    char file[80];
    int rc = 0;
    for (size_t i = 0; i < sizeof forms / sizeof *forms && rc == 0; i++) {
        struct ais_staging staging = AIS_STAGING_NONE;
        snprintf(file, sizeof file, "%s%s", name, forms[i]->suffix);
        rc = ais_staging_open_in(&staging, folder, shown, file, err);
        if (rc == 0)
            rc = write_form(&staging, report, forms[i], shown, err);
        if (rc == 0 && !ais_cohort_same_file(folder, file, staging.fd))
            rc = ais_staging_replace(&staging, err);
        ais_staging_close(&staging);
    }
    return rc;
}
