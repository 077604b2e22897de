/* Text in HTML. */
#ifndef AIS_JINJA_HTML_H
#define AIS_JINJA_HTML_H

#include "jinja/builtin.h"

/* Appends text with & < > ' " written as entities. */
void ais_jhtml_escape(struct ais_buf *buf, const char *text, size_t size);

/* The filter that removes tags, comments and entities. */
int ais_jstriptags(struct ais_jrun *run, const struct ais_jcall *call, struct ais_jval *out);

#endif
