#include "plan/reads.h"

#include <stdint.h>
#include <stdlib.h>

int ais_reads_begin(struct ais_variant *variant, struct ais_reads *reads, struct ais_reads **outer,
                    struct ais_error *err) {
    *outer = variant->reads;
    *reads = (struct ais_reads){json_object(), json_object(), false};
    variant->reads = reads;
    return reads->names && reads->variants ? 0 : ais_fail_memory(err);
}

int ais_reads_end(struct ais_variant *variant, const struct ais_reads *reads,
                  struct ais_reads *outer, struct ais_error *err) {
    variant->reads = outer;
    return reads->failed ? ais_fail_memory(err) : 0;
}

void ais_reads_merge(struct ais_reads *into, const struct ais_reads *reads, const json_t *except) {
    const char *key;
    json_t *value;
    if (!into)
        return;
    json_object_foreach(reads->names, key, value) {
        if (!json_object_get(except, key) && json_object_set(into->names, key, value) < 0)
            into->failed = true;
    }
    if (reads->variants && json_object_update(into->variants, reads->variants) < 0)
        into->failed = true;
}

bool ais_reads_hold(const struct ais_variant *variant, const struct ais_reads *reads,
                    const json_t *context) {
    const char *key;
    json_t *value;
    json_object_foreach(reads->names, key, value) {
        const json_t *now = json_object_get(context, key);
        if (now ? now != value && !json_equal(now, value) : !json_is_null(value))
            return false;
    }
    json_object_foreach(reads->variants, key, value) {
        char *label;
        uint64_t n = strtoull(key, &label, 10);
        if ((json_int_t)ais_variant_of(variant, n, label + 1) != json_integer_value(value))
            return false;
    }
    return true;
}

void ais_reads_release(struct ais_reads *reads) {
    json_decref(reads->names);
    json_decref(reads->variants);
    *reads = (struct ais_reads){0};
}
