#include "plan/leaks.h"

#include "base/mem.h"
#include "base/text.h"
#include "plan/markers.h"
#include "plan/unwrap.h"

#include <stdio.h>
#include <string.h>

enum { LINE_MAX_BYTES = 400, LEAST_SINGLE = 6, LEAST_TRIPLE = 16 };
enum { MEMBERS_MAX = 100000, MEMBER_BYTES_MAX = 512 << 20 }; /* of all archives together */

/* What is searched for: keys of both sets are normalised lines, or three of them joined by
 * newlines; values are numbers of cuts. */
struct search {
    struct ais_planning *p;
    json_t *single, *triple;
    json_t *reported; /* "cut path": each pair is reported once */
    struct ais_member_limits left;
};

static size_t word_characters(const char *text) {
    size_t n = 0;
    for (; *text; text++)
        n += (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
             (*text >= '0' && *text <= '9') || (unsigned char)*text >= 0x80;
    return n;
}

/* What makes a comment, a quotation, an item of a list or a patch of a line, "12." too. */
static size_t marks(const char *text, size_t length) {
    size_t n = 0, digits;
    while (n < length && strchr(" \t#/*>+;%|!<-", text[n]))
        n++;
    digits = n;
    while (digits < length && text[digits] >= '0' && text[digits] <= '9')
        digits++;
    if (digits > n && length - digits > 1 && strchr(".)", text[digits]) && text[digits + 1] == ' ')
        return digits + 1;
    return n;
}

/* The length without what closes a comment. */
static size_t without_close(const char *text, size_t length) {
    while (length && strchr(" \t\r", text[length - 1]))
        length--;
    if (length > 2 && memcmp(text + length - 3, "-->", 3) == 0)
        return length - 3;
    return length > 1 && memcmp(text + length - 2, "*/", 2) == 0 ? length - 2 : length;
}

bool ais_leaks_normalise(const char *text, size_t length, char *line, size_t size) {
    size_t used = 0, skipped = marks(text, length);
    bool blank = false;
    text += skipped;
    length = without_close(text, length - skipped);
    for (size_t i = 0; i < length && used + 2 < size; i++) {
        if (text[i] == ' ' || text[i] == '\t' || text[i] == '\r') {
            blank = used > 0;
            continue;
        }
        if (blank)
            line[used++] = ' ';
        blank = false;
        line[used++] = text[i];
    }
    line[used] = '\0';
    return used > 0;
}

static bool ends_line(char c) {
    return c == '\n' || c == '\r' || c == '\0';
}

/* Calls `visit` for each line that holds something, normalised. */
static int each_line(const char *text, size_t size,
                     int (*visit)(void *payload, const char *line, size_t number), void *payload) {
    size_t number = 0;
    while (size) {
        size_t length = 0;
        char line[LINE_MAX_BYTES];
        while (length < size && !ends_line(text[length]))
            length++;
        number++;
        if (ais_leaks_normalise(text, length, line, sizeof line) &&
            visit(payload, line, number) < 0)
            return -1;
        length += length < size;
        text += length;
        size -= length;
    }
    return 0;
}

/* Three lines in a row, as one key. */
struct window {
    char key[3 * LINE_MAX_BYTES];
    size_t sizes[3]; /* of the lines in it */
    size_t filled;   /* how many they are */
};

/* Adds a line in the place of the first of three; whether the key is one to be looked for. */
static bool slide(struct window *w, const char *line) {
    size_t size = strlen(line), kept = 0;
    if (w->filled == 3) {
        memmove(w->key, w->key + w->sizes[0] + 1, w->sizes[1] + 1 + w->sizes[2]);
        w->sizes[0] = w->sizes[1];
        w->sizes[1] = w->sizes[2];
        w->filled = 2;
    }
    for (size_t i = 0; i < w->filled; i++)
        kept += w->sizes[i] + 1;
    if (kept)
        w->key[kept - 1] = '\n';
    memcpy(w->key + kept, line, size + 1);
    w->sizes[w->filled++] = size;
    return w->filled == 3 && word_characters(w->key) >= LEAST_TRIPLE;
}

static bool is_allowed(const struct ais_planning *p, const char *line) {
    char allowed[LINE_MAX_BYTES];
    for (size_t i = 0; i < p->t->part_count; i++) {
        const json_t *list = p->t->parts[i]->manifest.leak_allow;
        for (size_t k = 0; k < json_array_size(list); k++) {
            const char *text = json_string_value(json_array_get(list, k));
            if (ais_leaks_normalise(text, strlen(text), allowed, sizeof allowed) &&
                strcmp(allowed, line) == 0)
                return true;
        }
    }
    return false;
}

static int note_line(void *payload, const char *line, size_t number) {
    json_t *outside = payload;
    (void)number;
    /* a line that is no UTF-8 can't be a key, nor can one of a cut: neither is looked for */
    if (ais_text_valid(line, strlen(line)))
        return json_object_set_new(outside, line, json_true());
    return 0;
}

int ais_leaks_note(struct ais_planning *p, const char *text, size_t size) {
    if (!p->outside || memchr(text, '\0', size))
        return 0;
    return each_line(text, size, note_line, p->outside) < 0 ? ais_fail_memory(p->err) : 0;
}

/* The lines of one cut. */
struct learning {
    struct search *s;
    size_t cut;
    struct window w;
};

static int learn_line(void *payload, const char *line, size_t number) {
    struct learning *l = payload;
    json_int_t cut = (json_int_t)l->cut;
    (void)number;
    if (is_allowed(l->s->p, line) || !ais_text_valid(line, strlen(line))) {
        l->w.filled = 0;
        return 0;
    }
    if (word_characters(line) >= LEAST_SINGLE && !json_object_get(l->s->p->outside, line) &&
        json_object_set_new(l->s->single, line, json_integer(cut)) < 0)
        return -1;
    if (slide(&l->w, line) && json_object_set_new(l->s->triple, l->w.key, json_integer(cut)) < 0)
        return -1;
    return 0;
}

static int report(struct search *s, size_t cut, const char *path, const char *what) {
    const struct ais_cut *c = &s->p->plan->cuts.list[cut];
    struct ais_error found = {0};
    struct ais_buf pair = AIS_BUF(8192);
    int rc = 0;
    ais_buf_printf(&pair, "%zu %s", cut, path);
    if (pair.data && !json_object_get(s->reported, pair.data)) {
        ais_fail_at(&found, AIS_TEMPLATE, (struct ais_place){c->source, c->line, 1},
                    "%s %s stands in the starter's \"%s\"", what,
                    c->hidden ? "what is hidden here" : "the solution here", path);
        if (json_object_set_new(s->reported, pair.data, json_true()) < 0 ||
            ais_findings_add(&s->p->plan->problems, &found, s->p->err) < 0)
            rc = ais_fail_memory(s->p->err);
    }
    ais_buf_release(&pair);
    return rc;
}

/* The lines of one text of the starter. */
struct looking {
    struct search *s;
    const char *path;
    struct window w;
};

static int look_line(void *payload, const char *line, size_t number) {
    struct looking *l = payload;
    const json_t *hit = json_object_get(l->s->single, line);
    (void)number;
    if (is_allowed(l->s->p, line)) {
        l->w.filled = 0;
        return 0;
    }
    if (!hit && slide(&l->w, line))
        hit = json_object_get(l->s->triple, l->w.key);
    else if (hit)
        slide(&l->w, line);
    if (!hit)
        return 0;
    return report(l->s, (size_t)json_integer_value(hit), l->path, "a piece of");
}

/* Text of two bytes a character: the same without the zeros. */
static int look_wide(struct looking *l, const char *text, size_t size) {
    char *narrow = ais_malloc(size);
    size_t used = 0;
    int rc = 0;
    if (!narrow)
        return ais_fail_memory(l->s->p->err);
    for (size_t i = 0; i < size; i++)
        if (text[i])
            narrow[used++] = text[i];
    if (used <= size - size / 4)
        rc = each_line(narrow, used, look_line, l);
    ais_free(narrow);
    return rc;
}

static int look_text(void *payload, const char *path, const char *text, size_t size,
                     struct ais_error *err) {
    struct search *s = payload;
    struct looking l = {.s = s, .path = path};
    const struct ais_cuts *cuts = &s->p->plan->cuts;
    (void)err; /* the same as the planning's */
    for (size_t i = 0; i < cuts->count; i++)
        if (cuts->list[i].file && cuts->list[i].size == size && size &&
            memcmp(cuts->list[i].text, text, size) == 0 && report(s, i, path, "all of") < 0)
            return -1;
    if (each_line(text, size, look_line, &l) < 0)
        return -1;
    return memchr(text, '\0', size) ? look_wide(&l, text, size) : 0;
}

/* A marker that is left in the starter came in by way of a value, of a file that another includes,
 * or of one that was only copied. */
static int look_markers(struct search *s, const struct ais_file *file) {
    const struct ais_syntax *syntax = ais_syntax_of(file->path);
    const char *at = file->data, *end = at + file->size;
    unsigned line = 0;
    while (syntax && at < end && !memchr(file->data, '\0', file->size)) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t size = newline ? (size_t)(newline - at) : (size_t)(end - at);
        struct ais_marker m = ais_marker_read(syntax, at, size);
        line++;
        if (m.kind != AIS_NO_MARKER && m.kind != AIS_BAD_MARKER) {
            struct ais_error found = {0};
            ais_fail_at(&found, AIS_TEMPLATE, (struct ais_place){file->path, line, 1},
                        "a marker stands in the starter");
            return ais_findings_add(&s->p->plan->problems, &found, s->p->err);
        }
        at += size + 1;
    }
    return 0;
}

