#include "cmd/cmd.h"

#include "base/mem.h"
#include "cmd/line.h"
#include "plan/plan.h"
#include "ui/questions.h"
#include "ui/terminal.h"
#include "ui/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything that a first session holds. */
struct start {
    struct cmd_catalogue catalogue;
    json_t *ideas, *broken;
    size_t chosen;
    struct ais_template *t;
    struct ais_answers *answers;
    struct ais_plan plan;
    struct ui_screen screen;
    struct ui_questions questions;
    struct ui_edit folder;
};

static const char *idea_text(const struct start *s, size_t i, const char *key) {
    return json_string_value(json_object_get(json_array_get(s->ideas, i), key));
}

/* Chooses idea i: its template, and what is known of the user. */
static int load(struct start *s, size_t i, struct ais_error *err) {
    const char *name = idea_text(s, i, "name");
    char folder[300];
    struct ais_error taken = {0};
    ais_answers_free(s->answers);
    ais_template_free(s->t);
    ui_questions_release(&s->questions);
    s->questions = (struct ui_questions){.screen = &s->screen, .title = name};
    s->chosen = i;
    s->t = ais_template_load(&s->catalogue.catalogue, name, err);
    s->answers = s->t ? ais_answers_new(s->t, err) : NULL;
    if (!s->answers)
        return -1;
    snprintf(folder, sizeof folder, "%.250s", name);
    for (int n = 2; n < 100 && ais_folder_check(folder, &taken) < 0; n++) {
        snprintf(folder, sizeof folder, "%.250s-%d", name, n);
        taken = (struct ais_error){0};
    }
    ui_edit_set(&s->folder, folder);
    return cmd_suggest(s->answers, true, err);
}

static int make_plan(struct start *s, struct ais_error *err) {
    static const struct ais_edition complete = {0};
    ais_plan_release(&s->plan);
    s->plan = (struct ais_plan){0};
    return ais_plan_make(&s->plan, s->t, s->answers, &complete, err);
}

/* The tree that would be made, as text: the caller's (free). */
static char *tree_text(struct start *s, struct ais_error *err) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (out) {
        ui_draw_tree(out, &s->plan, s->folder.text);
        if (fclose(out) == 0)
            return text;
    }
    free(text);
    ais_fail_memory(err);
    return NULL;
}

static void show_idea(void *payload, struct ui_screen *screen, size_t i) {
    const struct start *s = payload;
    const json_t *about = json_object_get(json_array_get(s->ideas, i), "about");
    const char *level = json_string_value(json_object_get(about, "level"));
    const char *proves = json_string_value(json_object_get(about, "proves"));
    if (proves)
        ui_frame_wrap(screen, UI_PLAIN, 2, proves);
    if (level)
        ui_frame_line(screen, UI_DIM, "  %s, about %g hours", level,
                      json_number_value(json_object_get(about, "hours")));
}

static enum ui_done pick(struct start *s, struct ais_error *err) {
    struct ui_menu m = {.title = "What do you want to build?",
                        .keys = "Type to search   Enter: choose   Ctrl-D: with all defaults   "
                                "Esc: leave",
                        .count = json_array_size(s->ideas),
                        .filters = true,
                        .at = s->chosen,
                        .detail = show_idea,
                        .payload = s};
    enum ui_done done = UI_FAILED;
    m.items = ais_calloc(m.count + 1, sizeof *m.items);
    if (!m.items) {
        ais_fail_memory(err);
        return UI_FAILED;
    }
    for (size_t i = 0; i < m.count; i++)
        m.items[i] = (struct ui_item){idea_text(s, i, "name"), idea_text(s, i, "summary"), false};
    done = ui_menu_run(&m, &s->screen, err);
    ais_free(m.items);
    if (done == UI_TAKEN || done == UI_REST) {
        if ((!s->t || m.at != s->chosen) && load(s, m.at, err) < 0)
            return UI_FAILED;
        s->questions.rest = done == UI_REST;
    }
    return done;
}

static enum ui_done ask_folder(struct start *s, struct ais_error *err) {
    const char *name = idea_text(s, s->chosen, "name");
    struct ais_error problem = {0};
    enum ui_done done;
    if (s->questions.rest && cmd_target_check(s->folder.text, name, name, &problem) == 0)
        return UI_TAKEN;
    for (;;) {
        char text[1024];
        done = ui_ask_text(&s->screen, name, "Folder to make it in", NULL,
                           problem.status ? ais_error_text(&problem, text, sizeof text) : NULL,
                           &s->folder, err);
        if (done != UI_TAKEN && done != UI_REST)
            return done;
        problem = (struct ais_error){0};
        if (cmd_target_check(s->folder.text, name, name, &problem) == 0)
            return UI_TAKEN;
    }
}

static enum ui_done preview(struct start *s, struct ais_error *err) {
    char title[400], *tree;
    enum ui_done done;
    s->questions.rest = false;
    if (make_plan(s, err) < 0 || !(tree = tree_text(s, err)))
        return UI_FAILED;
    snprintf(title, sizeof title, "%zu files, %zu KiB, from %s", s->plan.count,
             (s->plan.bytes + 1023) / 1024, idea_text(s, s->chosen, "name"));
    done = ui_view_run(&s->screen, title, tree,
                       "Enter: make it   Up, Down: scroll   Esc: back   Ctrl-C: leave", err);
    free(tree);
    return done;
}

