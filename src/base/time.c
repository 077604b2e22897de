#include "base/time.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

bool ais_time_parse(const char *text, int64_t *seconds) {
    struct tm tm = {0}, again;
    char back[32];
    time_t t;
    int end = 0;
    if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2dZ%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
               &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &end) != 6 ||
        end != 20 || text[end])
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    t = timegm(&tm);
    if (t < 0 || !gmtime_r(&t, &again) ||
        !strftime(back, sizeof back, "%Y-%m-%dT%H:%M:%SZ", &again) || strcmp(back, text) != 0)
        return false;
    *seconds = t;
    return true;
}
