/* Typed reading of a JSON object's members, with errors that name the place and what was meant. */
#ifndef AIS_TEMPLATE_FIELDS_H
#define AIS_TEMPLATE_FIELDS_H

#include "base/error.h"
#include "base/json.h"

#include <stdbool.h>
#include <stdint.h>

/* An object being read. `what` is how errors call it: "the manifest", "variable \"package\"". Who
 * is at fault for them is `blame` (0: AIS_TEMPLATE). */
struct ais_fields {
    struct ais_node node;
    const char *what;
    struct ais_error *err;
    enum ais_status blame;
};

/* Checks that the node is an object and that all its keys are among `keys` (NULL at the end). */
int ais_fields_open(const struct ais_fields *f, const char *const *keys);

/* Sets *err at the value of `key` (at the object where it has none): `"KEY" in WHAT REASON`. */
int ais_fields_fail(const struct ais_fields *f, const char *key, const char *reason);

/* Each leaves *out as it is where the key is absent. Strings are borrowed from the document. */
int ais_fields_string(const struct ais_fields *f, const char *key, const char **out);
int ais_fields_bool(const struct ais_fields *f, const char *key, bool *out);
int ais_fields_number(const struct ais_fields *f, const char *key, double *out, bool *found);
/* A list of strings: *out is the array's node; *found tells whether it is there. */
int ais_fields_strings(const struct ais_fields *f, const char *key, struct ais_node *out,
                       bool *found);
/* Fails where `key` is absent. */
int ais_fields_need(const struct ais_fields *f, const char *key);

#endif
