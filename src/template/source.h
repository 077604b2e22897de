/* Where a template comes from: its files by name, all in memory, whatever lies behind them. */
#ifndef AIS_TEMPLATE_SOURCE_H
#define AIS_TEMPLATE_SOURCE_H

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"

#include <stddef.h>

enum {
    AIS_SOURCE_FILES_MAX = 100000,
    AIS_SOURCE_FILE_BYTES_MAX = 64 << 20, /* of one file */
    AIS_SOURCE_BYTES_MAX = 512 << 20,     /* of all files */
};

/* The files of one template folder, sorted by path. `shown` is what errors call the folder. */
struct ais_source {
    const char *shown;
    const struct ais_file *files;
    size_t count;
    const char **shown_files; /* by file: what ais_source_shown gave, or NULL */
    struct ais_arena arena;   /* owns what the binary doesn't hold */
};

/* Reads the folder `path` of the file system. Symbolic links, devices and names that no project
 * could hold are errors that name them (AIS_TEMPLATE). The caller frees the source. */
struct ais_source *ais_source_folder(const char *path, struct ais_error *err);
void ais_source_free(struct ais_source *source);

/* The file `path`, or NULL. Borrowed from the source. */
const struct ais_file *ais_source_find(const struct ais_source *source, const char *path);

/* The files whose paths begin with `prefix`: the first, and their number in *count. */
const struct ais_file *ais_source_below(const struct ais_source *source, const char *prefix,
                                        size_t *count);

/* "shown/path" in the source's arena, or NULL when there is no memory. */
const char *ais_source_shown(struct ais_source *source, const char *path);

#endif
