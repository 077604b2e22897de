#include "ui/terminal.h"

#include "base/text.h"
#include "ui/tty.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool ui_can_ask(void) {
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

void ui_print(FILE *out, const char *text) {
    char line[4096];
    fputs(ais_text_printable(text, line, sizeof line), out);
}

static void show_question(const struct ais_variable *v, const json_t *suggestion) {
    char *text = suggestion ? ais_value_text(suggestion) : NULL;
    if (v->help) {
        fputs("  ", stderr);
        ui_print(stderr, v->help);
        fputc('\n', stderr);
    }
    ui_print(stderr, v->prompt);
    if (v->choices) {
        fputs(v->type == AIS_CHOICES ? " (any of " : " (", stderr);
        for (size_t i = 0; i < json_array_size(v->choices); i++) {
            fputs(i ? ", " : "", stderr);
            ui_print(stderr, json_string_value(json_array_get(v->choices, i)));
        }
        fputc(')', stderr);
    } else if (v->type == AIS_BOOLEAN) {
        fputs(" (yes, no)", stderr);
    }
    if (text && !v->secret) {
        fputs(" [", stderr);
        ui_print(stderr, text);
        fputc(']', stderr);
    }
    fputs(": ", stderr);
    fflush(stderr);
    ais_free(text);
}

/* Reads a line without its end; NULL where the input ends. A secret one is not shown while it is
 * typed. */
static char *read_line(bool secret, struct ais_error *err) {
    struct termios mode;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    bool held = secret && ui_tty_mode(&mode, err) == 0 && mode.c_lflag & ECHO;
    if (held) {
        mode.c_lflag &= ~(tcflag_t)ECHO;
        mode.c_lflag |= ECHONL;
        if (ui_tty_hold(&mode, "", "", err) < 0)
            return NULL;
    }
    size = getline(&line, &capacity, stdin);
    if (held)
        ui_tty_release();
    while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r'))
        line[--size] = '\0';
    if (size >= 0)
        return line;
    free(line);
    fputc('\n', stderr);
    return NULL;
}

char *ui_ask_line(const char *prompt, bool secret, struct ais_error *err) {
    char *line;
    ui_print(stderr, prompt);
    fflush(stderr);
    line = read_line(secret, err);
    if (!line)
        ais_fail(err, AIS_ANSWERS, "the input ended before all was answered");
    return line;
}

/* A line is the answer; an empty one is the suggestion, if there is one. */
static char *ask(void *payload, const struct ais_variable *v, const json_t *suggestion,
                 const char *problem, struct ais_error *err) {
    char *line, *answer;
    (void)payload;
    if (problem) {
        fputs("  ", stderr);
        ui_print(stderr, problem);
        fputc('\n', stderr);
    }
    show_question(v, suggestion);
    line = read_line(v->secret, err);
    if (!line) {
        ais_fail(err, AIS_ANSWERS, "the input ended before \"%s\" was answered", v->name);
        return NULL;
    }
    answer = !*line && suggestion ? ais_value_text(suggestion) : ais_strdup(line);
    free(line);
    if (!answer)
        ais_fail_memory(err);
    return answer;
}

struct ais_asker ui_asker(void) {
    return (struct ais_asker){.ask = ask};
}
