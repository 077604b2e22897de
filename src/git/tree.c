#include "base/path.h"
#include "git/history.h"

#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 100000, TREES_MAX = 100000 };
static const size_t wanted_bytes_max = 64 << 20;

/* A tree being read; `honest` is false as soon as it holds what no pristine commit does. */
struct reading {
    struct ais_history *h;
    struct ais_tree *tree;
    const char *wanted;
    size_t trees;
    bool honest;
    struct ais_error *err;
};

static int add_file(struct reading *r, const char *path, bool executable,
                    const struct ais_oid *oid) {
    struct ais_tree *t = r->tree;
    struct ais_digested file = {.executable = executable};
    struct ais_buf data;
    int rc = -1, got = ais_objects_read(&r->h->objects, oid, AIS_BLOB_OBJECT, &data, r->err);
    if (got <= 0 || t->count == FILES_MAX) {
        r->honest = false;
        rc = got < 0 ? -1 : 0;
        goto out;
    }
    ais_sha256(ais_buf_text(&data), data.size, file.sha256);
    file.path = ais_arena_strdup(&t->arena, path);
    if (!file.path || ais_grow(&t->files, &t->capacity, t->count + 1, sizeof file) < 0) {
        ais_fail_memory(r->err);
        goto out;
    }
    t->files[t->count++] = file;
    if (strcmp(path, r->wanted) == 0 && data.size <= wanted_bytes_max) {
        ais_buf_release(&t->text);
        t->text = data;
        data = AIS_BUF(0);
    }
    rc = 0;
out:
    ais_buf_release(&data);
    return rc;
}

static int read_tree(struct reading *r, const char *prefix, const struct ais_oid *oid,
                     unsigned depth);

/* One entry: "MODE NAME\0" and its id. */
static int read_entry(struct reading *r, const char *prefix, const char *mode, const char *name,
                      const struct ais_oid *oid, unsigned depth) {
    bool folder = strncmp(mode, "40000 ", 6) == 0, program = strncmp(mode, "100755 ", 7) == 0;
    char *path = ais_path_join(prefix, name);
    int rc = 0;
    if (!path)
        return ais_fail_memory(r->err);
    if (strchr(name, '/') || ais_path_fault(path, strlen(path)) ||
        (!folder && !program && strncmp(mode, "100644 ", 7) != 0))
        r->honest = false;
    else if (folder)
        rc = read_tree(r, path, oid, depth + 1);
    else
        rc = add_file(r, path, program, oid);
    ais_free(path);
    return rc;
}

static int read_tree(struct reading *r, const char *prefix, const struct ais_oid *oid,
                     unsigned depth) {
    struct ais_buf data;
    const char *at, *end;
    int rc = -1, got = ais_objects_read(&r->h->objects, oid, AIS_TREE_OBJECT, &data, r->err);
    if (got <= 0 || depth > AIS_DEPTH_MAX || r->trees++ == TREES_MAX) {
        r->honest = false;
        rc = got < 0 ? -1 : 0;
        goto out;
    }
    at = ais_buf_text(&data);
    for (end = at + data.size; r->honest && at < end;) {
        const char *nul = memchr(at, '\0', (size_t)(end - at)), *space = strchr(at, ' ');
        struct ais_oid child;
        if (!nul || !space || space > nul || end - nul <= AIS_OID_BYTES) {
            r->honest = false;
            break;
        }
        memcpy(child.bytes, nul + 1, AIS_OID_BYTES);
        if (read_entry(r, prefix, at, space + 1, &child, depth) < 0)
            goto out;
        at = nul + 1 + AIS_OID_BYTES;
    }
    rc = 0;
out:
    ais_buf_release(&data);
    return rc;
}

static int by_path(const void *a, const void *b) {
    const struct ais_digested *x = a, *y = b;
    return strcmp(x->path, y->path);
}

int ais_history_tree(struct ais_history *history, const struct ais_claim *claim, const char *wanted,
                     struct ais_tree *tree, struct ais_error *err) {
    struct reading r = {history, tree, wanted, 0, true, err};
    char digest[AIS_SHA256_HEX];
    *tree = (struct ais_tree){.text = AIS_BUF(0)};
    if (read_tree(&r, "", &claim->tree, 0) < 0)
        return -1;
    if (!r.honest)
        return 0;
    if (tree->count)
        qsort(tree->files, tree->count, sizeof *tree->files, by_path);
    ais_list_digest(tree->files, tree->count, digest);
    return strcmp(digest, claim->digest) == 0;
}

void ais_tree_release(struct ais_tree *tree) {
    ais_free(tree->files);
    ais_buf_release(&tree->text);
    ais_arena_release(&tree->arena);
    *tree = (struct ais_tree){0};
}
