/* File names from ids in any script. */
#ifndef AIS_KIT_NAMES_H
#define AIS_KIT_NAMES_H

#include "base/error.h"
#include "base/mem.h"

enum { AIS_STEM_MAX = 100 /* bytes of a name, before its suffix */ };

/* Makes a name for each of ids[count], which are different UTF-8 texts: letters, digits and - _ . @
 * +, safe on Linux, macOS and Windows under any suffix, and no two the same where case or Unicode
 * form is ignored. A name depends on its id alone, unless ids collide: then all that do get a
 * digest of their id as well, whatever their order. Names live in the arena. */
int ais_names_make(const char *const *ids, size_t count, const char **names,
                   struct ais_arena *arena, struct ais_error *err);

#endif
