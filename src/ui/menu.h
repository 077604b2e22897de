/* A list to choose from, one or any of it. */
#ifndef AIS_UI_MENU_H
#define AIS_UI_MENU_H

#include "ui/screen.h"

/* What became of a screen. */
enum ui_done {
    UI_FAILED = -1, /* *err is set */
    UI_TAKEN,
    UI_BACK, /* Escape */
    UI_REST, /* Ctrl-D: the defaults of all that follows */
};

struct ui_item {
    const char *name, *text; /* text may be NULL */
    bool on;                 /* of a menu of many */
};

struct ui_menu {
    const char *title;
    const char *help, *problem; /* may be NULL */
    const char *keys;           /* the last line */
    struct ui_item *items;
    size_t count;
    bool filters; /* typing narrows the list */
    bool many;    /* the space bar turns items on and off */
    size_t at;    /* the item that was chosen, and before that the one to begin with */
    /* Lines about the item, below the list; may be NULL. */
    void (*detail)(void *payload, struct ui_screen *s, size_t item);
    void *payload;
};

/* Shows the menu until something is chosen. */
enum ui_done ui_menu_run(struct ui_menu *m, struct ui_screen *s, struct ais_error *err);

#endif
