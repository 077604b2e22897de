/* What a kind of sink is made of. */
#ifndef AIS_SINK_OPS_H
#define AIS_SINK_OPS_H

#include "sink/sink.h"
#include "sink/staging.h"

/* `finish` leaves everything written; staging does the rest. `release` frees the kind's own part.
 */
struct ais_sink_ops {
    int (*add)(struct ais_sink *sink, const struct ais_file *file, struct ais_error *err);
    int (*finish)(struct ais_sink *sink, struct ais_error *err);
    void (*release)(struct ais_sink *sink);
};

/* Each kind embeds this as its first member. */
struct ais_sink {
    const struct ais_sink_ops *ops;
    struct ais_staging staging;
    struct ais_sink_options options;
};

#endif
