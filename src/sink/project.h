/* Writing a plan as a project: a folder, its git history, an archive of it, or all of them at once.
 */
#ifndef AIS_SINK_PROJECT_H
#define AIS_SINK_PROJECT_H

#include "plan/plan.h"
#include "sink/sink.h"

struct ais_project {
    const char *target;  /* the folder to make */
    const char *branch;  /* of the first commit; NULL for no git history */
    int64_t time;        /* of the commit and of the archive's members */
    const char *archive; /* the archive to make beside it, or NULL */
    enum ais_format format;
    bool archive_git; /* .git goes into the archive, too */
    struct ais_sink_options options;
};

/* Makes everything, or nothing. commit_id gets the first commit's id, "" without a history. The
 * archive holds one folder, called as the target is. */
int ais_project_write(const struct ais_project *project, const struct ais_plan *plan,
                      char commit_id[41], struct ais_error *err);

/* The id that the first commit would have. */
int ais_project_commit(const struct ais_project *project, const struct ais_plan *plan,
                       char commit_id[41], struct ais_error *err);

#endif