static int learn(struct search *s) {
    const struct ais_cuts *cuts = &s->p->plan->cuts;
    for (size_t i = 0; i < cuts->count; i++) {
        struct learning l = {.s = s, .cut = i};
        if (!memchr(cuts->list[i].text, '\0', cuts->list[i].size) &&
            each_line(cuts->list[i].text, cuts->list[i].size, learn_line, &l) < 0)
            return ais_fail_memory(s->p->err);
    }
    return 0;
}

/* With a memo, the lines outside were not noted yet: that of every source once. */
static int note_outside(struct ais_planning *p) {
    for (size_t i = 0; i < p->signature_count; i++) {
        const struct ais_kept *kept = p->signature[i];
        if (kept->keep && ais_leaks_note(p, kept->data, kept->size) < 0)
            return -1;
    }
    return 0;
}

/* What is searched for: as in the plan before, or learnt anew. */
static int prepare(struct search *s) {
    struct ais_planning *p = s->p;
    s->reported = json_object();
    if (p->memo && ais_memo_same_sources(p)) {
        s->single = json_incref(p->memo->single);
        s->triple = json_incref(p->memo->triple);
    } else {
        s->single = json_object();
        s->triple = json_object();
    }
    if (!s->single || !s->triple || !s->reported)
        return ais_fail_memory(p->err);
    if (p->memo && s->single == p->memo->single)
        return 0;
    if ((p->memo && note_outside(p) < 0) || learn(s) < 0)
        return -1;
    if (p->memo)
        ais_memo_take_search(p, s->single, s->triple);
    return 0;
}

