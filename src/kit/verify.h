/* Verifying what students handed in: which kit it came from, whose it is, and what was done to the
 * parts that are not theirs. */
#ifndef AIS_KIT_VERIFY_H
#define AIS_KIT_VERIFY_H

#include "base/buf.h"
#include "kit/identity.h"
#include "kit/known.h"

/* How the record stands to what it can be compared with: a report and the pristine commit. */
enum ais_record_state {
    AIS_RECORD_INTACT,
    AIS_RECORD_UNVERIFIED, /* there is nothing to compare it with */
    AIS_RECORD_ALTERED,
    AIS_RECORD_MISSING,
    AIS_RECORD_UNREADABLE,
};

/* A file that is protected and not as it was handed out. */
enum ais_change_kind { AIS_CHANGED, AIS_ADDED, AIS_REMOVED, AIS_LINE_ENDS };
struct ais_change {
    enum ais_change_kind kind; /* the last is only told: line ends alone are no difference */
    const char *path;
};

struct ais_touched {
    const char *id;
    size_t touched, total; /* files */
};

struct ais_texts {
    const char **list;
    size_t count, capacity;
};

/* One submission. Where `error` is set it could not be read, and the rest is empty. */
struct ais_verified {
    const char *shown;
    struct ais_error error;
    const char *template_name, *version, *edition, *kit; /* "" where unknown */
    const struct ais_known_kit *owner;                   /* or NULL */
    const char *commit;                                  /* the pristine one, or "" */
    enum ais_record_state record;
    struct ais_texts reasons; /* why the record is not intact */
    struct ais_texts notes;   /* what else should be known */
    struct ais_change *changes;
    size_t change_count, change_capacity;
    struct ais_touched *milestones;
    size_t milestone_count;
    const struct ais_hit *hits; /* of other students' identities */
    size_t hit_count;
    size_t files;   /* outside .git */
    bool different; /* something stands against it */
    struct ais_arena arena;
};

const char *ais_record_state_name(enum ais_record_state state);
const char *ais_change_name(enum ais_change_kind kind);

/* What is verified against, and who gets each result, which is gone after the call. */
struct ais_verify {
    const struct ais_known *known; /* without any kits where no report was given */
    int (*seen)(void *payload, const struct ais_verified *verified, struct ais_error *err);
    /* told before each path, or before each entry of the one folder that is named; may be NULL */
    void (*progress)(void *payload, size_t done, size_t all);
    void *payload;
};

/* Verifies each submission in paths[count]: folders and archives of one, or of several. A
 * submission that can't be read is a result of its own; -1 is for what ends everything. */
int ais_verify(const struct ais_verify *verify, const char *const *paths, size_t count,
               struct ais_error *err);

/* The result as JSON: a new reference, or NULL with *err set. */
json_t *ais_verified_json(const struct ais_verified *verified, struct ais_error *err);

/* The same as a row of CSV (RFC 4180, see kit/csv.h), and the row that names the columns. Several
 * values in one field are separated by "; ". */
void ais_verified_csv_names(struct ais_buf *out);
void ais_verified_csv(const struct ais_verified *verified, struct ais_buf *out);

#endif
