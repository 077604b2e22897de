/* Kits for a cohort: one archive a student, and one report.
 *
 * A kit is a function of the template, the common answers, the student's row and the course secret
 * alone: who else is on the roster, shards and workers change no byte of it. */
#ifndef AIS_KIT_COHORT_H
#define AIS_KIT_COHORT_H

#include "archive/archive.h"
#include "kit/roster.h"
#include "plan/plan.h"

#include <signal.h>

enum { AIS_UPLOAD_MIB = 100, AIS_UPLOAD_MIB_MAX = 4000 };
enum { AIS_SECRET_LEAST = 16, AIS_SECRET_MOST = 4096, AIS_SHARDS_MAX = 1000000, AIS_JOBS_MAX = 64 };

struct ais_cohort {
    const struct ais_template *t;
    struct ais_edition edition;
    const struct ais_roster *roster;
    const char *folder; /* where kits and report go */
    enum ais_format format;
    int64_t time;       /* of commits and members */
    const void *secret; /* of the course */
    size_t secret_size;
    const char *const *only; /* ids of those who get a kit; none: all */
    size_t only_count;
    unsigned shard, shards; /* shards 0: all */
    unsigned jobs;          /* processes, at least 1 */
    bool moodle;            /* archives also laid out for Moodle's bulk upload */
    uint64_t upload_size;   /* most bytes of such an archive of archives */
    bool bundle;            /* a git bundle beside each archive */
    bool dry_run;
    /* gives the answers that all kits share */
    int (*give)(void *payload, struct ais_answers *answers, struct ais_error *err);
    /* told how many of how many are done; may be NULL */
    void (*progress)(void *payload, size_t done, size_t all);
    void *payload;
    const volatile sig_atomic_t *stop;
};

/* What came of it. `gone` counts kits of those who are no longer on the roster. */
struct ais_cohort_result {
    size_t made, kept, rewritten, failed, gone, uploads;
    struct ais_error first; /* of the failed ones */
    char report[64];        /* name of report.json, or of a shard's */
    json_t *json;           /* the report's head with counts; a reference of the caller's */
};

/* Makes the kits. A student's failure is in the result and the report; -1 is for what concerns all.
 * Nothing is written before the options are checked. */
int ais_cohort_run(const struct ais_cohort *cohort, struct ais_cohort_result *result,
                   struct ais_error *err);

/* Joins the reports of shards, in any order, in `folder`. */
int ais_cohort_merge(const char *const *reports, size_t count, const char *folder,
                     struct ais_cohort_result *result, struct ais_error *err);

/* HMAC-SHA-256 of the secret over template and student, each after its size in 8 bytes, in hex. */
void ais_kit_id(const void *secret, size_t size, const char *template_name, const char *student,
                char id[AIS_KIT_HEX]);

/* Whether the student belongs to the shard: decided by a digest of the id alone. */
bool ais_in_shard(const char *student, unsigned shard, unsigned shards);

#endif
