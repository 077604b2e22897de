/* Wrapping one paragraph, as Python's textwrap does. */
#ifndef AIS_JINJA_WRAP_H
#define AIS_JINJA_WRAP_H

#include "jinja/run.h"

struct ais_jwrap {
    int64_t width; /* 1 or more */
    bool break_words, break_hyphens;
    const struct ais_jstr *separator; /* goes between lines */
};

int ais_jwrap_line(struct ais_jrun *run, const struct ais_jwrap *wrap, const char *text,
                   size_t size, struct ais_buf *buf);

#endif
