/* The newer version of a project: planned from a template, or taken from a kit. */
#ifndef AIS_UPDATE_NEXT_H
#define AIS_UPDATE_NEXT_H

#include "template/catalogue.h"
#include "template/switch.h"
#include "update/project.h"

/* What the user asks for; all is borrowed. */
struct ais_next_wish {
    const struct ais_catalogue *catalogue;
    const char *source;  /* an idea, a folder or a kit; NULL for the idea that the record names */
    const char *version; /* that it must be, or NULL */
    /* Gives answers before the recorded ones; may be NULL. */
    int (*give)(void *payload, struct ais_answers *answers, struct ais_error *err);
    /* Resolves them, after the recorded ones were given; NULL takes the defaults. */
    int (*resolve)(void *payload, struct ais_answers *answers, struct ais_error *err);
    void *payload;
    const char *edition;            /* where no record names one; NULL is the complete one */
    const struct ais_switch *layer; /* to switch, at the same version; may be NULL */
};

/* `files` are blobs of the repository; `record` is theirs. `set` is the answer that switched the
 * layer ("features=docker,ci"), or NULL. */
struct ais_next {
    struct ais_git_files files;
    struct ais_record record;
    struct ais_buf text; /* of the record */
    int64_t time;
    char *set;
    char digest[AIS_SHA256_HEX];
};

/* Makes the newer version of `origin` and writes its blobs. Released by ais_next_release, also
 * after an error. */
int ais_next_make(struct ais_next *next, const struct ais_origin *origin,
                  const struct ais_next_wish *wish, struct ais_error *err);
/* Makes the version that `wish` names for a repository that has no record yet. */
int ais_next_first(struct ais_next *next, const struct ais_repo *repo,
                   const struct ais_next_wish *wish, struct ais_error *err);
/* Takes a plan as it is, with the time of its pristine commit. */
int ais_next_planned(struct ais_next *next, const struct ais_repo *repo,
                     const struct ais_plan *plan, int64_t time, struct ais_error *err);
void ais_next_release(struct ais_next *next);

/* Less than, equal to or greater than 0 as version `a` is older than, the same as or newer than
 * `b`. */
int ais_version_compare(const char *a, const char *b);

/* Whether SOURCE is a kit: a file, or a folder with a record in it. */
bool ais_is_kit(const char *source);

/* The files of a kit, an archive or a folder, which must be those that its record lists: written as
 * blobs into next->files. */
int ais_kit_read(struct ais_next *next, const struct ais_repo *repo, const char *path,
                 struct ais_error *err);

#endif
