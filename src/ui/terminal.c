#include "ui/terminal.h"

#include "base/text.h"

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

/* A line is the answer; an empty one is the suggestion, if there is one. */
static char *ask(void *payload, const struct ais_variable *v, const json_t *suggestion,
                 const char *problem, struct ais_error *err) {
    char *line = NULL, *answer;
    size_t capacity = 0;
    ssize_t size;
    (void)payload;
    if (problem) {
        fputs("  ", stderr);
        ui_print(stderr, problem);
        fputc('\n', stderr);
    }
    show_question(v, suggestion);
    size = getline(&line, &capacity, stdin);
    if (size < 0) {
        free(line);
        fputc('\n', stderr);
        ais_fail(err, AIS_ANSWERS, "the input ended before \"%s\" was answered", v->name);
        return NULL;
    }
    while (size && (line[size - 1] == '\n' || line[size - 1] == '\r'))
        line[--size] = '\0';
    answer = size == 0 && suggestion ? ais_value_text(suggestion) : ais_strdup(line);
    free(line);
    if (!answer)
        ais_fail_memory(err);
    return answer;
}

struct ais_asker ui_asker(void) {
    return (struct ais_asker){.ask = ask};
}
