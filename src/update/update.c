#include "update/update.h"

#include "git/compare.h"
#include "sink/repository.h"
#include "update/making.h"

#include <string.h>

static int refuse(const struct ais_making *m, const char *text) {
    return ais_fail_at(m->err, AIS_FAILED,
                       (struct ais_place){.path = ais_repo_root(m->u->origin.repo)}, "%s", text);
}

int ais_update_name(struct ais_names *names, const char *path, struct ais_error *err) {
    char *copy = ais_strdup(path);
    if (!copy || ais_grow(&names->names, &names->capacity, names->count + 1, sizeof copy) < 0) {
        ais_free(copy);
        return ais_fail_memory(err);
    }
    names->names[names->count++] = copy;
    return 0;
}

static int add_name(void *payload, const char *path, struct ais_error *err) {
    return ais_update_name(payload, path, err);
}

/* HEAD's tree within its bounds: libgit2, which compares it, has none. */
static int check_head(const struct ais_repo *repo, struct ais_error *err) {
    struct ais_git_files files = {0};
    struct ais_oid head, tree;
    bool found;
    int rc = ais_repo_head(repo, &head, &found, err);
    if (rc == 0 && found) {
        rc = ais_repo_commit_tree(repo, &head, &tree, err);
        if (rc == 0)
            rc = ais_git_tree_read(repo, &tree, &files, err);
    }
    ais_git_files_release(&files);
    return rc;
}

int ais_update_ready(struct ais_repo *repo, struct ais_journal *j, struct ais_names *staged,
                     struct ais_error *err) {
    const struct ais_place at = {.path = ais_repo_root(repo)};
    const char *busy = ais_repo_busy(repo);
    char *branch = NULL;
    if (busy)
        return ais_fail_at(err, AIS_FAILED, at,
                           "%s is under way there (finish it, or give it up, first)", busy);
    if (ais_repo_branch(repo, &branch, err) < 0)
        return -1;
    if (branch) {
        j->branch = ais_arena_strdup(&j->arena, branch);
        ais_free(branch);
        if (!j->branch)
            return ais_fail_memory(err);
    }
    if (!j->branch)
        return ais_fail_at(err, AIS_FAILED, at, "HEAD is on no branch (git switch BRANCH)");
    if (check_head(repo, err) < 0 || ais_compare_head(repo, true, add_name, staged, err) < 0)
        return -1;
    if (staged->count)
        return ais_fail_at(err, AIS_FAILED, at,
                           "changes are staged (commit them, or git restore --staged .)");
    return 0;
}

static int no_difference(void *payload, const struct ais_git_file *before,
                         const struct ais_git_file *after, struct ais_error *err) {
    bool *differs = payload;
    (void)before;
    (void)after;
    (void)err;
    *differs = true;
    return 0;
}

int ais_update_pristine(const struct ais_repo *repo, const struct ais_next *next,
                        const struct ais_oid *parent, struct ais_oid *id, struct ais_error *err) {
    static const struct ais_person author = {AIS_AUTHOR_NAME, AIS_AUTHOR_EMAIL};
    struct ais_repo_making making = {.author = &author, .time = next->time};
    struct ais_buf message = AIS_BUF(128 * 1024);
    int rc = -1;
    if (parent)
        making.parents[making.parent_count++] = *parent;
    ais_repository_message(&message, parent != NULL, next->record.template_name,
                           next->record.version, next->record.edition, next->digest);
    if (ais_buf_check(&message, AIS_FAILED, "the commit's message", err) < 0)
        goto out;
    making.message = message.data;
    if (ais_git_tree_write(repo, &next->files, &making.tree, err) == 0)
        rc = ais_repo_commit(repo, &making, id, err);
out:
    ais_buf_release(&message);
    return rc;
}

/* The merge's commit, by the student. It is made where conflicts are left, too, and then not used:
 * so a missing identity is told before anything is written. */
static int commit_merge(struct ais_making *m) {
    struct ais_update *u = m->u;
    struct ais_repo_making making = {.time = m->o->now,
                                     .parents = {u->origin.head, u->pristine},
                                     .parent_count = 2,
                                     .message = m->journal.message};
    if (ais_git_tree_write(u->origin.repo, &u->merge.result, &making.tree, m->err) < 0)
        return -1;
    u->has_commit = u->merge.conflict_count == 0;
    return ais_repo_commit(u->origin.repo, &making, &u->commit, m->err);
}

/* The message of the merge's commit. */
static int name_merge(struct ais_making *m) {
    const struct ais_record *record = &m->u->next.record;
    const struct ais_switch *layer = m->o->wish.layer;
    struct ais_buf text = AIS_BUF(16 * 1024);
    int rc = -1;
    if (layer)
        ais_buf_printf(&text, "%s %s %s ", layer->off ? "Remove" : "Add", layer->layer,
                       layer->off ? "of" : "from");
    else
        ais_buf_str(&text, m->u->origin.record.template_name ? "Merge " : "Start from ");
    ais_buf_printf(&text, "the template %s %s\n", record->template_name, record->version);
    if (ais_buf_check(&text, AIS_FAILED, "the merge's message", m->err) < 0)
        goto out;
    m->journal.message = ais_arena_strdup(&m->journal.arena, ais_buf_text(&text));
    rc = m->journal.message ? 0 : ais_fail_memory(m->err);
out:
    ais_buf_release(&text);
    return rc;
}

