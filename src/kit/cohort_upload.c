/* What Moodle's "upload multiple feedback files in a zip" takes: a folder a participant, whose name
 * tells by fields between underscores whose it is, and in it what that participant is given. */
#include "kit/cohort_parts.h"

#include "base/io.h"
#include "base/json.h"
#include "sink/staging.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The underscore at the end is for versions before 4.1; later ones take it as well. */
static const char plugin[] = "assignsubmission_file_";
enum { NAME_BYTES = 120, MEMBER_BYTES = 512 /* what a zip holds beside a file, about */ };
static const size_t archive_bytes_max = 0x7fffffff;

/* Zips being written, one after the other. */
struct uploading {
    struct ais_cohort_run *run;
    struct ais_staging staging;
    struct ais_archive *archive; /* NULL between them */
    uint64_t size;
    char name[80];
    struct ais_error *err;
};

int ais_cohort_can_upload(const struct ais_cohort *c, struct ais_error *err) {
    for (size_t i = 0; i < c->roster->count; i++)
        if (!c->roster->students[i].participant)
            return ais_fail(
                err, AIS_ANSWERS,
                "\"%s\" has no participant's number (--lms moodle needs the assignment's "
                "grading worksheet as roster, and no groups)",
                c->roster->students[i].id);
    return 0;
}

/* The full name as a field: without underscores, and as file systems take it. */
static void put_name(struct ais_buf *out, const char *name) {
    size_t size = strlen(name), from = out->size;
    if (size > NAME_BYTES)
        for (size = NAME_BYTES; size && ((unsigned char)name[size] & 0xc0) == 0x80;)
            size--;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)name[i];
        bool odd = c < 0x20 || c == 0x7f || strchr("_/\\:*?\"<>|", c);
        if (odd || (c == '.' && out->size == from))
            c = ' ';
        if (c != ' ' || (out->size > from && out->data[out->size - 1] != ' '))
            ais_buf_char(out, (char)c);
    }
    if (out->size > from && out->data[out->size - 1] == ' ')
        ais_buf_truncate(out, out->size - 1);
    if (out->size == from)
        ais_buf_str(out, "Participant");
}

static int write_bytes(void *payload, const void *data, size_t size, struct ais_error *err) {
    struct uploading *u = payload;
    return ais_write_all(u->staging.fd, data, size, u->run->c->folder, err);
}

/* Shards have names of their own, as their reports do. */
static void set_name(struct uploading *u, size_t number) {
    snprintf(u->name, sizeof u->name, "moodle%s-%zu.zip", u->run->result->report + strlen("report"),
             number);
}

static int begin(struct uploading *u) {
    const struct ais_cohort *c = u->run->c;
    set_name(u, u->run->result->uploads + 1);
    u->size = 0;
    if (ais_staging_open_in(&u->staging, u->run->folder, c->folder, u->name, u->err) < 0)
        return -1;
    u->archive = ais_archive_new(AIS_ZIP_STORED, c->time, write_bytes, u, u->err);
    return u->archive ? 0 : -1;
}

/* Ends the zip that is being written, if there is one. */
static int end(struct uploading *u) {
    int rc = 0;
    if (!u->archive)
        return 0;
    rc = ais_archive_finish(u->archive, u->err);
    ais_archive_free(u->archive);
    u->archive = NULL;
    if (rc == 0 && !ais_cohort_same_file(u->run->folder, u->name, u->staging.fd))
        rc = ais_staging_replace(&u->staging, u->err);
    ais_staging_close(&u->staging);
    u->staging = AIS_STAGING_NONE;
    u->run->result->uploads += rc == 0;
    return rc;
}

static int read_archive(const struct uploading *u, const char *name, struct ais_buf *bytes) {
    int rc, fd = openat(u->run->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return ais_fail_errno(u->err, name, "open");
    rc = ais_read_all(fd, name, bytes, u->err);
    close(fd);
    return rc;
}

static int add(struct uploading *u, const struct ais_student *student, const char *name) {
    struct ais_buf path = AIS_BUF(4096), bytes = AIS_BUF(archive_bytes_max);
    uint64_t size;
    int rc = -1;
    if (read_archive(u, name, &bytes) < 0)
        goto out;
    put_name(&path, student->name);
    ais_buf_printf(&path, "_%s_%s/%s", student->participant, plugin, name);
    if (ais_buf_check(&path, AIS_FAILED, "a path", u->err) < 0)
        goto out;
    size = bytes.size + path.size + MEMBER_BYTES;
    if (u->archive && u->size + size > u->run->c->upload_size && end(u) < 0)
        goto out;
    if (!u->archive && begin(u) < 0)
        goto out;
    u->size += size;
    rc = ais_archive_add(u->archive, path.data, bytes.data, bytes.size, false, u->err);
out:
    ais_buf_release(&bytes);
    ais_buf_release(&path);
    return rc;
}

int ais_cohort_upload(struct ais_cohort_run *run, struct ais_error *err) {
    struct uploading u = {.run = run, .staging = AIS_STAGING_NONE, .err = err};
    int rc = 0;
    for (size_t i = 0; i < run->c->roster->count && rc == 0; i++) {
        json_t *kit = ais_report_line(run->now.lines[i]);
        const char *status = json_string_value(json_object_get(kit, "status"));
        const char *name = json_string_value(json_object_get(kit, "archive"));
        if (status && name && strcmp(status, "failed") != 0)
            rc = add(&u, &run->c->roster->students[i], name);
        json_decref(kit);
    }
    if (rc == 0)
        rc = end(&u);
    for (size_t more = run->result->uploads + 1; rc == 0; more++) {
        set_name(&u, more); /* of a larger cohort before */
        if (unlinkat(run->folder, u.name, 0) < 0)
            break;
    }
    ais_archive_free(u.archive);
    ais_staging_close(&u.staging);
    return rc;
}
