#include "base/text.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unigbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

bool ais_text_valid(const char *text, size_t size) {
    return u8_check((const uint8_t *)text, size) == NULL;
}

bool ais_text_is_unsafe(uint32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0x061c ||
           c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

const char *ais_text_printable(const char *text, char *out, size_t size) {
    size_t left = strlen(text), used = 0;
    while (left && used + 1 < size) {
        ucs4_t c;
        int n = u8_mbtoucr(&c, (const uint8_t *)text, left);
        bool bad = n < 0 || ais_text_is_unsafe(c);
        size_t step = n < 0 ? 1 : (size_t)n;
        if (!bad && used + step + 1 > size)
            break;
        if (bad)
            out[used++] = '?';
        else
            memcpy(out + used, text, step), used += step;
        text += step;
        left -= step;
    }
    if (size)
        out[used] = '\0';
    return out;
}

char *ais_text_fold(const char *text) {
    size_t size = strlen(text), folded_size = 0;
    uint8_t *folded;
    char *key;
    if (!ais_text_valid(text, size))
        return NULL;
    folded = u8_casefold((const uint8_t *)text, size, NULL, UNINORM_NFC, NULL, &folded_size);
    if (!folded)
        return NULL;
    key = ais_strndup((const char *)folded, folded_size);
    free(folded);
    return key;
}

size_t ais_text_width(const char *text) {
    int width = u8_width((const uint8_t *)text, strlen(text), "UTF-8");
    return width < 0 ? 0 : (size_t)width;
}

size_t ais_text_next(const char *text, size_t at) {
    const uint8_t *start = (const uint8_t *)text, *end = start + strlen(text);
    const uint8_t *next = start + at < end ? u8_grapheme_next(start + at, end) : NULL;
    return next ? (size_t)(next - start) : strlen(text);
}

size_t ais_text_previous(const char *text, size_t at) {
    const uint8_t *start = (const uint8_t *)text;
    const uint8_t *before = at ? u8_grapheme_prev(start + at, start) : NULL;
    return before ? (size_t)(before - start) : 0;
}

size_t ais_text_fit(const char *text, size_t columns) {
    size_t fits = 0, size = strlen(text);
    while (fits < size) {
        size_t next = ais_text_next(text, fits);
        int width = u8_width((const uint8_t *)text, next, "UTF-8");
        if (next == fits || (width > 0 && (size_t)width > columns))
            break;
        fits = next;
    }
    return fits;
}
