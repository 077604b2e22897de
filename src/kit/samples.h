/* Golden samples of a template: samples/NAME/answers.json beside its manifest, and in
 * samples/NAME/tree the files that those answers make, but for the record, in the edition that
 * samples/NAME/sample.json says. */
#ifndef AIS_KIT_SAMPLES_H
#define AIS_KIT_SAMPLES_H

#include "plan/plan.h"
#include "sink/sink.h"

/* Plans each sample and compares it. A new list of {"name", "result", "differences": [{"path",
 * "change"}]}: "passed", "failed", or, with `folder` (the template's own, else NULL), where the
 * trees are written anew, "updated". NULL with *err set: AIS_TEMPLATE where there is no sample. */
json_t *ais_samples_run(const struct ais_template *t, const char *folder,
                        const struct ais_sink_options *options, struct ais_error *err);

/* Makes the new folder `target` with a template to start from, called as the folder is. */
int ais_template_begin(const char *target, const struct ais_sink_options *options, size_t *count,
                       struct ais_error *err);

#endif
