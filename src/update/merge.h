/* The merge of a project with a newer version of its template: three trees in, one out. Nothing of
 * the work tree is touched; only blobs of merged files are written. */
#ifndef AIS_UPDATE_MERGE_H
#define AIS_UPDATE_MERGE_H

#include "git/files.h"
#include "kit/record.h"

/* What became of a file. */
enum ais_outcome {
    AIS_TAKEN,   /* it is the template's now */
    AIS_KEPT,    /* the template changed it, and it is still the student's */
    AIS_MERGED,  /* both changed it, and it holds both */
    AIS_MOVED,   /* it changed under a name that one side gave it */
    AIS_CLASHED, /* it has to be looked at */
};

/* A line of the report; `note` says more, in a few words. */
struct ais_outcome_line {
    enum ais_outcome outcome;
    const char *path, *note;
};

/* A file in conflict, as git's index holds it: a stage that is absent has the mode 0. */
struct ais_conflict {
    struct ais_git_file base, ours, theirs;
};

/* What goes in; all is borrowed. With `keep`, a conflict leaves the student's whole file and puts
 * the template's beside it. */
struct ais_merge_input {
    const struct ais_repo *repo;
    const struct ais_git_files *base, *ours, *theirs;
    const struct ais_record *old_record, *new_record;
    bool keep;
};

struct ais_merge {
    struct ais_git_files result; /* what the work tree is to hold */
    struct ais_conflict *conflicts;
    size_t conflict_count, conflict_capacity;
    struct ais_outcome_line *lines; /* sorted by path */
    size_t line_count, line_capacity;
    struct ais_arena arena;
};

/* Paths in *merge are its own or borrowed from the input. Released by ais_merge_release, also after
 * an error. */
int ais_merge_trees(struct ais_merge *merge, const struct ais_merge_input *input,
                    struct ais_error *err);
void ais_merge_release(struct ais_merge *merge);

const char *ais_outcome_name(enum ais_outcome outcome);

#endif
