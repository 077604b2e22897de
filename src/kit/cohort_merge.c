#include "kit/cohort_parts.h"

#include "base/io.h"
#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const size_t report_bytes_max = 0x7fffffff;

static int read_one(const char *path, struct ais_report *report, struct ais_error *err) {
    struct ais_buf text = AIS_BUF(report_bytes_max);
    int rc = -1;
    if (ais_read_file(path, &text, err) == 0)
        rc = ais_report_read(report, path, ais_buf_text(&text), text.size, false, err);
    ais_buf_release(&text);
    if (rc == 0)
        json_object_del(report->head, "counts");
    return rc;
}

/* The place in the roster: those who left it come behind, in the order of their ids. */
static long long place(const char *line) {
    json_t *kit = ais_report_line(line);
    const char *status = json_string_value(json_object_get(kit, "status"));
    long long at = json_integer_value(json_object_get(kit, "line"));
    bool gone = status && strcmp(status, "gone") == 0;
    json_decref(kit);
    return gone ? 0x7fffffff : at;
}

struct placed {
    long long at;
    char *line;
};

static int by_place(const void *a, const void *b) {
    const struct placed *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return strcmp(x->line, y->line);
}

static int sort(struct ais_report *report, struct ais_error *err) {
    struct placed *all = ais_calloc(report->count + 1, sizeof *all);
    if (!all)
        return ais_fail_memory(err);
    for (size_t i = 0; i < report->count; i++)
        all[i] = (struct placed){place(report->lines[i]), report->lines[i]};
    if (report->count)
        qsort(all, report->count, sizeof *all, by_place);
    for (size_t i = 0; i < report->count; i++)
        report->lines[i] = all[i].line;
    ais_free(all);
    return 0;
}

/* Adds a report's lines to those of the reports before, which must be of the same kits. */
static int join(struct ais_report *all, struct ais_report *one, const char *path,
                struct ais_error *err) {
    if (!all->head)
        all->head = json_incref(one->head);
    else if (!json_equal(all->head, one->head))
        return ais_fail_at(err, AIS_USAGE, (struct ais_place){.path = path},
                           "this report is of other kits than the first one (template, options, "
                           "or secret differ)");
    for (size_t i = 0; i < one->count; i++) {
        char *line = one->lines[i];
        one->lines[i] = NULL;
        if (ais_report_add(all, line, err) < 0)
            return -1;
    }
    return 0;
}

/* Two lines of one student would be two shards that overlap. */
static int check_twins(const struct ais_report *all, struct ais_error *err) {
    json_t *seen = json_object();
    int rc = seen ? 0 : ais_fail_memory(err);
    for (size_t i = 0; i < all->count && rc == 0; i++) {
        json_t *kit = ais_report_line(all->lines[i]);
        const char *id = json_string_value(json_object_get(kit, "student"));
        if (id && json_object_get(seen, id))
            rc = ais_fail(err, AIS_USAGE, "the reports hold \"%s\" twice", id);
        else if (id && json_object_set_new(seen, id, json_true()) < 0)
            rc = ais_fail_memory(err);
        json_decref(kit);
    }
    json_decref(seen);
    return rc;
}

int ais_cohort_merge(const char *const *reports, size_t count, const char *folder,
                     struct ais_cohort_result *result, struct ais_error *err) {
    struct ais_report all = {0};
    int fd = -1, mark = -1, rc = -1;
    *result = (struct ais_cohort_result){0};
    snprintf(result->report, sizeof result->report, "report");
    for (size_t i = 0; i < count; i++) {
        struct ais_report one = {0};
        int got = read_one(reports[i], &one, err);
        if (got == 0)
            got = join(&all, &one, reports[i], err);
        ais_report_release(&one);
        if (got < 0)
            goto out;
    }
    if (check_twins(&all, err) < 0 || sort(&all, err) < 0 ||
        ais_cohort_count(&all, result, err) < 0 ||
        ais_cohort_open(folder, result->report, &fd, &mark, err) < 0)
        goto out;
    result->json = json_incref(all.head);
    rc = ais_cohort_report(fd, folder, result->report, &all, err);
out:
    if (fd >= 0)
        close(fd);
    if (mark >= 0)
        close(mark);
    ais_report_release(&all);
    return rc;
}
