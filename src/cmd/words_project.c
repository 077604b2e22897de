#include "cmd/words_project.h"

#include "base/io.h"
#include "base/mem.h"
#include "kit/record.h"
#include "template/switch.h"

#include <string.h>

struct project {
    struct ais_record record;
    struct ais_template *t;
};

/* A record may name anything; only names of the catalogue are looked up. */
static bool read_project(struct project *p, const struct ais_catalogue *catalogue) {
    struct ais_buf text = AIS_BUF(AIS_RECORD_BYTES_MAX);
    struct ais_names names = {0};
    struct ais_error ignored = {0};
    if (ais_read_file(AIS_RECORD_PATH, &text, &ignored) == 0 &&
        ais_record_parse(&p->record, AIS_RECORD_PATH, ais_buf_text(&text), text.size, &ignored) ==
            0 &&
        ais_catalogue_names(catalogue, "ideas", &names, &ignored) == 0)
        for (size_t i = 0; i < names.count && !p->t; i++)
            if (strcmp(names.names[i], p->record.template_name) == 0)
                p->t = ais_template_load(catalogue, names.names[i], &ignored);
    ais_names_release(&names);
    ais_buf_release(&text);
    return p->t != NULL;
}

/* The recorded answers, as far as the template takes them. */
static struct ais_answers *recorded(const struct project *p) {
    struct ais_error ignored = {0};
    struct ais_answers *answers = ais_answers_new(p->t, &ignored);
    const char *name;
    json_t *value;
    char reason[512];
    json_object_foreach(p->record.answers, name, value) {
        const struct ais_declared *d = ais_template_variable(p->t, name);
        if (answers && d && !d->variable->computed &&
            ais_value_check(d->variable, value, reason, sizeof reason) == 0)
            ais_answers_change(answers, name, value, &ignored);
    }
    return answers;
}

/* The answer that switches it, the caller's (ais_free), or NULL. */
static char *find_switch(const struct project *p, const char *name, bool off) {
    const struct ais_switch wish = {name, off};
    struct ais_error ignored = {0};
    struct ais_answers *answers = recorded(p);
    char *set = NULL;
    if (answers && ais_answers_switch(answers, p->t, &wish, &set, &ignored) < 0)
        set = NULL;
    ais_answers_free(answers);
    return set;
}

static bool is_layer(const struct ais_template *t, const char *name) {
    for (size_t i = 0; i + 1 < t->part_count; i++)
        if (strcmp(t->parts[i]->manifest.name, name) == 0)
            return true;
    return false;
}

bool cmd_project_switches(const struct ais_catalogue *catalogue, bool off,
                          void (*offer)(void *payload, const char *word, const char *help),
                          void *payload) {
    struct project p = {0};
    bool found = read_project(&p, catalogue);
    for (size_t i = 0; found && i + 1 < p.t->part_count; i++) {
        const char *name = p.t->parts[i]->manifest.name;
        char *set = find_switch(&p, name, off);
        if (set)
            offer(payload, name, set);
        ais_free(set);
    }
    for (size_t i = 0; found && i < p.t->variable_count; i++) {
        const struct ais_variable *v = p.t->variables[i].variable;
        for (size_t k = 0; v->type == AIS_CHOICES && k < json_array_size(v->choices); k++) {
            const char *name = json_string_value(json_array_get(v->choices, k));
            char *set = is_layer(p.t, name) ? NULL : find_switch(&p, name, off);
            if (set)
                offer(payload, name, set);
            ais_free(set);
        }
    }
    ais_template_free(p.t);
    ais_record_release(&p.record);
    return found;
}
