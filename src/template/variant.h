/* Variants: the same template gives each student another choice, and the grader can make it again.
 *
 * variant(n, 'label') in a template is the first 8 bytes (most significant first) of HMAC-SHA-256
 * with the kit's id as its key and the label as its message, modulo n. Without a kit the id is 64
 * zeros. */
#ifndef AIS_TEMPLATE_VARIANT_H
#define AIS_TEMPLATE_VARIANT_H

#include "jinja/jinja.h"

enum { AIS_KIT_HEX = 65 }; /* of a kit's id, with the NUL */

/* What one rendering read: names of its context with their values (null: no such name), and calls
 * of variant() with what they gave. Both are objects, owned; `failed` where memory ended. */
struct ais_reads {
    json_t *names, *variants;
    bool failed;
};

/* What the environments of a template share: the kit at hand, and who wants to know what is read
 * (NULL: nobody). */
struct ais_variant {
    char kit[AIS_KIT_HEX];
    struct ais_reads *reads;
    struct ais_jinja_function functions[2];
};

struct ais_variant *ais_variant_new(struct ais_error *err);
void ais_variant_free(struct ais_variant *variant);

/* From here on templates are rendered for the kit `id`, or for none (NULL). */
void ais_variant_use(struct ais_variant *variant, const char *id);

/* variant(n, label) for the kit at hand. */
uint64_t ais_variant_of(const struct ais_variant *variant, uint64_t n, const char *label);

/* An observer of renderings (see jinja.h); payload is a struct ais_variant. */
void ais_variant_read(void *payload, const char *name, size_t size, json_t *value);

#endif
