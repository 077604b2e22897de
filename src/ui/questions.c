#include "ui/questions.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

#define KEYS "Enter: take it   Esc: back   Ctrl-D: defaults for the rest   Ctrl-C: leave"

enum ui_done ui_ask_text(struct ui_screen *s, const char *title, const char *prompt,
                         const char *help, const char *problem, struct ui_edit *edit,
                         struct ais_error *err) {
    uint32_t key;
    for (;;) {
        ui_frame_begin(s, KEYS);
        s->reserved = 1; /* in the smallest window one still sees what one types */
        if (s->rows >= 6)
            ui_frame_line(s, UI_BOLD, "%s", title);
        if (s->rows >= 10)
            ui_frame_line(s, UI_PLAIN, "%s", "");
        ui_frame_wrap(s, UI_BOLD, 0, prompt);
        if (help)
            ui_frame_wrap(s, UI_DIM, 0, help);
        if (problem)
            ui_frame_problem(s, problem);
        s->reserved = 0;
        ui_edit_draw(edit, s, "> ");
        if (s->rows >= 10)
            ui_frame_line(s, UI_PLAIN, "%s", "");
        if (ui_frame_end(s, err) < 0 || ui_screen_key(s, &key, err) < 0)
            return UI_FAILED;
        if (key == UI_KEY_ENTER)
            return UI_TAKEN;
        if (key == UI_KEY_ESCAPE)
            return UI_BACK;
        if (key == UI_CONTROL('D'))
            return UI_REST;
        ui_edit_key(edit, key);
    }
}

/* Whether the text of a list names the item. */
static bool holds(const struct ais_variable *v, const char *text, const char *item) {
    char reason[512];
    json_t *value = v->type == AIS_CHOICES ? ais_value_parse(v, text, reason, sizeof reason) : NULL;
    bool found = v->type != AIS_CHOICES && strcmp(text, item) == 0;
    for (size_t i = 0; i < json_array_size(value) && !found; i++)
        found = strcmp(json_string_value(json_array_get(value, i)), item) == 0;
    json_decref(value);
    return found;
}

/* The answer of a menu as text: the item, or the list of those that are on. */
static char *menu_text(const struct ui_menu *m) {
    json_t *list = json_array();
    char *text;
    if (!m->many) {
        json_decref(list);
        return ais_strdup(m->items[m->at].name);
    }
    for (size_t i = 0; i < m->count; i++)
        if (m->items[i].on && json_array_append_new(list, json_string(m->items[i].name)) < 0)
            break;
    text = ais_value_text(list);
    json_decref(list);
    return text;
}

/* A question with choices, or of yes and no. */
static enum ui_done ask_menu(struct ui_questions *q, const struct ais_variable *v,
                             const char *start, const char *problem, char **text,
                             struct ais_error *err) {
    bool yes_no = v->type == AIS_BOOLEAN;
    struct ui_menu m = {
        .title = v->prompt, .help = v->help, .problem = problem, .many = v->type == AIS_CHOICES};
    enum ui_done done = UI_FAILED;
    m.keys = m.many ? "Space: on or off   " KEYS : KEYS;
    m.count = yes_no ? 2 : json_array_size(v->choices);
    m.items = ais_calloc(m.count + 1, sizeof *m.items);
    if (!m.items) {
        ais_fail_memory(err);
        return UI_FAILED;
    }
    for (size_t i = 0; i < m.count; i++) {
        m.items[i].name =
            yes_no ? (i ? "no" : "yes") : json_string_value(json_array_get(v->choices, i));
        m.items[i].on = start && holds(v, start, m.items[i].name);
        if (!m.many && m.items[i].on)
            m.at = i;
    }
    done = ui_menu_run(&m, q->screen, err);
    if (done == UI_TAKEN && !(*text = menu_text(&m))) {
        ais_fail_memory(err);
        done = UI_FAILED;
    }
    ais_free(m.items);
    return done;
}

