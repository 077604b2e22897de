/* Regular expressions of templates: PCRE2, with bounds on what a match may take. */
#ifndef AIS_BASE_REGEX_H
#define AIS_BASE_REGEX_H

#include "base/error.h"

struct ais_regex;

/* NULL with *err set: AIS_TEMPLATE at `at` where the pattern is wrong. The caller frees it. */
struct ais_regex *ais_regex_new(const char *pattern, struct ais_place at, struct ais_error *err);
void ais_regex_free(struct ais_regex *regex);

/* 1 where the pattern is found in text, 0 where not, -1 where a bound was passed. */
int ais_regex_match(const struct ais_regex *regex, const char *text);

#endif
