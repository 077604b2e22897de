#include "kit/cohort_parts.h"

#include "base/io.h"
#include "git/bundle.h"
#include "sink/repository.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const size_t bundle_bytes_max = 0x7fffffff;

/* Another course's kit begins a history of its own. */
static bool is_other_kit(const struct ais_cohort_run *run, const struct ais_student *student,
                         const char *id) {
    json_t *line = ais_report_find(&run->before, student->id);
    const char *old = json_string_value(json_object_get(line, "id"));
    bool other = old && strcmp(old, id) != 0;
    json_decref(line);
    return other;
}

/* The bundle of the run before, or nothing. */
static int read_before(const struct ais_cohort_run *run, const char *name, struct ais_buf *text,
                       struct ais_error *err) {
    int fd, rc;
    if (run->folder < 0)
        return 0;
    fd = openat(run->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? 0 : ais_fail_errno(err, name, "open");
    rc = ais_read_all(fd, name, text, err);
    close(fd);
    return rc;
}

char *ais_cohort_bundle_name(const struct ais_student *student) {
    struct ais_buf name = AIS_BUF(4096);
    ais_buf_printf(&name, "%s.bundle", student->file);
    return ais_buf_take(&name);
}

int ais_cohort_bundle(const struct ais_cohort_run *run, const struct ais_student *student,
                      const struct ais_plan *plan, const struct ais_image *image,
                      const struct ais_image *base, struct ais_kit_made *made,
                      struct ais_error *err) {
    struct ais_buf message = AIS_BUF(128 * 1024), before = AIS_BUF(bundle_bytes_max);
    char *name = ais_cohort_bundle_name(student);
    struct ais_commit commit = {
        .name = AIS_AUTHOR_NAME, .email = AIS_AUTHOR_EMAIL, .time = run->c->time, .branch = "main"};
    struct ais_bundle_step step = {.image = image, .base = base, .commit = &commit, .shown = name};
    int rc = -1;
    if (!name) {
        ais_fail_memory(err);
        goto out;
    }
    ais_repository_message(&message, true, plan->template_name, plan->template_version,
                           plan->edition_name, plan->digest);
    if (ais_buf_check(&message, AIS_FAILED, "the commit's message", err) < 0 ||
        (!is_other_kit(run, student, made->id) && read_before(run, name, &before, err) < 0))
        goto out;
    commit.message = message.data;
    step.before = before.data;
    step.before_size = before.size;
    rc = ais_bundle_make(&step, &made->bundle, made->bundle_commit, err);
out:
    ais_buf_release(&message);
    ais_buf_release(&before);
    ais_free(name);
    return rc;
}
