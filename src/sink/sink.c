#include "sink/sink.h"

#include "base/mem.h"
#include "sink/ops.h"

#include <unistd.h>

int ais_sink_add(struct ais_sink *sink, const struct ais_file *file, struct ais_error *err) {
    return sink->ops->add(sink, file, err);
}

int ais_sink_finish(struct ais_sink *sink, struct ais_error *err) {
    return sink->ops->finish(sink, err);
}

void ais_sink_free(struct ais_sink *sink) {
    if (!sink)
        return;
    sink->ops->release(sink);
    ais_staging_close(&sink->staging);
    ais_free(sink);
}

int ais_sink_fill(struct ais_sink *sink, const struct ais_file *files, size_t count,
                  struct ais_error *err) {
    const struct ais_sink_options *options = &sink->options;
    for (size_t i = 0; i < count; i++) {
        if (options->stop && *options->stop)
            return ais_fail(err, AIS_FAILED, "interrupted");
        if (ais_sink_add(sink, &files[i], err) < 0)
            return -1;
    }
    return ais_sink_finish(sink, err);
}

static int publish(struct ais_sink *sink, struct ais_error *err) {
    if (ais_staging_publish(&sink->staging, err) < 0)
        return -1;
    if (sink->options.sync && fsync(sink->staging.parent) < 0)
        return ais_fail_errno(err, sink->staging.target, "sync the folder of");
    return 0;
}

int ais_sinks_publish(struct ais_sink *const *sinks, size_t count, struct ais_error *err) {
    size_t done = 0;
    while (done < count && (!sinks[done] || publish(sinks[done], err) == 0))
        done++;
    if (done == count)
        return 0;
    /* the last one first: where that can't be taken back, all before it belong to it */
    while (count-- > 0)
        if (sinks[count] && ais_staging_undo(&sinks[count]->staging) < 0)
            break;
    return -1;
}
