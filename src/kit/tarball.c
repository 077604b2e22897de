#include "kit/tarball.h"

#include "base/mem.h"
#include "base/path.h"

#include <string.h>

static const char zeros[AIS_TAR_END];
static const size_t pending_bytes_max = 0x7fffffff;

/* Every file is a piece of its own, in the archive and in the pack, whether it is shared or not, so
 * that the bytes don't depend on it; `pending` is what stands between pieces. */
struct writing {
    const struct ais_tarball *t;
    struct ais_gzip gzip;
    struct ais_archive *writer; /* of heads */
    struct ais_buf heads, pending;
    char *folder; /* of the member before */
    struct sha256_ctx digest;
    struct ais_error *err;
};

/* Templates differ from kit to kit, so that they are compressed again and again. */
static struct ais_deflater *deflater_of(const struct writing *w, const struct ais_file *file) {
    return file->rendered ? w->t->shared->quick : w->t->shared->well;
}

static int put_piece(struct writing *w, struct ais_deflater *deflater, const void *data,
                     size_t size) {
    struct ais_segment segment = {0};
    int rc = ais_segment_make(&segment, deflater, data, size, w->err);
    if (rc == 0)
        ais_gzip_add(&w->gzip, &segment);
    ais_segment_release(&segment);
    return rc;
}

static int flush(struct writing *w) {
    if (ais_buf_check(&w->pending, AIS_FAILED, "the archive", w->err) < 0)
        return -1;
    if (w->pending.size && put_piece(w, w->t->shared->quick, w->pending.data, w->pending.size) < 0)
        return -1;
    ais_buf_truncate(&w->pending, 0);
    return 0;
}

static void put(struct writing *w, const void *data, size_t size) {
    ais_sha256_add(&w->digest, data, size);
    ais_buf_add(&w->pending, data, size);
}

static size_t padding(size_t size) {
    return (AIS_TAR_BLOCK - size % AIS_TAR_BLOCK) % AIS_TAR_BLOCK;
}

/* An object of the pack; where it is shared it is compressed once. */
static int put_object(struct writing *w, const struct ais_image_part *part, const char *data) {
    struct ais_deflater *deflater = deflater_of(w, part->file);
    struct ais_segment *segment = NULL;
    if (flush(w) < 0)
        return -1;
    ais_sha256_add(&w->digest, data, part->size);
    if (part->ready)
        segment = &ais_shared_of(part->ready)->object;
    if (!segment || (!segment->raw && !ais_shared_take(w->t->shared, part->size / 2)))
        return put_piece(w, deflater, data, part->size);
    if (!segment->raw && ais_segment_make(segment, deflater, data, part->size, w->err) < 0)
        return -1;
    ais_gzip_add(&w->gzip, segment);
    return 0;
}

/* The pack: trees and commit stand behind the objects of files. */
static int put_pack(struct writing *w, const struct ais_file *file) {
    const struct ais_image *image = w->t->image;
    size_t at = 0;
    for (size_t i = 0; i < image->part_count; i++) {
        const struct ais_image_part *part = &image->parts[i];
        put(w, file->data + at, part->offset - at);
        if (put_object(w, part, file->data + part->offset) < 0)
            return -1;
        at = part->offset + part->size;
    }
    put(w, file->data + at, file->size - at);
    put(w, zeros, padding(file->size));
    return 0;
}

/* Makes the headers of the file, in w->heads. */
static int make_heads(struct writing *w, const struct ais_file *file) {
    char *path = ais_path_join(w->t->top, file->path);
    int rc;
    ais_buf_truncate(&w->heads, 0);
    rc = path ? ais_tar_head(w->writer, path, file->size, file->executable, w->err)
              : ais_fail_memory(w->err);
    ais_free(path);
    return rc < 0 ? -1 : ais_buf_check(&w->heads, AIS_FAILED, "the archive", w->err);
}

/* All of a member, in one piece. The caller's to free, or NULL. */
static char *whole_member(const struct writing *w, const struct ais_file *file, size_t *size) {
    char *whole;
    *size = w->heads.size + file->size + padding(file->size);
    whole = ais_calloc(1, *size);
    if (whole) {
        memcpy(whole, w->heads.data, w->heads.size);
        if (file->size)
            memcpy(whole + w->heads.size, file->data, file->size);
    }
    return whole;
}

