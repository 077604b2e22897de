#include "kit/csv.h"

#include <string.h>

/* What makes spreadsheets compute a cell: these and their full-width forms. */
static const char *const formula_starts[] = {
    "=",           "+", "-", "@", "\t", "\r", "\n", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
    "\xef\xbc\xa0"};

/* Whether text begins as a formula does, behind any spaces and apostrophes: with the latter
 * counted in, whoever reads the cell can take the one apostrophe away again. */
static bool looks_like_formula(const char *text) {
    text += strspn(text, " '");
    for (size_t i = 0; i < sizeof formula_starts / sizeof *formula_starts; i++)
        if (strncmp(text, formula_starts[i], strlen(formula_starts[i])) == 0)
            return true;
    return false;
}

void ais_csv_add(struct ais_buf *out, size_t index, const char *text) {
    bool formula = looks_like_formula(text), quoted = formula || strpbrk(text, ",;\t\"\r\n ");
    if (index)
        ais_buf_char(out, ',');
    if (quoted)
        ais_buf_char(out, '"');
    if (formula)
        ais_buf_char(out, '\'');
    for (const char *c = text; *c; c++) {
        if (*c == '"')
            ais_buf_char(out, '"');
        ais_buf_char(out, *c);
    }
    if (quoted)
        ais_buf_char(out, '"');
}

void ais_csv_end(struct ais_buf *out) {
    ais_buf_str(out, "\r\n");
}
