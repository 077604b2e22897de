#include "plan/markers.h"

#include <string.h>
#include <strings.h>

static const struct {
    const char *words;
    enum ais_marker_kind kind;
    enum { NOTHING, A_NAME, CODE } after; /* what may follow */
} markers[] = {
    {"BEGIN SOLUTION", AIS_BEGIN_SOLUTION, A_NAME},
    {"END SOLUTION", AIS_END_SOLUTION, NOTHING},
    {"STUB:", AIS_STUB, CODE},
    {"BEGIN HIDDEN", AIS_BEGIN_HIDDEN, NOTHING},
    {"END HIDDEN", AIS_END_HIDDEN, NOTHING},
    {"SOLUTION FILE", AIS_SOLUTION_FILE, A_NAME},
    {"HIDDEN FILE", AIS_HIDDEN_FILE, NOTHING},
};
enum { MARKERS = sizeof markers / sizeof *markers };

static bool is_space(char c) {
    return c == ' ' || c == '\t';
}

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

static size_t spaces(const char *text, size_t size) {
    size_t n = 0;
    while (n < size && is_space(text[n]))
        n++;
    return n;
}

/* The comment that fills the rest of a line: its inside in *text, *size. */
static bool read_comment(const struct ais_comment *c, const char **text, size_t *size) {
    size_t open = strlen(c->open), close = strlen(c->close);
    while (*size && is_space((*text)[*size - 1]))
        --*size;
    if (*size < open + close || strncmp(*text, c->open, open) != 0 ||
        strncmp(*text + *size - close, c->close, close) != 0)
        return false;
    *text += open;
    *size -= open + close;
    while (*size && **text == c->open[open - 1]) /* "##", "///", "/" and two stars */
        ++*text, --*size;
    while (close && *size && (*text)[*size - 1] == c->close[0])
        --*size;
    while (*size && is_space(**text))
        ++*text, --*size;
    while (*size && is_space((*text)[*size - 1]))
        --*size;
    return true;
}

/* Words in capitals at the start of text, as a whole: the row of the table, or MARKERS. */
static size_t find(const char *text, size_t size, bool any_case) {
    for (size_t i = 0; i < MARKERS; i++) {
        size_t n = strlen(markers[i].words);
        bool same = n <= size && (any_case ? strncasecmp(text, markers[i].words, n) == 0
                                           : strncmp(text, markers[i].words, n) == 0);
        if (same && (n == size || markers[i].after == CODE || !is_word(text[n])))
            return i;
    }
    return MARKERS;
}

/* Letters that two words differ in, place by place or shifted by one: enough for a slip of the
 * finger. */
static bool is_near(const char *word, size_t size, const char *wanted) {
    size_t n = strlen(wanted), same = 0, tail = 0;
    if (size + 2 < n || size > n + 2)
        return false;
    while (same < size && same < n && strncasecmp(word + same, wanted + same, 1) == 0)
        same++;
    while (tail < size - same && tail < n - same &&
           strncasecmp(word + size - 1 - tail, wanted + n - 1 - tail, 1) == 0)
        tail++;
    return same + tail + 2 >= n && same + tail + 2 >= size;
}

/* The letters at the start of text, and what parts them from more. */
static size_t letters(const char *text, size_t size) {
    size_t n = 0;
    while (n < size && ((text[n] >= 'a' && text[n] <= 'z') || (text[n] >= 'A' && text[n] <= 'Z')))
        n++;
    return n;
}

static size_t gap(const char *text, size_t size) {
    size_t n = 0;
    while (n < size && (is_space(text[n]) || text[n] == '_' || text[n] == '-'))
        n++;
    return n;
}

static bool is_capital(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (text[i] >= 'a' && text[i] <= 'z')
            return false;
    return true;
}

/* "BEGIN SOLUTOIN", "END_SOLUTION", "Begin solution": meant as a marker, most likely; "hidden
 * files" in small letters is only English. */