/* Keeps the headers of a shared file, which follows one in w->folder. */
static int keep_heads(struct writing *w, struct ais_shared_file *shared) {
    shared->folder = ais_strdup(w->folder);
    shared->head = ais_malloc(w->heads.size + 1);
    shared->head_size = w->heads.size;
    if (!shared->folder || !shared->head)
        return ais_fail_memory(w->err);
    memcpy(shared->head, w->heads.data, w->heads.size);
    return 0;
}

/* A member that is not shared, or is for the first time. */
static int put_member(struct writing *w, const struct ais_file *file,
                      struct ais_shared_file *shared) {
    bool share = shared && !shared->folder &&
                 ais_shared_take(w->t->shared, file->size / 2 + 2 * w->heads.size);
    size_t size;
    char *whole = whole_member(w, file, &size);
    int rc = -1;
    if (!whole) {
        ais_fail_memory(w->err);
        goto out;
    }
    if (flush(w) < 0)
        goto out;
    ais_sha256_add(&w->digest, whole, size);
    if (!share) {
        rc = put_piece(w, deflater_of(w, file), whole, size);
        goto out;
    }
    if (keep_heads(w, shared) < 0 ||
        ais_segment_make(&shared->member, deflater_of(w, file), whole, size, w->err) < 0)
        goto out;
    ais_gzip_add(&w->gzip, &shared->member);
    rc = 0;
out:
    ais_free(whole);
    return rc;
}

static int put_shared_member(struct writing *w, struct ais_shared_file *shared) {
    if (flush(w) < 0)
        return -1;
    ais_sha256_add(&w->digest, shared->head, shared->head_size);
    ais_sha256_add(&w->digest, shared->file.data, shared->file.size);
    ais_sha256_add(&w->digest, zeros, padding(shared->file.size));
    ais_gzip_add(&w->gzip, &shared->member);
    return 0;
}

/* A file of .git: it is small, or the pack. */
static int put_git(struct writing *w, const struct ais_file *file) {
    put(w, w->heads.data, w->heads.size);
    if (w->t->image && file->data == w->t->image->pack.data)
        return put_pack(w, file);
    put(w, file->data, file->size);
    put(w, zeros, padding(file->size));
    return 0;
}

static int enter(struct writing *w, const struct ais_file *file) {
    const char *slash = strrchr(file->path, '/');
    size_t size = slash ? (size_t)(slash - file->path) : 0;
    if (strlen(w->folder) == size && memcmp(w->folder, file->path, size) == 0)
        return 0;
    ais_free(w->folder);
    w->folder = ais_strndup(file->path, size);
    return w->folder ? 0 : ais_fail_memory(w->err);
}

static int put_file(struct writing *w, const struct ais_file *file) {
    struct ais_shared_file *shared = ais_shared_find(w->t->shared, file);
    int rc;
    if (shared && shared->member.raw && strcmp(shared->folder, w->folder) == 0) {
        rc = ais_tar_enter(w->writer, w->t->top, file->path, w->err);
        if (rc == 0)
            rc = put_shared_member(w, shared);
    } else {
        rc = make_heads(w, file);
        if (rc == 0)
            rc = strncmp(file->path, ".git/", 5) == 0 ? put_git(w, file)
                                                      : put_member(w, file, shared);
    }
    return rc < 0 ? -1 : enter(w, file);
}

int ais_tarball_make(const struct ais_tarball *tarball, struct ais_buf *out,
                     char digest[AIS_SHA256_HEX], struct ais_error *err) {
    struct writing w = {.t = tarball,
                        .heads = AIS_BUF(1 << 20),
                        .pending = AIS_BUF(pending_bytes_max),
                        .folder = ais_strdup("/"), /* unlike any */
                        .err = err};
    int rc = -1;
    if (!w.folder) {
        ais_fail_memory(err);
        goto out;
    }
    w.writer = ais_tar_heads_new(tarball->time, &w.heads, err);
    if (!w.writer)
        goto out;
    ais_sha256_begin(&w.digest);
    ais_gzip_begin(&w.gzip, out);
    for (size_t i = 0; i < tarball->count; i++)
        if (put_file(&w, &tarball->files[i]) < 0)
            goto out;
    put(&w, zeros, AIS_TAR_END);
    if (flush(&w) < 0)
        goto out;
    ais_gzip_end(&w.gzip);
    ais_sha256_end(&w.digest, digest);
    rc = ais_buf_check(out, AIS_FAILED, "the archive", err);
out:
    ais_archive_free(w.writer);
    ais_buf_release(&w.heads);
    ais_buf_release(&w.pending);
    ais_free(w.folder);
    return rc;
}
