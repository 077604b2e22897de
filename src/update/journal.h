/* The journal of an update under `.git/aiscaffold/`: what is under way, so that it can be finished
 * or taken back by whoever comes next. It may have been written by others, and is checked. */
#ifndef AIS_UPDATE_JOURNAL_H
#define AIS_UPDATE_JOURNAL_H

#include "update/merge.h"
#include "update/steps.h"

/* `has_commit` is false where conflicts are left to the student, and `left` true once they are. */
struct ais_journal {
    struct ais_oid head, pristine, commit;
    bool has_commit, left;
    char *branch, *message;
    struct ais_steps steps;
    struct ais_conflict *conflicts;
    size_t conflict_count;
    struct ais_arena arena;
};

/* The folder of the journal, locked. `git` and `folder` are descriptors. */
struct ais_desk {
    int git, folder, lock;
    char *path, *shown; /* of the folder, and of `.git` */
};
#define AIS_DESK_NONE ((struct ais_desk){.git = -1, .folder = -1, .lock = -1})

/* Opens and locks it; with `only_look` nothing is made, and `folder` is -1 where there is none.
 * AIS_FAILED where another update has it, or where it lies on another file system than the work
 * tree `root`. */
int ais_desk_open(struct ais_desk *desk, const struct ais_repo *repo, int root, bool only_look,
                  struct ais_error *err);
void ais_desk_close(struct ais_desk *desk);

/* Writes `text` to the file `name` of the folder, or with `git` of `.git`, in one step. */
int ais_desk_write(const struct ais_desk *desk, bool git, const char *name, const char *text,
                   size_t size, struct ais_error *err);
/* Appends the file to `out`; *found is false where there is none. */
int ais_desk_read(const struct ais_desk *desk, bool git, const char *name, struct ais_buf *out,
                  bool *found, struct ais_error *err);
void ais_desk_remove(const struct ais_desk *desk, bool git, const char *name);

int ais_journal_write(const struct ais_journal *journal, const struct ais_desk *desk,
                      struct ais_error *err);
/* *found is false where there is none. Released by ais_journal_release, also after an error. */
int ais_journal_read(struct ais_journal *journal, const struct ais_desk *desk, bool *found,
                     struct ais_error *err);
void ais_journal_remove(const struct ais_desk *desk);
void ais_journal_release(struct ais_journal *journal);

#endif
