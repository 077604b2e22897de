/* Unicode text: what libunistring knows, in the few forms that are needed here. */
#ifndef AIS_BASE_TEXT_H
#define AIS_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether text[size] is well-formed UTF-8. */
bool ais_text_valid(const char *text, size_t size);

/* Whether a terminal does more with the character than show it: control characters (C0, C1), line
 * and paragraph separators, and what turns the direction of the text. */
bool ais_text_is_unsafe(uint32_t c);

/* Copies text into out[size] with unsafe characters and broken UTF-8 replaced by '?'; cut at a
 * whole character. Returns out. */
const char *ais_text_printable(const char *text, char *out, size_t size);

/* The key under which two names are the same to a file system that ignores case and Unicode form:
 * case-folded NFC. The caller frees it (ais_free). NULL when there is no memory or text is not
 * UTF-8. */
char *ais_text_fold(const char *text);

/* Columns that text takes on a terminal. */
size_t ais_text_width(const char *text);

/* Where the character (as a reader sees it: with its accents) behind or before byte `at` of
 * well-formed text begins: 0 and strlen(text) at the ends. */
size_t ais_text_next(const char *text, size_t at);
size_t ais_text_previous(const char *text, size_t at);

/* Bytes of the most whole characters of text that fit into so many columns. */
size_t ais_text_fit(const char *text, size_t columns);

#endif
