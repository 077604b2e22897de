#include "cmd/words.h"

#include "base/io.h"
#include "base/mem.h"
#include "cmd/words_project.h"
#include "template/template.h"
#include "ui/terminal.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { OPTIONS_MAX = 40 };

/* A command line up to the cursor, taken apart. Everything is borrowed. */
struct line {
    const struct cmd *cmd;
    struct cmd_option options[OPTIONS_MAX];
    size_t option_count;
    const char *current;              /* the word at the cursor, without `before` */
    char before[64];                  /* "--edition=" where the value is joined */
    const struct cmd_option *pending; /* the option whose value is at the cursor, or NULL */
    bool only_arguments;              /* after "--" */
    bool remove;                      /* there is --remove */
    const char *arguments[8];         /* those before the cursor */
    size_t argument_count;
    struct cmd_list templates;
};

static void see(void *payload, const struct cmd_option *options) {
    struct line *l = payload;
    for (; options->name && l->option_count < OPTIONS_MAX; options++)
        l->options[l->option_count++] = *options;
}

/* Prints the word if the one at the cursor can become it. */
static void offer(const struct line *l, const char *word, const char *end, const char *help) {
    size_t size = strlen(l->current), whole = strlen(word);
    if (size <= whole
            ? strncmp(l->current, word, size) != 0
            : strncmp(l->current, word, whole) != 0 || strcmp(l->current + whole, end) != 0)
        return;
    printf("%s", l->before);
    ui_print(stdout, word);
    printf("%s\t", end);
    ui_print(stdout, help ? help : "");
    putchar('\n');
}

/* An item of a list whose items before the last comma are typed already. */
static void offer_item(const struct line *l, const char *start, const char *item) {
    char word[1024];
    const char *comma = strrchr(l->current + strlen(start), ',');
    const char *typed = l->current + strlen(start);
    size_t size = strlen(item), kept = comma ? (size_t)(comma + 1 - l->current) : strlen(start);
    for (const char *at = typed; comma && at < comma; at += strcspn(at, ",") + 1)
        if (strncmp(at, item, size) == 0 && at[size] == ',')
            return;
    snprintf(word, sizeof word, "%.*s%s", (int)kept, kept ? l->current : "", item);
    offer(l, word, "", NULL);
}

/* The words of "a|b|c". */
static void offer_alternatives(const struct line *l, const char *text) {
    while (*text) {
        char word[64];
        size_t size = strcspn(text, "|");
        snprintf(word, sizeof word, "%.*s", (int)size, text);
        offer(l, word, "", NULL);
        text += size + (text[size] == '|');
    }
}

static void offer_commands(const struct line *l) {
    for (size_t i = 0; cmd_all[i]; i++)
        offer(l, cmd_all[i]->name, "", cmd_all[i]->summary);
}

static void offer_topics(const struct line *l) {
    offer_commands(l);
    for (size_t i = 0; cmd_topic(i); i++)
        offer(l, cmd_topic(i), "", NULL);
}

static void offer_options(const struct line *l) {
    char word[80];
    for (size_t i = 0; i < l->option_count; i++) {
        snprintf(word, sizeof word, "--%s", l->options[i].name);
        offer(l, word, "", l->options[i].help);
    }
    offer(l, "--help", "", "show the help of this command");
}

/* Names of the catalogue; of ideas with what they are. */
static void offer_catalogue(const struct line *l, const char *kind) {
    struct cmd_catalogue c = {0};
    struct ais_names names = {0};
    struct ais_error err = {0};
    bool ideas = strcmp(kind, "ideas") == 0;
    if (cmd_catalogue_open(&c, &l->templates, &err) == 0)
        ais_catalogue_names(&c.catalogue, kind, &names, &err);
    for (size_t i = 0; i < names.count; i++) {
        struct ais_template *t = NULL;
        if (strncmp(names.names[i], l->current, strlen(l->current)) != 0)
            continue;
        if (ideas)
            t = ais_template_load(&c.catalogue, names.names[i], &err);
        offer(l, names.names[i], "", t ? ais_template_manifest(t)->summary : NULL);
        ais_template_free(t);
    }
    ais_names_release(&names);
    cmd_catalogue_release(&c);
}

static void offer_switch(void *payload, const char *word, const char *help) {
    offer(payload, word, "", help);
}

/* In a project what it could have more, or less; elsewhere all there is. */
static void offer_layers(struct line *l) {
    struct cmd_catalogue c = {0};
    struct ais_error err = {0};
    if (cmd_catalogue_open(&c, &l->templates, &err) < 0 ||
        !cmd_project_switches(&c.catalogue, l->remove, offer_switch, l))
        offer_catalogue(l, "layers");
    cmd_catalogue_release(&c);
}

