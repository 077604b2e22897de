#include "template/variant.h"

#include "base/hash.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char nobody[] = "0000000000000000000000000000000000000000000000000000000000000000";

uint64_t ais_variant_of(const struct ais_variant *variant, uint64_t n, const char *label) {
    uint8_t digest[AIS_SHA256_BYTES];
    uint64_t number = 0;
    ais_hmac_sha256(variant->kit, strlen(variant->kit), label, strlen(label), digest);
    for (size_t i = 0; i < 8; i++)
        number = number << 8 | digest[i];
    return number % n;
}

/* Notes a call under a key that no other call has. */
static int note(struct ais_variant *variant, uint64_t n, const char *label, uint64_t value) {
    struct ais_buf key = AIS_BUF(1 << 20);
    int rc = -1;
    if (!variant->reads)
        return 0;
    ais_buf_printf(&key, "%llu %s", (unsigned long long)n, label);
    if (key.data && !key.no_memory)
        rc = json_object_set_new(variant->reads->variants, key.data,
                                 json_integer((json_int_t)value));
    ais_buf_release(&key);
    return rc;
}

static json_t *call(void *payload, const json_t *args, struct ais_error *err) {
    struct ais_variant *variant = payload;
    const json_t *n = json_array_get(args, 0), *label = json_array_get(args, 1);
    uint64_t value;
    if (json_array_size(args) != 2 || !json_is_integer(n) || json_integer_value(n) < 1 ||
        !json_is_string(label)) {
        ais_fail(err, AIS_TEMPLATE, "variant takes a number of variants and a label");
        return NULL;
    }
    value = ais_variant_of(variant, (uint64_t)json_integer_value(n), json_string_value(label));
    if (note(variant, (uint64_t)json_integer_value(n), json_string_value(label), value) < 0) {
        ais_fail_memory(err);
        return NULL;
    }
    return json_integer((json_int_t)value);
}

struct ais_variant *ais_variant_new(struct ais_error *err) {
    struct ais_variant *variant = ais_calloc(1, sizeof *variant);
    if (!variant) {
        ais_fail_memory(err);
        return NULL;
    }
    variant->functions[0] = (struct ais_jinja_function){"variant", call, variant};
    ais_variant_use(variant, NULL);
    return variant;
}

void ais_variant_free(struct ais_variant *variant) {
    ais_free(variant);
}

void ais_variant_use(struct ais_variant *variant, const char *id) {
    snprintf(variant->kit, sizeof variant->kit, "%s", id ? id : nobody);
}

void ais_variant_read(void *payload, const char *name, size_t size, json_t *value) {
    struct ais_variant *variant = payload;
    struct ais_reads *reads = variant->reads;
    if (reads && json_object_setn_new(reads->names, name, size,
                                      value ? json_incref(value) : json_null()) < 0)
        reads->failed = true;
}
