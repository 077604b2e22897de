/* A template as it is used: an idea and the layers that it is made of. */
#ifndef AIS_TEMPLATE_TEMPLATE_H
#define AIS_TEMPLATE_TEMPLATE_H

#include "template/catalogue.h"
#include "template/manifest.h"
#include "template/variant.h"

enum { AIS_PARTS_MAX = 64, AIS_VARIABLES_MAX = 1000 /* of all parts */ };

/* One manifest with its files. `uses` says who names this layer: it is active where one of them is
 * active and the condition there is true. The idea has none and is always active. */
struct ais_part {
    struct ais_source *source;
    struct ais_jinja *env; /* includes are looked up in the part's own files/ */
    struct ais_manifest manifest;
    struct ais_layer_use {
        size_t part;
        const struct ais_layer *layer;
    } * uses;
    size_t use_count, use_capacity;
};

/* A variable with the part that declares it. */
struct ais_declared {
    const struct ais_variable *variable;
    size_t part;
};

/* Parts stand in the order in which they contribute: a part's layers before it, the idea last.
 * Variables stand in the order in which they are resolved: the idea's, then its layers'. */
struct ais_template {
    struct ais_part *parts[AIS_PARTS_MAX];
    size_t part_count;
    struct ais_declared *variables;
    size_t variable_count, variable_capacity;
    struct ais_variant *variant; /* what variant() goes by at the moment */
};

/* Loads SOURCE (see catalogue.h) and its layers. The caller frees it. NULL with *err set. */
struct ais_template *ais_template_load(const struct ais_catalogue *catalogue, const char *source,
                                       struct ais_error *err);
void ais_template_free(struct ais_template *t);

/* The manifest of the idea. */
const struct ais_manifest *ais_template_manifest(const struct ais_template *t);

/* The variable `name`, or NULL. */
const struct ais_declared *ais_template_variable(const struct ais_template *t, const char *name);

/* Whether the part is active under the values of `context`, which must hold what the conditions on
 * the way to it read, but not what others do: 1, 0 or -1. */
int ais_template_is_active(const struct ais_template *t, const json_t *context, size_t part,
                           struct ais_error *err);

/* Which parts are active under the values of `context`, into active[part_count]. */
int ais_template_active(const struct ais_template *t, const json_t *context, bool *active,
                        struct ais_error *err);

/* `template` as templates see it: {name, version, released, summary}; a new reference. */
json_t *ais_template_facts(const struct ais_template *t, struct ais_error *err);

#endif
