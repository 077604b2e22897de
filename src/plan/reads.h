/* What renderings read, so that what they made can be used again where all of that is the same. */
#ifndef AIS_PLAN_READS_H
#define AIS_PLAN_READS_H

#include "template/variant.h"

#include <stdbool.h>

/* Begins to note what is read; who noted before (or NULL) is for ais_reads_end. Fails for want of
 * memory; *reads is to be released in any case. */
int ais_reads_begin(struct ais_variant *variant, struct ais_reads *reads, struct ais_reads **outer,
                    struct ais_error *err);

/* Ends it. Fails where not all could be noted. */
int ais_reads_end(struct ais_variant *variant, const struct ais_reads *reads,
                  struct ais_reads *outer, struct ais_error *err);

/* Adds what was read to what `into` (NULL: nobody) notes, but for the names that `except` (or NULL)
 * has. For want of memory *into has failed. */
void ais_reads_merge(struct ais_reads *into, const struct ais_reads *reads, const json_t *except);

/* Whether all that was read is the same under the values of `context`. */
bool ais_reads_hold(const struct ais_variant *variant, const struct ais_reads *reads,
                    const json_t *context);

void ais_reads_release(struct ais_reads *reads);

#endif
