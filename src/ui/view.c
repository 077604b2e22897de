#include "ui/view.h"

#include <string.h>

static size_t count_lines(const char *text) {
    size_t count = 0;
    for (; *text; text += strcspn(text, "\n"), text += *text == '\n')
        count++;
    return count;
}

static int draw(struct ui_screen *s, const char *title, const char *text, const char *keys,
                size_t top, size_t *window, struct ais_error *err) {
    ui_frame_begin(s, keys);
    ui_frame_line(s, UI_BOLD, "%s", title);
    *window = ui_frame_left(s);
    for (size_t i = 0; *text && i < top + *window; i++) {
        size_t size = strcspn(text, "\n");
        if (i >= top)
            ui_frame_line(s, UI_PLAIN, "%.*s", (int)size, text);
        text += size + (text[size] == '\n');
    }
    return ui_frame_end(s, err);
}

enum ui_done ui_view_run(struct ui_screen *s, const char *title, const char *text, const char *keys,
                         struct ais_error *err) {
    size_t top = 0, lines = count_lines(text), window;
    uint32_t key;
    while (draw(s, title, text, keys, top, &window, err) == 0 && ui_screen_key(s, &key, err) == 0) {
        size_t last = lines > window ? lines - window : 0;
        size_t step = key == UI_KEY_PAGE_UP || key == UI_KEY_PAGE_DOWN || key == ' ' ? window : 1;
        if (key == UI_KEY_ENTER || key == UI_CONTROL('D'))
            return UI_TAKEN;
        if (key == UI_KEY_ESCAPE)
            return UI_BACK;
        if (key == UI_KEY_UP || key == UI_KEY_PAGE_UP)
            top = top > step ? top - step : 0;
        else if (key == UI_KEY_DOWN || key == UI_KEY_PAGE_DOWN || key == ' ')
            top = top + step < last ? top + step : last;
        else if (key == UI_KEY_HOME || key == UI_KEY_END)
            top = key == UI_KEY_HOME ? 0 : last;
        if (top > last) /* the window grew */
            top = last;
    }
    return UI_FAILED;
}
