#include "kit/common.h"

#include "base/mem.h"

#include <string.h>

static void beginning_release(struct ais_beginning *b) {
    ais_free(b->has);
    ais_free(b->files);
    ais_image_base_release(&b->base);
    ais_tar_state_release(&b->state);
    *b = (struct ais_beginning){0};
}

void ais_common_release(struct ais_common *common) {
    for (size_t i = 0; i < common->count; i++)
        beginning_release(&common->beginnings[i]);
    ais_plan_release(&common->plan);
}

static bool is_same(const struct ais_file *a, const struct ais_file *b) {
    if (a->size != b->size || a->executable != b->executable || strcmp(a->path, b->path) != 0)
        return false;
    if (a->data == b->data || !a->size)
        return true;
    if (a->sha256 && b->sha256)
        return strcmp(a->sha256, b->sha256) == 0;
    return memcmp(a->data, b->data, a->size) == 0;
}

/* Goes through both plans, which are sorted: has[] says what the kit has of the first, and where[i]
 * is one more than the number of the kit's file i among those, or 0. Returns how many it has. */
static size_t match(const struct ais_plan *plan, const struct ais_plan *kit, bool *has,
                    size_t *where) {
    size_t count = 0, k = 0;
    for (size_t i = 0; i < kit->count; i++) {
        where[i] = 0;
        while (k < plan->count && strcmp(plan->files[k].path, kit->files[i].path) < 0)
            has[k++] = false;
        if (k < plan->count && is_same(&plan->files[k], &kit->files[i])) {
            has[k++] = true;
            where[i] = ++count;
        }
    }
    while (k < plan->count)
        has[k++] = false;
    return count;
}

static int make(struct ais_beginning *b, const struct ais_plan *plan, const bool *has, size_t count,
                const struct ais_tarball *like, struct ais_error *err) {
    const struct ais_ready_source ready = {ais_shared_ready, like->shared};
    struct ais_tarball tarball = *like;
    b->has = ais_calloc(plan->count + 1, sizeof *b->has);
    b->files = ais_calloc(count + 2, sizeof *b->files);
    if (!b->has || !b->files)
        return ais_fail_memory(err);
    if (!count)
        return 0;
    memcpy(b->has, has, plan->count * sizeof *has);
    for (size_t i = 0; i < plan->count; i++)
        if (has[i])
            b->files[b->count++] = plan->files[i];
    if (ais_image_base_make(&b->base, b->files, b->count, &ready, err) < 0)
        return -1;
    b->files[b->count++] = b->base.image.files[0];
    b->files[b->count++] = b->base.image.files[1];
    tarball.image = &b->base.image;
    tarball.files = b->files;
    tarball.count = b->count;
    tarball.begins = NULL;
    return ais_tarball_begin(&tarball, &b->state, err);
}

/* The beginning with just those files, or NULL. */
static struct ais_beginning *find(struct ais_common *common, const bool *has) {
    for (size_t i = 0; i < common->count; i++)
        if (memcmp(common->beginnings[i].has, has, common->plan.count * sizeof *has) == 0)
            return &common->beginnings[i];
    return NULL;
}

static struct ais_beginning *add(struct ais_common *common, const bool *has, size_t count,
                                 const struct ais_tarball *like, struct ais_error *err) {
    struct ais_beginning made = {0}, *place;
    if (make(&made, &common->plan, has, count, like, err) < 0) {
        beginning_release(&made);
        return NULL;
    }
    place = &common->beginnings[common->next];
    common->next = (common->next + 1) % AIS_BEGINNINGS_MAX;
    if (common->count < AIS_BEGINNINGS_MAX)
        common->count++;
    else
        beginning_release(place);
    *place = made;
    return place;
}

const struct ais_beginning *ais_common_find(struct ais_common *common, const struct ais_plan *kit,
                                            const struct ais_tarball *tarball,
                                            const struct ais_oid **elsewhere,
                                            struct ais_error *err) {
    struct ais_beginning *found = NULL;
    bool *has = ais_calloc(common->plan.count + 1, sizeof *has);
    size_t *where = ais_calloc(kit->count + 1, sizeof *where), count;
    if (!has || !where) {
        ais_fail_memory(err);
        goto out;
    }
    count = match(&common->plan, kit, has, where);
    found = find(common, has);
    if (!found)
        found = add(common, has, count, tarball, err);
    for (size_t i = 0; found && i < kit->count; i++)
        elsewhere[i] = where[i] ? &found->base.blobs[where[i] - 1] : NULL;
out:
    ais_free(has);
    ais_free(where);
    return found;
}
