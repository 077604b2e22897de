/* Making a project in a folder that is there already, beside what it holds. */
#ifndef AIS_UPDATE_HERE_H
#define AIS_UPDATE_HERE_H

#include "update/update.h"

/* `branch` is the one that a new repository gets, `time` that of the pristine commit. Without
 * `merge`, a path that is there already is an error; with it, such a file of HEAD is merged, as far
 * as o.keep says. Of `o`, the wish has no say. */
struct ais_here_options {
    struct ais_update_options o;
    const char *branch;
    int64_t time;
    bool merge;
};

/* Puts the plan into the folder o.folder: a repository's top, whose HEAD it is merged into, or one
 * that has none, and gets one. No file that is there is changed, but by a merge. What came of it is
 * in *u, of which `in_the_way` lists the files that an error speaks of; nothing else where a dry
 * run finds no repository. Released by ais_update_release, also after an error. */
int ais_here_run(struct ais_update *u, const struct ais_plan *plan,
                 const struct ais_here_options *options, struct ais_error *err);

#endif
