#include "base/findings.h"

#include "base/mem.h"

int ais_findings_add(struct ais_findings *findings, const struct ais_error *found,
                     struct ais_error *err) {
    if (ais_grow(&findings->list, &findings->capacity, findings->count + 1,
                 sizeof *findings->list) < 0)
        return ais_fail_memory(err);
    findings->list[findings->count++] = *found;
    return 0;
}

void ais_findings_release(struct ais_findings *findings) {
    ais_free(findings->list);
    *findings = (struct ais_findings){0};
}
