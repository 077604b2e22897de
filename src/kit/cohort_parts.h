/* The parts that a cohort is made with; for src/kit/cohort*.c and report*.c alone. */
#ifndef AIS_KIT_COHORT_PARTS_H
#define AIS_KIT_COHORT_PARTS_H

#include "base/hash.h"
#include "kit/cohort.h"
#include "kit/common.h"
#include "kit/shared.h"
#include "plan/memo.h"

/* The file that says that a folder is one of kits, and that a run holds while it works. */
#define AIS_COHORT_MARK ".aiscaffold-kits"

/* A kit as it is made, in memory. */
struct ais_kit_made {
    struct ais_buf bytes, bundle; /* the latter empty unless bundles are wanted */
    char id[AIS_KIT_HEX], commit[AIS_OID_HEX], bundle_commit[AIS_OID_HEX];
    char tree[AIS_SHA256_HEX], manifest[AIS_SHA256_HEX], tar[AIS_SHA256_HEX], row[AIS_SHA256_HEX];
};

/* A report in memory: its head, and one line of JSON a kit, so that a large one stays small. */
struct ais_report {
    json_t *head;
    char **lines;
    size_t count, capacity;
};

/* A run in progress. */
struct ais_cohort_run {
    const struct ais_cohort *c;
    struct ais_cohort_result *result;
    int folder; /* descriptor, -1 where there is none yet */
    int mark;   /* the lock */
    struct ais_report
        before;            /* of the run before, sorted by student; its head NULL: there is none */
    struct ais_report now; /* a line for each student of the roster, or NULL */
    json_t *head;          /* of the new report, without counts */
    bool *wanted;          /* by student: a kit is to be made or checked */
    struct ais_shared *shared;
    struct ais_memo *memo;
    struct ais_common *common;
    struct ais_buf spare; /* the memory of the archive before */
    struct ais_error *err;
};

/* Plans the files that kits have without a student; none where that can't be done. */
int ais_cohort_plan_common(struct ais_cohort_run *run, struct ais_error *err);

/* Makes the kit of a student into *made, which the caller releases. */
int ais_cohort_make(struct ais_cohort_run *run, const struct ais_student *student,
                    struct ais_kit_made *made, struct ais_error *err);
void ais_kit_made_release(struct ais_cohort_run *run, struct ais_kit_made *made);

/* Makes the bundle of a kit whose plan and image are there: its history goes on from the bundle
 * that stands in the folder. */
int ais_cohort_bundle(const struct ais_cohort_run *run, const struct ais_student *student,
                      const struct ais_plan *plan, const struct ais_image *image,
                      const struct ais_image *base, struct ais_kit_made *made,
                      struct ais_error *err);
/* Its name in the folder; the caller's (ais_free), or NULL. */
char *ais_cohort_bundle_name(const struct ais_student *student);

/* Makes the kit and puts it into the folder where it is not there yet. The line of the report is
 * the caller's (ais_free); NULL with *err set for want of memory. */
char *ais_cohort_put(struct ais_cohort_run *run, const struct ais_student *student,
                     struct ais_error *err);

/* Makes all wanted kits with the processes of the cohort; lines go to run->now. */
int ais_cohort_work(struct ais_cohort_run *run, struct ais_error *err);

/* The name of a kit in the folder; the caller's (ais_free), or NULL. */
char *ais_cohort_name(const struct ais_cohort *c, const struct ais_student *student);

/* Digests of what all kits share, and of a student's row. */
int ais_cohort_template_digest(const struct ais_cohort *c, char hex[AIS_SHA256_HEX],
                               struct ais_error *err);
int ais_cohort_row_digest(const struct ais_student *student, char hex[AIS_SHA256_HEX],
                          struct ais_error *err);

/* Reads a report of text[size]. Lines are sorted by student where `sort`. */
int ais_report_read(struct ais_report *report, const char *path, const char *text, size_t size,
                    bool sort, struct ais_error *err);
void ais_report_release(struct ais_report *report);
/* Takes the line over, also where it fails. */
int ais_report_add(struct ais_report *report, char *line, struct ais_error *err);
/* The kit of that student as an object, a new reference, or NULL. */
json_t *ais_report_find(const struct ais_report *report, const char *student);
/* A line as an object; a new reference, or NULL. */
json_t *ais_report_line(const char *line);

/* A form of the report: what stands before the kits, a kit (as a line and as an object), and what
 * stands behind them. */
struct ais_report_form {
    const char *suffix;
    int (*head)(const struct ais_report *report, struct ais_buf *out, struct ais_error *err);
    void (*kit)(const char *line, const json_t *kit, bool first, struct ais_buf *out);
    const char *tail;
};
extern const struct ais_report_form ais_report_json, ais_report_csv, ais_report_html;

/* Opens (and makes) the folder, checks that it is one of kits, and locks it for the report. */
int ais_cohort_open(const char *folder, const char *report, int *fd, int *mark,
                    struct ais_error *err);
/* Gives the bytes the name in the folder, at once; nothing is done where they stand there already.
 */
int ais_cohort_publish(int folder, const char *shown, const char *name, const void *data,
                       size_t size, bool *changed, struct ais_error *err);
/* Whether the files behind the descriptor and under `name` in the folder hold the same bytes. */
bool ais_cohort_same_file(int folder, const char *name, int fd);
/* Whether the file `name` of the folder holds just these bytes: 1, 0, or -1 where it is absent. */
int ais_cohort_same(int folder, const char *name, const void *data, size_t size);

/* Checks that the roster has what Moodle's upload needs. */
int ais_cohort_can_upload(const struct ais_cohort *c, struct ais_error *err);
/* Packs the archives of run->now into as many zips as their size asks for; counts them. */
int ais_cohort_upload(struct ais_cohort_run *run, struct ais_error *err);

/* Writes REPORT.json, .csv and .html into the folder. */
int ais_cohort_report(int folder, const char *shown, const char *name,
                      const struct ais_report *report, struct ais_error *err);
/* Counts the statuses of the lines, into the result and the head. */
int ais_cohort_count(struct ais_report *report, struct ais_cohort_result *result,
                     struct ais_error *err);

#endif
