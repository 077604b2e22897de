/* One line of text under the user's fingers. */
#ifndef AIS_UI_EDIT_H
#define AIS_UI_EDIT_H

#include "ui/screen.h"

enum { UI_EDIT_BYTES = 4096 };

/* `text` is well-formed UTF-8 of `size` bytes; `at` is where the cursor stands. */
struct ui_edit {
    char text[UI_EDIT_BYTES];
    size_t size, at;
    bool hidden; /* stars instead of characters */
};

/* Starts with a copy of text, the cursor behind it. */
void ui_edit_set(struct ui_edit *e, const char *text);

/* Whether the key was one of editing: characters, arrows, Home, End, Delete, Backspace, Ctrl-A, -E,
 * -U (all before the cursor), -K (all behind it), -W (the word before it). */
bool ui_edit_key(struct ui_edit *e, uint32_t key);

/* Draws it as a line behind `label`, with the cursor; a text that is too wide slides. */
void ui_edit_draw(const struct ui_edit *e, struct ui_screen *s, const char *label);

#endif
