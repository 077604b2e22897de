/* One file of a work tree, looked at and replaced by descriptor, never through a link. */
#ifndef AIS_UPDATE_WORKFILE_H
#define AIS_UPDATE_WORKFILE_H

#include "git/files.h"

#include <sys/stat.h>

/* What lies at a path. */
enum ais_work_kind {
    AIS_WORK_NOTHING,
    AIS_WORK_FILE, /* `mode`, `permissions` and `bytes` tell */
    AIS_WORK_LINK, /* `bytes` is where it leads */
    AIS_WORK_FOLDER,
    AIS_WORK_OTHER, /* a device, say, or a folder on the way is a link or a file */
};

struct ais_work_file {
    enum ais_work_kind kind;
    unsigned mode, permissions;
    struct ais_buf bytes;
};

/* `root` and `tmp` are descriptors: of the work tree, and of a folder for temporary files on the
 * same file system. `shown` is what errors call the work tree. */
struct ais_work {
    int root, tmp;
    const char *shown;
};

/* Reads what lies at the path. Released by ais_work_release, also after an error. */
int ais_work_read(const struct ais_work *work, const char *path, struct ais_work_file *file,
                  struct ais_error *err);
void ais_work_release(struct ais_work_file *file);

/* Puts a file or a link there in one step, in place of another one; permissions 0 are the usual
 * ones. Folders on the way are made. */
int ais_work_put(const struct ais_work *work, const char *path, unsigned mode, unsigned permissions,
                 const struct ais_buf *bytes, struct ais_error *err);
/* Takes the file or link away, and the folders that it leaves empty. */
int ais_work_remove(const struct ais_work *work, const char *path, struct ais_error *err);
/* lstat of the path. */
int ais_work_stat(const struct ais_work *work, const char *path, struct stat *st,
                  struct ais_error *err);

#endif
