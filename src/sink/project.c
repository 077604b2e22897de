#include "sink/project.h"

#include "base/mem.h"
#include "sink/repository.h"

#include <libgen.h>
#include <string.h>

/* The last name of a path; the caller's (ais_free), or NULL. */
static char *last_name(const char *path) {
    char *copy = ais_strdup(path);
    char *name = copy ? ais_strdup(basename(copy)) : NULL;
    ais_free(copy);
    return name;
}

static int open_sinks(const struct ais_project *project, const char *top, struct ais_sink *sinks[2],
                      struct ais_error *err) {
    if (project->archive) { /* published first, see design: a folder is harder to take back */
        sinks[0] = ais_sink_archive(project->archive, project->format, top, project->time,
                                    &project->options, err);
        if (!sinks[0])
            return -1;
    }
    sinks[1] = ais_sink_folder(project->target, &project->options, err);
    return sinks[1] ? 0 : -1;
}

int ais_project_write(const struct ais_project *project, const struct ais_plan *plan,
                      char commit_id[41], struct ais_error *err) {
    struct ais_sink *sinks[2] = {NULL, NULL};
    struct ais_image image = {0};
    struct ais_file *files = NULL;
    size_t count = 0;
    char *top = last_name(project->target);
    int rc = -1;
    commit_id[0] = '\0';
    if (!top) {
        ais_fail_memory(err);
        goto out;
    }
    if (open_sinks(project, top, sinks, err) < 0)
        goto out;
    if (project->branch) {
        if (ais_repository_make(&image, plan, project->branch, project->time, err) < 0)
            goto out;
        memcpy(commit_id, image.commit_id, 41);
    }
    files = ais_repository_files(plan, project->branch ? &image : NULL, &count, err);
    if (!files)
        goto out;
    if (sinks[0] && ais_sink_fill(sinks[0], project->archive_git ? files : plan->files,
                                  project->archive_git ? count : plan->count, err) < 0)
        goto out;
    if (ais_sink_fill(sinks[1], files, count, err) < 0)
        goto out;
    rc = ais_sinks_publish(sinks, 2, err);
out:
    ais_sink_free(sinks[0]);
    ais_sink_free(sinks[1]);
    ais_free(files);
    ais_image_release(&image);
    ais_free(top);
    return rc;
}

int ais_project_commit(const struct ais_project *project, const struct ais_plan *plan,
                       char commit_id[41], struct ais_error *err) {
    struct ais_image image = {0};
    int rc = 0;
    commit_id[0] = '\0';
    if (project->branch)
        rc = ais_repository_make(&image, plan, project->branch, project->time, err);
    if (project->branch && rc == 0)
        memcpy(commit_id, image.commit_id, 41);
    ais_image_release(&image);
    return rc;
}
