/* What the plans of one template and edition share: files are read, rendered and searched for leaks
 * once for all plans whose values they read are the same.
 *
 * A rendering is used again where every name that it looked up in its context has an equal value,
 * and every variant() that it called gives the same: so a plan is the same with and without a memo.
 * Everything in it lives as long as the memo, and it is bounded. */
#ifndef AIS_PLAN_MEMO_H
#define AIS_PLAN_MEMO_H

#include "plan/plan.h"
#include "plan/reads.h"

enum {
    AIS_MEMO_VARIANTS = 16,        /* of one file; what differs more often is not kept */
    AIS_MEMO_BYTES_MAX = 16 << 20, /* of rendered files */
};

/* A rendered file. */
struct ais_rendered {
    struct ais_reads reads;
    const char *data;
    size_t size;
    char sha256[AIS_SHA256_HEX];
    struct ais_rendered *next;
};

/* What the edition keeps of a source, and what it cuts out, rendered; `reads` are the cuts'. */
struct ais_kept {
    const struct ais_file *source;
    struct ais_reads reads;
    bool keep, plain; /* there is such a file; it is not rendered */
    bool lasting;     /* it stands in the memo, not in a plan */
    const char *data;
    size_t size;
    char sha256[AIS_SHA256_HEX];
    struct ais_cut *cuts;
    size_t cut_count;
    struct ais_jinja_tree *tree; /* parsed when it is first rendered */
    struct ais_rendered *rendered;
    size_t rendered_count;
    struct ais_kept *next; /* of the same source */
};

struct ais_memo_source {
    const struct ais_file *source;
    bool rendered;
    struct ais_kept *kept;
    size_t count;
};

/* The files of a plan before what differs is rendered. It is the same for all plans under whose
 * answers its reads hold. */
struct ais_layout {
    struct ais_reads reads;
    bool active[AIS_PARTS_MAX];
    json_t *provided;
    json_t *owns;       /* what the files of an `each` see of their item */
    json_t *milestones; /* of the record, or NULL as yet */
    struct ais_planned *planned;
    size_t count, fixed_bytes; /* of the files that no answer changes */
    struct ais_cut *cuts;
    size_t cut_count;
    struct ais_kept **signature;
    size_t signature_count;
    /* by file: the bytes that were last searched for leaks, without a finding */
    const char **clean;
    struct ais_layout *next;
};

struct ais_memo {
    struct ais_memo_source *sources; /* open addressing by address */
    size_t source_count, source_slots;
    size_t bytes;
    /* the leak search of the plans whose sources were these */
    struct ais_kept **signature;
    size_t signature_count;
    json_t *single, *triple, *clean;
    json_t *good_paths; /* a set of those that were checked, each for itself */
    /* paths that were found not to collide, each with a newline behind it */
    char *paths;
    struct ais_layout *layouts;
    size_t layout_count;
    struct ais_arena arena;
};

int ais_memo_init(struct ais_memo *memo, struct ais_error *err);
void ais_memo_release(struct ais_memo *memo);

/* ais_plan_make, with what the memo holds already. The template, and the edition's names, must be
 * the same for all plans of a memo, and the memo must outlive them. NULL: without one. */
int ais_plan_make_shared(struct ais_plan *plan, struct ais_memo *memo, const struct ais_template *t,
                         const struct ais_answers *a, const struct ais_edition *edition,
                         struct ais_error *err);

#endif
