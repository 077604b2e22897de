#include "ui/menu.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/edit.h"

#include <stdio.h>
#include <string.h>

/* A menu that is open: the items that the filter leaves, by their numbers. */
struct open_menu {
    struct ui_menu *m;
    struct ui_edit filter;
    char **keys; /* what the filter is compared with */
    size_t *shown;
    size_t shown_count, at, top; /* at and top count among the shown */
    size_t widest;
};

/* Whether all words of the filter stand in the key. */
static bool matches(const char *key, const char *filter) {
    char word[128];
    while (*filter) {
        size_t size = strcspn(filter, " ");
        snprintf(word, sizeof word, "%.*s", (int)size, filter);
        if (!strstr(key, word))
            return false;
        filter += size + strspn(filter + size, " ");
    }
    return true;
}

/* Adds the items that the filter leaves: those whose name begins with it, or the others. */
static void add_shown(struct open_menu *o, const char *filter, bool first, size_t current) {
    size_t size = strlen(filter);
    for (size_t i = 0; i < o->m->count; i++) {
        bool begins = size && strncmp(o->keys[i], filter, size) == 0;
        if (begins != first || !matches(o->keys[i], filter))
            continue;
        if (i == current)
            o->at = o->shown_count;
        o->shown[o->shown_count++] = i;
    }
}

/* The items that the filter leaves. The cursor goes to the first whose name begins with it; else it
 * stays on its item where that is among them. */
static int narrow(struct open_menu *o, struct ais_error *err) {
    char *filter = ais_text_fold(o->filter.text);
    size_t current = o->at < o->shown_count ? o->shown[o->at] : o->m->at;
    bool begins;
    if (!filter)
        return ais_fail_memory(err);
    o->shown_count = o->at = 0;
    add_shown(o, filter, true, current);
    begins = o->shown_count > 0;
    add_shown(o, filter, false, current);
    if (begins)
        o->at = 0;
    ais_free(filter);
    return 0;
}

static int open_menu(struct open_menu *o, struct ui_menu *m, struct ais_error *err) {
    char text[1024];
    *o = (struct open_menu){.m = m};
    o->keys = ais_calloc(m->count + 1, sizeof *o->keys);
    o->shown = ais_calloc(m->count + 1, sizeof *o->shown);
    if (!o->keys || !o->shown)
        return ais_fail_memory(err);
    for (size_t i = 0; i < m->count; i++) {
        size_t width = ais_text_width(m->items[i].name);
        o->widest = width > o->widest ? width : o->widest;
        snprintf(text, sizeof text, "%.400s %.400s", m->items[i].name,
                 m->items[i].text ? m->items[i].text : "");
        o->keys[i] = ais_text_fold(text);
        if (!o->keys[i]) /* cut within a character */
            o->keys[i] = ais_strdup(m->items[i].name);
        if (!o->keys[i])
            return ais_fail_memory(err);
    }
    return narrow(o, err);
}

static void close_menu(struct open_menu *o) {
    for (size_t i = 0; o->keys && i < o->m->count; i++)
        ais_free(o->keys[i]);
    ais_free(o->keys);
    ais_free(o->shown);
}

static void draw_item(struct open_menu *o, struct ui_screen *s, size_t k) {
    const struct ui_item *item = &o->m->items[o->shown[k]];
    int pad = item->text ? (int)(o->widest - ais_text_width(item->name) + 2) : 0;
    ui_frame_line(s, k == o->at ? UI_MARK : UI_PLAIN, "%s %s%s%*s%s", k == o->at ? ">" : " ",
                  o->m->many ? item->on ? "[x] " : "[ ] " : "", item->name, pad, "",
                  item->text ? item->text : "");
}

