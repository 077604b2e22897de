#include "kit/cohort_parts.h"

#include "base/io.h"
#include "base/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const size_t report_bytes_max = 0x7fffffff;

static int check_only(const struct ais_cohort *c, struct ais_error *err) {
    for (size_t k = 0; k < c->only_count; k++) {
        bool found = false;
        for (size_t i = 0; i < c->roster->count && !found; i++)
            found = strcmp(c->roster->students[i].id, c->only[k]) == 0;
        if (!found)
            return ais_fail(err, AIS_USAGE, "the roster has no \"%s\" (--only)", c->only[k]);
    }
    return 0;
}

static bool is_wanted(const struct ais_cohort *c, const char *id) {
    bool wanted = !c->only_count;
    for (size_t k = 0; k < c->only_count && !wanted; k++)
        wanted = strcmp(c->only[k], id) == 0;
    return wanted && ais_in_shard(id, c->shard, c->shards);
}

static int select_students(struct ais_cohort_run *run, struct ais_error *err) {
    const struct ais_cohort *c = run->c;
    run->wanted = ais_calloc(c->roster->count + 1, sizeof *run->wanted);
    run->now.lines = ais_calloc(c->roster->count + 1, sizeof *run->now.lines);
    if (!run->wanted || !run->now.lines)
        return ais_fail_memory(err);
    run->now.count = run->now.capacity = c->roster->count;
    for (size_t i = 0; i < c->roster->count; i++)
        run->wanted[i] = is_wanted(c, c->roster->students[i].id);
    if (c->shards)
        snprintf(run->result->report, sizeof run->result->report, "report-%u-of-%u", c->shard,
                 c->shards);
    else
        snprintf(run->result->report, sizeof run->result->report, "report");
    return check_only(c, err);
}

static int make_head(struct ais_cohort_run *run, struct ais_error *err) {
    const struct ais_cohort *c = run->c;
    const struct ais_manifest *m = ais_template_manifest(c->t);
    struct ais_buf edition = AIS_BUF(64 * 1024);
    char digest[AIS_SHA256_HEX], date[32], course[AIS_KIT_HEX];
    time_t seconds = (time_t)c->time;
    struct tm tm;
    gmtime_r(&seconds, &tm);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &tm);
    ais_edition_name(&c->edition, &edition);
    ais_kit_id(c->secret, c->secret_size, m->name, "", course); /* nobody's: no id is empty */
    if (ais_buf_check(&edition, AIS_USAGE, "the edition's name", err) == 0 &&
        ais_cohort_template_digest(c, digest, err) == 0) {
        run->head = json_pack("{ss ss ss ss ss ss ss ss ss sb ss}", "schema",
                              "aiscaffold.kit-report/1", "program", AIS_VERSION, "template",
                              m->name, "version", m->version, "edition", ais_buf_text(&edition),
                              "date", date, "format", ais_format_suffix(c->format) + 1, "roster",
                              ais_roster_system_name(c->roster->system), "template_digest", digest,
                              "secret", (int)(c->secret_size > 0), "course", course);
        if (!run->head)
            ais_fail_memory(err);
    }
    ais_buf_release(&edition);
    return run->head ? 0 : -1;
}

/* The report of the run before, where there is one. */
static int read_before(struct ais_cohort_run *run, struct ais_error *err) {
    struct ais_buf text = AIS_BUF(report_bytes_max), path = AIS_BUF(8192);
    int fd = -1, rc = -1;
    ais_buf_printf(&path, "%s/%s.json", run->c->folder, run->result->report);
    if (ais_buf_check(&path, AIS_FAILED, "the path", err) < 0)
        goto out;
    fd = open(path.data, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        rc = errno == ENOENT || errno == ENOTDIR ? 0 : ais_fail_errno(err, path.data, "open");
        goto out;
    }
    if (ais_read_all(fd, path.data, &text, err) == 0)
        rc = ais_report_read(&run->before, path.data, ais_buf_text(&text), text.size, true, err);
out:
    if (fd >= 0)
        close(fd);
    ais_buf_release(&text);
    ais_buf_release(&path);
    return rc;
}

