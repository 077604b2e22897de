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
    if (!close && *size && **text == c->open[0] && open == 1) { /* "## BEGIN", "###" */
        while (*size && **text == c->open[0])
            ++*text, --*size;
    }
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

/* "BEGIN SOLUTOIN", "END SOLUTIONS", "Begin solution": meant as a marker, most likely. */
static bool looks_meant(const char *text, size_t size) {
    static const char *const firsts[] = {"BEGIN", "END"}, *const seconds[] = {"SOLUTION", "HIDDEN"};
    size_t first = 0, start, second;
    while (first < size && is_word(text[first]))
        first++;
    start = first + spaces(text + first, size - first);
    second = start;
    while (second < size && is_word(text[second]))
        second++;
    if (start == first || second == start)
        return false;
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 2; k++)
            if (is_near(text, first, firsts[i]) &&
                is_near(text + start, second - start, seconds[k]))
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

/* A file of unknown syntax: a marker's words at the start of a line, behind anything but letters.
 */
static struct ais_marker read_unknown(const char *line, size_t size) {
    size_t at = 0, row;
    while (at < size && !is_word(line[at]))
        at++;
    row = find(line + at, size - at, false);
    if (row < MARKERS && markers[row].kind != AIS_STUB)
        return bad("stands like a marker in a file whose comment syntax is unknown");
    return (struct ais_marker){0};
}

static struct ais_marker read_words(const char *text, size_t size, size_t indent) {
    size_t row = find(text, size, false);
    struct ais_marker m = {.indent = indent};
    if (row == MARKERS) {
        if (find(text, size, true) < MARKERS && looks_meant(text, size))
            return bad("is no marker (markers are written in capitals)");
        return looks_meant(text, size)
                   ? bad("is no marker (did you mean \"BEGIN SOLUTION\", \"END SOLUTION\", \"BEGIN "
                         "HIDDEN\" or \"END HIDDEN\"?)")
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
        return read_unknown(line, size);
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
    return (struct ais_marker){0};
}
