/* What the files of verification share. */
#ifndef AIS_KIT_VERIFYING_H
#define AIS_KIT_VERIFYING_H

#include "git/history.h"
#include "kit/record.h"
#include "kit/submission.h"
#include "kit/verify.h"

struct ais_verifying {
    const struct ais_verify *verify;
    struct ais_needles needles;
    size_t seen; /* results so far */
    bool alone;  /* one path was given: what is in it counts */
    struct ais_error *err;
};

/* Compares a whole submission and hands out the result. */
int ais_verify_submission(struct ais_verifying *v, struct ais_submission *s,
                          struct ais_search *search);

/* Hands out that `shown` could not be read, and why. */
int ais_verify_failed(struct ais_verifying *v, const char *shown, const struct ais_error *why);

/* What protected files are compared with: the list of a record or of a pristine commit. */
struct ais_reference {
    const struct ais_digested *files;
    size_t count;
    const struct ais_record *record; /* its roles and milestones */
};

/* Fills the changes and milestones of `result`. */
int ais_verify_compare(struct ais_verified *result, const struct ais_submission *s,
                       const struct ais_reference *reference, struct ais_error *err);

/* Adds a formatted text to a list of the result. */
int ais_verified_text(struct ais_verified *result, struct ais_texts *texts, struct ais_error *err,
                      const char *fmt, ...) AIS_PRINTF(4, 5);

#endif
