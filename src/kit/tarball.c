#include "kit/tarball.h"

#include "base/mem.h"
#include "base/path.h"

#include <string.h>

static const char zeros[AIS_TAR_END];
static const size_t pending_bytes_max = 0x7fffffff;

/* Large files, and at the beginning all, are pieces of their own, in the archive and in the pack,
 * whether they are shared or not, so that the bytes don't depend on it; `pending` is what stands
 * between and behind pieces. */
struct writing {
    const struct ais_tarball *t;
    struct ais_gzip gzip;
    struct ais_archive *writer; /* of heads */
    struct ais_buf heads, pending;
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

/* What is one kit's alone and small is not compressed: that took longer than all else. */
static int flush(struct writing *w) {
    if (ais_buf_check(&w->pending, AIS_FAILED, "the archive", w->err) < 0)
        return -1;
    if (w->pending.size && w->t->begins && w->pending.size <= AIS_GZIP_SMALL)
        ais_gzip_store(&w->gzip, w->pending.data, w->pending.size);
    else if (w->pending.size &&
             put_piece(w, w->t->shared->quick, w->pending.data, w->pending.size) < 0)
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

static bool is_piece(const struct writing *w, size_t size) {
    return !w->t->begins || size >= AIS_LARGE_FILE;
}

/* The pack: trees and commit stand behind the objects of files. */
static int put_pack(struct writing *w, const struct ais_file *file) {
    const struct ais_image *image = w->t->image;
    size_t at = 0;
    for (size_t i = 0; i < image->part_count; i++) {
        const struct ais_image_part *part = &image->parts[i];
        if (!is_piece(w, part->file->size))
            continue;
        put(w, file->data + at, part->offset - at);
        if (put_object(w, part, file->data + part->offset) < 0)
            return -1;
        at = part->offset + part->size;
    }
    put(w, file->data + at, file->size - at);
    put(w, zeros, padding(file->size));
    return 0;
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

/* Keeps the header of a shared file. */
static int keep_head(struct writing *w, struct ais_shared_file *shared) {
    shared->head = ais_malloc(w->heads.size + 1);
    shared->head_size = w->heads.size;
    if (!shared->head)
        return ais_fail_memory(w->err);
    memcpy(shared->head, w->heads.data, w->heads.size);
    return 0;
}

/* A member that is not shared, or is for the first time. */
static int put_member(struct writing *w, const struct ais_file *file,
                      struct ais_shared_file *shared) {
    bool share = shared && !shared->head &&
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
    if (keep_head(w, shared) < 0 ||
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

static int put_plainly(struct writing *w, const struct ais_file *file) {
    put(w, w->heads.data, w->heads.size);
    put(w, file->data, file->size);
    put(w, zeros, padding(file->size));
    return 0;
}

/* A file of .git: it is small, or the pack. */
static int put_git(struct writing *w, const struct ais_file *file) {
    if (!w->t->image || file->data != w->t->image->pack.data)
        return put_plainly(w, file);
    put(w, w->heads.data, w->heads.size);
    return put_pack(w, file);
}

static int put_path(struct writing *w, const struct ais_file *file, const char *path) {
    struct ais_shared_file *shared = ais_shared_find(w->t->shared, file);
    ais_buf_truncate(&w->heads, 0);
    if (ais_tar_enter(w->writer, path, w->err) < 0)
        return -1;
    if (w->heads.size)
        put(w, w->heads.data, w->heads.size);
    if (shared && shared->member.raw && is_piece(w, file->size))
        return put_shared_member(w, shared);
    ais_buf_truncate(&w->heads, 0);
    if (ais_tar_head(w->writer, path, file->size, file->executable, w->err) < 0 ||
        ais_buf_check(&w->heads, AIS_FAILED, "the archive", w->err) < 0)
        return -1;
    if (strncmp(file->path, ".git/", 5) == 0)
        return put_git(w, file);
    return is_piece(w, file->size) ? put_member(w, file, shared) : put_plainly(w, file);
}

static int put_files(struct writing *w) {
    for (size_t i = 0; i < w->t->count; i++) {
        char *path = ais_path_join(w->t->top, w->t->files[i].path);
        int rc = path ? put_path(w, &w->t->files[i], path) : ais_fail_memory(w->err);
        ais_free(path);
        if (rc < 0)
            return -1;
    }
    return 0;
}

/* Begins a new archive, or goes on with the one that was begun. */
static int start(struct writing *w, struct ais_buf *out) {
    const struct ais_tar_state *begins = w->t->begins;
    w->writer = ais_tar_heads_new(w->t->time, &w->heads, w->err);
    if (!w->writer)
        return -1;
    if (!begins) {
        ais_sha256_begin(&w->digest);
        ais_gzip_begin(&w->gzip, out);
        return 0;
    }
    w->digest = begins->digest;
    w->gzip = begins->gzip;
    w->gzip.out = out;
    ais_buf_add(out, begins->bytes.data, begins->bytes.size);
    return ais_archive_set_folders(w->writer, begins->folders, w->err);
}

static void finish(struct writing *w) {
    ais_archive_free(w->writer);
    ais_buf_release(&w->heads);
    ais_buf_release(&w->pending);
}

static struct writing writing_of(const struct ais_tarball *tarball, struct ais_error *err) {
    return (struct writing){
        .t = tarball, .heads = AIS_BUF(1 << 20), .pending = AIS_BUF(pending_bytes_max), .err = err};
}

int ais_tarball_begin(const struct ais_tarball *tarball, struct ais_tar_state *state,
                      struct ais_error *err) {
    struct writing w = writing_of(tarball, err);
    int rc = -1;
    *state = (struct ais_tar_state){.bytes = AIS_BUF(pending_bytes_max)};
    if (start(&w, &state->bytes) < 0 || put_files(&w) < 0 || flush(&w) < 0)
        goto out;
    state->gzip = w.gzip;
    state->digest = w.digest;
    state->folders = json_incref(ais_archive_folders(w.writer));
    rc = ais_buf_check(&state->bytes, AIS_FAILED, "the archive", err);
out:
    finish(&w);
    return rc;
}

void ais_tar_state_release(struct ais_tar_state *state) {
    ais_buf_release(&state->bytes);
    json_decref(state->folders);
    *state = (struct ais_tar_state){0};
}

int ais_tarball_make(const struct ais_tarball *tarball, struct ais_buf *out,
                     char digest[AIS_SHA256_HEX], struct ais_error *err) {
    struct writing w = writing_of(tarball, err);
    int rc = -1;
    if (start(&w, out) < 0 || put_files(&w) < 0)
        goto out;
    put(&w, zeros, AIS_TAR_END);
    if (ais_buf_check(&w.pending, AIS_FAILED, "the archive", err) < 0 ||
        ais_gzip_end(&w.gzip, tarball->shared->ender, w.pending.data, w.pending.size, err) < 0)
        goto out;
    ais_sha256_end(&w.digest, digest);
    rc = ais_buf_check(out, AIS_FAILED, "the archive", err);
out:
    finish(&w);
    return rc;
}
