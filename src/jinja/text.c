#include "jinja/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

ucs4_t ais_jtext_next(const char **text, size_t *left) {
    ucs4_t c;
    int n = u8_mbtouc(&c, (const uint8_t *)*text, *left);
    *text += n;
    *left -= (size_t)n;
    return c;
}

ucs4_t ais_jtext_last(const char *text, size_t size, size_t *bytes) {
    size_t start = size - 1, left;
    const char *p;
    while (start > 0 && ((unsigned char)text[start] & 0xc0) == 0x80)
        start--;
    p = text + start;
    left = *bytes = size - start;
    return ais_jtext_next(&p, &left);
}

void ais_jtext_add(struct ais_buf *buf, ucs4_t c) {
    uint8_t bytes[6];
    int n = u8_uctomb(bytes, c, sizeof bytes);
    if (n > 0)
        ais_buf_add(buf, bytes, (size_t)n);
}

bool ais_jtext_is_space(ucs4_t c) {
    return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

bool ais_jtext_is_line_end(ucs4_t c) {
    return (c >= 0x0a && c <= 0x0d) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 ||
           c == 0x2029;
}

bool ais_jtext_is_word(ucs4_t c) {
    return c == '_' || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N);
}

void ais_jtext_strip(const char **text, size_t *size, bool left, bool right) {
    size_t bytes;
    while (left && *size > 0) {
        const char *p = *text;
        size_t rest = *size;
        if (!ais_jtext_is_space(ais_jtext_next(&p, &rest)))
            break;
        *text = p;
        *size = rest;
    }
    while (right && *size > 0 && ais_jtext_is_space(ais_jtext_last(*text, *size, &bytes)))
        *size -= bytes;
}

static bool in_set(const struct ais_jstr *set, const char *c, size_t bytes) {
    return set->size && memmem(set->data, set->size, c, bytes) != NULL;
}

void ais_jtext_strip_set(const char **text, size_t *size, const struct ais_jstr *set, bool left,
                         bool right) {
    size_t bytes;
    while (left && *size > 0) {
        const char *p = *text;
        size_t rest = *size;
        ais_jtext_next(&p, &rest);
        if (!in_set(set, *text, *size - rest))
            break;
        *text = p;
        *size = rest;
    }
    while (right && *size > 0) {
        ais_jtext_last(*text, *size, &bytes);
        if (!in_set(set, *text + *size - bytes, bytes))
            break;
        *size -= bytes;
    }
}

size_t ais_jtext_offset(const struct ais_jstr *str, size_t index) {
    const char *p = str->data;
    size_t left = str->size;
    if (str->chars == str->size)
        return index;
    if (index >= str->chars)
        return str->size;
    while (index--)
        ais_jtext_next(&p, &left);
    return str->size - left;
}

int ais_jtext_part(struct ais_jrun *run, const struct ais_jstr *str, size_t from, size_t to,
                   struct ais_jval *out) {
    struct ais_jstr *part = ais_jrun_alloc(run, sizeof *part);
    size_t start;
    if (!part || ais_jrun_step_bytes(run, str->size == str->chars ? 0 : str->size) < 0)
        return -1;
    start = ais_jtext_offset(str, from);
    part->data = str->data + start;
    part->size = from < to ? ais_jtext_offset(str, to) - start : 0;
    part->chars = from < to ? to - from : 0;
    part->safe = str->safe;
    *out = ais_jval_str(part);
    return 0;
}

int ais_jtext_bytes(struct ais_jrun *run, const struct ais_jstr *str, const char *text, size_t size,
                    struct ais_jval *out) {
    struct ais_jstr *part = ais_jrun_alloc(run, sizeof *part);
    if (!part || ais_jrun_step_bytes(run, size) < 0)
        return -1;
    part->data = text;
    part->size = size;
    part->chars = str->chars == str->size ? size : u8_mbsnlen((const uint8_t *)text, size);
    part->safe = str->safe;
    *out = ais_jval_str(part);
    return 0;
}

/* Changes the case of ASCII text; false if it is no such text. */
static bool ascii_case(enum ais_jcase to, const char *text, size_t size, struct ais_buf *buf) {
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)text[i] >= 0x80)
            return false;
    }
    for (size_t i = 0; i < size; i++) {
        bool up = to == CASE_UPPER || to == CASE_TITLE;
        int c = up ? toupper((unsigned char)text[i]) : tolower((unsigned char)text[i]);
        ais_buf_char(buf, (char)c);
    }
    return true;
}

int ais_jtext_case(struct ais_jrun *run, enum ais_jcase to, const char *text, size_t size,
                   struct ais_buf *buf) {
    const uint8_t *bytes = (const uint8_t *)text;
    uint8_t *changed;
    size_t length = 0;
    if (size == 0)
        return 0;
    if (ascii_case(to, text, size, buf))
        return ais_jrun_step_bytes(run, size);
    if (to == CASE_UPPER)
        changed = u8_toupper(bytes, size, NULL, NULL, NULL, &length);
    else if (to == CASE_LOWER)
        changed = u8_tolower(bytes, size, NULL, NULL, NULL, &length);
    else if (to == CASE_TITLE)
        changed = u8_totitle(bytes, size, NULL, NULL, NULL, &length);
    else
        changed = u8_casefold(bytes, size, NULL, NULL, NULL, &length);
    if (!changed)
        return ais_fail_memory(run->err);
    ais_buf_add(buf, changed, length);
    free(changed);
    return ais_jrun_step_bytes(run, size);
}

/* What comes before decides only over the form of a sigma at the end of a word. */
int ais_jtext_lower_part(struct ais_jrun *run, const struct ais_jstr *str, size_t from, size_t size,
                         struct ais_buf *buf) {
    const uint8_t *text = (const uint8_t *)str->data;
    const char *part = str->data + from;
    size_t length = 0;
    uint8_t *changed;
    if (size == 0)
        return 0;
    if (!memmem(part, size, "\xce\xa3", 2))
        return ais_jtext_case(run, CASE_LOWER, part, size, buf);
    changed = u8_ct_tolower(text + from, size, u8_casing_prefix_context(text, from),
                            u8_casing_suffix_context(text + from + size, str->size - from - size),
                            NULL, NULL, NULL, &length);
    if (!changed)
        return ais_fail_memory(run->err);
    ais_buf_add(buf, changed, length);
    free(changed);
    return ais_jrun_step_bytes(run, str->size);
}

size_t ais_jtext_line(const char *text, size_t size, size_t *next) {
    const char *p = text;
    size_t left = size;
    while (left > 0) {
        size_t end = size - left;
        ucs4_t c = ais_jtext_next(&p, &left);
        if (ais_jtext_is_line_end(c)) {
            if (c == '\r' && left > 0 && *p == '\n')
                left--;
            *next = size - left;
            return end;
        }
    }
    *next = size;
    return size;
}
