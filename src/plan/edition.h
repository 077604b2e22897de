/* Editions: what of a template's file a complete or a starter project holds.
 *
 * Markers are found in the template's source, before anything is rendered, so that no answer can
 * bring one in. A complete edition keeps the code and drops the markers; a starter leaves solutions
 * out, unless their milestone is solved, and everything hidden. */
#ifndef AIS_PLAN_EDITION_H
#define AIS_PLAN_EDITION_H

#include "base/buf.h"
#include "base/error.h"
#include "base/findings.h"
#include "template/template.h"

#include <jansson.h>
#include <stdbool.h>

/* `solved` is a list of milestones' ids, or NULL; `t` knows them all. Borrowed. */
struct ais_edition {
    bool starter;
    json_t *solved;
    const struct ais_template *t;
};

/* "complete", "starter", or "starter+ID+ID" with the milestones that are solved, appended to out.
 */
void ais_edition_name(const struct ais_edition *e, struct ais_buf *out);

/* Reads --edition NAME (NULL for `fallback`) and --solved ID,ID (NULL for none) into *e. The list
 * in e->solved is a new reference. AIS_USAGE where there is no such edition. */
int ais_edition_read(struct ais_edition *e, const char *name, const char *fallback,
                     const char *solved, struct ais_error *err);

/* Fails with AIS_USAGE where a solved id is no milestone of the template. */
int ais_edition_check(const struct ais_edition *e, struct ais_error *err);

/* A piece of the source that a starter leaves out; text is borrowed from the source. */
struct ais_cut {
    const char *source;    /* shown path, borrowed */
    unsigned line;         /* of its first line */
    const char *milestone; /* its id, borrowed from the template, or NULL */
    const char *text;
    size_t size;
    bool hidden;
    bool file; /* the whole file */
};

struct ais_cuts {
    struct ais_cut *list;
    size_t count, capacity;
};

/* One file to be read for an edition. `shown` and text live as long as the cuts; what has to be
 * copied for them goes into the arena. */
struct ais_edition_file {
    const char *shown, *path; /* path decides about the syntax */
    const char *text;
    size_t size;
    struct ais_arena *arena;
};

/* Appends what the edition keeps of the file to `out` (unchanged: *changed is false and `out` is
 * left alone), and says in *keep whether there is such a file at all. What the starter leaves out
 * is added to `cuts`, every mistake to `problems`. -1 only where memory ended. */
int ais_edition_apply(const struct ais_edition *e, const struct ais_edition_file *file,
                      struct ais_buf *out, bool *changed, bool *keep, struct ais_cuts *cuts,
                      struct ais_findings *problems, struct ais_error *err);

#endif