int ais_making_merge(struct ais_making *m) {
    struct ais_update *u = m->u;
    struct ais_repo *repo = u->origin.repo;
    struct ais_record roleless = {.template_name = u->next.record.template_name,
                                  .version = u->next.record.version};
    struct ais_merge_input input = {.repo = repo,
                                    .base = &u->origin.files,
                                    .ours = &m->ours,
                                    .theirs = &u->next.files,
                                    .old_record = &u->origin.record,
                                    .new_record = u->origin.record.template_name ? &u->next.record
                                                                                 : &roleless,
                                    .keep = m->o->keep};
    struct ais_oid tree;
    if (name_merge(m) < 0 || ais_repo_commit_tree(repo, &u->origin.head, &tree, m->err) < 0 ||
        ais_git_tree_read(repo, &tree, &m->ours, m->err) < 0 ||
        ais_merge_trees(&u->merge, &input, m->err) < 0)
        return -1;
    return commit_merge(m);
}

int ais_making_steps(struct ais_making *m, const struct ais_git_files *after) {
    struct ais_update *u = m->u;
    if (ais_steps_plan(&m->journal.steps, u->origin.repo, &m->scene.work, &m->ours, after,
                       &u->in_the_way, m->err) < 0)
        return -1;
    if (u->in_the_way.count)
        return refuse(m, "files that are not committed are in the way (commit them, or move them "
                         "elsewhere)");
    return 0;
}

int ais_making_start(struct ais_making *m) {
    struct ais_update *u = m->u;
    struct ais_journal *j = &m->journal;
    int rc;
    j->head = u->origin.head;
    j->pristine = u->pristine;
    j->commit = u->commit;
    j->has_commit = u->has_commit;
    j->conflicts = u->merge.conflicts;
    j->conflict_count = u->merge.conflict_count;
    rc = ais_scene_start(&m->scene, j, m->o->stop, m->err);
    j->conflicts = NULL; /* the merge's */
    return rc;
}

static int update(struct ais_making *m) {
    struct ais_update *u = m->u;
    bool differs = false;
    if (m->o->dry_run && ais_git_only_look(u->origin.repo, m->err) < 0)
        return -1;
    if (ais_update_ready(u->origin.repo, &m->journal, &u->in_the_way, m->err) < 0 ||
        ais_next_make(&u->next, &u->origin, &m->o->wish, m->err) < 0 ||
        ais_compare_files(&u->origin.files, &u->next.files, no_difference, &differs, m->err) < 0)
        return -1;
    u->current = !differs;
    if (u->current)
        return 0;
    if (ais_update_pristine(u->origin.repo, &u->next, &u->origin.pristine, &u->pristine, m->err) <
            0 ||
        ais_making_merge(m) < 0 || ais_making_steps(m, &u->merge.result) < 0)
        return -1;
    return m->o->dry_run ? 0 : ais_making_start(m);
}

void ais_making_release(struct ais_making *m) {
    ais_git_files_release(&m->ours);
    ais_journal_release(&m->journal);
    ais_scene_close(&m->scene);
}

int ais_making_check_new(const struct ais_scene *scene, struct ais_error *err) {
    struct ais_origin origin;
    struct ais_error ignored = {0};
    int rc = 0;
    if (ais_origin_open(&origin, scene->work.shown, &ignored) == 0)
        rc = ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = scene->work.shown},
                         "was made from \"%s\" already (aiscaffold update)",
                         origin.record.template_name);
    ais_origin_release(&origin);
    return rc;
}

int ais_update_run(struct ais_update *u, const struct ais_update_options *options,
                   struct ais_error *err) {
    struct ais_making m = {.u = u, .o = options, .scene = AIS_SCENE_NONE, .err = err};
    int rc = -1;
    *u = (struct ais_update){0};
    if (ais_scene_open(&m.scene, options->folder, options->dry_run, err) < 0 ||
        ais_scene_resume(&m.scene, &u->finished, err) < 0)
        goto out;
    if (ais_origin_open_at(&u->origin, options->folder, options->base, err) < 0)
        goto out;
    if (!options->dry_run &&
        u->origin.proved) /* the student may have committed, reset or rebased since */
        ais_scene_point(&m.scene, &u->origin.pristine);
    rc = update(&m);
out:
    ais_making_release(&m);
    return rc;
}

void ais_update_release(struct ais_update *u) {
    ais_merge_release(&u->merge);
    ais_next_release(&u->next);
    ais_origin_release(&u->origin);
    ais_names_release(&u->in_the_way);
    *u = (struct ais_update){0};
}
