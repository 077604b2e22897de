/* An update in the making, shared by those that end in a merge. */
#ifndef AIS_UPDATE_MAKING_H
#define AIS_UPDATE_MAKING_H

#include "update/update.h"

/* `ours` is the tree of HEAD. Zeroed but for the first two and `err` it is empty. */
struct ais_making {
    struct ais_update *u;
    const struct ais_update_options *o;
    struct ais_scene scene;
    struct ais_git_files ours;
    struct ais_journal journal;
    struct ais_error *err;
};
void ais_making_release(struct ais_making *m);

/* Merges u->next into HEAD, from u->origin.files; of a project that had no record before, no role
 * goes above what is there. Writes the commit, but moves no branch. */
int ais_making_merge(struct ais_making *m);

/* Plans the way from `ours` to `after`; files in the way are listed and an error. */
int ais_making_steps(struct ais_making *m, const struct ais_git_files *after);

/* Goes the way. */
int ais_making_start(struct ais_making *m);

/* AIS_FAILED where HEAD comes from a pristine commit already. */
int ais_making_check_new(const struct ais_scene *scene, struct ais_error *err);

#endif
