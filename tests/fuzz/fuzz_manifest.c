/* A manifest of any bytes: loaded, answered with its defaults, planned in both editions. Time and
 * memory of one rendering are bounded in the program, far above what a fuzzer has patience for, so
 * inputs that multiply are left to the attacks. */
#include "folder.h"

#include "base/path.h"
#include "plan/lint.h"
#include "plan/plan.h"

#include <string.h>

static void look(const struct ais_plan *plan) {
    for (size_t i = 0; i < plan->count; i++) {
        const char *path = plan->files[i].path;
        MUST(!ais_path_fault(path, strlen(path)));
        MUST(i == 0 || strcmp(plan->files[i - 1].path, path) < 0);
        MUST(plan->files[i].data || !plan->files[i].size);
    }
}

static void plan(const struct ais_template *t, const struct ais_answers *answers, bool starter) {
    const struct ais_edition edition = {.starter = starter};
    struct ais_plan plan = {0};
    struct ais_error err = {0};
    if (ais_plan_make(&plan, t, answers, &edition, &err) == 0)
        look(&plan);
    else
        MUST(err.status == AIS_TEMPLATE || err.status == AIS_ANSWERS);
    ais_plan_release(&plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ais_template *t;
    struct ais_answers *answers;
    struct ais_findings findings = {0};
    struct ais_error err = {0};
    if (size > 4096 || memmem(data, size, "range", 5) || memmem(data, size, "for", 3))
        return 0;
    fuzz_write("template.json", data, size);
    t = fuzz_load();
    if (!t)
        return 0;
    MUST(ais_lint(t, &findings, &err) == 0);
    ais_findings_release(&findings);
    answers = ais_answers_new(t, &err);
    MUST(answers);
    if (ais_answers_resolve(answers, NULL, true, &err) == 0) {
        plan(t, answers, false);
        plan(t, answers, true);
    } else {
        MUST(err.status == AIS_TEMPLATE || err.status == AIS_ANSWERS);
    }
    ais_answers_free(answers);
    ais_template_free(t);
    return 0;
}
