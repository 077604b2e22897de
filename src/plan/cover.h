/* Rows of choices in which each two values of different variables stand together once at least:
 * far fewer than all combinations. */
#ifndef AIS_PLAN_COVER_H
#define AIS_PLAN_COVER_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct ais_cover {
    size_t count;        /* of variables */
    const size_t *sizes; /* how many values each has; borrowed */
    size_t *row;         /* the number of the value of each variable */
    /* a byte for each two values, by their places among all of them */
    unsigned char *seen;
    size_t *starts, values;
};

/* Begins; ais_cover_release after it, also where it fails. */
int ais_cover_begin(struct ais_cover *c, const size_t *sizes, size_t count, struct ais_error *err);

/* Puts the next row into c->row; false where each two values were together. */
bool ais_cover_next(struct ais_cover *c);
void ais_cover_release(struct ais_cover *c);

#endif
