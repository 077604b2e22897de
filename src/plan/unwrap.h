/* The texts that lie in a file: its own, and what is wrapped in it. */
#ifndef AIS_PLAN_UNWRAP_H
#define AIS_PLAN_UNWRAP_H

#include "archive/members.h"

#include <stddef.h>

/* Calls `visit` with each text: the file's own; each string of a JSON document, or of one a line (a
 * notebook's cells and outputs); what decodes as base64; the members of archives, by "file/member",
 * and theirs, 4 deep, within what is `left`. */
int ais_unwrap(const char *path, const char *data, size_t size, struct ais_member_limits *left,
               int (*visit)(void *payload, const char *path, const char *text, size_t size,
                            struct ais_error *err),
               void *payload, struct ais_error *err);

#endif
