/* Running a command of a template's author: what `check --run` does, and nothing else. */
#ifndef AIS_KIT_PROCESS_H
#define AIS_KIT_PROCESS_H

#include "base/error.h"

#include <signal.h>
#include <stdbool.h>

struct ais_process {
    const char *const *argv;           /* ended by NULL; argv[0] is looked up in PATH */
    const char *folder;                /* where it runs */
    const char *log;                   /* a file that gets its output, appended */
    unsigned seconds;                  /* after which it is ended, with all that it started */
    bool offline;                      /* in a network of its own, which holds only the loopback */
    const volatile sig_atomic_t *stop; /* ends it when it becomes non-zero; may be NULL */
    void (*wait)(void *payload);       /* called again and again until it ends; may be NULL */
    void *payload;
};

enum ais_outcome { AIS_PASSED, AIS_NOT_PASSED, AIS_TIMED_OUT };

/* Runs the command to its end. -1 with *err set where it could not be started or was interrupted.
 */
int ais_process_run(const struct ais_process *p, enum ais_outcome *outcome, struct ais_error *err);

/* Whether a network can be cut off here. */
bool ais_process_can_cut(void);

#endif
