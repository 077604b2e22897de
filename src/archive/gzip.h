/* A gzip member made of parts that were deflated apart, so that what many files share is compressed
 * once. Each part ends in a full flush: it needs nothing of the parts before it. */
#ifndef AIS_ARCHIVE_GZIP_H
#define AIS_ARCHIVE_GZIP_H

#include "base/buf.h"

#include <stddef.h>
#include <stdint.h>

/* Deflated bytes that can stand anywhere in a member. Owned; freed by ais_segment_release. */
struct ais_segment {
    void *bytes;
    size_t size, raw; /* deflated, and before */
    uint32_t crc;     /* of the raw bytes */
    uint32_t shift;   /* what combining checksums needs of `raw` */
};

/* Deflates, one part at a time. Level 1 to 9. Freed by ais_deflater_free. */
struct ais_deflater;
struct ais_deflater *ais_deflater_new(int level, struct ais_error *err);
void ais_deflater_free(struct ais_deflater *deflater);

/* Deflates data[size] as a part of its own. */
int ais_segment_make(struct ais_segment *segment, struct ais_deflater *deflater, const void *data,
                     size_t size, struct ais_error *err);
void ais_segment_release(struct ais_segment *segment);

/* A member that is written to `out`. The caller checks `out` at the end. */
enum { AIS_GZIP_SMALL = 128 << 10 };
struct ais_gzip {
    struct ais_buf *out;
    uint32_t crc, size;
};
void ais_gzip_begin(struct ais_gzip *gzip, struct ais_buf *out);
void ais_gzip_add(struct ais_gzip *gzip, const struct ais_segment *segment);
/* Adds data[size] as it is, which takes no longer than to copy it. */
void ais_gzip_store(struct ais_gzip *gzip, const void *data, size_t size);
/* Ends it with data[size], which need not be a part of its own: as it is where it is small, else by
 * libdeflate, which is faster. */
struct ais_ender;
struct ais_ender *ais_ender_new(struct ais_error *err);
void ais_ender_free(struct ais_ender *ender);
int ais_gzip_end(struct ais_gzip *gzip, struct ais_ender *ender, const void *data, size_t size,
                 struct ais_error *err);

#endif