static bool looks_meant(const char *text, size_t size) {
    static const char *const pairs[][2] = {{"BEGIN", "SOLUTION"}, {"BEGIN", "HIDDEN"},
                                           {"END", "SOLUTION"},   {"END", "HIDDEN"},
                                           {"SOLUTION", "FILE"},  {"HIDDEN", "FILE"}};
    size_t first = letters(text, size), start = first + gap(text + first, size - first);
    size_t second = letters(text + start, size - start);
    if (start == first || second == 0)
        return false;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (is_near(text, first, pairs[i][0]) && is_near(text + start, second, pairs[i][1]) &&
            (i < 4 || is_capital(text, start + second)))
            return true;
    return false;
}

/* Whether a whole marker stands anywhere behind an opener in the line. */
static bool stands_inside(const struct ais_syntax *syntax, const char *line, size_t size) {
    for (size_t at = 0; at < size; at++) {
        for (const struct ais_comment *c = syntax->comments; c->open; c++) {
            size_t open = strlen(c->open), inside = at + open, row;
            if (size - at < open || strncmp(line + at, c->open, open) != 0)
                continue;
            inside += spaces(line + inside, size - inside);
            row = find(line + inside, size - inside, false);
            if (row < MARKERS && markers[row].kind != AIS_STUB)
                return true;
        }
    }
    return false;
}

static struct ais_marker bad(const char *why) {
    return (struct ais_marker){.kind = AIS_BAD_MARKER, .why = why};
}

/* Whether a marker's words stand at the start of the line, behind anything but letters and what
 * is in `stop`. */
static bool stands_first(const char *line, size_t size, const char *stop) {
    size_t at = 0, row;
    while (at < size && !is_word(line[at]) && !strchr(stop, line[at]))
        at++;
    row = find(line + at, size - at, false);
    return row < MARKERS && markers[row].kind != AIS_STUB;
}

static struct ais_marker read_words(const char *text, size_t size, size_t indent) {
    size_t row = find(text, size, false);
    struct ais_marker m = {.indent = indent};
    if (row == MARKERS) {
        if (find(text, size, true) < MARKERS && looks_meant(text, size))
            return bad("is no marker (markers are written in capitals)");
        return looks_meant(text, size)
                   ? bad("is no marker (there are BEGIN SOLUTION, END SOLUTION, BEGIN HIDDEN, END "
                         "HIDDEN, SOLUTION FILE and HIDDEN FILE)")
                   : (struct ais_marker){0};
    }
    m.kind = markers[row].kind;
    m.text = text + strlen(markers[row].words);
    m.size = size - strlen(markers[row].words);
    if (m.kind == AIS_STUB) { /* one space belongs to the marker, more are the stub's own */
        m.text += m.size > 0;
        m.size -= m.size > 0;
        return m;
    }
    while (m.size && is_space(*m.text))
        m.text++, m.size--;
    for (size_t i = 0; i < m.size; i++)
        if (markers[row].after == NOTHING || !is_word(m.text[i]))
            return markers[row].after == NOTHING
                       ? bad("is no marker (nothing may follow these words)")
                       : bad("is no marker (only a milestone's id may follow these words)");
    return m;
}

struct ais_marker ais_marker_read(const struct ais_syntax *syntax, const char *line, size_t size) {
    size_t indent;
    if (!syntax)
        return stands_first(line, size, "")
                   ? bad("stands like a marker in a file whose comment syntax is unknown")
                   : (struct ais_marker){0};
    indent = spaces(line, size);
    for (const struct ais_comment *c = syntax->comments; c->open; c++) {
        const char *text = line + indent;
        size_t inside = size - indent;
        if (read_comment(c, &text, &inside)) {
            struct ais_marker m = read_words(text, inside, indent);
            if (m.kind != AIS_NO_MARKER)
                return m;
        }
    }
    if (stands_inside(syntax, line, size))
        return bad("is no marker (a marker is a comment on a line of its own)");
    if (stands_first(line, size, "\"'`")) /* a string is none */
        return bad("is no marker (it is no comment in the language of this file)");
    return (struct ais_marker){0};
}