/* One step after another; Escape goes back one. UI_BACK where the first was left. */
static enum ui_done converse(struct start *s, struct ais_error *err) {
    enum { PICK, QUESTIONS, FOLDER, PREVIEW, DONE } step = PICK;
    while (step != DONE) {
        enum ui_done done = step == PICK        ? pick(s, err)
                            : step == QUESTIONS ? ui_questions_ask(&s->questions, s->answers, err)
                            : step == FOLDER    ? ask_folder(s, err)
                                                : preview(s, err);
        if (done == UI_FAILED || (done == UI_BACK && step == PICK))
            return done;
        if (done != UI_BACK)
            step++;
        else if (step == FOLDER && s->questions.position == 0)
            step = PICK; /* a template without questions */
        else
            step--;
    }
    return UI_TAKEN;
}

/* The idea that a line names, by its number or name; -1 with *problem set. */
static int find_idea(const struct start *s, const char *line, size_t *i,
                     struct ais_error *problem) {
    const char *names[256];
    char *end, hint[128];
    size_t count = json_array_size(s->ideas);
    unsigned long number = strtoul(line, &end, 10);
    for (*i = 0; *i < count; ++*i) {
        if (strcmp(idea_text(s, *i, "name"), line) == 0 || (*line && !*end && number == *i + 1))
            return 0;
        names[*i < 256 ? *i : 255] = idea_text(s, *i, "name");
    }
    ais_did_you_mean(hint, sizeof hint, line, names, count < 256 ? count : 256);
    return ais_fail(problem, AIS_ANSWERS, "no idea is called \"%s\"%s", line, hint);
}

static int pick_line(struct start *s, struct ais_error *err) {
    for (size_t i = 0; i < json_array_size(s->ideas); i++) {
        fprintf(stderr, "%3zu  ", i + 1);
        ui_print(stderr, idea_text(s, i, "name"));
        fputs(": ", stderr);
        ui_print(stderr, idea_text(s, i, "summary"));
        fputc('\n', stderr);
    }
    for (;;) {
        struct ais_error problem = {0};
        char *line = ui_ask_line("What do you want to build (number or name): ", false, err);
        size_t i;
        int found = line ? find_idea(s, line, &i, &problem) : -1;
        bool end = !line;
        free(line);
        if (end)
            return -1;
        if (found == 0)
            return load(s, i, err);
        cmd_print_problem(&problem);
    }
}

static int ask_folder_line(struct start *s, struct ais_error *err) {
    const char *name = idea_text(s, s->chosen, "name");
    char prompt[400];
    snprintf(prompt, sizeof prompt, "Folder to make it in [%.300s]: ", s->folder.text);
    for (;;) {
        struct ais_error problem = {0};
        char *line = ui_ask_line(prompt, false, err);
        bool end = !line;
        if (line && *line)
            ui_edit_set(&s->folder, line);
        free(line);
        if (end)
            return -1;
        if (cmd_target_check(s->folder.text, name, name, &problem) == 0)
            return 0;
        cmd_print_problem(&problem);
    }
}

/* The same, line by line, for terminals that show no screens. */
static int converse_in_lines(struct start *s, struct ais_error *err) {
    struct ais_asker asker = ui_asker();
    char *line;
    bool agreed;
    if (pick_line(s, err) < 0 || ais_answers_resolve(s->answers, &asker, false, err) < 0 ||
        ask_folder_line(s, err) < 0 || make_plan(s, err) < 0)
        return UI_FAILED;
    ui_draw_tree(stderr, &s->plan, s->folder.text);
    line = ui_ask_line("Make it (yes, no) [yes]: ", false, err);
    if (!line)
        return UI_FAILED;
    agreed = !*line || *line == 'y' || *line == 'Y';
    free(line);
    return agreed ? UI_TAKEN : UI_BACK;
}

int cmd_start(struct ais_error *err) {
    struct cmd_list none = {0};
    struct start s = {.ideas = json_array(), .broken = json_array()};
    int done = UI_FAILED;
    if (cmd_catalogue_open(&s.catalogue, &none, err) < 0 ||
        cmd_ideas(&s.catalogue.catalogue, s.ideas, s.broken, err) < 0)
        goto out;
    if (!ui_screen_possible(getenv("TERM"))) {
        done = converse_in_lines(&s, err);
    } else if (ui_screen_open(&s.screen, cmd_colour(), err) == 0) {
        done = converse(&s, err);
        ui_screen_close(&s.screen);
    }
    if (done == UI_TAKEN &&
        cmd_line_run(idea_text(&s, s.chosen, "name"), s.folder.text, s.answers, err) < 0)
        done = UI_FAILED;
out:
    ais_plan_release(&s.plan);
    ais_answers_free(s.answers);
    ais_template_free(s.t);
    ui_questions_release(&s.questions);
    cmd_catalogue_release(&s.catalogue);
    json_decref(s.ideas);
    json_decref(s.broken);
    return done == UI_FAILED ? -1 : 0;
}
