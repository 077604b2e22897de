#include "cmd/line.h"

#include "base/mem.h"
#include "base/path.h"
#include "ui/terminal.h"

#include <stdio.h>
#include <string.h>

/* The words of the line; all are the list's own. */
struct words {
    char **list;
    size_t count, capacity;
};

static int add(struct words *w, char *word, struct ais_error *err) {
    if (!word || ais_grow(&w->list, &w->capacity, w->count + 2, sizeof *w->list) < 0) {
        ais_free(word);
        return ais_fail_memory(err);
    }
    w->list[w->count++] = word;
    w->list[w->count] = NULL;
    return 0;
}

/* -s NAME=VALUE */
static int add_answer(struct words *w, const char *name, const json_t *value,
                      struct ais_error *err) {
    struct ais_buf word = AIS_BUF(2 << 20);
    char *text = ais_value_text(value);
    if (text) {
        ais_buf_printf(&word, "%s=", name);
        ais_buf_str(&word, text);
    }
    ais_free(text);
    return add(w, ais_strdup("-s"), err) < 0 || add(w, ais_buf_take(&word), err) < 0 ? -1 : 0;
}

/* Prints a word as a shell takes it; of NAME=VALUE, only the value is quoted. */
static void print_word(const char *word) {
    const char *plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,:@%+";
    size_t name = strcspn(word, "=");
    const char *value = word[name] && strspn(word, plain) >= name ? word + name + 1 : word;
    fprintf(stderr, " %.*s", (int)(value - word), word);
    if (*value && strspn(value, plain) == strlen(value)) {
        fputs(value, stderr);
        return;
    }
    fputc('\'', stderr);
    for (; *value; value += strcspn(value, "'"), value += *value == '\'') {
        char part[4096];
        size_t size = strcspn(value, "'");
        snprintf(part, sizeof part, "%.*s", (int)size, value);
        ui_print(stderr, part);
        if (value[size])
            fputs("'\\''", stderr);
    }
    fputc('\'', stderr);
}

static int add_secrets(struct words *w, const struct ais_answers *answers, struct ais_error *err) {
    const struct ais_template *t = ais_answers_template(answers);
    for (size_t i = 0; i < t->variable_count; i++) {
        const struct ais_variable *v = t->variables[i].variable;
        const json_t *value = json_object_get(ais_answers_all(answers), v->name);
        if (v->secret && !v->computed && value && add_answer(w, v->name, value, err) < 0)
            return -1;
    }
    return 0;
}

int cmd_line_run(const char *idea, const char *folder, const struct ais_answers *answers,
                 struct ais_error *err) {
    json_t *least = ais_answers_least(answers, err), *value;
    struct words w = {0};
    const char *name;
    char **argv = NULL;
    size_t printed;
    int rc = -1;
    if (!least || add(&w, ais_strdup("new"), err) < 0 || add(&w, ais_strdup(idea), err) < 0 ||
        add(&w, *folder == '-' ? ais_path_join(".", folder) : ais_strdup(folder), err) < 0 ||
        add(&w, ais_strdup("-y"), err) < 0)
        goto out;
    json_object_foreach(least, name, value) if (add_answer(&w, name, value, err) < 0) goto out;
    printed = w.count;
    if (add_secrets(&w, answers, err) < 0)
        goto out;
    fputs("$ aiscaffold", stderr);
    for (size_t i = 0; i < printed; i++)
        print_word(w.list[i]);
    if (printed < w.count)
        fputs(" (and -s for what is secret)", stderr);
    fputc('\n', stderr);
    argv = ais_calloc(w.count + 1, sizeof *argv); /* parsing changes it */
    if (!argv) {
        ais_fail_memory(err);
        goto out;
    }
    for (size_t i = 0; i < w.count; i++)
        argv[i] = w.list[i];
    rc = cmd_new.run(&cmd_new, (int)w.count, argv, err);
out:
    ais_free(argv);
    for (size_t i = 0; i < w.count; i++)
        ais_free(w.list[i]);
    ais_free(w.list);
    json_decref(least);
    return rc;
}
