/* A plan in the making, shared by the files of this room. */
#ifndef AIS_PLAN_PLANNING_H
#define AIS_PLAN_PLANNING_H

#include "base/path.h"
#include "plan/memo.h"

/* A file that was planned, in the order of the parts and their trees. */
struct ais_planned {
    struct ais_file file;
    struct ais_entry entry;
    bool override;
    size_t sequence;
    /* with a memo: where its bytes come from, or NULL, and what it sees of an item of `each` */
    struct ais_part *part;
    struct ais_kept *kept;
    json_t *own;
};

struct ais_planning {
    struct ais_plan *plan;
    const struct ais_template *t;
    const struct ais_answers *answers;
    bool active[AIS_PARTS_MAX];
    json_t *context;    /* what files and paths see */
    json_t *conditions; /* what `when` sees: the context with secrets */
    json_t *outside;    /* lines of the template that a starter keeps; NULL: not wanted */
    struct ais_planned *planned;
    size_t count, capacity;
    size_t role_bytes;         /* of the active parts' globs */
    uint64_t matching;         /* what it took to match them with all paths: see AIS_MATCHING_MAX */
    struct ais_memo *memo;     /* or NULL */
    struct ais_arena *lasting; /* for what lives as long as what is kept of a source */
    const char *shown;         /* of the source at hand */
    bool fragment;             /* what is read becomes a part of `provided` */
    json_t *own, *owns;        /* of the item at hand, and all of them; while a layout is noted */
    size_t renderings;         /* of files */
    struct ais_layout *layout; /* what the plan goes by, or NULL */
    struct ais_kept **signature; /* with a memo: all that was kept, in order */
    size_t signature_count, signature_capacity;
    struct ais_file record; /* a kit's without its list of digests, which nothing can leak from */
    struct ais_error *err;
};

/* Adds a file whose path and bytes live as long as the plan. Checks the path and the plan's bounds.
 */
int ais_planning_add(struct ais_planning *p, struct ais_planned file);

/* Plans all files but the bytes of the record: contexts, trees, and how they settle. */
int ais_planning_lay_out(struct ais_planning *p);

/* The same with a memo: as in a plan before where its layout holds, else anew. */
int ais_layout_make(struct ais_planning *p);

/* Adds all files of the part's tree. */
int ais_planning_expand(struct ais_planning *p, struct ais_part *part);

/* What the active parts provide, by name; a new reference, or NULL with *err set. */
json_t *ais_planning_provided(struct ais_planning *p);

/* Writes the bytes of .aiscaffold.json, which is planned already: template, answers, roles, and in
 * a starter the files of each milestone. The files must be settled. */
int ais_planning_record(struct ais_planning *p);

/* Sorts what was planned, settles overrides, and fails for two files of one path, for a file where
 * another has a folder, and for names that differ only in case or Unicode form. */
int ais_planning_settle(struct ais_planning *p);

/* What the edition keeps of a template file, rendered under the context or as it is: data and size
 * of *out, borrowed from plan or source. *keep is false where the edition has no such file. */
int ais_planning_read(struct ais_planning *p, struct ais_part *part, const struct ais_file *source,
                      bool render, const json_t *context, struct ais_file *out, bool *keep);

/* The first half of it: applies the edition, and renders what it cuts out. */
int ais_planning_keep(struct ais_planning *p, struct ais_part *part, const struct ais_file *source,
                      bool rendered, const json_t *context, struct ais_file *out, bool *keep);

/* With a memo: ais_planning_read, and its second half; whether a path was checked before, and that
 * it was; whether the planned paths were checked before (`paths` gets them); whether the search is
 * the one of the plan before, and what it takes note of. */
int ais_memo_read(struct ais_planning *p, struct ais_part *part, const struct ais_file *source,
                  bool rendered, const json_t *context, struct ais_file *out, bool *keep);
int ais_memo_render(struct ais_planning *p, struct ais_part *part, struct ais_kept *kept,
                    const json_t *context, struct ais_file *out);
bool ais_memo_is_good_path(const struct ais_planning *p, const char *path);
void ais_memo_set_good_path(struct ais_planning *p, const char *path);
bool ais_memo_same_paths(struct ais_planning *p, struct ais_buf *paths);
bool ais_memo_same_sources(const struct ais_planning *p);
void ais_memo_take_search(struct ais_planning *p, json_t *single, json_t *triple);
bool ais_memo_is_clean(const struct ais_planning *p, size_t file);
void ais_memo_set_clean(struct ais_planning *p, size_t file);

/* Whether a file of that name is rendered where the manifest says nothing. */
bool ais_is_template_name(const char *name);

#endif
