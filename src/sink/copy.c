#include "sink/copy.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"
#include "template/catalogue.h"

#include <stdlib.h>
#include <string.h>

/* The files to write, with paths of their own. */
struct copying {
    struct ais_file *files;
    size_t count, capacity;
    struct ais_buf manifest; /* of the idea */
    struct ais_error *err;
};

static int add(struct copying *c, const char *folder, const struct ais_file *file) {
    struct ais_file copy = *file;
    char *path = ais_path_join(folder, file->path);
    if (!path || ais_grow(&c->files, &c->capacity, c->count + 1, sizeof copy) < 0) {
        ais_free(path);
        return ais_fail_memory(c->err);
    }
    copy.path = path;
    c->files[c->count++] = copy;
    return 0;
}

/* The idea's manifest: the schema that a built-in one names lies beside it now. */
static int add_manifest(struct copying *c, const struct ais_file *file) {
    static const char far[] = "\"../../" AIS_SCHEMA_PATH "\"";
    const char *found = memmem(file->data, file->size, far, sizeof far - 1);
    size_t before = found ? (size_t)(found - file->data) : 0, size = sizeof far - 1;
    struct ais_file near = *file;
    if (!found)
        return add(c, "", file);
    ais_buf_add(&c->manifest, file->data, before);
    ais_buf_str(&c->manifest, "\"" AIS_SCHEMA_PATH "\"");
    ais_buf_add(&c->manifest, found + size, file->size - before - size);
    if (ais_buf_check(&c->manifest, AIS_FAILED, "the manifest", c->err) < 0)
        return -1;
    near.data = c->manifest.data;
    near.size = c->manifest.size;
    return add(c, "", &near);
}

static int add_part(struct copying *c, const struct ais_part *part, bool idea) {
    char *folder = idea ? ais_strdup("") : ais_path_join("layers", part->manifest.name);
    int rc = folder ? 0 : ais_fail_memory(c->err);
    for (size_t i = 0; rc == 0 && i < part->source->count; i++) {
        const struct ais_file *file = &part->source->files[i];
        if (idea && strcmp(file->path, "template.json") == 0)
            rc = add_manifest(c, file);
        else if (idea && strcmp(file->path, AIS_SCHEMA_PATH) == 0)
            continue;                                             /* it is added anew */
        else if (!idea || strncmp(file->path, "layers/", 7) != 0) /* its own layers come as parts */
            rc = add(c, folder, file);
    }
    ais_free(folder);
    return rc;
}

static int by_path(const void *a, const void *b) {
    const struct ais_file *x = a, *y = b;
    return strcmp(x->path, y->path);
}

int ais_template_copy(const struct ais_template *t, const char *target,
                      const struct ais_sink_options *options, size_t *count,
                      struct ais_error *err) {
    const struct ais_file schema = ais_catalogue_schema();
    struct copying c = {.manifest = AIS_BUF(16 << 20), .err = err};
    struct ais_sink *sink = NULL;
    int rc = -1;
    for (size_t i = 0; i < t->part_count; i++)
        if (add_part(&c, t->parts[i], i + 1 == t->part_count) < 0)
            goto out;
    if (add(&c, "", &schema) < 0)
        goto out;
    if (c.count)
        qsort(c.files, c.count, sizeof *c.files, by_path);
    sink = ais_sink_folder(target, options, err);
    if (!sink || ais_sink_fill(sink, c.files, c.count, err) < 0)
        goto out;
    *count = c.count;
    rc = ais_sinks_publish(&sink, 1, err);
out:
    ais_sink_free(sink);
    for (size_t i = 0; i < c.count; i++)
        ais_free((char *)c.files[i].path);
    ais_free(c.files);
    ais_buf_release(&c.manifest);
    return rc;
}
