#include "git/image.h"

#include "git/image_parts.h"

#include <stdio.h>
#include <string.h>

const char ais_image_config[] = "[core]\n"
                                "\trepositoryformatversion = 0\n"
                                "\tfilemode = true\n"
                                "\tbare = false\n"
                                "\tlogallrefupdates = true\n";

static const size_t tree_bytes_max = 256 << 20, index_bytes_max = 512 << 20;

/* The commit's tree in the making: blobs[i] belongs to files[i]. */
struct making {
    const struct ais_file *files;
    struct ais_oid *blobs;
    struct ais_pack pack;
    struct ais_error *err;
};

static void put_entry(struct ais_buf *tree, const char *mode, const char *name, size_t size,
                      const struct ais_oid *oid) {
    ais_buf_str(tree, mode);
    ais_buf_char(tree, ' ');
    ais_buf_add(tree, name, size);
    ais_buf_char(tree, '\0');
    ais_buf_add(tree, oid->bytes, sizeof oid->bytes);
}

/* Adds the tree of files[from..to), which share the first `prefix` bytes of their paths, and the
 * trees in it. Git sorts folders as if their names ended in '/', which is how the paths are sorted.
 */
static int add_tree(struct making *m, size_t from, size_t to, size_t prefix, struct ais_oid *oid) {
    struct ais_buf tree = AIS_BUF(tree_bytes_max);
    int rc = -1;
    while (from < to) {
        const char *name = m->files[from].path + prefix;
        size_t size = strcspn(name, "/"), next = from + 1;
        struct ais_oid child;
        if (!name[size]) {
            put_entry(&tree, m->files[from].executable ? "100755" : "100644", name, size,
                      &m->blobs[from]);
        } else {
            while (next < to && strncmp(m->files[next].path + prefix, name, size + 1) == 0)
                next++;
            if (add_tree(m, from, next, prefix + size + 1, &child) < 0)
                goto out;
            put_entry(&tree, "40000", name, size, &child);
        }
        from = next;
    }
    if (ais_buf_check(&tree, AIS_FAILED, "a folder of the git history", m->err) < 0)
        goto out;
    rc = ais_pack_add(&m->pack, AIS_TREE_OBJECT, ais_buf_text(&tree), tree.size, oid, m->err);
out:
    ais_buf_release(&tree);
    return rc;
}

static int add_commit(struct making *m, const struct ais_commit *commit, const char *tree_id,
                      struct ais_oid *oid) {
    struct ais_buf text = AIS_BUF(256 * 1024);
    int rc = -1;
    ais_buf_printf(&text, "tree %s\n", tree_id);
    ais_buf_printf(&text, "author %s <%s> %lld +0000\n", commit->name, commit->email,
                   (long long)commit->time);
    ais_buf_printf(&text, "committer %s <%s> %lld +0000\n\n%s", commit->name, commit->email,
                   (long long)commit->time, commit->message);
    if (ais_buf_check(&text, AIS_FAILED, "the commit", m->err) == 0)
        rc = ais_pack_add(&m->pack, AIS_COMMIT_OBJECT, text.data, text.size, oid, m->err);
    ais_buf_release(&text);
    return rc;
}

void ais_image_put_index(struct ais_buf *index, const struct ais_file *files,
                         const struct ais_oid *blobs, size_t count) {
    static const char zeros[24] = {0};
    struct ais_oid ignored;
    ais_buf_str(index, "DIRC");
    ais_put32(index, 2);
    ais_put32(index, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        const char *path = files[i].path;
        size_t size = strlen(path), flags = size < 0xfff ? size : 0xfff;
        ais_buf_add(index, zeros, 24); /* two times, device, inode */
        ais_put32(index, files[i].executable ? 0100755 : 0100644);
        ais_buf_add(index, zeros, 12); /* user, group, size */
        ais_buf_add(index, blobs[i].bytes, AIS_OID_BYTES);
        ais_buf_char(index, (char)(flags >> 8));
        ais_buf_char(index, (char)flags);
        ais_buf_add(index, path, size);
        ais_buf_add(index, zeros, 8 - (62 + size) % 8); /* 1 to 8 NULs, to a multiple of 8 */
    }
    ais_put_checksum(index, &ignored);
}

