/* The terminal: the only code that talks to one. */
#ifndef AIS_UI_TERMINAL_H
#define AIS_UI_TERMINAL_H

#include "plan/plan.h"
#include "template/answers.h"

#include <stdbool.h>
#include <stdio.h>

/* Whether questions can be asked: standard input and standard error are terminals. */
bool ui_can_ask(void);

/* An asker that prompts on standard error and reads lines from standard input. End of input is an
 * AIS_ANSWERS error. */
struct ais_asker ui_asker(void);

/* Draws the plan's files as a tree. */
void ui_draw_tree(FILE *out, const struct ais_plan *plan, const char *root);

/* Prints text with what could move the cursor made harmless. */
void ui_print(FILE *out, const char *text);

#endif
