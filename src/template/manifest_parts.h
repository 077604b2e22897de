/* The manifest's reader, by part. Each reads one member of the root object into the manifest. */
#ifndef AIS_TEMPLATE_MANIFEST_PARTS_H
#define AIS_TEMPLATE_MANIFEST_PARTS_H

#include "template/fields.h"
#include "template/manifest.h"

/* What all parts need. */
struct ais_reading {
    struct ais_manifest *manifest;
    struct ais_source *source;
    struct ais_jinja *env;
    struct ais_error *err;
};

int ais_read_variables(struct ais_reading *r, struct ais_node object);
int ais_read_tree(struct ais_reading *r, struct ais_node list);
int ais_read_provides(struct ais_reading *r, struct ais_node object);

/* `key` of the object as an expression, left NULL where it is absent. */
int ais_read_when(struct ais_reading *r, const struct ais_fields *f, const char *key,
                  struct ais_jinja_tree **out);

/* Where a string's text begins: behind its opening quote. */
struct ais_place ais_text_place(struct ais_node string);

/* count zeroed elements of `size` bytes that live as long as the manifest; NULL with *err set. */
void *ais_read_array(struct ais_reading *r, size_t count, size_t size);

void ais_variable_release(struct ais_variable *variable);
void ais_tree_entry_release(struct ais_tree_entry *entry);

#endif
