#include "sink/listing.h"

json_t *ais_listing(const struct ais_plan *plan, struct ais_error *err) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < plan->count; i++) {
        const struct ais_file *file = &plan->files[i];
        const struct ais_entry *entry = &plan->entries[i];
        char digest[AIS_SHA256_HEX];
        json_t *item;
        ais_sha256(file->data, file->size, digest);
        item = json_pack("{ss ss sI ss ss ss?}", "path", file->path, "mode",
                         file->executable ? "100755" : "100644", "size", (json_int_t)file->size,
                         "role", ais_role_name(entry->role), "sha256", digest, "source",
                         entry->source);
        if (json_array_append_new(list, item) < 0) {
            json_decref(list);
            list = NULL;
        }
    }
    if (!list)
        ais_fail_memory(err);
    return list;
}
