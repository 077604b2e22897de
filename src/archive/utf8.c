#include "archive/utf8.h"

#include <stddef.h>

locale_t ais_utf8_new(void) {
    static const char *const names[] = {"C.UTF-8", "en_US.UTF-8"}; /* macOS may lack the first */
    locale_t utf8 = (locale_t)0;
    for (size_t i = 0; !utf8 && i < sizeof names / sizeof *names; i++)
        utf8 = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
    return utf8;
}

void ais_utf8_free(locale_t utf8) {
    if (utf8)
        freelocale(utf8);
}
