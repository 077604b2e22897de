#include "kit/known.h"

#include "kit/record.h"

#include <stdlib.h>
#include <string.h>

enum { KITS_MAX = 2000000, TEXT_MAX = 1000 };

/* A text that may be absent or null. */
static int take(struct ais_node object, const char *key, const char **text, struct ais_error *err) {
    struct ais_node node;
    const char *value;
    *text = "";
    if (!ais_node_get(object, key, &node) || json_is_null(node.value))
        return 0;
    value = ais_node_text(node);
    if (!value || strlen(value) > TEXT_MAX)
        return ais_fail_at(err, AIS_ANSWERS, ais_node_place(node),
                           "\"%s\" must be a text of at most 1000 bytes", key);
    *text = value;
    return 0;
}

/* "sha256:" and 64 digits, which alone are taken; "" where absent. */
static int take_digest(struct ais_node object, const char *key, const char **digest,
                       struct ais_error *err) {
    if (take(object, key, digest, err) < 0)
        return -1;
    if (!**digest)
        return 0;
    if (strncmp(*digest, "sha256:", 7) == 0 && ais_is_digest(*digest + 7)) {
        *digest += 7;
        return 0;
    }
    return ais_fail_at(err, AIS_ANSWERS, ais_node_place(object),
                       "\"%s\" must be sha256: and 64 hex digits", key);
}

static int add_kit(struct ais_known *known, struct ais_node node,
                   const struct ais_known_kit *common, struct ais_error *err) {
    struct ais_known_kit kit = *common;
    if (take(node, "id", &kit.id, err) < 0 || take(node, "student", &kit.student, err) < 0 ||
        take(node, "name", &kit.name, err) < 0 || take(node, "group", &kit.group, err) < 0 ||
        take(node, "commit", &kit.commit, err) < 0 ||
        take_digest(node, "tree_digest", &kit.tree_digest, err) < 0 ||
        take_digest(node, "manifest_digest", &kit.manifest_digest, err) < 0)
        return -1;
    if (!ais_is_digest(kit.id))
        return ais_fail_at(err, AIS_ANSWERS, ais_node_place(node),
                           "a kit's \"id\" must be 64 hex digits");
    if (known->count == KITS_MAX)
        return ais_fail_at(err, AIS_ANSWERS, ais_node_place(node), "more than 2000000 kits");
    if (ais_grow(&known->kits, &known->capacity, known->count + 1, sizeof kit) < 0)
        return ais_fail_memory(err);
    known->kits[known->count++] = kit;
    return 0;
}

static int by_id(const void *a, const void *b) {
    const struct ais_known_kit *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : strcmp(x->commit, y->commit);
}

static int by_commit(const void *a, const void *b) {
    const struct ais_known_kit *const *x = a, *const *y = b;
    return strcmp((*x)->commit, (*y)->commit);
}

static int sort(struct ais_known *known, struct ais_error *err) {
    ais_free(known->by_commit);
    known->by_commit = ais_calloc(known->count + 1, sizeof *known->by_commit);
    if (!known->by_commit)
        return ais_fail_memory(err);
    if (known->count)
        qsort(known->kits, known->count, sizeof *known->kits, by_id);
    for (size_t i = 0; i < known->count; i++)
        known->by_commit[i] = &known->kits[i];
    qsort(known->by_commit, known->count, sizeof *known->by_commit, by_commit);
    return 0;
}

int ais_known_add(struct ais_known *known, const char *path, const char *text, size_t size,
                  struct ais_error *err) {
    struct ais_known_kit common = {0};
    struct ais_json *doc;
    struct ais_node root, schema, kits;
    if (ais_grow(&known->docs, &known->doc_capacity, known->doc_count + 1, sizeof *known->docs) < 0)
        return ais_fail_memory(err);
    doc = &known->docs[known->doc_count++];
    if (ais_json_parse(doc, path, text, size, AIS_ANSWERS, err) < 0)
        return -1;
    root = ais_json_root(doc);
    if (!ais_node_get(root, "schema", &schema) || !ais_node_text(schema) ||
        strcmp(ais_node_text(schema), "aiscaffold.kit-report/1") != 0 ||
        !ais_node_get(root, "kits", &kits) || !json_is_array(kits.value))
        return ais_fail_at(
            err, AIS_ANSWERS, ais_node_place(root),
            "this is no report of the schema aiscaffold.kit-report/1 (aiscaffold kit "
            "writes it as report.json)");
    if (take(root, "template", &common.template_name, err) < 0 ||
        take(root, "version", &common.version, err) < 0)
        return -1;
    for (size_t i = 0; i < ais_node_count(kits); i++)
        if (add_kit(known, ais_node_at(kits, i), &common, err) < 0)
            return -1;
    return sort(known, err);
}

void ais_known_release(struct ais_known *known) {
    for (size_t i = 0; i < known->doc_count; i++)
        ais_json_release(&known->docs[i]);
    ais_free(known->docs);
    ais_free(known->by_commit);
    ais_free(known->kits);
    *known = (struct ais_known){0};
}

const struct ais_known_kit *ais_known_find(const struct ais_known *known, const char *id) {
    size_t low = 0, high = known->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(known->kits[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < known->count && strcmp(known->kits[low].id, id) == 0 ? &known->kits[low] : NULL;
}

const struct ais_known_kit *ais_known_commit(const struct ais_known *known, const char *commit) {
    const struct ais_known_kit key = {.commit = commit}, *wanted = &key, **found;
    if (!*commit || !known->count)
        return NULL;
    found = bsearch(&wanted, known->by_commit, known->count, sizeof *found, by_commit);
    return found ? *found : NULL;
}
