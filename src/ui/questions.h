/* A template's questions on a screen, each of which can be gone back to. */
#ifndef AIS_UI_QUESTIONS_H
#define AIS_UI_QUESTIONS_H

#include "template/answers.h"
#include "ui/edit.h"
#include "ui/menu.h"

/* What was answered so far, by name, so that going back loses nothing. */
struct ui_answered {
    char *name, *text;
    bool own; /* it differs from what was suggested */
};

struct ui_questions {
    struct ui_screen *screen;
    const char *title; /* of the template */
    struct ui_answered *answered;
    size_t count, capacity;
    size_t position, open; /* the question that is asked now; the first that is shown again */
    const char *last;      /* the variable that was asked last */
    bool went_back, rest;  /* rest: what has a default is not asked */
};

/* Asks all that is not given yet, and resolves the answers. UI_BACK where the first question was
 * gone back from, UI_FAILED with *err set. Call it again to show the last question once more. */
enum ui_done ui_questions_ask(struct ui_questions *q, struct ais_answers *a, struct ais_error *err);
void ui_questions_release(struct ui_questions *q);

/* Asks for one line of text, in *edit. `problem` may be NULL. */
enum ui_done ui_ask_text(struct ui_screen *s, const char *title, const char *prompt,
                         const char *help, const char *problem, struct ui_edit *edit,
                         struct ais_error *err);

#endif
