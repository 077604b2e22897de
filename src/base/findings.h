/* Many errors at once, for those who list all that is wrong. */
#ifndef AIS_BASE_FINDINGS_H
#define AIS_BASE_FINDINGS_H

#include "base/error.h"

struct ais_findings {
    struct ais_error *list;
    size_t count, capacity;
};

int ais_findings_add(struct ais_findings *findings, const struct ais_error *found,
                     struct ais_error *err);
void ais_findings_release(struct ais_findings *findings);

#endif
