#include "kit/names.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

/* How much of the id's digest stands behind a name, from what is nice to what can't collide. */
static const size_t digest_lengths[] = {0, 8, 16, 64};
enum { LEVEL_MAX = 3 };

/* A name in the making. */
struct naming {
    const char *id;
    char *key; /* the same for names that are the same to some file system */
    const char *name;
    int level; /* of digest_lengths */
};

static bool is_mark(ucs4_t c) {
    return uc_is_general_category(c, UC_CATEGORY_M);
}

static bool is_kept(ucs4_t c) {
    return (c < 0x80 && c && strchr("-_.@+", (int)c)) || uc_is_general_category(c, UC_CATEGORY_L) ||
           uc_is_general_category(c, UC_CATEGORY_Nd) || is_mark(c);
}

/* The characters of NFC text[size] that are kept, and one '-' for each run of others; what can't
 * stand at an end of a name is left out there. */
static void add_kept(struct ais_buf *out, const uint8_t *text, size_t size) {
    size_t start = out->size;
    while (size) {
        ucs4_t c;
        int n = u8_mbtoucr(&c, text, size);
        if (n < 1)
            break; /* u8_normalize gives no such text */
        if (is_kept(c) &&
            !(out->size == start && ((c < 0x80 && strchr("-.@+", (int)c)) || is_mark(c))))
            ais_buf_add(out, text, (size_t)n);
        else if (out->size > start && out->data[out->size - 1] != '-')
            ais_buf_char(out, '-');
        text += n;
        size -= (size_t)n;
    }
    while (out->size > start && strchr("-.", out->data[out->size - 1]))
        ais_buf_truncate(out, out->size - 1);
}

/* Whether Windows takes a name for a device, whatever its suffix. */
static bool is_device(const char *name) {
    static const char *const devices[] = {"con", "prn", "aux", "nul"};
    size_t size = strcspn(name, ".");
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
        if (size == 3 && strncasecmp(name, devices[i], 3) == 0)
            return true;
    return size == 4 && name[3] >= '0' && name[3] <= '9' &&
           (strncasecmp(name, "com", 3) == 0 || strncasecmp(name, "lpt", 3) == 0);
}

/* Cuts the name to `size` bytes, between two characters and never before a mark. */
static void cut(struct ais_buf *name, size_t size) {
    ucs4_t c;
    while (size && (u8_mbtoucr(&c, (const uint8_t *)name->data + size, name->size - size) < 1 ||
                    is_mark(c)))
        size--;
    while (size && strchr("-.", name->data[size - 1]))
        size--;
    ais_buf_truncate(name, size);
}

/* The name of an id with the digest of level n->level, or of level 1 where the id says too little
 * or too much. */
static int make_name(struct naming *n, struct ais_arena *arena, struct ais_error *err) {
    struct ais_buf name = AIS_BUF(1 << 20);
    char hex[AIS_SHA256_HEX];
    size_t size = 0, digest;
    uint8_t *form = u8_normalize(UNINORM_NFC, (const uint8_t *)n->id, strlen(n->id), NULL, &size);
    int rc = -1;
    if (!form) {
        ais_fail_memory(err);
        goto out;
    }
    add_kept(&name, form, size);
    if (is_device(ais_buf_text(&name))) {
        ais_buf_truncate(&name, 0);
        ais_buf_char(&name, '_');
        add_kept(&name, form, size);
    }
    if (n->level == 0 && (!name.size || name.size > AIS_STEM_MAX))
        n->level = 1;
    digest = digest_lengths[n->level];
    if (digest && name.size > AIS_STEM_MAX - 1 - digest)
        cut(&name, AIS_STEM_MAX - 1 - digest);
    if (!name.size)
        ais_buf_str(&name, "id");
    ais_sha256(n->id, strlen(n->id), hex);
    if (digest)
        ais_buf_printf(&name, "-%.*s", (int)digest, hex);
    if (ais_buf_check(&name, AIS_FAILED, "a file name", err) < 0)
        goto out;
    n->name = ais_arena_strndup(arena, name.data, name.size);
    ais_free(n->key);
    n->key = n->name ? ais_text_fold(n->name) : NULL;
    rc = n->key ? 0 : ais_fail_memory(err);
out:
    free(form);
    ais_buf_release(&name);
    return rc;
}

static int by_key(const void *a, const void *b) {
    return strcmp((*(struct naming *const *)a)->key, (*(struct naming *const *)b)->key);
}

/* Lengthens the digests of all names that are the same as another. Returns how many there were, or
 * -1. */
static int separate(struct naming **sorted, size_t count, struct ais_arena *arena,
                    struct ais_error *err) {
    int changed = 0;
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && by_key(&sorted[i], &sorted[next]) == 0;)
            next++;
        for (size_t k = i; next - i > 1 && k < next; k++) {
            if (sorted[k]->level == LEVEL_MAX)
                continue; /* ends with all of its digest: the others move away */
            sorted[k]->level++;
            changed = 1;
            if (make_name(sorted[k], arena, err) < 0)
                return -1;
        }
    }
    return changed;
}

int ais_names_make(const char *const *ids, size_t count, const char **names,
                   struct ais_arena *arena, struct ais_error *err) {
    struct naming *all = ais_calloc(count, sizeof *all);
    struct naming **sorted = ais_calloc(count, sizeof(struct naming *));
    int changed = 1, rc = -1;
    if (!all || !sorted) {
        ais_fail_memory(err);
        goto out;
    }
    for (size_t i = 0; i < count; i++) {
        all[i].id = ids[i];
        sorted[i] = &all[i];
        if (make_name(&all[i], arena, err) < 0)
            goto out;
    }
    while (changed > 0) {
        qsort(sorted, count, sizeof *sorted, by_key);
        changed = separate(sorted, count, arena, err);
    }
    if (changed < 0)
        goto out;
    for (size_t i = 0; i < count; i++)
        names[i] = all[i].name;
    rc = 0;
out:
    for (size_t i = 0; all && i < count; i++)
        ais_free(all[i].key);
    ais_free(all);
    ais_free(sorted);
    return rc;
}
