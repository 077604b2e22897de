/* Updating a project to a newer version of its template. */
#ifndef AIS_UPDATE_UPDATE_H
#define AIS_UPDATE_UPDATE_H

#include "update/journal.h"
#include "update/next.h"

struct ais_update_options {
    const char *folder; /* in which the project lies */
    struct ais_next_wish wish;
    const char *base; /* a commit that holds what the template gave, on the user's word; or NULL */
    bool keep;        /* see update/merge.h */
    bool dry_run;     /* tell what would come, and write nothing */
    int64_t now;      /* of the merge's commit */
    const volatile sig_atomic_t *stop;
};

/* `finished` tells that an interrupted update was finished first; `current` that the project has
 * this version already. `in_the_way` lists the files that an error speaks of. */
struct ais_update {
    struct ais_origin origin;
    struct ais_next next;
    struct ais_merge merge;
    struct ais_oid pristine, commit;
    bool finished, current, has_commit;
    struct ais_names in_the_way;
};

/* Updates the project: a pristine commit of the newer version, and its merge into the branch, which
 * moves last. Where conflicts are left, the merge is left for the student to commit. Released by
 * ais_update_release, also after an error. */
int ais_update_run(struct ais_update *update, const struct ais_update_options *options,
                   struct ais_error *err);
void ais_update_release(struct ais_update *update);

/* Takes an update back that was interrupted, or whose conflicts are not settled yet. */
int ais_update_abort(const char *folder, struct ais_error *err);

/* Adds a copy of the path to the list. */
int ais_update_name(struct ais_names *names, const char *path, struct ais_error *err);

/* Fails where something is under way in the repository, where HEAD is on no branch, or where
 * anything is staged, which is then listed. Fills the journal's branch. */
int ais_update_ready(struct ais_repo *repo, struct ais_journal *journal, struct ais_names *staged,
                     struct ais_error *err);

/* Writes the pristine commit of a version; `parent` is the one before, or NULL. */
int ais_update_pristine(const struct ais_repo *repo, const struct ais_next *next,
                        const struct ais_oid *parent, struct ais_oid *id, struct ais_error *err);

/* An update at work: opened by ais_scene_open, closed by ais_scene_close, also after an error. With
 * `only_look` no file is made, changed or removed. */
struct ais_scene {
    bool only_look;
    struct ais_repo *repo;
    struct ais_work work;
    struct ais_desk desk;
};
#define AIS_SCENE_NONE ((struct ais_scene){.work = {.root = -1, .tmp = -1}, .desk = AIS_DESK_NONE})
int ais_scene_open(struct ais_scene *scene, const char *folder, bool only_look,
                   struct ais_error *err);
void ais_scene_close(struct ais_scene *scene);

/* Keeps a copy of the index, writes the journal, and finishes; an error takes all back. */
int ais_scene_start(const struct ais_scene *scene, struct ais_journal *journal,
                    const volatile sig_atomic_t *stop, struct ais_error *err);
/* Lets refs/aiscaffold/pristine point there, if it can: a convenience for those who look at the
 * history, which nothing here reads. */
void ais_scene_point(const struct ais_scene *scene, const struct ais_oid *pristine);
/* Finishes an update that was interrupted, if there is one: *finished tells. AIS_FAILED where its
 * conflicts are not settled, and where one who only looks finds it not finished. */
int ais_scene_resume(const struct ais_scene *scene, bool *finished, struct ais_error *err);

#endif