static int add_file(struct ais_image *image, const char *path, const char *data, size_t size,
                    struct ais_error *err) {
    struct ais_file *file = &image->files[image->count++];
    *file = (struct ais_file){
        .path = ais_arena_strdup(&image->arena, path), .data = data, .size = size};
    return file->path && data ? 0 : ais_fail_memory(err);
}

static int add_text(struct ais_image *image, const char *path, const char *text,
                    struct ais_error *err) {
    return add_file(image, path, ais_arena_strdup(&image->arena, text), strlen(text), err);
}

/* The pack and its index, whose name is known. */
static int list_pack(struct ais_image *image, const struct ais_oid *pack_name,
                     struct ais_error *err) {
    char name[AIS_OID_HEX], path[128];
    ais_oid_hex(pack_name, name);
    snprintf(path, sizeof path, ".git/objects/pack/pack-%s.idx", name);
    if (add_file(image, path, image->pack_index.data, image->pack_index.size, err) < 0)
        return -1;
    snprintf(path, sizeof path, ".git/objects/pack/pack-%s.pack", name);
    return add_file(image, path, image->pack.data, image->pack.size, err);
}

int ais_image_list(struct ais_image *image, const char *branch, bool pristine,
                   const struct ais_oid *pack_name, struct ais_error *err) {
    char head[300], ref[300], id[64];
    image->files = ais_arena_alloc(&image->arena, 7 * sizeof *image->files);
    if (!image->files)
        return ais_fail_memory(err);
    snprintf(id, sizeof id, "%s\n", image->commit_id);
    snprintf(head, sizeof head, "ref: refs/heads/%s\n", branch ? branch : "");
    if (add_text(image, ".git/HEAD", branch ? head : id, err) < 0 ||
        add_text(image, ".git/config", ais_image_config, err) < 0 ||
        add_file(image, ".git/index", image->index.data, image->index.size, err) < 0)
        return -1;
    if (list_pack(image, pack_name, err) < 0)
        return -1;
    if (pristine && add_text(image, ".git/refs/aiscaffold/pristine", id, err) < 0)
        return -1;
    if (!branch) /* git takes a folder for a repository only if it has refs/ */
        return add_text(image, ".git/refs/aiscaffold/head", id, err);
    snprintf(ref, sizeof ref, ".git/refs/heads/%s", branch);
    return add_text(image, ref, id, err);
}

/* The blob of file i. */
static int add_blob(struct making *m, size_t i, const struct ais_ready_source *source,
                    struct ais_image *image) {
    const struct ais_file *file = &m->files[i];
    const struct ais_ready *ready = NULL;
    size_t offset = m->pack.bytes.size;
    int rc;
    if (source && file->steady)
        ready = source->find(source->payload, file);
    if (ready) {
        m->blobs[i] = ready->oid;
        rc = ais_pack_add_ready(&m->pack, ready, m->err);
    } else {
        rc = ais_pack_add(&m->pack, AIS_BLOB_OBJECT, file->data, file->size, &m->blobs[i], m->err);
    }
    if (m->pack.bytes.size > offset)
        image->parts[image->part_count++] =
            (struct ais_image_part){file, ready, offset, m->pack.bytes.size - offset};
    return rc;
}

