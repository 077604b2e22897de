#include "update/here.h"

#include "base/path.h"
#include "git/fresh.h"
#include "git/git.h"
#include "sink/staging.h"
#include "update/making.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* `staging` is of a repository that is new. */
struct here {
    struct ais_making m;
    const struct ais_here_options *o;
    const struct ais_plan *plan;
    struct ais_staging staging;
    bool fresh;
};

static int refuse(const struct here *h, const char *text) {
    return ais_fail_at(h->m.err, AIS_FAILED, (struct ais_place){.path = h->o->o.folder}, "%s",
                       text);
}

/* Whether the folder has no repository; one that only surrounds it is an error. */
static int find_repository(struct here *h) {
    struct stat here, there;
    char *root = NULL;
    int rc = -1;
    if (ais_git_discover(h->o->o.folder, &root, h->m.err) < 0)
        return -1;
    h->fresh = root == NULL;
    if (h->fresh || (stat(h->o->o.folder, &here) == 0 && stat(root, &there) == 0 &&
                     here.st_dev == there.st_dev && here.st_ino == there.st_ino))
        rc = 0;
    else
        refuse(h, "lies inside a git repository (name its top folder, or make a folder of its own "
                  "without --here)");
    ais_free(root);
    return rc;
}

/* Lists the plan's paths at which something lies. */
static int look_around(struct here *h) {
    struct ais_update *u = h->m.u;
    struct ais_work work = {.tmp = -1, .shown = h->o->o.folder};
    int rc = -1;
    work.root = open(work.shown, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (work.root < 0)
        return ais_fail_errno(h->m.err, work.shown, "open");
    for (size_t i = 0; i < h->plan->count; i++) {
        struct ais_work_file file;
        const char *path = h->plan->files[i].path;
        int read = ais_work_read(&work, path, &file, h->m.err);
        bool nothing = read == 0 && file.kind == AIS_WORK_NOTHING;
        ais_work_release(&file);
        if (read < 0 || (!nothing && ais_update_name(&u->in_the_way, path, h->m.err) < 0))
            goto out;
    }
    rc = u->in_the_way.count
             ? refuse(h, "holds files that the template has, too (move them elsewhere, or commit "
                         "them in a git repository and choose with --on-conflict)")
             : 0;
out:
    close(work.root);
    return rc;
}

static int make_repository(struct here *h) {
    char *path = ais_path_join(h->o->o.folder, ".git");
    int rc = path ? 0 : ais_fail_memory(h->m.err);
    if (rc == 0 && (ais_staging_open(&h->staging, path, true, h->m.err) < 0 ||
                    ais_git_lay(h->staging.fd, h->o->branch, path, h->m.err) < 0 ||
                    ais_staging_publish(&h->staging, h->m.err) < 0))
        rc = -1;
    ais_free(path);
    return rc;
}

/* A repository without a commit gets the pristine one as its first. */
static int start_history(struct here *h) {
    struct ais_update *u = h->m.u;
    u->commit = u->pristine;
    u->has_commit = true;
    h->m.journal.message = ais_arena_strdup(&h->m.journal.arena, "");
    return h->m.journal.message ? ais_making_steps(&h->m, &u->next.files)
                                : ais_fail_memory(h->m.err);
}

static int merge(struct here *h) {
    struct ais_update *u = h->m.u;
    const struct ais_merge *merge = &u->merge;
    if (ais_making_merge(&h->m) < 0)
        return -1;
    if (ais_git_files_find(&h->m.ours, AIS_RECORD_PATH))
        return refuse(h, "holds " AIS_RECORD_PATH " and was made from a template, whose history is "
                         "lost (aiscaffold adopt)");
    for (size_t i = 0; !h->o->merge && i < merge->line_count; i++)
        if (merge->lines[i].outcome == AIS_CLASHED &&
            ais_update_name(&u->in_the_way, merge->lines[i].path, h->m.err) < 0)
            return -1;
    if (u->in_the_way.count)
        return refuse(h, "holds other files under names that the template has (choose what "
                         "becomes of them with --on-conflict)");
    return ais_making_steps(&h->m, &merge->result);
}

static int make(struct here *h) {
    struct ais_update *u = h->m.u;
    struct ais_making *m = &h->m;
    bool born, finished;
    if (ais_scene_open(&m->scene, h->o->o.folder, h->o->o.dry_run, m->err) < 0 ||
        ais_scene_resume(&m->scene, &finished, m->err) < 0)
        return -1;
    if (finished)
        return refuse(h,
                      "a run that was interrupted there is finished now (aiscaffold status tells "
                      "what came of it)");
    u->origin.repo = ais_repo_open(h->o->o.folder, m->err);
    if (!u->origin.repo || (h->o->o.dry_run && ais_git_only_look(u->origin.repo, m->err) < 0) ||
        ais_repo_head(u->origin.repo, &u->origin.head, &born, m->err) < 0 ||
        (born && ais_making_check_new(&m->scene, m->err) < 0) ||
        ais_update_ready(u->origin.repo, &m->journal, &u->in_the_way, m->err) < 0 ||
        ais_next_planned(&u->next, u->origin.repo, h->plan, h->o->time, m->err) < 0 ||
        ais_update_pristine(u->origin.repo, &u->next, NULL, &u->pristine, m->err) < 0 ||
        (born ? merge(h) : start_history(h)) < 0)
        return -1;
    return h->o->o.dry_run ? 0 : ais_making_start(m);
}

/* A repository that was made for nothing goes again, unless a journal there tells the next run how
 * to bring the files back. */
static void give_up(struct here *h) {
    struct stat st;
    if (h->staging.published && fstatat(h->staging.fd, "aiscaffold/journal.json", &st, 0) < 0)
        ais_staging_undo(&h->staging);
}

int ais_here_run(struct ais_update *u, const struct ais_plan *plan,
                 const struct ais_here_options *options, struct ais_error *err) {
    struct here h = {.m = {.u = u, .o = &options->o, .scene = AIS_SCENE_NONE, .err = err},
                     .o = options,
                     .plan = plan,
                     .staging = AIS_STAGING_NONE};
    int rc = -1;
    *u = (struct ais_update){0};
    if (find_repository(&h) < 0 || (h.fresh && look_around(&h) < 0))
        goto out;
    if (h.fresh && options->o.dry_run)
        rc = 0;
    else if (!h.fresh || make_repository(&h) == 0)
        rc = make(&h);
out:
    ais_making_release(&h.m);
    if (rc < 0)
        give_up(&h);
    ais_staging_close(&h.staging);
    return rc;
}
