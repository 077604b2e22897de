/* How far a long run has come. */
#ifndef AIS_UI_PROGRESS_H
#define AIS_UI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/* Nothing is shown in the first half second, nor when it is quiet. On a terminal one line of
 * standard error is rewritten: a bar, the count, the rate and the time that is left; elsewhere
 * there is a plain line after 2 seconds, 4, 8, and so on. All zero but `what` and `quiet` at the
 * start. */
struct ui_progress {
    const char *what; /* "kits" */
    bool quiet;
    bool begun, shown;
    double start, next;
};

/* `done` of `all`; the line goes away with the last. Seldom enough not to slow anything down. */
void ui_progress_show(struct ui_progress *p, size_t done, size_t all);

/* Takes the line away, to say something else; and for good. */
void ui_progress_hide(struct ui_progress *p);
void ui_progress_end(struct ui_progress *p);

#endif
