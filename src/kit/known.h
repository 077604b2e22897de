/* What the reports of cohorts know: which kit is whose. */
#ifndef AIS_KIT_KNOWN_H
#define AIS_KIT_KNOWN_H

#include "base/json.h"

/* A kit of a report; texts are "" where the report has none. Borrowed from the reports. */
struct ais_known_kit {
    const char *id, *student, *name, *group, *commit;
    const char *tree_digest, *manifest_digest; /* 64 hex digits or "" */
    const char *template_name, *version;
};

/* Reports of one cohort, one template's versions or a cohort's shards; kits are sorted by id. */
struct ais_known {
    struct ais_known_kit *kits;
    size_t count, capacity;
    const struct ais_known_kit **by_commit; /* the same kits, sorted by commit */
    struct ais_json *docs;
    size_t doc_count, doc_capacity;
};

/* Adds the report of text[size); AIS_ANSWERS with its place where it is none. Released by
 * ais_known_release, also after an error. */
int ais_known_add(struct ais_known *known, const char *path, const char *text, size_t size,
                  struct ais_error *err);
void ais_known_release(struct ais_known *known);

/* The first kit with the id, and those that follow it have the same; NULL where none has it. */
const struct ais_known_kit *ais_known_find(const struct ais_known *known, const char *id);
/* The kit with this pristine commit, or NULL. */
const struct ais_known_kit *ais_known_commit(const struct ais_known *known, const char *commit);

#endif
