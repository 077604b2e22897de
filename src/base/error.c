#include "base/error.h"

#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void set(struct ais_error *err, enum ais_status status, struct ais_place at, const char *fmt,
                va_list args) {
    if (!err || err->status != AIS_OK)
        return;
    err->status = status;
    err->line = at.line;
    err->column = at.column;
    snprintf(err->path, sizeof err->path, "%s", at.path ? at.path : "");
    vsnprintf(err->message, sizeof err->message, fmt, args);
}

int ais_fail(struct ais_error *err, enum ais_status status, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    set(err, status, (struct ais_place){0}, fmt, args);
    va_end(args);
    return -1;
}

int ais_fail_at(struct ais_error *err, enum ais_status status, struct ais_place at, const char *fmt,
                ...) {
    va_list args;
    va_start(args, fmt);
    set(err, status, at, fmt, args);
    va_end(args);
    return -1;
}

int ais_fail_errno(struct ais_error *err, const char *path, const char *what) {
    const char *reason = strerror(errno);
    return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = path}, "cannot %s: %s", what,
                       reason);
}

int ais_fail_memory(struct ais_error *err) {
    return ais_fail(err, AIS_FAILED, "out of memory");
}

bool ais_is_no_memory(const struct ais_error *err) {
    return strcmp(err->message, "out of memory") == 0;
}

const char *ais_error_text(const struct ais_error *err, char *text, size_t size) {
    char raw[sizeof err->path + sizeof err->message + 32];
    char place[32] = "";
    if (err->line)
        snprintf(place, sizeof place, ":%u:%u", err->line, err->column);
    snprintf(raw, sizeof raw, "%s%s%s%s", err->path, place, err->path[0] || err->line ? ": " : "",
             err->message);
    return ais_text_printable(raw, text, size);
}

enum { WORD_MAX = 64 };

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* Edits (insert, delete, replace, swap of neighbours) from a to b; words longer than WORD_MAX are
 * "far". */
static unsigned distance(const char *a, const char *b) {
    unsigned rows[3][WORD_MAX + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];
    size_t na = strlen(a), nb = strlen(b);
    if (na > WORD_MAX || nb > WORD_MAX)
        return WORD_MAX;
    for (size_t j = 0; j <= nb; j++)
        above[j] = (unsigned)j;
    for (size_t i = 1; i <= na; i++) {
        unsigned *spare = before;
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= nb; j++) {
            unsigned change = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(change, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        before = above;
        above = row;
        row = spare;
    }
    return above[nb];
}

const char *ais_did_you_mean(char *hint, size_t size, const char *word, const char *const *words,
                             size_t count) {
    const char *best = NULL;
    unsigned best_distance = (unsigned)least(3, (unsigned)(strlen(word) + 2) / 3) + 1;
    for (size_t i = 0; i < count; i++) {
        unsigned d = words[i] ? distance(word, words[i]) : best_distance;
        if (d < best_distance) {
            best = words[i];
            best_distance = d;
        }
    }
    if (best)
        snprintf(hint, size, " (did you mean \"%s\"?)", best);
    else
        snprintf(hint, size, "%s", "");
    return hint;
}
