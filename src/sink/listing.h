/* The plan as JSON, for those who want to look before it is written. */
#ifndef AIS_SINK_LISTING_H
#define AIS_SINK_LISTING_H

#include "plan/plan.h"

/* A list of {path, mode, size, role, sha256, source}; a new reference, or NULL with *err set. */
json_t *ais_listing(const struct ais_plan *plan, struct ais_error *err);

#endif
