#include "sink/project.h"

#include "base/mem.h"
#include "sink/repository.h"

#include <libgen.h>
#include <pthread.h>
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

/* The filling of the archive, which goes on beside that of the folder: one waits for the processor,
 * the other for the disk. */
struct packing {
    struct ais_sink *sink;
    const struct ais_file *files;
    size_t count;
    struct ais_error err;
    pthread_t thread;
    bool started;
};

static void *pack(void *payload) {
    struct packing *p = payload;
    ais_sink_fill(p->sink, p->files, p->count, &p->err);
    return NULL;
}

/* Where there can be no thread, it is done at once. */
static void start_packing(struct packing *p) {
    if (!p->sink)
        return;
    p->started = pthread_create(&p->thread, NULL, pack, p) == 0;
    if (!p->started)
        pack(p);
}

/* Waits for the archive. Its error goes before the folder's, so that of two always the same is
 * told. */
static int join_packing(struct packing *p, struct ais_error *err) {
    if (p->started)
        pthread_join(p->thread, NULL);
    p->started = false;
    if (p->err.status == AIS_OK)
        return 0;
    if (err)
        *err = p->err;
    return -1;
}

/* Fills both sinks: the archive with the plan's files (and the repository's, if wanted), the folder
 * with all. */
static int fill(const struct ais_project *project, const struct ais_plan *plan,
                struct ais_sink *const sinks[2], struct ais_image *image, struct ais_error *err) {
    struct packing packing = {.sink = sinks[0], .files = plan->files, .count = plan->count};
    struct ais_file *files = NULL;
    size_t count;
    int rc = -1;
    if (!project->archive_git)
        start_packing(&packing);
    if (project->branch &&
        ais_repository_make(image, plan, project->branch, project->time, err) < 0)
        goto out;
    files = ais_repository_files(plan, project->branch ? image : NULL, &count, err);
    if (!files)
        goto out;
    if (project->archive_git) {
        packing.files = files;
        packing.count = count;
        start_packing(&packing);
    }
    rc = ais_sink_fill(sinks[1], files, count, err);
out:
    if (join_packing(&packing, err) < 0)
        rc = -1;
    ais_free(files);
    return rc;
}

int ais_project_write(const struct ais_project *project, const struct ais_plan *plan,
                      char commit_id[41], struct ais_error *err) {
    struct ais_sink *sinks[2] = {NULL, NULL};
    struct ais_image image = {0};
    char *top = last_name(project->target);
    int rc = -1;
    commit_id[0] = '\0';
    if (!top) {
        ais_fail_memory(err);
        goto out;
    }
    if (open_sinks(project, top, sinks, err) < 0 || fill(project, plan, sinks, &image, err) < 0)
        goto out;
    if (project->branch)
        memcpy(commit_id, image.commit_id, 41);
    rc = ais_sinks_publish(sinks, 2, err);
out:
    ais_sink_free(sinks[0]);
    ais_sink_free(sinks[1]);
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
