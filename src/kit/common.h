/* What kits begin with: the files that are the same without a student, that is, in a plan of the
 * template and the common answers alone. Which files of a kit those are depends on that kit alone,
 * so that its bytes do, too. Kits with the same ones share all the work: one pack of their blobs,
 * one piece of the archive, with the states of its checksums. */
#ifndef AIS_KIT_COMMON_H
#define AIS_KIT_COMMON_H

#include "git/image.h"
#include "kit/tarball.h"
#include "plan/plan.h"

enum { AIS_BEGINNINGS_MAX = 8 /* that are kept, the oldest goes first */ };

/* A beginning: files[count] in the order of the archive, the pack and its index last. */
struct ais_beginning {
    bool *has; /* by file of the plan without a student */
    struct ais_image_base base;
    struct ais_file *files;
    size_t count;
    struct ais_tar_state state; /* of the archive, behind them */
};

struct ais_common {
    struct ais_plan plan; /* without a student; of no files where there can't be one */
    struct ais_beginning beginnings[AIS_BEGINNINGS_MAX];
    size_t count, next;
};

void ais_common_release(struct ais_common *common);

/* The beginning of a kit; NULL with *err set. It has no files where the kit has none of them.
 * `elsewhere` gets for each of the kit's files the id of its blob, if it is among them, else NULL.
 * The tarball's top, time and shared files are used. Borrowed until the next call. */
const struct ais_beginning *ais_common_find(struct ais_common *common, const struct ais_plan *kit,
                                            const struct ais_tarball *tarball,
                                            const struct ais_oid **elsewhere,
                                            struct ais_error *err);

#endif