static enum ui_done ask_line(struct ui_questions *q, const struct ais_variable *v,
                             const char *start, const char *problem, char **text,
                             struct ais_error *err) {
    struct ui_edit edit = {.hidden = v->secret};
    enum ui_done done;
    if (problem && v->pattern && v->help && strstr(problem, v->pattern))
        problem = "is not what is described above"; /* which tells more than the pattern */
    ui_edit_set(&edit, start ? start : "");
    done = ui_ask_text(q->screen, q->title, v->prompt, v->help, problem, &edit, err);
    if (done == UI_TAKEN && !(*text = ais_strdup(edit.text))) {
        ais_fail_memory(err);
        done = UI_FAILED;
    }
    return done;
}

static struct ui_answered *find(struct ui_questions *q, const char *name) {
    for (size_t i = 0; i < q->count; i++)
        if (strcmp(q->answered[i].name, name) == 0)
            return &q->answered[i];
    return NULL;
}

/* Keeps a copy of the answer. */
static int keep(struct ui_questions *q, const char *name, const char *text, bool own,
                struct ais_error *err) {
    struct ui_answered *found = find(q, name);
    char *copy = ais_strdup(text);
    if (found && copy) {
        ais_free(found->text);
    } else if (copy && ais_grow(&q->answered, &q->capacity, q->count + 1, sizeof *found) == 0) {
        found = &q->answered[q->count];
        found->name = ais_strdup(name);
        q->count += found->name != NULL;
    }
    if (!copy || !found || !found->name) {
        ais_free(copy);
        return ais_fail_memory(err);
    }
    found->text = copy;
    found->own = own;
    return 0;
}

/* What a question begins with: what was answered before, else what is suggested. */
static const char *choose_start(struct ui_questions *q, const char *name, const char *suggestion) {
    const struct ui_answered *before = find(q, name);
    return before && before->own ? before->text : suggestion;
}

static char *show(struct ui_questions *q, const struct ais_variable *v, const char *suggestion,
                  const char *problem, struct ais_error *err) {
    const char *start = choose_start(q, v->name, suggestion);
    bool menu = v->type == AIS_CHOICE || v->type == AIS_CHOICES || v->type == AIS_BOOLEAN;
    char *text = NULL;
    enum ui_done done = menu ? ask_menu(q, v, start, problem, &text, err)
                             : ask_line(q, v, start, problem, &text, err);
    if (done == UI_BACK) {
        q->went_back = true;
        ais_fail(err, AIS_ANSWERS, "the question was gone back from");
        return NULL;
    }
    if (done == UI_REST) {
        q->rest = true;
        text = ais_strdup(start ? start : "");
    }
    if (!text || keep(q, v->name, text, !suggestion || strcmp(text, suggestion) != 0, err) < 0) {
        ais_free(text);
        ais_fail_memory(err);
        return NULL;
    }
    return text;
}

static char *ask(void *payload, const struct ais_variable *v, const json_t *suggestion,
                 const char *problem, struct ais_error *err) {
    struct ui_questions *q = payload;
    char *suggested = suggestion ? ais_value_text(suggestion) : NULL, *text = NULL;
    const char *start = choose_start(q, v->name, suggested);
    if (suggestion && !suggested) {
        ais_fail_memory(err);
        return NULL;
    }
    if (q->last != v->name)
        q->position++;
    q->last = v->name;
    if (!problem && start && (q->position < q->open || q->rest))
        text = ais_strdup(start);
    else
        text = show(q, v, suggested, problem, err);
    ais_free(suggested);
    return text;
}

enum ui_done ui_questions_ask(struct ui_questions *q, struct ais_answers *a,
                              struct ais_error *err) {
    struct ais_asker asker = {.ask = ask, .payload = q};
    for (;;) {
        struct ais_error failed = {0};
        q->position = 0;
        q->last = NULL;
        q->went_back = false;
        if (ais_answers_resolve(a, &asker, false, &failed) == 0) {
            q->open = q->position; /* to come back to the last one */
            return UI_TAKEN;
        }
        if (!q->went_back) {
            *err = failed;
            return UI_FAILED;
        }
        q->rest = false;
        q->open = q->position ? q->position - 1 : 0;
        if (!q->open)
            return UI_BACK;
    }
}

void ui_questions_release(struct ui_questions *q) {
    for (size_t i = 0; i < q->count; i++) {
        ais_free(q->answered[i].name);
        ais_free(q->answered[i].text);
    }
    ais_free(q->answered);
    q->answered = NULL;
    q->count = q->capacity = 0;
}
