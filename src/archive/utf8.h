/* libarchive reads and writes names in the character set of the locale; under "C" it loses all that
 * is not ASCII. */
#ifndef AIS_ARCHIVE_UTF8_H
#define AIS_ARCHIVE_UTF8_H

#include <locale.h>

/* A locale whose names are UTF-8, to be given to uselocale around libarchive's calls: that changes
 * the calling thread alone. Where the system has none it is (locale_t)0, which changes nothing;
 * then libarchive refuses the names that it can't translate. Freed by ais_utf8_free. */
locale_t ais_utf8_new(void);
void ais_utf8_free(locale_t utf8);

#endif
