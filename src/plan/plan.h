/* The plan: every file of a project, in memory, checked. Making one writes nothing. */
#ifndef AIS_PLAN_PLAN_H
#define AIS_PLAN_PLAN_H

#include "base/file.h"
#include "base/hash.h"
#include "plan/edition.h"
#include "template/answers.h"

enum {
    AIS_PLAN_FILES_MAX = 100000,
    AIS_PLAN_BYTES_MAX = 1 << 30, /* of all files */
};

/* The record of a project: what it was made from. */
#define AIS_RECORD_PATH ".aiscaffold.json"

/* Whose a file is when the project is updated or verified: the template's, the student's, or both.
 */
enum ais_role { AIS_MERGE, AIS_PROTECTED, AIS_STUDENT };

/* What is known of a file beside its bytes: where it comes from, for messages. */
struct ais_entry {
    struct ais_place origin; /* the entry of the tree */
    const char *source;      /* "templates/ideas/x/files/y", or NULL */
    enum ais_role role;
};

/* Files are sorted by path (as bytes); entries[i] belongs to files[i]. All is borrowed from the
 * plan, its template and its answers, which must outlive it. */
struct ais_plan {
    struct ais_file *files;
    struct ais_entry *entries;
    size_t count, bytes;
    const char *template_name, *template_version;
    struct ais_edition edition;
    const char *edition_name;     /* see ais_edition_name */
    struct ais_cuts cuts;         /* what a starter leaves out */
    struct ais_findings problems; /* of markers; the first is the error of ais_plan_make */
    char digest[AIS_SHA256_HEX];
    struct ais_arena arena;
};

/* Plans the edition (its `t` is set here; NULL is the complete one) of the project of resolved
 * answers. Released by ais_plan_release, also after an error. */
int ais_plan_make(struct ais_plan *plan, const struct ais_template *t, const struct ais_answers *a,
                  const struct ais_edition *edition, struct ais_error *err);
void ais_plan_release(struct ais_plan *plan);

const char *ais_role_name(enum ais_role role);

#endif
