#include "kit/cohort_parts.h"

#include "base/json.h"
#include "kit/tarball.h"
#include "sink/repository.h"

#include <stdlib.h>
#include <string.h>

static const size_t archive_bytes_max = 0x7fffffff;

static void put_sized(struct ais_buf *message, const char *text) {
    uint64_t size = strlen(text);
    for (int shift = 56; shift >= 0; shift -= 8)
        ais_buf_char(message, (char)(size >> shift));
    ais_buf_str(message, text);
}

void ais_kit_id(const void *secret, size_t size, const char *template_name, const char *student,
                char id[AIS_KIT_HEX]) {
    struct ais_buf message = AIS_BUF(1 << 20);
    uint8_t digest[AIS_SHA256_BYTES];
    put_sized(&message, template_name);
    put_sized(&message, student);
    ais_hmac_sha256(secret, size, ais_buf_text(&message), message.size, digest);
    ais_hex(digest, sizeof digest, id);
    ais_buf_release(&message);
}

bool ais_in_shard(const char *student, unsigned shard, unsigned shards) {
    char hex[AIS_SHA256_HEX];
    uint64_t number = 0;
    if (!shards)
        return true;
    ais_sha256(student, strlen(student), hex);
    for (size_t i = 0; i < 16; i++)
        number = number << 4 | (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    return number % shards == shard;
}

static int digest_json(const json_t *value, char hex[AIS_SHA256_HEX], struct ais_error *err) {
    char *text = ais_json_text(value, JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY);
    if (!text)
        return ais_fail_memory(err);
    ais_sha256(text, strlen(text), hex);
    ais_free(text);
    return 0;
}

int ais_cohort_row_digest(const struct ais_student *student, char hex[AIS_SHA256_HEX],
                          struct ais_error *err) {
    json_t *row = json_pack("{ss sO}", "id", student->id, "values", student->values);
    int rc = row ? digest_json(row, hex, err) : ais_fail_memory(err);
    json_decref(row);
    return rc;
}

/* Every file of the template and its layers, and the answers and options that all kits share. */
int ais_cohort_template_digest(const struct ais_cohort *c, char hex[AIS_SHA256_HEX],
                               struct ais_error *err) {
    struct ais_answers *answers = ais_answers_new(c->t, err);
    struct sha256_ctx ctx;
    char digest[AIS_SHA256_HEX];
    int rc = -1;
    if (!answers || (c->give && c->give(c->payload, answers, err) < 0) ||
        digest_json(ais_answers_given(answers), hex, err) < 0)
        goto out;
    ais_sha256_begin(&ctx);
    ais_sha256_add(&ctx, hex, strlen(hex));
    for (size_t i = 0; i < c->t->part_count; i++) {
        const struct ais_source *source = c->t->parts[i]->source;
        ais_tree_digest(source->files, source->count, digest);
        ais_sha256_add(&ctx, digest, strlen(digest));
    }
    ais_sha256_end(&ctx, hex);
    rc = 0;
out:
    ais_answers_free(answers);
    return rc;
}

/* The answers of a student: the common ones, then the row's. */
static struct ais_answers *answer(const struct ais_cohort *c, const struct ais_student *student,
                                  const char *id, struct ais_error *err) {
    struct ais_answers *answers = ais_answers_new(c->t, err);
    const char *name;
    json_t *value;
    if (!answers || (c->give && c->give(c->payload, answers, err) < 0))
        goto fail;
    json_object_foreach(student->values, name,
                        value) if (ais_answers_give_text(answers, name, json_string_value(value),
                                                         err) < 0) goto fail;
    ais_answers_set_kit(answers, id);
    if (ais_answers_resolve(answers, NULL, true, err) == 0)
        return answers;
fail:
    ais_answers_free(answers);
    return NULL;
}

static int write_bytes(void *payload, const void *data, size_t size, struct ais_error *err) {
    struct ais_buf *out = payload;
    ais_buf_add(out, data, size);
    return ais_buf_check(out, AIS_FAILED, "the archive", err);
}

/* An archive of another format than tar.gz, with nothing shared. */
static int pack_plainly(const struct ais_tarball *tarball, enum ais_format format,
                        struct ais_buf *out, struct ais_error *err) {
    struct ais_archive *archive = ais_archive_new(format, tarball->time, write_bytes, out, err);
    struct ais_buf path = AIS_BUF(8192);
    int rc = archive ? 0 : -1;
    for (size_t i = 0; i < tarball->count && rc == 0; i++) {
        const struct ais_file *file = &tarball->files[i];
        ais_buf_truncate(&path, 0);
        ais_buf_printf(&path, "%s/%s", tarball->top, file->path);
        rc = ais_buf_check(&path, AIS_FAILED, "a path", err);
        if (rc == 0)
            rc = ais_archive_add(archive, path.data, file->data, file->size, file->executable, err);
    }
    if (rc == 0)
        rc = ais_archive_finish(archive, err);
    ais_archive_free(archive);
    ais_buf_release(&path);
    return rc;
}

/* What is shared among many goes before what is a kit's own: a large file, then the pack that
 * begins with those, then all else by path. */
static int rank(const struct ais_file *file) {
    size_t size = strlen(file->path);
    if (strncmp(file->path, ".git/", 5) != 0)
        return file->size < AIS_LARGE_FILE ? 2 : 0;
    return size > 5 && strcmp(file->path + size - 5, ".pack") == 0 ? 1 : 2;
}

static int by_rank(const void *a, const void *b) {
    const struct ais_file *x = a, *y = b;
    int order = rank(x) - rank(y);
    return order ? order : strcmp(x->path, y->path);
}

/* All files in the order of the archive: the beginning, and behind it what else plan and image
 * have, by rank. The caller's (ais_free), or NULL with *err set. */
static struct ais_file *order(const struct ais_plan *plan, const struct ais_image *image,
                              const struct ais_beginning *begin,
                              const struct ais_oid *const *elsewhere, size_t *count,
                              struct ais_error *err) {
    struct ais_plan rest = *plan;
    struct ais_file *files = NULL, *others = NULL;
    size_t more;
    rest.files = ais_calloc(plan->count + 1, sizeof *rest.files);
    rest.count = 0;
    for (size_t i = 0; rest.files && i < plan->count; i++)
        if (!elsewhere[i])
            rest.files[rest.count++] = plan->files[i];
    others = rest.files ? ais_repository_files(&rest, image, &more, err) : NULL;
    files = others ? ais_calloc(begin->count + more + 1, sizeof *files) : NULL;
    if (files) {
        qsort(others, more, sizeof *others, by_rank);
        memcpy(files, begin->files, begin->count * sizeof *files);
        memcpy(files + begin->count, others, more * sizeof *files);
        *count = begin->count + more;
    } else {
        ais_fail_memory(err);
    }
    ais_free(others);
    ais_free(rest.files);
    return files;
}

/* Archives the files, the first of which are the beginning's. */
static int archive(const struct ais_cohort_run *run, const struct ais_tarball *all,
                   const struct ais_beginning *begin, struct ais_kit_made *made,
                   struct ais_error *err) {
    struct ais_tarball rest = *all;
    struct ais_buf tar = AIS_BUF(archive_bytes_max);
    int rc = -1;
    rest.files += begin->count;
    rest.count -= begin->count;
    rest.begins = begin->count ? &begin->state : NULL;
    if (run->c->format == AIS_TAR_GZ)
        return ais_tarball_make(&rest, &made->bytes, made->tar, err);
    /* the tar's digest is taken in any case: it is the same for all formats that hold one */
    if (ais_tarball_make(&rest, &tar, made->tar, err) == 0)
        rc = pack_plainly(all, run->c->format, &made->bytes, err);
    ais_buf_release(&tar);
    return rc;
}

static int pack(struct ais_cohort_run *run, const struct ais_student *student,
                const struct ais_plan *plan, struct ais_kit_made *made, struct ais_error *err) {
    struct ais_ready_source ready = {ais_shared_ready, run->shared};
    struct ais_image image = {0};
    struct ais_tarball tarball = {
        .top = plan->template_name, .time = run->c->time, .image = &image, .shared = run->shared};
    const struct ais_oid **elsewhere = ais_calloc(plan->count + 1, sizeof(void *));
    const struct ais_beginning *begin = NULL;
    struct ais_file *files = NULL;
    int rc = -1;
    if (!elsewhere) {
        ais_fail_memory(err);
        goto out;
    }
    begin = ais_common_find(run->common, plan, &tarball, elsewhere, err);
    if (!begin ||
        ais_repository_make_shared(&image, plan, "main", run->c->time, &ready, elsewhere, err) < 0)
        goto out;
    memcpy(made->commit, image.commit_id, sizeof made->commit);
    if (run->c->bundle &&
        ais_cohort_bundle(run, student, plan, &image, begin->count ? &begin->base.image : NULL,
                          made, err) < 0)
        goto out;
    files = order(plan, &image, begin, elsewhere, &tarball.count, err);
    tarball.files = files;
    if (files)
        rc = archive(run, &tarball, begin, made, err);
out:
    ais_free(files);
    ais_free(elsewhere);
    ais_image_release(&image);
    return rc;
}

int ais_cohort_plan_common(struct ais_cohort_run *run, struct ais_error *err) {
    const struct ais_cohort *c = run->c;
    struct ais_error why = {0};
    struct ais_answers *answers = ais_answers_new(c->t, err);
    int rc = -1;
    if (!answers || (c->give && c->give(c->payload, answers, err) < 0))
        goto out;
    ais_answers_allow_blanks(answers);
    ais_mem_ran_out();
    if (ais_answers_resolve(answers, NULL, true, &why) < 0 ||
        ais_plan_make_shared(&run->common->plan, run->memo, c->t, answers, &c->edition, &why) < 0)
        ais_plan_release(&run->common->plan); /* what is wrong is told of each kit */
    rc = ais_is_no_memory(&why) || (why.status && ais_mem_ran_out()) ? ais_fail_memory(err) : 0;
out:
    ais_answers_free(answers);
    return rc;
}

/* The digest of all files but the record, which holds them. */
static int digest_manifest(const struct ais_plan *plan, struct ais_kit_made *made,
                           struct ais_error *err) {
    struct ais_file *files = ais_calloc(plan->count + 1, sizeof *files);
    size_t count = 0;
    if (!files)
        return ais_fail_memory(err);
    for (size_t i = 0; i < plan->count; i++)
        if (strcmp(plan->files[i].path, AIS_RECORD_PATH) != 0)
            files[count++] = plan->files[i];
    ais_tree_digest(files, count, made->manifest);
    ais_free(files);
    return 0;
}

int ais_cohort_make(struct ais_cohort_run *run, const struct ais_student *student,
                    struct ais_kit_made *made, struct ais_error *err) {
    const struct ais_cohort *c = run->c;
    struct ais_answers *answers = NULL;
    struct ais_plan plan = {0};
    int rc = -1;
    *made = (struct ais_kit_made){.bytes = run->spare, .bundle = AIS_BUF(archive_bytes_max)};
    made->bytes.limit = archive_bytes_max;
    run->spare = AIS_BUF(0);
    ais_kit_id(c->secret, c->secret_size, ais_template_manifest(c->t)->name, student->id, made->id);
    if (ais_cohort_row_digest(student, made->row, err) < 0)
        goto out;
    answers = answer(c, student, made->id, err);
    if (!answers || ais_plan_make_shared(&plan, run->memo, c->t, answers, &c->edition, err) < 0 ||
        digest_manifest(&plan, made, err) < 0 || pack(run, student, &plan, made, err) < 0)
        goto out;
    memcpy(made->tree, plan.digest, sizeof made->tree);
    rc = 0;
out:
    ais_plan_release(&plan);
    ais_answers_free(answers);
    return rc;
}

/* The memory of the archive is used again: what is large goes back to the system otherwise. */
void ais_kit_made_release(struct ais_cohort_run *run, struct ais_kit_made *made) {
    if (made->bytes.no_memory || made->bytes.too_large) {
        ais_buf_release(&made->bytes);
    } else {
        ais_buf_release(&run->spare);
        run->spare = made->bytes;
        ais_buf_truncate(&run->spare, 0);
        made->bytes = AIS_BUF(0);
    }
    ais_buf_release(&made->bundle);
}
