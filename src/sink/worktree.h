/* Packing a folder that is there already: a project's work tree as an archive. */
#ifndef AIS_SINK_WORKTREE_H
#define AIS_SINK_WORKTREE_H

#include "sink/sink.h"

struct ais_package {
    const char *folder;  /* what to pack */
    const char *archive; /* the file to make */
    enum ais_format format;
    bool git;     /* with the history that HEAD reaches */
    int64_t time; /* of all members; negative: of HEAD's commit, or 1980 where there is none */
    struct ais_sink_options options;
    void (*progress)(void *payload, size_t done, size_t all); /* of files; may be NULL */
    void *payload;
};

/* Packs the folder's files below one folder of its name: in a git work tree those that are tracked,
 * and those that are untracked and not ignored; elsewhere all. A symbolic link, a device or a name
 * that some system can't hold is an error that names it. *count gets the number of files, without
 * those of .git. */
int ais_package_write(const struct ais_package *package, size_t *count, struct ais_error *err);

#endif
