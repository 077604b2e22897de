/* A long text on a screen, to be agreed to. */
#ifndef AIS_UI_VIEW_H
#define AIS_UI_VIEW_H

#include "ui/menu.h"

/* Shows the lines of text below a title; arrows and pages scroll. UI_TAKEN on Enter. */
enum ui_done ui_view_run(struct ui_screen *s, const char *title, const char *text, const char *keys,
                         struct ais_error *err);

#endif
