/* Numbers: whole ones of 64 bits, where Python's have no end, and floats. */
#ifndef AIS_JINJA_NUMBER_H
#define AIS_JINJA_NUMBER_H

#include "jinja/run.h"

/* -1, 0 or 1 for two numbers; 2 where one is not a number. Exact for whole ones against floats. */
int ais_jnumber_compare(struct ais_jval a, struct ais_jval b);

/* a op b for numbers. Overflow and division by zero are errors. */
int ais_jnumber_binary(struct ais_jrun *run, unsigned op, struct ais_jval a, struct ais_jval b,
                       struct ais_jval *out);
int ais_jnumber_negate(struct ais_jrun *run, struct ais_jval value, struct ais_jval *out);

/* A float without its fraction; an error where it is too large or not a number. */
int ais_jnumber_truncate(struct ais_jrun *run, double real, struct ais_jval *out);

/* Reads text as Python's int(text, base) and float(text) do. Returns false where they would fail,
 * and where the number does not fit. */
bool ais_jnumber_parse_int(const char *text, size_t size, int base, int64_t *out);
bool ais_jnumber_parse_float(const char *text, size_t size, double *out);

#endif
