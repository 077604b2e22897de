/* Merging: which files were renamed between two trees, and three versions of one file. */
#ifndef AIS_GIT_MERGE_H
#define AIS_GIT_MERGE_H

#include "git/files.h"

/* `from` is a path of the older tree that the newer one lacks, `to` one of the newer tree that the
 * older lacks, and their files are alike: both are borrowed from the trees. */
struct ais_rename {
    const char *from, *to;
};

/* Sorted by `from`; no path stands in it twice. */
struct ais_renames {
    struct ais_rename *list;
    size_t count, capacity;
};

/* Finds the renames as git merge does: the same bytes first, then what is at least half alike.
 * Empty files are never renamed. Of very many files only the same bytes are looked for. Released by
 * ais_renames_release, also after an error. */
int ais_git_renames(const struct ais_repo *repo, const struct ais_git_files *older,
                    const struct ais_git_files *newer, struct ais_renames *renames,
                    struct ais_error *err);
/* The new path of `from`, or NULL. */
const char *ais_renames_to(const struct ais_renames *renames, const char *from);
void ais_renames_release(struct ais_renames *renames);

/* The blobs of a file that both sides changed; `base` NULL where both added it. `labels` are those
 * of the conflict markers. */
struct ais_three {
    const struct ais_oid *base, *ours, *theirs;
    const char *labels[2];
};

/* AIS_THREE_APART: they can't be merged line by line (binary, or too large). */
enum ais_three_result { AIS_THREE_CLEAN, AIS_THREE_CONFLICT, AIS_THREE_APART };

/* Merges the three and writes the blob *merged, with markers where they are in conflict. Where a
 * side only changed the line ends of all lines, that is merged apart from the lines. */
int ais_git_merge_three(const struct ais_repo *repo, const struct ais_three *three,
                        struct ais_oid *merged, enum ais_three_result *result,
                        struct ais_error *err);

#endif
