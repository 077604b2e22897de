/* How a project differs from what it was made from; the template is not needed for it. */
#ifndef AIS_UPDATE_STATUS_H
#define AIS_UPDATE_STATUS_H

#include "git/compare.h"
#include "template/catalogue.h"
#include "update/project.h"

/* One file that differs: 'M' changed, 'A' added, 'D' removed. */
struct ais_status_file {
    char what;
    enum ais_role role;
    const char *path;
};

struct ais_project_status {
    struct ais_origin origin;
    char newer[64]; /* the catalogue's version of the template where it is newer, else "" */
    struct ais_status_file *files;
    size_t count, capacity;
    uint64_t path_bytes; /* of all of them */
    struct ais_arena arena;
};

/* Reads the status of the project that `folder` lies in. Released by ais_status_release, also after
 * an error. */
int ais_status_read(struct ais_project_status *status, const char *folder,
                    const struct ais_catalogue *catalogue, struct ais_error *err);
void ais_status_release(struct ais_project_status *status);

/* Writes what differs below `path` ("" for all) as a patch; *count gets the number of files. */
int ais_status_patch(const char *folder, const char *path,
                     int (*write)(void *payload, const char *text, size_t size,
                                  struct ais_error *err),
                     void *payload, size_t *count, struct ais_error *err);

/* Calls `visit` for each file that differs below `path`. */
int ais_status_count(const char *folder, const char *path,
                     int (*visit)(void *payload, const struct ais_counts *counts,
                                  struct ais_error *err),
                     void *payload, struct ais_error *err);

#endif
