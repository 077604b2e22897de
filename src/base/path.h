/* Paths, and the one check that keeps them inside: by rule for names, by descriptor for folders. */
#ifndef AIS_BASE_PATH_H
#define AIS_BASE_PATH_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    AIS_NAME_MAX = 255,  /* bytes of one name */
    AIS_PATH_MAX = 1024, /* bytes of a path inside a project */
    AIS_DEPTH_MAX = 64,  /* names in a path */
};

/* Says what is wrong with path[size] as the path of a file inside a project ("is absolute", "holds
 * a control character", to follow its name), or NULL if nothing is: it must be relative, UTF-8,
 * without empty names, `.`, `..`, control characters, a `.git` in any spelling that some file
 * system takes for it, and without names that Linux, macOS or Windows can't hold. */
const char *ais_path_fault(const char *path, size_t size);

/* The same for a path of someone else's, which is read and compared, never made: names that other
 * systems can't hold pass, and so does a name ".git" that is spelled so. */
const char *ais_path_foreign_fault(const char *path, size_t size);

/* Opens the folder path[size] below the folder `root` name by name, never through a symbolic link
 * or a `..`; with `make`, missing folders are made (0777 less umask). Size 0 is root itself.
 * Returns a descriptor, the caller's to close, or -1 with *err set; `shown` is what errors call the
 * root. */
int ais_open_beneath(int root, const char *path, size_t size, bool make, const char *shown,
                     struct ais_error *err);

/* Opens the file `path` below `root` for reading, in the same way: only a regular file. */
int ais_open_file_beneath(int root, const char *path, const char *shown, struct ais_error *err);

/* dir + "/" + name, without doubled slashes; dir may be "". The caller's (ais_free), or NULL. */
char *ais_path_join(const char *dir, const char *name);

#endif
