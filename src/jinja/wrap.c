#include "jinja/wrap.h"

#include "jinja/text.h"

#include <unictype.h>

/* A word, a part of one up to a hyphen, or white space. */
struct chunk {
    size_t from, to;
};

struct paragraph {
    const struct ais_jwrap *wrap;
    const ucs4_t *text;
    size_t size;
    struct chunk *chunks;
    size_t count;
    struct ais_buf *buf;
    bool started; /* a line has been written */
};

static bool is_blank(ucs4_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(const struct paragraph *p, size_t at) {
    return at < p->size && ais_jtext_is_word(p->text[at]) &&
           !uc_is_general_category_withtable(p->text[at], UC_CATEGORY_MASK_Nd);
}

static bool is_word_end(const struct paragraph *p, size_t at) {
    ucs4_t c = at < p->size ? p->text[at] : 0;
    return at < p->size && (ais_jtext_is_word(c) || c == '!' || c == '"' || c == '\'' || c == '&' ||
                            c == '.' || c == ',' || c == '?');
}

/* Two hyphens or more between words: the position behind them, or 0. */
static size_t dash(const struct paragraph *p, size_t at) {
    size_t end = at;
    if (at == 0 || !is_word_end(p, at - 1))
        return 0;
    while (end < p->size && p->text[end] == '-')
        end++;
    return end >= at + 2 && end < p->size && ais_jtext_is_word(p->text[end]) ? end : 0;
}

/* Whether a word can be broken behind the hyphen at `at`. */
static bool hyphen(const struct paragraph *p, size_t at) {
    bool before =
        at >= 2 && is_letter(p, at - 1) &&
        (is_letter(p, at - 2) || (at >= 3 && p->text[at - 2] == '-' && is_letter(p, at - 3)));
    size_t next = at + 1;
    if (p->text[at] != '-' || !before || !is_letter(p, next))
        return false;
    return is_letter(p, next + 1) ||
           (next + 1 < p->size && p->text[next + 1] == '-' && is_letter(p, next + 2));
}

/* Where the chunk that starts at `from` ends. */
static size_t chunk_end(const struct paragraph *p, size_t from) {
    size_t at = from;
    bool hyphens = p->wrap->break_hyphens;
    if (is_blank(p->text[from])) {
        while (at < p->size && is_blank(p->text[at]))
            at++;
        return at;
    }
    if (hyphens && dash(p, from))
        return dash(p, from);
    for (at = from + 1; at < p->size && !is_blank(p->text[at]); at++) {
        if (hyphens && hyphen(p, at))
            return at + 1;
        if (hyphens && dash(p, at))
            return at;
    }
    return at;
}

static bool is_space(const struct paragraph *p, const struct chunk *chunk) {
    for (size_t i = chunk->from; i < chunk->to; i++) {
        if (!ais_jtext_is_space(p->text[i]))
            return false;
    }
    return true;
}

/* How much of a word that is too long fits into `room` characters. */
static size_t breaking_point(const struct paragraph *p, const struct chunk *chunk, size_t room) {
    size_t at = room;
    if (!p->wrap->break_hyphens || chunk->to - chunk->from <= room)
        return room;
    while (at > 0 && p->text[chunk->from + at - 1] != '-')
        at--;
    for (size_t i = 0; at > 1 && i < at - 1; i++) {
        if (p->text[chunk->from + i] != '-')
            return at;
    }
    return room;
}

/* White space at the end is left out, unless part of a word that is empty hides it. */
static void add_line(struct paragraph *p, const struct chunk *line, size_t count) {
    if (count && is_space(p, &line[count - 1]))
        count--;
    if (count == 0)
        return;
    if (p->started)
        ais_buf_add(p->buf, p->wrap->separator->data, p->wrap->separator->size);
    p->started = true;
    for (size_t i = line[0].from; i < line[count - 1].to; i++)
        ais_jtext_add(p->buf, p->text[i]);
}

/* Fills one line from chunk `next` on. Returns the first chunk of the next line. */
static size_t fill_line(struct paragraph *p, size_t next) {
    size_t width = (size_t)p->wrap->width, used = 0, first;
    struct chunk rest;
    if (p->started && is_space(p, &p->chunks[next]))
        next++;
    first = next;
    while (next < p->count && p->chunks[next].to - p->chunks[next].from <= width - used) {
        used += p->chunks[next].to - p->chunks[next].from;
        next++;
    }
    if (next < p->count && p->chunks[next].to - p->chunks[next].from > width) {
        rest = p->chunks[next];
        if (p->wrap->break_words) {
            p->chunks[next].to = rest.from + breaking_point(p, &rest, width - used);
            add_line(p, p->chunks + first, next + 1 - first);
            p->chunks[next] = (struct chunk){p->chunks[next].to, rest.to};
            return next;
        }
        if (next == first)
            next++;
    }
    add_line(p, p->chunks + first, next - first);
    return next;
}

int ais_jwrap_line(struct ais_jrun *run, const struct ais_jwrap *wrap, const char *text,
                   size_t size, struct ais_buf *buf) {
    struct paragraph p = {.wrap = wrap, .buf = buf};
    ucs4_t *characters = ais_jrun_alloc(run, (size + 1) * sizeof *characters);
    p.chunks = ais_jrun_alloc(run, (size + 1) * sizeof *p.chunks);
    if (!characters || !p.chunks)
        return -1;
    while (size > 0)
        characters[p.size++] = ais_jtext_next(&text, &size);
    p.text = characters;
    for (size_t at = 0; at < p.size; at = p.chunks[p.count++].to)
        p.chunks[p.count] = (struct chunk){at, chunk_end(&p, at)};
    for (size_t next = 0; next < p.count;) {
        next = fill_line(&p, next);
        if (ais_jrun_step(run, 1) < 0 || ais_jrun_check(run, buf) < 0)
            return -1;
    }
    return 0;
}
