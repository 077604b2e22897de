/* The record of a project, read back. It was written by others and is checked like a template. */
#ifndef AIS_UPDATE_MADE_H
#define AIS_UPDATE_MADE_H

#include "base/json.h"
#include "plan/plan.h"

enum { AIS_MADE_BYTES_MAX = 32 << 20 };

/* Everything is owned by `doc`; what is absent is NULL. */
struct ais_made {
    struct ais_json doc;
    const char *template_name, *version, *edition, *kit;
    json_t *answers;                         /* an object */
    json_t *protected_globs, *student_globs; /* lists of strings */
    json_t *files;                           /* of a kit: its manifest */
};

/* Reads text[size]; errors are AIS_FAILED with their place in `path`. Released by
 * ais_made_release, also after an error. */
int ais_made_read(struct ais_made *record, const char *path, const char *text, size_t size,
                  struct ais_error *err);
void ais_made_release(struct ais_made *record);

/* The role that the record gives to the path; the record itself is protected. */
enum ais_role ais_made_role(const struct ais_made *record, const char *path);

/* Less than, equal to or greater than 0 as version `a` is older than, the same as or newer than
 * `b`. */
int ais_version_compare(const char *a, const char *b);

#endif