static int look_path(struct search *s, const char *path) {
    for (const char *at = path; *at;) {
        struct looking name = {.s = s, .path = path};
        size_t size = strcspn(at, "/");
        if (each_line(at, size, look_line, &name) < 0)
            return -1;
        at += size + (at[size] == '/');
    }
    return 0;
}

/* Looks at planned file number i; a kit's record is looked at without its digests. */
static int look_file(struct search *s, size_t i) {
    struct ais_planning *p = s->p;
    const struct ais_file *file = &p->planned[i].file;
    size_t problems = p->plan->problems.count;
    if (ais_memo_is_clean(p, i))
        return 0;
    if (p->record.data && strcmp(file->path, AIS_RECORD_PATH) == 0)
        file = &p->record;
    if (look_path(s, file->path) < 0 || look_markers(s, file) < 0 ||
        ais_unwrap(file->path, file->data, file->size, &s->left, look_text, s, p->err) < 0)
        return -1;
    if (p->plan->problems.count == problems)
        ais_memo_set_clean(p, i);
    return 0;
}

int ais_leaks_search(struct ais_planning *p) {
    struct search s = {.p = p, .left = {.count = MEMBERS_MAX, .bytes = MEMBER_BYTES_MAX}};
    int rc = -1;
    for (size_t i = 0; !p->plan->cuts.count && i < p->count; i++)
        if (look_markers(&s, &p->planned[i].file) < 0)
            return -1;
    if (!p->plan->cuts.count)
        return 0;
    if (prepare(&s) < 0)
        goto out;
    for (size_t i = 0; i < p->count; i++)
        if (look_file(&s, i) < 0)
            goto out;
    rc = 0;
out:
    json_decref(s.single);
    json_decref(s.triple);
    json_decref(s.reported);
    return rc;
}
