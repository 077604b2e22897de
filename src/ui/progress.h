/* How far a long run has come, on a terminal. */
#ifndef AIS_UI_PROGRESS_H
#define AIS_UI_PROGRESS_H

#include <stddef.h>

/* Rewrites one line of standard error, if that is a terminal: "done of all WHAT"; clears it at the
 * end. Seldom enough not to slow anything down. */
void ui_progress(const char *what, size_t done, size_t all);

#endif
