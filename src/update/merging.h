/* A merge in the making, shared by the files that make it. */
#ifndef AIS_UPDATE_MERGING_H
#define AIS_UPDATE_MERGING_H

#include "git/merge.h"
#include "update/merge.h"

enum ais_side { AIS_OURS, AIS_THEIRS };

/* A file of the result. `side` is the one that its path comes from. */
struct ais_item {
    struct ais_git_file file;
    enum ais_side side;
    bool is_protected;
};

/* The trees with their roles applied, and what they give. */
struct ais_merging {
    const struct ais_merge_input *in;
    struct ais_merge *out;
    struct ais_git_files base, ours, theirs;
    struct ais_renames our_renames, their_renames;
    struct ais_item *items;
    size_t count, capacity;
    const char **besides; /* the paths of files that lie beside a kept one */
    size_t beside_count, beside_capacity;
    char our_label[8], their_label[600], suffix[70];
    struct ais_error *err;
};

/* Fills the trees: protected paths are the template's in base and ours, a student's are ours in
 * base and theirs. What that changes or keeps is reported. */
int ais_merging_roles(struct ais_merging *m);

/* Settles items that want the same path, or one the folder of another. */
int ais_merging_collisions(struct ais_merging *m);

int ais_merging_add(struct ais_merging *m, const char *path, const struct ais_git_file *file,
                    enum ais_side side);
/* A line of the report; note and path are borrowed. */
int ais_merging_note(struct ais_merging *m, enum ais_outcome outcome, const char *path,
                     const char *note);
/* "TEXT PATH" as a note. */
int ais_merging_note_path(struct ais_merging *m, enum ais_outcome outcome, const char *path,
                          const char *text, const char *other);

/* A conflict of up to three files, each with its own path, or NULL. Without `keep` their stages are
 * recorded, and `shown`, where there is one, is what the work tree is to hold. With `keep` it holds
 * ours, and theirs beside it. */
int ais_merging_conflict(struct ais_merging *m, const struct ais_git_file *const sides[3],
                         const struct ais_git_file *shown, const char *note);

/* The same with all stages under one path: the name that git gives a conflict in a renamed file. */
int ais_merging_conflict_at(struct ais_merging *m, const struct ais_git_file *const sides[3],
                            const char *path, const struct ais_git_file *shown, const char *note);

bool ais_same_file(const struct ais_git_file *a, const struct ais_git_file *b);
bool ais_is_plain(const struct ais_git_file *file);

#endif
