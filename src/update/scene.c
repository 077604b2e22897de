#include "update/update.h"

#include "base/path.h"
#include "git/index.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char old_index[] = "index.old", new_index[] = "index.new", git_lock[] = "index.lock";
static const char pristine_ref[] = "refs/aiscaffold/pristine";

enum { INDEX_BYTES_MAX = 1 << 30 };

/* Removes locks that an update left when it was killed: git's index.lock is ours where it is the
 * same file as the index that we made. */
static void remove_own_locks(const struct ais_desk *desk) {
    struct stat own, lock;
    if (fstatat(desk->folder, new_index, &own, AT_SYMLINK_NOFOLLOW) == 0 &&
        fstatat(desk->git, git_lock, &lock, AT_SYMLINK_NOFOLLOW) == 0 &&
        own.st_dev == lock.st_dev && own.st_ino == lock.st_ino)
        ais_desk_remove(desk, true, git_lock);
    ais_desk_remove(desk, false, "index.new.lock");
}

int ais_scene_open(struct ais_scene *scene, const char *folder, bool only_look,
                   struct ais_error *err) {
    struct stat st;
    *scene = AIS_SCENE_NONE;
    scene->only_look = only_look;
    scene->repo = ais_repo_open(folder, err);
    if (!scene->repo)
        return -1;
    scene->work.shown = ais_repo_root(scene->repo);
    scene->work.root = open(scene->work.shown, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (scene->work.root < 0)
        return ais_fail_errno(err, scene->work.shown, "open");
    if (ais_desk_open(&scene->desk, scene->repo, scene->work.root, only_look, err) < 0)
        return -1;
    scene->work.tmp = scene->desk.folder;
    if (!only_look)
        remove_own_locks(&scene->desk);
    if (fstatat(scene->desk.git, git_lock, &st, AT_SYMLINK_NOFOLLOW) == 0)
        return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = scene->work.shown},
                           "another git process is at work there, or was killed (remove "
                           ".git/index.lock if there is none)");
    return 0;
}

void ais_scene_close(struct ais_scene *scene) {
    if (scene->work.root >= 0)
        close(scene->work.root);
    ais_desk_close(&scene->desk);
    ais_repo_free(scene->repo);
}

/* Puts index.new in the place of git's index, under git's own lock. */
static int swap_index(const struct ais_desk *desk, struct ais_error *err) {
    int rc;
    if (linkat(desk->folder, new_index, desk->git, git_lock, 0) < 0)
        return ais_fail_errno(err, desk->path, "replace git's index beside");
    if (renameat(desk->git, git_lock, desk->git, "index") == 0)
        return 0;
    rc = ais_fail_errno(err, desk->path, "replace git's index beside");
    ais_desk_remove(desk, true, git_lock);
    return rc;
}

static int add_to_index(struct ais_index *index, const struct ais_scene *scene,
                        const struct ais_step *step, struct ais_error *err) {
    const struct ais_git_file file = {step->path, step->to.blob, step->to.mode};
    struct stat st;
    if (!step->to.mode)
        return ais_index_remove(index, step->path, err);
    if (ais_work_stat(&scene->work, step->path, &st, err) < 0)
        return -1;
    return ais_index_add(index, &file, &st, err);
}

static const struct ais_git_file *stage(const struct ais_git_file *file) {
    return file->mode ? file : NULL;
}

/* index.new as a copy of index.old; neither is there where git had no index. */
static int copy_index(const struct ais_desk *desk, bool *found, struct ais_error *err) {
    struct ais_buf bytes = AIS_BUF(INDEX_BYTES_MAX);
    int rc = ais_desk_read(desk, false, old_index, &bytes, found, err);
    if (rc == 0 && !*found)
        ais_desk_remove(desk, false, new_index);
    else if (rc == 0)
        rc = ais_desk_write(desk, false, new_index, ais_buf_text(&bytes), bytes.size, err);
    ais_buf_release(&bytes);
    return rc;
}

static int make_index(const struct ais_scene *scene, const struct ais_journal *j,
                      struct ais_error *err) {
    char path[4096];
    struct ais_index *index;
    bool found;
    int rc = -1;
    if (copy_index(&scene->desk, &found, err) < 0)
        return -1;
    snprintf(path, sizeof path, "%s/%s", scene->desk.path, new_index);
    index = ais_index_open(path, err);
    for (size_t i = 0; index && i < j->steps.count; i++)
        if (add_to_index(index, scene, &j->steps.list[i], err) < 0)
            goto out;
    for (size_t i = 0; index && i < j->conflict_count; i++) {
        const struct ais_conflict *c = &j->conflicts[i];
        const struct ais_git_file *stages[3] = {stage(&c->base), stage(&c->ours),
                                                stage(&c->theirs)};
        if (ais_index_conflict(index, stages, err) < 0)
            goto out;
    }
    if (index && ais_index_write(index, err) == 0)
        rc = swap_index(&scene->desk, err);
out:
    ais_index_free(index);
    return rc;
}

