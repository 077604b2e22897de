#include "sink/repository.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void ais_repository_message(struct ais_buf *out, bool update, const char *name, const char *version,
                            const char *edition, const char *digest) {
    ais_buf_printf(out,
                   "%s the template %s %s\n\n"
                   "What this commit holds was scaffolded; what follows is its author's.\n\n"
                   "Aiscaffold-Template: %s\n"
                   "Aiscaffold-Version: %s\n"
                   "Aiscaffold-Edition: %s\n"
                   "Aiscaffold-Digest: sha256:%s\n",
                   update ? "Update to" : "Start from", name, version, name, version, edition,
                   digest);
}

int ais_repository_make(struct ais_image *image, const struct ais_plan *plan, const char *branch,
                        int64_t time, struct ais_error *err) {
    return ais_repository_make_shared(image, plan, branch, time, NULL, NULL, err);
}

int ais_repository_make_shared(struct ais_image *image, const struct ais_plan *plan,
                               const char *branch, int64_t time,
                               const struct ais_ready_source *ready,
                               const struct ais_oid *const *elsewhere, struct ais_error *err) {
    struct ais_buf message = AIS_BUF(128 * 1024);
    struct ais_commit commit = {
        .name = AIS_AUTHOR_NAME, .email = AIS_AUTHOR_EMAIL, .time = time, .branch = branch};
    int rc = -1;
    *image = (struct ais_image){0};
    ais_repository_message(&message, false, plan->template_name, plan->template_version,
                           plan->edition_name, plan->digest);
    if (ais_buf_check(&message, AIS_FAILED, "the commit's message", err) < 0)
        goto out;
    commit.message = message.data;
    rc = ais_image_make_shared(image, plan->files, plan->count, &commit, ready, elsewhere, err);
out:
    ais_buf_release(&message);
    return rc;
}

static int by_path(const void *a, const void *b) {
    const struct ais_file *x = a, *y = b;
    return strcmp(x->path, y->path);
}

struct ais_file *ais_repository_files(const struct ais_plan *plan, const struct ais_image *image,
                                      size_t *count, struct ais_error *err) {
    size_t inner = image ? image->count : 0;
    struct ais_file *files = ais_calloc(plan->count + inner + 1, sizeof *files);
    if (!files) {
        ais_fail_memory(err);
        return NULL;
    }
    if (plan->count)
        memcpy(files, plan->files, plan->count * sizeof *files);
    if (inner)
        memcpy(files + plan->count, image->files, inner * sizeof *files);
    *count = plan->count + inner;
    qsort(files, *count, sizeof *files, by_path);
    return files;
}
