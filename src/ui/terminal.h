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

/* Asks for a line in the same way: the caller's (free). Without echo where it is `secret`. */
char *ui_ask_line(const char *prompt, bool secret, struct ais_error *err);

/* Draws the plan's files as a tree. */
void ui_draw_tree(FILE *out, const struct ais_plan *plan, const char *root);

/* Prints text with what could move the cursor made harmless. */
void ui_print(FILE *out, const char *text);

#endif
