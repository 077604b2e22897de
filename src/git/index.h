/* Git's index, made anew beside the one in use and then put in its place: whoever is killed in
 * between leaves the old one or the new one. */
#ifndef AIS_GIT_INDEX_H
#define AIS_GIT_INDEX_H

#include "git/files.h"

#include <sys/stat.h>

struct ais_index;

/* Opens the index file `path` (not a repository's own). The caller frees it. NULL with *err set,
 * also where the index has parts that libgit2 does not know. */
struct ais_index *ais_index_open(const char *path, struct ais_error *err);
void ais_index_free(struct ais_index *index);

/* Puts the file in, with what `st` says of it in the work tree. */
int ais_index_add(struct ais_index *index, const struct ais_git_file *file, const struct stat *st,
                  struct ais_error *err);
/* Takes the path out, if it is in. */
int ais_index_remove(struct ais_index *index, const char *path, struct ais_error *err);
/* Puts a conflict in: the stages base, ours and theirs, each a file or NULL. */
int ais_index_conflict(struct ais_index *index, const struct ais_git_file *const stages[3],
                       struct ais_error *err);
int ais_index_write(struct ais_index *index, struct ais_error *err);

#endif
