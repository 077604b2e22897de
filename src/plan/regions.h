/* Reading one text for an edition, region by region. */
#ifndef AIS_PLAN_REGIONS_H
#define AIS_PLAN_REGIONS_H

#include "plan/edition.h"
#include "plan/markers.h"

/* The first members are given; all that follows starts as zero. `before` is the number of lines
 * that stand before the text in its file. */
struct ais_regions {
    const struct ais_edition *e;
    const char *shown, *text;
    size_t size;
    const struct ais_syntax *syntax; /* NULL: unknown */
    struct ais_buf *out;
    struct ais_cuts *cuts;
    struct ais_findings *problems;
    struct ais_error *err;
    unsigned before, line;
    /* the open region */
    enum ais_marker_kind open; /* AIS_NO_MARKER: none */
    unsigned opened;
    const char *inside; /* where its text begins */
    bool kept;
    char name[80]; /* its milestone, or "" */
    size_t indent;
    const char *indent_text;
    /* behind a solution that was left out, before its stub */
    bool wants_stub, may_stub;
    /* found */
    bool marked; /* there was a marker */
    bool gone;   /* the edition has no such file */
    bool failed; /* no memory */
};

/* Appends to r->out what the edition keeps. -1 only where memory ended. */
int ais_regions_read(struct ais_regions *r);

/* The template's own copy of a milestone's id, or NULL where it has no such milestone. */
const char *ais_milestone_id(const struct ais_template *t, const char *id, size_t size);
/* A hint (see ais_did_you_mean). */
const char *ais_nearest_milestone(const struct ais_template *t, const char *id, char *hint,
                                  size_t size);

/* The same for a Jupyter notebook, cell by cell. A starter's cells have no outputs and no counts.
 */
int ais_notebook_apply(const struct ais_edition *e, const struct ais_edition_file *file,
                       struct ais_buf *out, bool *changed, struct ais_cuts *cuts,
                       struct ais_findings *problems, struct ais_error *err);

#endif
