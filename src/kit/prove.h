/* Proving a template: its tests tell solved from unsolved.
 *
 * One project is made in a work folder and set up once; its files are then replaced by those of
 * each edition in turn, so that what the setup made (a virtual environment) serves them all. */
#ifndef AIS_KIT_PROVE_H
#define AIS_KIT_PROVE_H

#include "plan/plan.h"

#include <signal.h>

struct ais_proof {
    const struct ais_template *t;
    const struct ais_answers *answers;
    const char *folder; /* for the project and its log; must be there */
    const char *venv;   /* what the project finds as .venv, or NULL for none */
    unsigned seconds;   /* for each command */
    const volatile sig_atomic_t *stop;
    /* told before each step what will run, and after it how it went */
    void (*say)(void *payload, const char *text);
    /* called again and again while a command runs, with the number of commands that have run and
     * of all; may be NULL */
    void (*wait)(void *payload, size_t done, size_t all);
    void *payload;
};

/* Runs the manifest's setup_command; then, without a network: test_command in the complete edition;
 * starter_command in the starter; and, with the first n milestones solved for n = 0, 1, ..., the
 * tests of each milestone with milestone_command, which must pass where it is solved and fail where
 * it is not. What does not go as it must is added to `problems`. *offline tells whether the network
 * could be cut. */
int ais_prove(const struct ais_proof *proof, struct ais_findings *problems, bool *offline,
              struct ais_error *err);

#endif
