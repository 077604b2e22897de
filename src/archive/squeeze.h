/* gzip of a stream whose parts need not be kept apart, with libdeflate: about twice as fast as zlib
 * for the same size. A file of several members where the stream is long, which every gunzip reads.
 */
#ifndef AIS_ARCHIVE_SQUEEZE_H
#define AIS_ARCHIVE_SQUEEZE_H

#include "archive/archive.h"

/* What it makes goes to `write`: 0, or -1 with *err set. Freed by ais_squeezer_free. */
struct ais_squeezer;
struct ais_squeezer *ais_squeezer_new(ais_write_fn *write, void *payload, struct ais_error *err);
void ais_squeezer_free(struct ais_squeezer *squeezer);

/* Takes the stream's next bytes; `squeezer` is a struct ais_squeezer, so that this is an
 * ais_write_fn itself. */
int ais_squeezer_write(void *squeezer, const void *data, size_t size, struct ais_error *err);
/* Writes what is still held. Needed before free for a whole file. */
int ais_squeezer_finish(struct ais_squeezer *squeezer, struct ais_error *err);

#endif
