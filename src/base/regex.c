#include "base/regex.h"

#include "base/mem.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_KIB = 8 * 1024 };

struct ais_regex {
    pcre2_code *code;
    pcre2_match_context *limits;
};

struct ais_regex *ais_regex_new(const char *pattern, struct ais_place at, struct ais_error *err) {
    struct ais_regex *regex = ais_calloc(1, sizeof *regex);
    int code = 0;
    PCRE2_SIZE offset = 0;
    if (!regex)
        goto no_memory;
    regex->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                                PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY, &code, &offset, NULL);
    if (!regex->code) {
        PCRE2_UCHAR reason[128] = "";
        pcre2_get_error_message(code, reason, sizeof reason);
        ais_fail_at(err, AIS_TEMPLATE, at, "the pattern is wrong at character %zu: %s",
                    (size_t)offset + 1, (const char *)reason);
        goto fail;
    }
    regex->limits = pcre2_match_context_create(NULL);
    if (!regex->limits)
        goto no_memory;
    pcre2_set_match_limit(regex->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(regex->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(regex->limits, HEAP_KIB);
    return regex;
no_memory:
    ais_fail_memory(err);
fail:
    ais_regex_free(regex);
    return NULL;
}

void ais_regex_free(struct ais_regex *regex) {
    if (!regex)
        return;
    pcre2_match_context_free(regex->limits);
    pcre2_code_free(regex->code);
    ais_free(regex);
}

int ais_regex_match(const struct ais_regex *regex, const char *text) {
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    int rc;
    if (!match)
        return -1;
    rc = pcre2_match(regex->code, (PCRE2_SPTR)text, strlen(text), 0, 0, match, regex->limits);
    pcre2_match_data_free(match);
    return rc >= 0 ? 1 : rc == PCRE2_ERROR_NOMATCH ? 0 : -1;
}
