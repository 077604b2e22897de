/* The way of a work tree from one list of files to another, forwards and back. */
#ifndef AIS_UPDATE_STEPS_H
#define AIS_UPDATE_STEPS_H

#include "base/io.h"
#include "update/workfile.h"

#include <signal.h>

/* What a path holds: a blob of the repository, as it lies in the work tree; mode 0 for nothing. */
struct ais_step_state {
    unsigned mode, permissions;
    struct ais_oid blob;
};

struct ais_step {
    const char *path;
    struct ais_step_state from, to;
};

struct ais_steps {
    struct ais_step *list;
    size_t count, capacity;
    struct ais_arena arena;
};

/* Plans the steps from `before`, the tree of HEAD, to `after`. Paths whose files are not HEAD's, or
 * that hold something where HEAD has nothing, are listed in `in_the_way`, which is an error only
 * where git was told not to look at one. Writes blobs for what lies in the work tree. Released by
 * ais_steps_release, also after an error. */
int ais_steps_plan(struct ais_steps *steps, const struct ais_repo *repo,
                   const struct ais_work *work, const struct ais_git_files *before,
                   const struct ais_git_files *after, struct ais_names *in_the_way,
                   struct ais_error *err);
int ais_steps_add(struct ais_steps *steps, const struct ais_step *step, struct ais_error *err);
void ais_steps_release(struct ais_steps *steps);

/* Goes all steps that have not been gone yet, forwards, or with `back` the other way. A path that
 * holds neither its one state nor its other is an error that names it, and is left alone; *stop, if
 * not NULL and not 0, is one, too. */
int ais_steps_go(const struct ais_steps *steps, const struct ais_repo *repo,
                 const struct ais_work *work, bool back, const volatile sig_atomic_t *stop,
                 struct ais_error *err);

#endif
