/* A full screen: keys come in, frames go out. Frames are painted whole, so that a resize, a slow
 * line and a terminal that knows only the ten or so sequences of ECMA-48 used here do no harm. */
#ifndef AIS_UI_SCREEN_H
#define AIS_UI_SCREEN_H

#include "base/buf.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

enum { UI_ROOMY = 14 }; /* lines from which on there are blank ones */

enum ui_style { UI_PLAIN, UI_BOLD, UI_DIM, UI_MARK, UI_WRONG };

/* Keys that are no characters; others are their code point. */
enum ui_key {
    UI_KEY_UP = 0x200000,
    UI_KEY_DOWN,
    UI_KEY_LEFT,
    UI_KEY_RIGHT,
    UI_KEY_HOME,
    UI_KEY_END,
    UI_KEY_PAGE_UP,
    UI_KEY_PAGE_DOWN,
    UI_KEY_DELETE,
    UI_KEY_BACKSPACE,
    UI_KEY_ENTER,
    UI_KEY_ESCAPE,
    UI_KEY_RESIZE,
    UI_KEY_UNKNOWN,
};
#define UI_CONTROL(letter) ((uint32_t)(letter)&0x1f)

struct ui_screen {
    size_t rows, columns;
    bool colour, open;
    sigset_t waiting; /* the signals that are blocked while a key is waited for */
    struct sigaction resized;
    unsigned char bytes[64]; /* typed, but not read as keys */
    size_t byte_count;
    /* the frame that is being painted */
    struct ais_buf frame;
    size_t row, cursor_row, cursor_column;
    size_t reserved;  /* lines that are kept for what is drawn later */
    const char *keys; /* what the last lines say, and how many they are */
    size_t key_lines;
    bool cursor;
};

/* Whether there is a terminal that can show screens: TERM names one, and not a dumb one. */
bool ui_screen_possible(const char *term);

/* Takes the terminal over, and gives it back as it was; a signal that ends the program does, too.
 */
int ui_screen_open(struct ui_screen *s, bool colour, struct ais_error *err);
void ui_screen_close(struct ui_screen *s);

/* Waits for a key. AIS_ANSWERS where the input ends. */
int ui_screen_key(struct ui_screen *s, uint32_t *key, struct ais_error *err);

/* Begins a frame; its lines follow. A line is cut at the edge; those that don't fit are left out,
 * but `keys` always stands last: hints, three blanks between two of them, in as many lines as they
 * need where the window is high, else those that fit into one. Text is made harmless. */
void ui_frame_begin(struct ui_screen *s, const char *keys);
void ui_frame_line(struct ui_screen *s, enum ui_style style, const char *fmt, ...) AIS_PRINTF(3, 4);
/* Text of any length, broken between words; every line behind `indent` blanks. */
void ui_frame_wrap(struct ui_screen *s, enum ui_style style, size_t indent, const char *text);
/* Why an answer was not taken. */
void ui_frame_problem(struct ui_screen *s, const char *problem);
/* Puts the cursor into the line that comes next, at a column from 0. */
void ui_frame_cursor(struct ui_screen *s, size_t column);
/* Lines that are left before the last ones, beside those that are reserved. */
size_t ui_frame_left(const struct ui_screen *s);
int ui_frame_end(struct ui_screen *s, struct ais_error *err);

#endif
