/* Changes to the terminal that are taken back, whatever ends the program. */
#ifndef AIS_UI_TTY_H
#define AIS_UI_TTY_H

#include "aiscaffold.h"

#include <stdbool.h>
#include <termios.h>

/* The mode of the terminal behind standard input. */
int ui_tty_mode(struct termios *mode, struct ais_error *err);

/* Puts the terminal into `mode` and writes `enter` to it. ui_tty_release, or a signal that ends the
 * program, brings back the mode that it had and writes `leave`; both texts stay borrowed until
 * then. Ctrl-Z does so, too, until the program goes on. */
int ui_tty_hold(const struct termios *mode, const char *enter, const char *leave,
                struct ais_error *err);
void ui_tty_release(void);

#endif
