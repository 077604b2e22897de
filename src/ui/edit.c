#include "ui/edit.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <unistr.h>

void ui_edit_set(struct ui_edit *e, const char *text) {
    e->size = strlen(text);
    if (e->size >= sizeof e->text || !ais_text_valid(text, e->size))
        e->size = 0;
    memcpy(e->text, text, e->size);
    e->text[e->size] = '\0';
    e->at = e->size;
}

static void cut(struct ui_edit *e, size_t from, size_t to) {
    memmove(e->text + from, e->text + to, e->size - to + 1);
    e->size -= to - from;
    e->at = from;
}

static bool insert(struct ui_edit *e, uint32_t c) {
    uint8_t bytes[6];
    int size = ais_text_is_unsafe(c) ? -1 : u8_uctomb(bytes, c, sizeof bytes);
    if (size < 0)
        return false;
    if (e->size + (size_t)size >= sizeof e->text)
        return true;
    memmove(e->text + e->at + size, e->text + e->at, e->size - e->at + 1);
    memcpy(e->text + e->at, bytes, (size_t)size);
    e->at += (size_t)size;
    e->size += (size_t)size;
    return true;
}

static size_t word_before(const struct ui_edit *e) {
    size_t at = e->at;
    while (at && e->text[at - 1] == ' ')
        at--;
    while (at && e->text[at - 1] != ' ')
        at--;
    return at;
}

bool ui_edit_key(struct ui_edit *e, uint32_t key) {
    switch (key) {
    case UI_KEY_LEFT:
        e->at = ais_text_previous(e->text, e->at);
        return true;
    case UI_KEY_RIGHT:
        e->at = ais_text_next(e->text, e->at);
        return true;
    case UI_KEY_HOME:
    case UI_CONTROL('A'):
        e->at = 0;
        return true;
    case UI_KEY_END:
    case UI_CONTROL('E'):
        e->at = e->size;
        return true;
    case UI_KEY_DELETE:
        cut(e, e->at, ais_text_next(e->text, e->at));
        return true;
    case UI_KEY_BACKSPACE:
        cut(e, ais_text_previous(e->text, e->at), e->at);
        return true;
    case UI_CONTROL('U'):
        cut(e, 0, e->at);
        return true;
    case UI_CONTROL('K'):
        cut(e, e->at, e->size);
        return true;
    case UI_CONTROL('W'):
        cut(e, word_before(e), e->at);
        return true;
    default:
        return key >= ' ' && key < UI_KEY_UP && insert(e, key);
    }
}

static void draw(struct ui_screen *s, const char *label, const char *text, size_t at) {
    char before[UI_EDIT_BYTES];
    size_t taken = ais_text_width(label), start = 0;
    size_t room = s->columns > taken + 2 ? s->columns - taken - 2 : 1, width;
    for (;;) { /* slides until the cursor is in sight */
        snprintf(before, sizeof before, "%.*s", (int)(at - start), text + start);
        width = ais_text_width(before);
        if (width <= room)
            break;
        start = ais_text_next(text, start);
    }
    ui_frame_cursor(s, taken + width);
    ui_frame_line(s, UI_PLAIN, "%s%s", label, text + start);
}

void ui_edit_draw(const struct ui_edit *e, struct ui_screen *s, const char *label) {
    char stars[UI_EDIT_BYTES];
    size_t count = 0, before = 0;
    if (!e->hidden) {
        draw(s, label, e->text, e->at);
        return;
    }
    for (size_t at = 0; at < e->size; at = ais_text_next(e->text, at)) {
        before += at < e->at;
        stars[count++] = '*';
    }
    stars[count] = '\0';
    draw(s, label, stars, before);
}
