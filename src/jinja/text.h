/* Unicode text by characters, as Python's str sees it. Text is valid UTF-8 throughout. */
#ifndef AIS_JINJA_TEXT_H
#define AIS_JINJA_TEXT_H

#include "jinja/run.h"

#include <unitypes.h>

/* The character at *text, which moves behind it; *left counts down. Only for *left > 0. */
ucs4_t ais_jtext_next(const char **text, size_t *left);
/* The last character of text[size] and its length in bytes. Only for size > 0. */
ucs4_t ais_jtext_last(const char *text, size_t size, size_t *bytes);
void ais_jtext_add(struct ais_buf *buf, ucs4_t c);

/* str.isspace of one character, and str.splitlines' line ends. */
bool ais_jtext_is_space(ucs4_t c);
bool ais_jtext_is_line_end(ucs4_t c);
/* What regular expressions match with \w. */
bool ais_jtext_is_word(ucs4_t c);

/* Moves the ends of *text inwards over white space, or over characters of `set`. */
void ais_jtext_strip(const char **text, size_t *size, bool left, bool right);
void ais_jtext_strip_set(const char **text, size_t *size, const struct ais_jstr *set, bool left,
                         bool right);

/* The byte at which character number `index` starts; `index` may be the length. */
size_t ais_jtext_offset(const struct ais_jstr *str, size_t index);
/* The part of a string from one character up to another, as a new string that shares the bytes. */
int ais_jtext_part(struct ais_jrun *run, const struct ais_jstr *str, size_t from, size_t to,
                   struct ais_jval *out);

/* The same where the bytes are known. */
int ais_jtext_bytes(struct ais_jrun *run, const struct ais_jstr *str, const char *text, size_t size,
                    struct ais_jval *out);

enum ais_jcase { CASE_UPPER, CASE_LOWER, CASE_TITLE, CASE_FOLD };
/* Appends text in another case; CASE_TITLE is for one character. */
int ais_jtext_case(struct ais_jrun *run, enum ais_jcase to, const char *text, size_t size,
                   struct ais_buf *buf);

/* Appends a part of a string in lower case, with the whole string as what surrounds it. */
int ais_jtext_lower_part(struct ais_jrun *run, const struct ais_jstr *str, size_t from, size_t size,
                         struct ais_buf *buf);

/* One line of text[size] without its end; *next is where the following one starts. */
size_t ais_jtext_line(const char *text, size_t size, size_t *next);

#endif
