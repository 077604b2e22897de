/* What the two ways of formatting share. */
#ifndef AIS_JINJA_FORMAT_H
#define AIS_JINJA_FORMAT_H

#include "jinja/run.h"

#include <unitypes.h>

/* How one value is laid out. */
struct ais_jspec {
    ucs4_t fill;
    char align;     /* '<' '>' '^' '=', 0 for the type's own */
    char sign;      /* '+' or ' ', 0 for a minus only */
    char type;      /* 0 for the value's own */
    char grouping;  /* ',' or '_' between thousands, 0 for none */
    bool alternate; /* "#" */
    int64_t width;
    int64_t precision; /* -1 for the default */
};

/* Appends text padded to the width; `align` stands for one that the spec does not give. */
void ais_jformat_pad(struct ais_buf *buf, const struct ais_jspec *spec, const char *text,
                     size_t size, size_t chars, char align);
/* Appends a number; the type is one of those that fit it. */
int ais_jformat_int(struct ais_jrun *run, struct ais_buf *buf, const struct ais_jspec *spec,
                    int64_t number);
int ais_jformat_float(struct ais_jrun *run, struct ais_buf *buf, const struct ais_jspec *spec,
                      double number);
/* Appends the first `precision` characters of text, padded. */
int ais_jformat_str(struct ais_jrun *run, struct ais_buf *buf, const struct ais_jspec *spec,
                    const struct ais_jstr *str, char align);

/* format(value, text): the text of a spec as in "{:>8}". */
int ais_jformat_value(struct ais_jrun *run, struct ais_buf *buf, const struct ais_jstr *text,
                      struct ais_jval value);

#endif
