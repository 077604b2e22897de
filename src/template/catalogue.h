/* The templates that can be named: those of the user's folders, then those inside the binary. */
#ifndef AIS_TEMPLATE_CATALOGUE_H
#define AIS_TEMPLATE_CATALOGUE_H

#include "base/error.h"
#include "template/source.h"

#include <stdbool.h>
#include <stddef.h>

/* Folders that hold ideas/NAME and layers/NAME, searched in this order before the built-in ones. A
 * folder that is not there holds nothing. Borrowed. */
struct ais_catalogue {
    const char *const *folders;
    size_t count;
};

/* The idea SOURCE: a folder where it has a '/' or is "." or "..", else the name of an idea. The
 * caller frees it. NULL with *err set (AIS_USAGE and the near miss where there is no such idea). */
struct ais_source *ais_catalogue_idea(const struct ais_catalogue *catalogue, const char *source,
                                      struct ais_error *err);

/* The layer `name`, from `own` (a folder's own layers/, may be NULL) or the catalogue; NULL without
 * an error in *err where there is none. */
struct ais_source *ais_catalogue_layer(const struct ais_catalogue *catalogue, const char *own,
                                       const char *name, struct ais_error *err);

/* What editors complete a manifest with, as a file to be put beside one: its JSON Schema. */
#define AIS_SCHEMA_PATH "template.schema.json"
struct ais_file ais_catalogue_schema(void);

/* The names of all "ideas" or "layers", sorted, each once: the caller's (ais_names_release). */
struct ais_names;
int ais_catalogue_names(const struct ais_catalogue *catalogue, const char *kind,
                        struct ais_names *names, struct ais_error *err);

#endif
