/* The record of a project, read back. Whoever had the project could have written anything there. */
#ifndef AIS_KIT_RECORD_H
#define AIS_KIT_RECORD_H

#include "base/hash.h"
#include "base/json.h"
#include "plan/plan.h"

enum { AIS_KIT_ID_HEX = 65 /* with the NUL */, AIS_RECORD_BYTES_MAX = 32 << 20 };

/* A milestone that was left to do, and the files that hold its regions. */
struct ais_record_milestone {
    const char *id;
    const char **files;
    size_t file_count;
};

/* Everything is borrowed from the document or the arena. */
struct ais_record {
    const char *template_name, *version, *edition;
    const char *kit; /* 64 hex digits, or "" where it is no kit's */
    const char **protected_globs, **student_globs;
    size_t glob_count, student_glob_count;
    size_t glob_bytes; /* of all of both */
    struct ais_record_milestone *milestones;
    size_t milestone_count;
    struct ais_digested *files; /* the integrity manifest, sorted by path */
    enum ais_role *roles;       /* roles[i] belongs to files[i] */
    size_t file_count;
    bool has_files;
    char digest[AIS_SHA256_HEX]; /* of the manifest, "" where there is none */
    json_t *answers;             /* an object */
    struct ais_json doc;
    struct ais_arena arena;
};

/* Reads text[size). Whatever is wrong is an error at its place in `shown` (AIS_FAILED). Released by
 * ais_record_release, also after an error. */
int ais_record_parse(struct ais_record *record, const char *shown, const char *text, size_t size,
                     struct ais_error *err);
void ais_record_release(struct ais_record *record);

/* The role that the record gives to the path; the record itself is protected. */
enum ais_role ais_record_role(const struct ais_record *record, const char *path);

/* Fails, naming `shown`, if matching the globs with paths of so many bytes together takes too long.
 */
int ais_record_bound(const struct ais_record *record, uint64_t path_bytes, const char *shown,
                     struct ais_error *err);

/* 64 lower-case hex digits and nothing else. */
bool ais_is_digest(const char *text);

#endif
