/* Checks of unit programs: a failed one says where and goes on; main ends with `return REPORT();`.
 */
#ifndef AIS_TESTS_UNIT_UNIT_H
#define AIS_TESTS_UNIT_UNIT_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int unit_passed, unit_failed;

static inline bool unit_check(bool ok, const char *file, int line, const char *what) {
    if (ok) {
        unit_passed++;
    } else {
        unit_failed++;
        printf("%s:%d: %s\n", file, line, what);
    }
    return ok;
}

static inline bool unit_check_str(const char *got, const char *want, const char *file, int line) {
    bool ok = got && want ? strcmp(got, want) == 0 : got == want;
    if (!unit_check(ok, file, line, "these differ"))
        printf("  got:  %s\n  want: %s\n", got ? got : "(null)", want ? want : "(null)");
    return ok;
}

static inline int unit_report(void) {
    printf("%d passed, %d failed\n", unit_passed, unit_failed);
    return unit_failed > 0;
}

#define CHECK(cond) unit_check(cond, __FILE__, __LINE__, #cond)
#define CHECK_STR(got, want) unit_check_str(got, want, __FILE__, __LINE__)
#define REPORT() unit_report()

#endif
