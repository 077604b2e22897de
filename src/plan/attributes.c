#include "plan/attributes.h"

#include "plan/roles.h"

#include <stdlib.h>
#include <string.h>

enum state { UNSAID, OFF, AUTO, ON };

/* What the attributes say that make git change bytes. */
struct says {
    enum state text, crlf, ends, ident, encoding, filter;
};

struct rule {
    const struct ais_planned *file; /* that says it */
    unsigned line;
    size_t folder;    /* bytes of its folder's path, with the '/' */
    const char *glob; /* for the whole path below the folder */
    struct says says;
};

struct attributes {
    struct ais_planning *p;
    struct rule *rules;
    size_t count, capacity;
    size_t glob_bytes;
    bool harmful; /* there is a rule that can make git change bytes */
    struct ais_arena arena;
};

static bool is(const char *word, size_t size, const char *name) {
    return strlen(name) == size && memcmp(word, name, size) == 0;
}

/* "-x" and "!x" are off for us: either way nothing is changed. */
static void take_word(struct says *says, const char *word, size_t size) {
    bool off = *word == '-' || *word == '!';
    const char *name = word + off, *equals = memchr(name, '=', size - off);
    size_t name_size = equals ? (size_t)(equals - name) : size - off;
    enum state state = off ? OFF : ON;
    if (equals && is(equals + 1, size - (size_t)(equals + 1 - word), "auto"))
        state = AUTO;
    if (is(name, name_size, "text"))
        says->text = state;
    else if (is(name, name_size, "crlf"))
        says->crlf = state;
    else if (is(name, name_size, "eol"))
        says->ends = state;
    else if (is(name, name_size, "ident"))
        says->ident = state;
    else if (is(name, name_size, "working-tree-encoding") && (equals || off))
        says->encoding = state;
    else if (is(name, name_size, "filter") && (equals || off))
        says->filter = state;
    else if (is(name, name_size, "binary") && !off)
        says->text = OFF;
}

static bool can_change(const struct says *says) {
    return says->text == ON || says->crlf == ON || says->ends == ON || says->ident == ON ||
           says->encoding == ON || says->filter == ON;
}

/* As one of our globs: without a '/' it goes for names in all folders. */
static char *make_glob(struct attributes *a, const char *pattern, size_t size) {
    bool anywhere = !memchr(pattern, '/', size);
    char *glob = ais_arena_alloc(&a->arena, size + 4), *to = glob;
    if (!glob)
        return NULL;
    if (anywhere)
        to = (char *)memcpy(to, "**/", 3) + 3;
    for (size_t i = !anywhere && *pattern == '/'; i < size; i++) {
        const char *end = pattern[i] == '[' ? memchr(pattern + i, ']', size - i) : NULL;
        if (end)
            i = (size_t)(end - pattern);
        else if (pattern[i] == '\\' && i + 1 < size)
            i++;
        *to++ = end ? '?' : pattern[i];
    }
    *to = '\0';
    return glob;
}

static const char blanks[] = " \t\r";

/* One line: a pattern, maybe in quotes, and words. A macro's words go for every file. */
static int take_line(struct attributes *a, const struct ais_planned *file, unsigned line,
                     const char *text, size_t size) {
    const char *slash = strrchr(file->file.path, '/'), *end = text + size, *pattern, *word;
    const struct says nothing = {.text = UNSAID};
    struct rule rule = {.file = file, .line = line};
    bool quoted;
    while (text < end && strchr(blanks, *text) && *text)
        text++;
    if (text == end || *text == '#')
        return 0;
    quoted = *text == '"';
    pattern = text + quoted;
    for (text = pattern; text < end && (quoted ? *text != '"' : !strchr(blanks, *text)); text++)
        ;
    rule.folder = slash ? (size_t)(slash + 1 - file->file.path) : 0;
    rule.glob = size > 6 && memcmp(pattern, "[attr]", 6) == 0
                    ? "**"
                    : make_glob(a, pattern, (size_t)(text - pattern));
    for (text += quoted && text < end; text < end; text = word) {
        for (word = text; word < end && !strchr(blanks, *word); word++)
            ;
        if (word > text)
            take_word(&rule.says, text, (size_t)(word - text));
        word += word < end;
    }
    if (memcmp(&rule.says, &nothing, sizeof nothing) == 0)
        return 0;
    a->harmful |= can_change(&rule.says);
    if (!rule.glob || ais_grow(&a->rules, &a->capacity, a->count + 1, sizeof rule) < 0)
        return ais_fail_memory(a->p->err);
    a->glob_bytes += strlen(rule.glob) + 1;
    a->rules[a->count++] = rule;
    return 0;
}