static void offer_source(const struct line *l) {
    if (strchr(l->current, '/') || *l->current == '.' || *l->current == '~')
        puts(":folders");
    else
        offer_catalogue(l, "ideas");
}

static void offer_values(const struct line *l, const struct ais_variable *v) {
    char start[256], word[512];
    snprintf(start, sizeof start, "%s=", v->name);
    for (size_t i = 0; i < json_array_size(v->choices); i++) {
        const char *choice = json_string_value(json_array_get(v->choices, i));
        snprintf(word, sizeof word, "%s%s", start, choice);
        if (v->type == AIS_CHOICES)
            offer_item(l, start, choice);
        else
            offer(l, word, "", NULL);
    }
    for (size_t i = 0; v->type == AIS_BOOLEAN && i < 2; i++) {
        snprintf(word, sizeof word, "%s%s", start, i ? "no" : "yes");
        offer(l, word, "", NULL);
    }
}

/* NAME=VALUE: the variables of the template; behind '=', what one of them takes. */
static void offer_answers(const struct line *l, const struct ais_template *t, bool values) {
    size_t size = strcspn(l->current, "=");
    for (size_t i = 0; i < t->variable_count; i++) {
        const struct ais_variable *v = t->variables[i].variable;
        if (v->computed)
            continue;
        if (!l->current[size])
            offer(l, v->name, "=", v->prompt);
        else if (values && strncmp(v->name, l->current, size) == 0 && !v->name[size])
            offer_values(l, v);
    }
}

static void offer_milestones(const struct line *l, const struct ais_template *t) {
    const struct ais_manifest *m = ais_template_manifest(t);
    for (size_t i = 0; i < m->milestone_count; i++)
        offer_item(l, "", m->milestones[i].id);
}

/* The k-th word of the arguments in `usage`, with what may stand around it taken off; "" behind the
 * last. Of alternatives ("copy SOURCE DIR | new NAME") the one that the line has begun. */
static void name_argument(const struct line *l, size_t k, char *name, size_t size) {
    const char *at = l->cmd->arguments, *first = l->argument_count ? l->arguments[0] : NULL;
    size_t index = 0;
    *name = '\0';
    for (const char *bar = at; k && first && (bar = strstr(bar, " | ")); bar += 3)
        if (strncmp(bar + 3, first, strlen(first)) == 0)
            at = bar + 3;
    while (*at && *at != '|') {
        size_t length = strcspn(at, " "), from = strspn(at, "["), to = length;
        if (*at == '-') { /* an option that the usage shows */
            at += length + 1;
            at += strcspn(at, " ");
        } else {
            bool more = length > 3 && strstr(at, "...") && strstr(at, "...") < at + length;
            while (to > from && strchr("].", at[to - 1]))
                to--;
            snprintf(name, size, "%.*s", (int)(to - from), at + from);
            if (index++ == k || more)
                return;
            at += length;
        }
        at += strspn(at, " ");
    }
    *name = '\0';
}

/* The template that the line has named, or NULL. */
static struct ais_template *chosen(const struct line *l, struct cmd_catalogue *c) {
    struct ais_error ignored = {0};
    char name[64];
    for (size_t i = 0; i < l->argument_count; i++) {
        name_argument(l, i, name, sizeof name);
        if (strcmp(name, "SOURCE") == 0 && cmd_catalogue_open(c, &l->templates, &ignored) == 0)
            return ais_template_load(&c->catalogue, l->arguments[i], &ignored);
    }
    return NULL;
}

static void offer_of_template(const struct line *l, const char *name) {
    struct cmd_catalogue c = {0};
    struct ais_template *t = chosen(l, &c);
    if (t && strcmp(name, "ID,...") == 0)
        offer_milestones(l, t);
    else if (t)
        offer_answers(l, t, strcmp(name, "NAME=VALUE") == 0);
    ais_template_free(t);
    cmd_catalogue_release(&c);
}