/* Removes the lock of the reference that a killed update left: one that holds a beginning of what
 * was to be written, and so can't be another's. */
static void remove_ref_lock(const struct ais_desk *desk, const char *ref,
                            const struct ais_oid *id) {
    struct ais_error ignored = {0};
    struct ais_buf text = AIS_BUF(4096), path = AIS_BUF(4096);
    const char *slash = strrchr(ref, '/');
    char hex[AIS_OID_HEX + 1];
    int parent = ais_open_beneath(desk->git, ref, (size_t)(slash - ref), false, "", &ignored);
    int fd = -1;
    ais_oid_hex(id, hex);
    memcpy(hex + AIS_OID_HEX - 1, "\n", 2);
    ais_buf_printf(&path, "%s.lock", slash + 1);
    if (parent >= 0)
        fd = openat(parent, ais_buf_text(&path), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd >= 0 && ais_read_all(fd, "", &text, &ignored) == 0 && text.size <= strlen(hex) &&
        strncmp(ais_buf_text(&text), hex, text.size) == 0)
        unlinkat(parent, ais_buf_text(&path), 0);
    if (fd >= 0)
        close(fd);
    if (parent >= 0)
        close(parent);
    ais_buf_release(&text);
    ais_buf_release(&path);
}

void ais_scene_point(const struct ais_scene *scene, const struct ais_oid *pristine) {
    struct ais_error ignored = {0};
    struct ais_oid now;
    int64_t time;
    remove_ref_lock(&scene->desk, pristine_ref, pristine);
    if (ais_repo_find(scene->repo, pristine_ref, &now, &time, &ignored) < 0 ||
        !ais_oid_equal(&now, pristine))
        ais_repo_move(scene->repo, pristine_ref, NULL, pristine, "aiscaffold update", &ignored);
}

/* The state that git itself leaves a merge with conflicts in. */
static int leave_merge(const struct ais_scene *scene, struct ais_journal *j,
                       struct ais_error *err) {
    struct ais_buf text = AIS_BUF(64 << 20);
    char id[AIS_OID_HEX + 1];
    int rc = -1;
    ais_oid_hex(&j->pristine, id);
    ais_buf_printf(&text, "%s\n# Conflicts:\n", j->message);
    for (size_t i = 0; i < j->conflict_count; i++) {
        const struct ais_conflict *c = &j->conflicts[i];
        ais_buf_printf(&text, "#\t%s\n", c->ours.mode ? c->ours.path : c->theirs.path);
    }
    memcpy(id + AIS_OID_HEX - 1, "\n", 2);
    if (ais_buf_check(&text, AIS_FAILED, "the merge's message", err) == 0 &&
        ais_desk_write(&scene->desk, true, "MERGE_MSG", text.data, text.size, err) == 0 &&
        ais_desk_write(&scene->desk, true, "MERGE_MODE", "no-ff", 5, err) == 0 &&
        ais_desk_write(&scene->desk, true, "MERGE_HEAD", id, strlen(id), err) == 0) {
        j->left = true;
        rc = ais_journal_write(j, &scene->desk, err);
        ais_scene_point(scene, &j->pristine); /* where the student's commit will have it */
    }
    ais_buf_release(&text);
    return rc;
}

static int finish(const struct ais_scene *scene, struct ais_journal *j,
                  const volatile sig_atomic_t *stop, struct ais_error *err) {
    if (ais_steps_go(&j->steps, scene->repo, &scene->work, false, stop, err) < 0 ||
        make_index(scene, j, err) < 0)
        return -1;
    if (!j->has_commit)
        return leave_merge(scene, j, err);
    if (ais_repo_move(scene->repo, j->branch, &j->head, &j->commit, "aiscaffold update", err) < 0)
        return -1;
    ais_scene_point(scene, &j->pristine);
    ais_journal_remove(&scene->desk);
    return 0;
}

/* Brings work tree and index back to what they were. */
static int take_back(const struct ais_scene *scene, const struct ais_journal *j,
                     struct ais_error *err) {
    static const char *const state[] = {"MERGE_HEAD", "MERGE_MSG", "MERGE_MODE"};
    bool found;
    if (ais_steps_go(&j->steps, scene->repo, &scene->work, true, NULL, err) < 0 ||
        copy_index(&scene->desk, &found, err) < 0 || (found && swap_index(&scene->desk, err) < 0))
        return -1;
    if (!found)
        ais_desk_remove(&scene->desk, true, "index");
    for (size_t i = 0; i < sizeof state / sizeof *state && !j->has_commit; i++)
        ais_desk_remove(&scene->desk, true, state[i]);
    ais_journal_remove(&scene->desk);
    return 0;
}

