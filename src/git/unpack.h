/* The two codings of git's objects, undone: zlib streams and deltas. Both distrust every byte. */
#ifndef AIS_GIT_UNPACK_H
#define AIS_GIT_UNPACK_H

#include "base/buf.h"

#include <stdint.h>

/* Appends what the zlib stream at data[size) holds, which need not end there, to `out` (bounded by
 * its limit). -1 where it is damaged, too large or memory ends (out->no_memory). */
int ais_inflate(const uint8_t *data, size_t size, struct ais_buf *out);

/* Appends to `out` what `delta` makes of `base`. -1 in the same cases. */
int ais_delta_apply(const struct ais_buf *base, const struct ais_buf *delta, struct ais_buf *out);

#endif
