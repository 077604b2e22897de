/* What completion can tell of the project in this folder. */
#ifndef AIS_CMD_WORDS_PROJECT_H
#define AIS_CMD_WORDS_PROJECT_H

#include "cmd/cmd.h"

/* Offers each layer and choice that one answer switches on in the project, or with `off` switches
 * off, and that answer as its help. False where this folder is no project of a template that the
 * catalogue has. */
bool cmd_project_switches(const struct ais_catalogue *catalogue, bool off,
                          void (*offer)(void *payload, const char *word, const char *help),
                          void *payload);

#endif
