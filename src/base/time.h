/* Times as text. */
#ifndef AIS_BASE_TIME_H
#define AIS_BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* "YYYY-MM-DDTHH:MM:SSZ", and nothing else, to seconds since 1970 (not before). */
bool ais_time_parse(const char *text, int64_t *seconds);

#endif
