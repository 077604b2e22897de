#include "cmd/cmd.h"

#include "ui/questions.h"
#include "ui/terminal.h"

#include <stdlib.h>

static int ask_on_screen(struct ais_answers *answers, struct ais_error *err) {
    struct ui_screen screen;
    struct ui_questions q = {.screen = &screen,
                             .title = ais_template_manifest(ais_answers_template(answers))->name};
    enum ui_done done;
    if (ui_screen_open(&screen, cmd_colour(), err) < 0)
        return -1;
    do /* there is nothing before the first question */
        done = ui_questions_ask(&q, answers, err);
    while (done == UI_BACK);
    ui_screen_close(&screen);
    ui_questions_release(&q);
    return done == UI_TAKEN ? 0 : -1;
}

/* Whether a question is left to be asked, so that a screen is not opened for nothing. */
static bool is_complete(struct ais_answers *answers, struct ais_error *err) {
    struct ais_error missing = {0};
    if (ais_answers_resolve(answers, NULL, false, &missing) == 0)
        return true;
    if (missing.status != AIS_ANSWERS)
        *err = missing;
    return false;
}

int cmd_answer(struct ais_answers *answers, bool yes, struct ais_error *err) {
    struct ais_asker asker = ui_asker();
    bool asking = !yes && ui_can_ask();
    if (cmd_suggest(answers, asking, err) < 0)
        return -1;
    if (!asking)
        return ais_answers_resolve(answers, NULL, yes, err);
    if (is_complete(answers, err))
        return 0;
    if (err->status != AIS_OK)
        return -1;
    if (ui_screen_possible(getenv("TERM")))
        return ask_on_screen(answers, err);
    return ais_answers_resolve(answers, &asker, false, err);
}