int ais_scene_start(const struct ais_scene *scene, struct ais_journal *j,
                    const volatile sig_atomic_t *stop, struct ais_error *err) {
    struct ais_buf index = AIS_BUF(INDEX_BYTES_MAX);
    struct ais_error ignored = {0};
    bool found;
    int rc = ais_desk_read(&scene->desk, true, "index", &index, &found, err);
    ais_desk_remove(&scene->desk, false, old_index);
    if (rc == 0 && found)
        rc = ais_desk_write(&scene->desk, false, old_index, ais_buf_text(&index), index.size, err);
    ais_buf_release(&index);
    if (rc < 0 || ais_journal_write(j, &scene->desk, err) < 0)
        return -1;
    rc = finish(scene, j, stop, err);
    if (rc < 0)
        take_back(scene, j, &ignored); /* or the journal stays, for the next run */
    return rc;
}

/* Where an update that was interrupted stands, by HEAD and MERGE_HEAD. */
enum standing { UNDER_WAY, LEFT_TO_STUDENT, OVER };

static int look(const struct ais_scene *scene, const struct ais_journal *j, enum standing *standing,
                struct ais_error *err) {
    struct ais_buf text = AIS_BUF(4096);
    char id[AIS_OID_HEX];
    struct ais_oid head = {{0}};
    bool found, merging;
    int rc = -1;
    ais_oid_hex(&j->pristine, id);
    if (ais_repo_head(scene->repo, &head, &found, err) == 0 &&
        ais_desk_read(&scene->desk, true, "MERGE_HEAD", &text, &merging, err) == 0)
        rc = 0;
    merging = rc == 0 && merging && strncmp(ais_buf_text(&text), id, strlen(id)) == 0;
    *standing = rc < 0 || !ais_oid_equal(&head, &j->head) ? OVER /* a head of zeros is none yet */
                : merging && !j->has_commit               ? LEFT_TO_STUDENT
                : j->left                                 ? OVER
                                                          : UNDER_WAY;
    ais_buf_release(&text);
    return rc;
}

/* Reads the journal, where there is one, and removes the locks that its update left. */
static int read_journal(const struct ais_scene *scene, struct ais_journal *j, bool *found,
                        enum standing *standing, struct ais_error *err) {
    *standing = OVER;
    if (ais_journal_read(j, &scene->desk, found, err) < 0)
        return -1;
    if (!*found)
        return 0;
    if (scene->only_look)
        return look(scene, j, standing, err);
    if (j->has_commit)
        remove_ref_lock(&scene->desk, j->branch, &j->commit);
    remove_ref_lock(&scene->desk, pristine_ref, &j->pristine);
    return look(scene, j, standing, err);
}

int ais_scene_resume(const struct ais_scene *scene, bool *finished, struct ais_error *err) {
    struct ais_journal j;
    enum standing standing;
    bool found;
    int rc = -1;
    *finished = false;
    if (read_journal(scene, &j, &found, &standing, err) < 0)
        goto out;
    if (found && standing == UNDER_WAY && scene->only_look) {
        ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = scene->work.shown},
                    "an update was interrupted there (aiscaffold update finishes it)");
    } else if (found && standing == UNDER_WAY) {
        *finished = true;
        rc = finish(scene, &j, NULL, err);
    } else if (found && standing == LEFT_TO_STUDENT) {
        ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = scene->work.shown},
                    "the conflicts of the last update are not settled (settle them and git "
                    "commit, or aiscaffold update --abort)");
    } else {
        if (!scene->only_look)
            ais_journal_remove(&scene->desk);
        rc = 0;
    }
out:
    ais_journal_release(&j);
    return rc;
}

/* The reference goes back to what HEAD has, which is no less a project for an error here. */
static void point_back(const struct ais_scene *scene) {
    struct ais_error ignored = {0};
    struct ais_origin origin;
    if (ais_origin_open(&origin, scene->work.shown, &ignored) == 0)
        ais_scene_point(scene, &origin.pristine);
    ais_origin_release(&origin);
}

int ais_update_abort(const char *folder, struct ais_error *err) {
    struct ais_scene scene;
    struct ais_journal j = {0};
    enum standing standing = OVER;
    bool found = false;
    int rc = -1;
    if (ais_scene_open(&scene, folder, false, err) < 0 ||
        read_journal(&scene, &j, &found, &standing, err) < 0)
        goto out;
    if (standing == OVER) {
        ais_journal_remove(&scene.desk);
        point_back(&scene);
        ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = scene.work.shown},
                    "no update is under way there");
    } else {
        rc = take_back(&scene, &j, err);
        point_back(&scene);
    }
out:
    ais_journal_release(&j);
    ais_scene_close(&scene);
    return rc;
}