/* Offers what the usage calls `name`. */
static void offer_named(struct line *l, const char *name) {
    static const struct {
        const char *name, *words;
    } fixed[] = {{"EDITION", "complete|starter"},
                 {"HOW", "mark|keep"},
                 {"FORMAT", "tar.gz|tar.zst|tar.xz|tar|zip"},
                 {"DIR", ":folders"},
                 {"FILE", ":files"},
                 {"PATH", ":files"},
                 {"JSON", ":files"},
                 {"KIT-or-DIR", ":files"},
                 {"KEY", "author|email|colours|templates|defaults."}};
    if (islower((unsigned char)*name))
        offer_alternatives(l, name);
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        if (strcmp(name, fixed[i].name) != 0)
            continue;
        if (*fixed[i].words == ':')
            puts(fixed[i].words);
        else
            offer_alternatives(l, fixed[i].words);
    }
    if (strcmp(name, "SOURCE") == 0)
        offer_source(l);
    else if (strcmp(name, "LAYER") == 0)
        offer_layers(l);
    else if (strcmp(name, "TOPIC") == 0)
        offer_topics(l);
    else if (strcmp(name, "VALUE") == 0 && strcmp(l->arguments[1], "colours") == 0)
        offer_alternatives(l, "auto|always|never");
    else if (strchr(name, '=') || strcmp(name, "ID,...") == 0)
        offer_of_template(l, name);
}

static const struct cmd_option *find_option(const struct line *l, const char *word) {
    size_t size = strcspn(word + 2, "=");
    for (size_t i = 0; i < l->option_count; i++) {
        const struct cmd_option *o = &l->options[i];
        if (word[1] == '-' ? strncmp(o->name, word + 2, size) == 0 && !o->name[size]
                           : o->letter == word[1])
            return o;
    }
    return NULL;
}

/* An option before the cursor: true where the next word is its value. */
static bool take_option(struct line *l, const char *word, const char *next, struct ais_error *err) {
    const struct cmd_option *o = find_option(l, word);
    const char *joined = word[1] == '-' ? strchr(word, '=') : word[2] ? word + 1 : NULL;
    l->remove |= o && strcmp(o->name, "remove") == 0;
    if (!o || o->kind == CMD_FLAG || o->kind == CMD_OPTIONAL)
        return false;
    if (strcmp(o->name, "templates") == 0 &&
        ais_grow(&l->templates.values, &l->templates.capacity, l->templates.count + 1,
                 sizeof *l->templates.values) == 0)
        l->templates.values[l->templates.count++] = joined ? joined + 1 : next;
    else if (strcmp(o->name, "templates") == 0)
        ais_fail_memory(err);
    if (!joined)
        l->pending = o;
    return !joined;
}

static int take_apart(struct line *l, char *const *words, size_t count, struct ais_error *err) {
    const char *equals;
    for (size_t i = 1; i + 1 < count; i++) {
        const char *word = words[i];
        l->pending = NULL;
        if (l->only_arguments || word[0] != '-' || !word[1]) {
            if (l->argument_count < sizeof l->arguments / sizeof *l->arguments)
                l->arguments[l->argument_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            l->only_arguments = true;
        } else if (take_option(l, word, words[i + 1], err) && i + 2 < count) {
            i++;
            l->pending = NULL;
        }
    }
    l->current = words[count - 1];
    equals = strchr(l->current, '=');
    if (!l->pending && !l->only_arguments && strncmp(l->current, "--", 2) == 0 && equals) {
        l->pending = find_option(l, l->current);
        snprintf(l->before, sizeof l->before, "%.*s", (int)(equals + 1 - l->current), l->current);
        l->current = equals + 1;
    }
    return err->status == AIS_OK ? 0 : -1;
}

int cmd_words_print(char *const *words, size_t count, struct ais_error *err) {
    struct line l = {.current = count ? words[0] : ""};
    char name[64];
    int rc = -1;
    if (count < 2) {
        offer_commands(&l);
        offer_alternatives(&l, "--help|--version");
        return cmd_flush(err);
    }
    l.cmd = cmd_find(words[0]);
    if (!l.cmd)
        return 0;
    cmd_look(l.cmd, see, &l);
    if (take_apart(&l, words, count, err) < 0)
        goto out;
    if (l.pending && l.pending->value) {
        offer_named(&l, l.pending->value);
    } else if (*l.current == '-' && !l.only_arguments) {
        offer_options(&l);
    } else {
        name_argument(&l, l.argument_count, name, sizeof name);
        if (l.argument_count == 0) /* each alternative's first word */
            for (const char *bar = l.cmd->arguments; (bar = strstr(bar, " | ")); bar += 3) {
                char first[64];
                snprintf(first, sizeof first, "%.*s", (int)strcspn(bar + 3, " "), bar + 3);
                offer_alternatives(&l, first);
            }
        offer_named(&l, name);
    }
    rc = cmd_flush(err);
out:
    cmd_list_release(&l.templates);
    return rc;
}
