/* JSON text as templates see it. */
#ifndef AIS_JINJA_DUMP_H
#define AIS_JINJA_DUMP_H

#include "jinja/builtin.h"

/* Appends a value as JSON with sorted keys, in ASCII, and with < > & ' written as escapes. `indent`
 * is a number of spaces or text, absent or none for one line. */
int ais_jdump(struct ais_jrun *run, struct ais_buf *buf, struct ais_jval value,
              struct ais_jval indent);

#endif