/* The blobs of all files, in their order but for large ones. */
static int add_blobs(struct making *m, size_t count, const struct ais_ready_source *source,
                     const struct ais_oid *const *elsewhere, struct ais_image *image) {
    image->parts = ais_arena_alloc(&image->arena, (count + 1) * sizeof *image->parts);
    if (!image->parts)
        return ais_fail_memory(m->err);
    for (size_t i = 0; elsewhere && i < count; i++)
        if (elsewhere[i])
            m->blobs[i] = *elsewhere[i];
        else if (m->files[i].size >= AIS_LARGE_FILE && add_blob(m, i, source, image) < 0)
            return -1;
    for (size_t i = 0; i < count; i++)
        if (!elsewhere || (!elsewhere[i] && m->files[i].size < AIS_LARGE_FILE))
            if (add_blob(m, i, source, image) < 0)
                return -1;
    return 0;
}

int ais_image_make(struct ais_image *image, const struct ais_file *files, size_t count,
                   const struct ais_commit *commit, struct ais_error *err) {
    return ais_image_make_shared(image, files, count, commit, NULL, NULL, err);
}

int ais_image_make_shared(struct ais_image *image, const struct ais_file *files, size_t count,
                          const struct ais_commit *commit, const struct ais_ready_source *ready,
                          const struct ais_oid *const *elsewhere, struct ais_error *err) {
    struct making m = {.files = files, .err = err};
    struct ais_oid tree, id, name;
    int rc = -1;
    *image = (struct ais_image){.pack_index = AIS_BUF(index_bytes_max),
                                .index = AIS_BUF(index_bytes_max)};
    m.blobs = ais_calloc(count + 1, sizeof *m.blobs);
    if (!m.blobs) {
        ais_fail_memory(err);
        goto out;
    }
    if (ais_pack_init(&m.pack, err) < 0)
        goto out;
    if (add_blobs(&m, count, ready, elsewhere, image) < 0 || add_tree(&m, 0, count, 0, &tree) < 0)
        goto out;
    ais_oid_hex(&tree, image->tree_id);
    if (add_commit(&m, commit, image->tree_id, &id) < 0)
        goto out;
    ais_oid_hex(&id, image->commit_id);
    ais_image_put_index(&image->index, files, m.blobs, count);
    if (ais_buf_check(&image->index, AIS_FAILED, "git's index", err) < 0 ||
        ais_pack_finish(&m.pack, &image->pack_index, &name, err) < 0)
        goto out;
    image->pack = m.pack.bytes;
    m.pack.bytes = AIS_BUF(0);
    rc = ais_image_list(image, commit->branch, true, &name, err);
out:
    ais_pack_release(&m.pack);
    ais_free(m.blobs);
    return rc;
}

int ais_image_base_make(struct ais_image_base *base, const struct ais_file *files, size_t count,
                        const struct ais_ready_source *ready, struct ais_error *err) {
    struct ais_image *image = &base->image;
    struct making m = {.files = files, .err = err};
    struct ais_oid name;
    int rc = -1;
    *base = (struct ais_image_base){.image.pack_index = AIS_BUF(index_bytes_max),
                                    .blobs = ais_calloc(count + 1, sizeof *base->blobs)};
    m.blobs = base->blobs;
    image->files = ais_arena_alloc(&image->arena, 2 * sizeof *image->files);
    if (!m.blobs || !image->files) {
        ais_fail_memory(err);
        goto out;
    }
    if (ais_pack_init(&m.pack, err) < 0 || add_blobs(&m, count, ready, NULL, image) < 0 ||
        ais_pack_finish(&m.pack, &image->pack_index, &name, err) < 0)
        goto out;
    image->pack = m.pack.bytes;
    m.pack.bytes = AIS_BUF(0);
    rc = list_pack(image, &name, err);
out:
    ais_pack_release(&m.pack);
    return rc;
}

void ais_image_base_release(struct ais_image_base *base) {
    ais_image_release(&base->image);
    ais_free(base->blobs);
    *base = (struct ais_image_base){0};
}

void ais_image_release(struct ais_image *image) {
    ais_buf_release(&image->pack);
    ais_buf_release(&image->pack_index);
    ais_buf_release(&image->index);
    ais_arena_release(&image->arena);
    *image = (struct ais_image){0};
}
