/* The command line that does what a conversation has settled. */
#ifndef AIS_CMD_LINE_H
#define AIS_CMD_LINE_H

#include "cmd/cmd.h"

/* Makes the project by running `new` with the least options that give these answers, and prints
 * that line; secrets are left out of what is printed. */
int cmd_line_run(const char *idea, const char *folder, const struct ais_answers *answers,
                 struct ais_error *err);

#endif
