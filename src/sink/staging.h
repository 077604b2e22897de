/* The temporary name beside a target, its lock, and the rename that publishes it. */
#ifndef AIS_SINK_STAGING_H
#define AIS_SINK_STAGING_H

#include "base/error.h"

#include <stdbool.h>

/* `parent` and `fd` are descriptors of the target's folder and of the temporary (a folder or a
 * file). */
struct ais_staging {
    char *target, *name; /* the path as the user gave it; its last name */
    char temporary[40];
    int parent, fd;
    bool folder, published;
};

/* One that ais_staging_close has nothing to do for. */
#define AIS_STAGING_NONE ((struct ais_staging){.parent = -1, .fd = -1})

/* Makes and locks a temporary beside `target`, after removing abandoned ones. */
int ais_staging_open(struct ais_staging *s, const char *target, bool folder, struct ais_error *err);

/* For many files in one folder: removes abandoned temporaries there, once. */
int ais_staging_sweep(int folder, const char *shown, struct ais_error *err);
/* Makes and locks a temporary for the file `name` of the folder; sweeps nothing. */
int ais_staging_open_in(struct ais_staging *s, int folder, const char *shown, const char *name,
                        struct ais_error *err);
/* Gives the temporary, a file, its final name, in the place of what stands there. */
int ais_staging_replace(struct ais_staging *s, struct ais_error *err);

/* Gives the temporary its final name. */
int ais_staging_publish(struct ais_staging *s, struct ais_error *err);

/* Takes a publication back, if there was one: the target is gone again. -1 where it is not. */
int ais_staging_undo(struct ais_staging *s);

/* Removes what was not published and frees everything. */
void ais_staging_close(struct ais_staging *s);

#endif
