/* Copying a template out, to be edited. */
#ifndef AIS_SINK_COPY_H
#define AIS_SINK_COPY_H

#include "sink/sink.h"
#include "template/template.h"

/* Makes the folder `target` with the idea's manifest and files, and the layers that it uses below
 * layers/, where they are found before any others. *count gets the number of files. */
int ais_template_copy(const struct ais_template *t, const char *target,
                      const struct ais_sink_options *options, size_t *count, struct ais_error *err);

#endif
