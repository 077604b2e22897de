#include "update/adopt.h"

#include "update/making.h"

#include <stdio.h>
#include <string.h>

struct adopting {
    struct ais_adoption *a;
    const struct ais_update_options *o;
    struct ais_scene scene;
    struct ais_journal journal;
    struct ais_git_files before, after;
    struct ais_error *err;
};

/* Whoever has a pristine commit already is updated, not adopted. */
static int check_new(struct adopting *m) {
    bool found = false;
    if (ais_making_check_new(&m->scene, m->err) < 0 ||
        ais_repo_head(m->scene.repo, &m->journal.head, &found, m->err) < 0)
        return -1;
    return found ? 0
                 : ais_fail_at(m->err, AIS_FAILED, (struct ais_place){.path = m->scene.work.shown},
                               "has no commit yet");
}

/* The files of HEAD, and the same with the record. */
static int list_files(struct adopting *m) {
    const struct ais_git_file *record = ais_git_files_find(&m->a->next.files, AIS_RECORD_PATH);
    struct ais_oid tree;
    if (ais_repo_commit_tree(m->scene.repo, &m->journal.head, &tree, m->err) < 0 ||
        ais_git_tree_read(m->scene.repo, &tree, &m->before, m->err) < 0)
        return -1;
    for (size_t i = 0; i < m->before.count; i++) {
        const struct ais_git_file *file = &m->before.list[i];
        if (strcmp(file->path, AIS_RECORD_PATH) != 0 &&
            ais_git_files_add(&m->after, file->path, file->mode, &file->blob, m->err) < 0)
            return -1;
    }
    if (ais_git_files_add(&m->after, record->path, record->mode, &record->blob, m->err) < 0)
        return -1;
    ais_git_files_sort(&m->after);
    return 0;
}

static int commit(struct adopting *m) {
    struct ais_repo_making making = {
        .time = m->o->now, .parents = {m->journal.head}, .parent_count = 2};
    char message[8500];
    snprintf(message, sizeof message, "Adopt the template %s %s\n", m->a->next.record.template_name,
             m->a->next.record.version);
    if (ais_update_pristine(m->scene.repo, &m->a->next, NULL, &m->a->pristine, m->err) < 0 ||
        ais_git_tree_write(m->scene.repo, &m->after, &making.tree, m->err) < 0)
        return -1;
    making.parents[1] = m->a->pristine;
    making.message = message;
    m->journal.message = ais_arena_strdup(&m->journal.arena, message);
    return m->journal.message ? ais_repo_commit(m->scene.repo, &making, &m->a->commit, m->err)
                              : ais_fail_memory(m->err);
}

static int adopt(struct adopting *m) {
    struct ais_journal *j = &m->journal;
    if (check_new(m) < 0 || ais_update_ready(m->scene.repo, j, &m->a->in_the_way, m->err) < 0 ||
        ais_next_first(&m->a->next, m->scene.repo, &m->o->wish, m->err) < 0 || list_files(m) < 0 ||
        commit(m) < 0 ||
        ais_steps_plan(&j->steps, m->scene.repo, &m->scene.work, &m->before, &m->after,
                       &m->a->in_the_way, m->err) < 0)
        return -1;
    if (m->a->in_the_way.count)
        return ais_fail_at(m->err, AIS_FAILED, (struct ais_place){.path = m->scene.work.shown},
                           "files that are not committed are in the way (commit them, or move "
                           "them elsewhere)");
    j->pristine = m->a->pristine;
    j->commit = m->a->commit;
    j->has_commit = true;
    return ais_scene_start(&m->scene, j, m->o->stop, m->err);
}

int ais_adopt_run(struct ais_adoption *adoption, const struct ais_update_options *options,
                  struct ais_error *err) {
    struct adopting m = {.a = adoption, .o = options, .scene = AIS_SCENE_NONE, .err = err};
    bool finished;
    int rc = -1;
    *adoption = (struct ais_adoption){0};
    if (ais_scene_open(&m.scene, options->folder, false, err) == 0 &&
        ais_scene_resume(&m.scene, &finished, err) == 0)
        rc = adopt(&m);
    ais_git_files_release(&m.before);
    ais_git_files_release(&m.after);
    ais_journal_release(&m.journal);
    ais_scene_close(&m.scene);
    return rc;
}

void ais_adoption_release(struct ais_adoption *adoption) {
    ais_next_release(&adoption->next);
    ais_names_release(&adoption->in_the_way);
}