/* Items in sight: what the window leaves beside all else, and at least one. */
static size_t choose_window(struct open_menu *o, const struct ui_screen *s) {
    size_t room = ui_frame_left(s), below = s->rows < UI_ROOMY ? 0 : o->m->detail ? 8 : 1;
    room = room > below ? room - below : room;
    if (room < 1)
        room = 1;
    if (o->at < o->top)
        o->top = o->at;
    if (o->at >= o->top + room)
        o->top = o->at + 1 - room;
    if (o->top && o->top + room > o->shown_count)
        o->top = o->shown_count > room ? o->shown_count - room : 0;
    return room < o->shown_count - o->top ? room : o->shown_count - o->top;
}

static int draw(struct open_menu *o, struct ui_screen *s, struct ais_error *err) {
    const struct ui_menu *m = o->m;
    bool roomy;
    size_t window;
    ui_frame_begin(s, m->keys); /* which measures the window */
    roomy = s->rows >= UI_ROOMY;
    s->reserved = 1 + m->filters; /* in the smallest window there is still an item */
    ui_frame_wrap(s, UI_BOLD, 0, m->title);
    if (m->help)
        ui_frame_wrap(s, UI_DIM, 0, m->help);
    if (m->problem)
        ui_frame_problem(s, m->problem);
    if (roomy)
        ui_frame_line(s, UI_PLAIN, "%s", "");
    s->reserved = s->rows > 2 ? 1 : 0;
    if (m->filters)
        ui_edit_draw(&o->filter, s, "Search: ");
    if (m->filters && roomy)
        ui_frame_line(s, UI_PLAIN, "%s", "");
    s->reserved = 0;
    if (!o->shown_count)
        ui_frame_line(s, UI_WRONG, "  nothing matches");
    window = choose_window(o, s);
    for (size_t k = o->top; k < o->top + window; k++)
        draw_item(o, s, k);
    if (m->detail && o->shown_count && roomy) {
        ui_frame_line(s, UI_PLAIN, "%s", "");
        m->detail(m->payload, s, o->shown[o->at]);
    }
    if (roomy)
        ui_frame_line(s, UI_PLAIN, "%s", "");
    return ui_frame_end(s, err);
}

static void move(struct open_menu *o, uint32_t key) {
    size_t last = o->shown_count ? o->shown_count - 1 : 0, page = 10;
    if (key == UI_KEY_UP)
        o->at = o->at ? o->at - 1 : last;
    else if (key == UI_KEY_DOWN)
        o->at = o->at < last ? o->at + 1 : 0;
    else if (key == UI_KEY_PAGE_UP)
        o->at = o->at > page ? o->at - page : 0;
    else if (key == UI_KEY_PAGE_DOWN)
        o->at = o->at + page < last ? o->at + page : last;
    else if (!o->m->filters && key == UI_KEY_HOME)
        o->at = 0;
    else if (!o->m->filters && key == UI_KEY_END)
        o->at = last;
}

/* A key that neither ends nor moves. */
static int handle(struct open_menu *o, uint32_t key, struct ais_error *err) {
    if (o->m->many && key == ' ' && o->shown_count) {
        struct ui_item *item = &o->m->items[o->shown[o->at]];
        item->on = !item->on;
        return 0;
    }
    if (!o->m->filters || !ui_edit_key(&o->filter, key)) {
        move(o, key);
        return 0;
    }
    return narrow(o, err);
}

enum ui_done ui_menu_run(struct ui_menu *m, struct ui_screen *s, struct ais_error *err) {
    struct open_menu o;
    enum ui_done done = UI_FAILED;
    uint32_t key;
    if (open_menu(&o, m, err) < 0)
        goto out;
    while (draw(&o, s, err) == 0 && ui_screen_key(s, &key, err) == 0) {
        if (key == UI_KEY_ESCAPE) {
            done = UI_BACK;
            goto out;
        }
        if ((key == UI_KEY_ENTER || key == UI_CONTROL('D')) && o.shown_count) {
            m->at = o.shown[o.at];
            done = key == UI_KEY_ENTER ? UI_TAKEN : UI_REST;
            goto out;
        }
        if (handle(&o, key, err) < 0)
            goto out;
    }
out:
    close_menu(&o);
    return done;
}
