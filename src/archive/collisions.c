#include "archive/reader.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* A path and what is left of it when case and Unicode form are; '/' is the least byte in the key,
 * so that a folder's files follow a file of its name at once. */
struct folded {
    char *key;
    const char *path;
};

static int by_key(const void *a, const void *b) {
    const struct folded *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : strcmp(x->path, y->path);
}

static int fold(struct folded *folded, const char *path, struct ais_error *err) {
    folded->path = path;
    folded->key = ais_text_fold(path);
    if (!folded->key)
        return ais_fail_memory(err);
    for (char *slash = strchr(folded->key, '/'); slash; slash = strchr(slash, '/'))
        *slash = '\1';
    return 0;
}

/* Compares name by name as long as the keys agree. */
static const char *collision(const struct folded *a, const struct folded *b) {
    const char *x = a->path, *y = b->path, *kx = a->key, *ky = b->key;
    for (;;) {
        size_t n = strcspn(x, "/"), m = strcspn(y, "/"), kn = strcspn(kx, "\1");
        if (kn != strcspn(ky, "\1") || memcmp(kx, ky, kn) != 0)
            return NULL;
        if (n != m || memcmp(x, y, n) != 0)
            return "are one name where case or Unicode form is ignored";
        if (!x[n] && !y[m])
            return "are there twice";
        if (!x[n] || !y[m])
            return "are a file and a folder of one name";
        x += n + 1;
        y += m + 1;
        kx += kn + 1;
        ky += kn + 1;
    }
}

int ais_reader_collisions(const struct ais_names *files, const char *shown, struct ais_error *err) {
    struct folded *all = ais_calloc(files->count + 1, sizeof *all);
    int rc = -1;
    if (!all)
        return ais_fail_memory(err);
    for (size_t i = 0; i < files->count; i++)
        if (fold(&all[i], files->names[i], err) < 0)
            goto out;
    qsort(all, files->count, sizeof *all, by_key);
    for (size_t i = 1; i < files->count; i++) {
        const char *what = collision(&all[i - 1], &all[i]);
        if (what) {
            ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = shown},
                        "\"%.300s\" and \"%.300s\" %s", all[i - 1].path, all[i].path, what);
            goto out;
        }
    }
    rc = 0;
out:
    for (size_t i = 0; i < files->count; i++)
        ais_free(all[i].key);
    ais_free(all);
    return rc;
}