static int take_file(struct attributes *a, const struct ais_planned *file) {
    const char *text = file->file.data, *end = text + file->file.size;
    for (unsigned line = 1; text < end; line++) {
        const char *next = memchr(text, '\n', (size_t)(end - text));
        size_t size = (size_t)((next ? next : end) - text);
        if (take_line(a, file, line, text, size) < 0)
            return -1;
        text += size + (next != NULL);
    }
    return 0;
}

/* Whether git would take another byte for one of the file's, by `rule`; says what for. */
static const char *fault(const struct says *says, const struct ais_file *file) {
    enum state text = says->text ? says->text : says->crlf; /* the older name of it */
    bool ends = text == ON || (says->ends == ON && text == UNSAID);
    if (says->filter == ON)
        return "a filter";
    if (says->encoding == ON)
        return "another encoding";
    if (!file->size)
        return NULL;
    if (ends && memmem(file->data, file->size, "\r\n", 2))
        return "its line ends";
    if (says->ident == ON && memmem(file->data, file->size, "$Id:", 4))
        return "\"ident\"";
    return NULL;
}

static void take(enum state *state, enum state said) {
    if (said != UNSAID)
        *state = said;
}

/* A folder's rules come before those of the folders below it. */
static int by_folder(const void *a, const void *b) {
    const struct rule *x = a, *y = b;
    if (x->folder != y->folder)
        return x->folder < y->folder ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static int check_file(struct attributes *a, const struct ais_planned *planned) {
    const char *path = planned->file.path, *what;
    const struct rule *last = NULL;
    struct says says = {.text = UNSAID};
    for (size_t i = 0; i < a->count; i++) {
        const struct rule *r = &a->rules[i];
        if (strncmp(path, r->file->file.path, r->folder) != 0 ||
            !ais_glob_match(r->glob, path + r->folder))
            continue;
        last = fault(&r->says, &planned->file) ? r : last;
        take(&says.text, r->says.text);
        take(&says.crlf, r->says.crlf);
        take(&says.ends, r->says.ends);
        take(&says.ident, r->says.ident);
        take(&says.encoding, r->says.encoding);
        take(&says.filter, r->says.filter);
    }
    what = fault(&says, &planned->file);
    if (!what || !last)
        return 0;
    return ais_fail_at(a->p->err, AIS_TEMPLATE, last->file->entry.origin,
                       "line %u of \"%s\" makes git change \"%s\" (%s), and git status would "
                       "not stay clean",
                       last->line, last->file->file.path, path, what);
}

static bool is_attributes(const char *path) {
    const char *slash = strrchr(path, '/');
    return strcmp(slash ? slash + 1 : path, ".gitattributes") == 0;
}

int ais_attributes_check(struct ais_planning *p) {
    struct attributes a = {.p = p};
    uint64_t matching = 0;
    int rc = -1;
    for (size_t i = 0; i < p->count; i++)
        if (is_attributes(p->planned[i].file.path) && take_file(&a, &p->planned[i]) < 0)
            goto out;
    if (a.count)
        qsort(a.rules, a.count, sizeof *a.rules, by_folder);
    for (size_t i = 0; i < p->count && a.harmful; i++) {
        const struct ais_planned *planned = &p->planned[i];
        matching += (uint64_t)strlen(planned->file.path) * a.glob_bytes;
        if (matching > AIS_MATCHING_MAX) {
            ais_fail_at(p->err, AIS_TEMPLATE, planned->entry.origin,
                        "there are too many rules of .gitattributes for so many files");
            goto out;
        }
        if (check_file(&a, planned) < 0)
            goto out;
    }
    rc = 0;
out:
    ais_free(a.rules);
    ais_arena_release(&a.arena);
    return rc;
}