/* A line with another status, or with none; the caller's (ais_free), or NULL. */
static char *restate(const json_t *kit, const char *status) {
    json_t *copy = ais_json_copy(kit);
    char *line = NULL;
    if (copy && (!status || (json_object_set_new(copy, "status", json_string(status)) == 0 &&
                             json_object_set_new(copy, "reason", json_string("")) == 0))) {
        if (!status) {
            json_object_del(copy, "status");
            json_object_del(copy, "reason");
        }
        line = ais_json_text(copy, JSON_COMPACT | (status ? 0 : JSON_SORT_KEYS));
    }
    json_decref(copy);
    return line;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Lists the kits of those who have left the roster. They are never removed. */
static int add_gone(struct ais_cohort_run *run, struct ais_error *err) {
    const struct ais_roster *roster = run->c->roster;
    const char **ids = ais_calloc(roster->count + 1, sizeof *ids);
    int rc = 0;
    if (!ids)
        return ais_fail_memory(err);
    for (size_t i = 0; i < roster->count; i++)
        ids[i] = roster->students[i].id;
    if (roster->count)
        qsort(ids, roster->count, sizeof *ids, by_text);
    for (size_t i = 0; i < run->before.count && rc == 0; i++) {
        json_t *kit = ais_report_line(run->before.lines[i]);
        const char *id = json_string_value(json_object_get(kit, "student"));
        if (id && !bsearch(&id, ids, roster->count, sizeof *ids, by_text)) {
            char *line = restate(kit, "gone");
            rc = line ? ais_report_add(&run->now, line, err) : ais_fail_memory(err);
        }
        json_decref(kit);
    }
    ais_free(ids);
    return rc;
}

/* Those whose turn it was not stand in the report as before. */
static int add_others(struct ais_cohort_run *run, struct ais_error *err) {
    for (size_t i = 0; i < run->c->roster->count; i++) {
        json_t *kit;
        if (run->wanted[i] || !run->before.count)
            continue;
        kit = ais_report_find(&run->before, run->c->roster->students[i].id);
        run->now.lines[i] = kit ? ais_json_text(kit, JSON_COMPACT) : NULL;
        json_decref(kit);
        if (kit && !run->now.lines[i])
            return ais_fail_memory(err);
    }
    return 0;
}

/* Whether a line says what the run before said, but for how the kit came to be: then *old gets
 * that line. */
static bool says_the_same(const struct ais_cohort_run *run, const char *line, char **old) {
    json_t *now = ais_report_line(line);
    const char *id = json_string_value(json_object_get(now, "student"));
    const char *status = json_string_value(json_object_get(now, "status"));
    json_t *before = id ? ais_report_find(&run->before, id) : NULL;
    char *a = before ? restate(before, NULL) : NULL, *b = before ? restate(now, NULL) : NULL;
    bool same = a && b && strcmp(a, b) == 0 && strcmp(status, "failed") != 0 &&
                strcmp(status, "rewritten") != 0 && strcmp(status, "made") != 0;
    if (same && strcmp(status, "gone") == 0) /* the first time is news */
        same = strcmp(json_string_value(json_object_get(before, "status")), "gone") == 0;
    *old = same ? ais_json_text(before, JSON_COMPACT) : NULL;
    ais_free(a);
    ais_free(b);
    json_decref(now);
    json_decref(before);
    return *old != NULL;
}

/* Where nothing changed, the report stays what it was: it tells of the last change. */
static int settle(struct ais_cohort_run *run, struct ais_error *err) {
    char **old = ais_calloc(run->now.count + 1, sizeof *old);
    json_t *head = ais_json_copy(run->before.head);
    bool same;
    if (!old)
        return ais_fail_memory(err);
    if (head)
        json_object_del(head, "counts");
    same = head && json_equal(head, run->head);
    for (size_t i = 0; i < run->now.count && same; i++) {
        if (!run->now.lines[i] || (i < run->c->roster->count && !run->wanted[i]))
            continue;
        same = says_the_same(run, run->now.lines[i], &old[i]);
    }
    for (size_t i = 0; i < run->now.count; i++) {
        if (same && old[i]) {
            ais_free(run->now.lines[i]);
            run->now.lines[i] = old[i];
        } else {
            ais_free(old[i]);
        }
    }
    ais_free(old);
    json_decref(head);
    return 0;
}

static int finish(struct ais_cohort_run *run, struct ais_error *err) {
    struct ais_cohort_result again;
    if (add_others(run, err) < 0 || add_gone(run, err) < 0)
        return -1;
    run->now.head = json_incref(run->head);
    if (ais_cohort_count(&run->now, run->result, err) < 0)
        return -1;
    run->result->json = ais_json_copy(run->head);
    json_object_del(run->head, "counts");
    if (settle(run, err) < 0 || ais_cohort_count(&run->now, &again, err) < 0)
        return -1;
    if (run->c->dry_run)
        return 0;
    if (run->c->moodle && ais_cohort_upload(run, err) < 0)
        return -1;
    return ais_cohort_report(run->folder, run->c->folder, run->result->report, &run->now, err);
}

int ais_cohort_run(const struct ais_cohort *cohort, struct ais_cohort_result *result,
                   struct ais_error *err) {
    struct ais_cohort_run run = {.c = cohort, .result = result, .folder = -1, .mark = -1};
    int rc = -1;
    *result = (struct ais_cohort_result){0};
    if ((cohort->moodle && ais_cohort_can_upload(cohort, err) < 0) ||
        select_students(&run, err) < 0 || make_head(&run, err) < 0)
        goto out;
    if (!cohort->dry_run &&
        ais_cohort_open(cohort->folder, result->report, &run.folder, &run.mark, err) < 0)
        goto out;
    if (cohort->dry_run)
        run.folder = open(cohort->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (read_before(&run, err) < 0 || ais_cohort_work(&run, err) < 0)
        goto out;
    rc = finish(&run, err);
out:
    if (run.folder >= 0)
        close(run.folder);
    if (run.mark >= 0)
        close(run.mark);
    ais_report_release(&run.before);
    ais_report_release(&run.now);
    json_decref(run.head);
    ais_free(run.wanted);
    return rc;
}
