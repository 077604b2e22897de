#include "cmd/cmd.h"

#include "base/buf.h"
#include "base/io.h"
#include "kit/verify.h"
#include "ui/progress.h"
#include "ui/terminal.h"

#include <stdio.h>
#include <unistd.h>

enum { REPORT_BYTES_MAX = 1 << 30 };

struct verify {
    struct cmd_list reports;
    struct ais_known known;
    json_t *list; /* of results, with --json */
    struct ui_progress progress;
    size_t count, failed, different;
    bool json, csv, quiet;
};

static void print_pair(const char *label, const char *text) {
    printf("  %-11s", label);
    ui_print(stdout, text);
}

static void print_line(const char *label, const char *text) {
    print_pair(label, text);
    putchar('\n');
}

static void print_owner(const struct ais_verified *v) {
    if (!v->owner) {
        if (*v->kit)
            print_line("kit", v->kit);
        return;
    }
    print_pair("student", v->owner->student);
    if (*v->owner->name) {
        fputs(", ", stdout);
        ui_print(stdout, v->owner->name);
    }
    if (*v->owner->group) {
        fputs(", group ", stdout);
        ui_print(stdout, v->owner->group);
    }
    putchar('\n');
}

static void print_record(const struct ais_verified *v) {
    print_pair("record", ais_record_state_name(v->record));
    for (size_t i = 0; i < v->reasons.count; i++) {
        fputs(i ? "; " : ": ", stdout);
        ui_print(stdout, v->reasons.list[i]);
    }
    putchar('\n');
    if (*v->commit)
        printf("  %-11spristine commit %.10s\n", "history", v->commit);
}

static void print_milestones(const struct ais_verified *v) {
    size_t untouched = 0;
    for (size_t i = 0; i < v->milestone_count; i++) {
        const struct ais_touched *t = &v->milestones[i];
        untouched += !t->touched;
        if (!t->touched)
            continue;
        print_pair("milestone", t->id);
        printf(", %zu of %zu %s touched\n", t->touched, t->total, t->total == 1 ? "file" : "files");
    }
    if (untouched)
        printf("  %-11s%zu of %zu untouched\n", "milestones", untouched, v->milestone_count);
}

static void print_identities(const struct ais_verified *v) {
    for (size_t i = 0; i < v->hit_count; i++) {
        const struct ais_hit *hit = &v->hits[i];
        print_pair("identity", hit->what);
        fputs(" of ", stdout);
        ui_print(stdout, hit->kit->student);
        fputs(" in ", stdout);
        ui_print(stdout, *hit->path ? hit->path : "the commits");
        putchar('\n');
    }
}

static void print_result(const struct ais_verified *v) {
    char text[2048];
    ui_print(stdout, v->shown);
    if (v->error.status) {
        puts(": failed");
        print_line("error", ais_error_text(&v->error, text, sizeof text));
        return;
    }
    printf(": %s\n", v->different ? "different" : "untouched");
    if (*v->template_name) {
        print_pair("from", v->template_name);
        putchar(' ');
        ui_print(stdout, v->version);
        fputs(", ", stdout);
        ui_print(stdout, v->edition);
        putchar('\n');
    }
    print_owner(v);
    print_record(v);
    for (size_t i = 0; i < v->change_count; i++)
        print_line(ais_change_name(v->changes[i].kind), v->changes[i].path);
    print_identities(v);
    print_milestones(v);
    for (size_t i = 0; i < v->notes.count; i++)
        print_line("note", v->notes.list[i]);
}

static int print_csv(const struct ais_verified *v, struct ais_error *err) {
    struct ais_buf row = AIS_BUF(64 << 20);
    int rc;
    if (v)
        ais_verified_csv(v, &row);
    else
        ais_verified_csv_names(&row);
    rc = ais_buf_check(&row, AIS_FAILED, "a row", err);
    if (rc == 0)
        fputs(ais_buf_text(&row), stdout);
    ais_buf_release(&row);
    return rc;
}

static int seen(void *payload, const struct ais_verified *v, struct ais_error *err) {
    struct verify *c = payload;
    json_t *object;
    c->count++;
    c->failed += v->error.status != AIS_OK;
    c->different += v->error.status == AIS_OK && v->different;
    if (c->csv)
        return print_csv(v, err);
    if (c->json) {
        object = ais_verified_json(v, err);
        if (object && json_array_append_new(c->list, object) < 0)
            return ais_fail(err, AIS_FAILED, "out of memory");
        return object ? 0 : -1;
    }
    if (!c->quiet || v->different)
        print_result(v);
    return 0;
}

static void progress(void *payload, size_t done, size_t all) {
    struct verify *c = payload;
    ui_progress_show(&c->progress, done, all);
}

/* The last lines, and the error that gives the exit status. */
static int report(struct verify *c, struct ais_error *err) {
    size_t untouched = c->count - c->failed - c->different;
    json_t *summary;
    if (c->json) {
        summary = json_pack("{sI sI sI sI}", "submissions", (json_int_t)c->count, "untouched",
                            (json_int_t)untouched, "different", (json_int_t)c->different, "failed",
                            (json_int_t)c->failed);
        if (cmd_print_json("verify",
                           json_pack("{sO so}", "submissions", c->list, "summary", summary),
                           err) < 0)
            return -1;
    } else if (!c->csv && !c->quiet) {
        printf("%zu %s: %zu untouched, %zu different, %zu failed\n", c->count,
               c->count == 1 ? "submission" : "submissions", untouched, c->different, c->failed);
    }
    if (cmd_flush(err) < 0)
        return -1;
    if (c->failed)
        return ais_fail(err, AIS_FAILED, "%zu of %zu %s could not be read", c->failed, c->count,
                        c->count == 1 ? "submission" : "submissions");
    if (c->different)
        return ais_fail(err, AIS_DIFFERENT, "%zu of %zu %s", c->different, c->count,
                        c->count == 1 ? "submission differs" : "submissions differ");
    return 0;
}

static int read_reports(struct verify *c, struct ais_error *err) {
    for (size_t i = 0; i < c->reports.count; i++) {
        struct ais_buf text = AIS_BUF(REPORT_BYTES_MAX);
        const char *path = c->reports.values[i];
        int rc = ais_read_file(path, &text, err);
        if (rc == 0)
            rc = ais_known_add(&c->known, path, ais_buf_text(&text), text.size, err);
        ais_buf_release(&text);
        if (rc < 0)
            return -1;
    }
    return 0;
}

static int verify(struct verify *c, char **paths, size_t count, struct ais_error *err) {
    const struct ais_verify v = {
        .known = &c->known, .seen = seen, .progress = progress, .payload = c};
    int rc;
    if (c->json && c->csv)
        return ais_fail(err, AIS_USAGE, "--json and --csv go not together");
    if (read_reports(c, err) < 0 || (c->csv && print_csv(NULL, err) < 0))
        return -1;
    c->list = json_array();
    if (!c->list)
        return ais_fail(err, AIS_FAILED, "out of memory");
    /* results on the same terminal tell enough */
    c->progress = (struct ui_progress){.what = "submissions",
                                       .quiet = c->quiet || (!c->json && isatty(STDOUT_FILENO))};
    rc = ais_verify(&v, (const char *const *)paths, count, err);
    ui_progress_end(&c->progress);
    return rc < 0 ? -1 : report(c, err);
}

static int run_verify(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct verify c = {0};
    const struct cmd_option options[] = {
        {'r', "report", "FILE", "the report.json of the cohort; may be repeated", CMD_LIST,
         &c.reports},
        {0, "json", NULL, "print the results as JSON", CMD_FLAG, &c.json},
        {0, "csv", NULL, "print the results as CSV, a line a submission", CMD_FLAG, &c.csv},
        {'q', "quiet", NULL, "say only what differs", CMD_FLAG, &c.quiet},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 1, 1000000, err);
    if (count > 0)
        rc = verify(&c, argv + 1, (size_t)count, err);
    json_decref(c.list);
    ais_known_release(&c.known);
    cmd_list_release(&c.reports);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_verify = {
    .name = "verify",
    .arguments = "KIT-or-DIR...",
    .summary = "Compare what was handed in with what was handed out.",
    .text =
        "Tell of each submission which template, version and edition it came from, and whose it\n"
        "is; which protected files were changed, added or removed; which milestones' files were\n"
        "touched; whether another student's identity is in it, and whether its record was\n"
        "altered. A submission is a project's folder or archive (tar, tar.gz, tar.zst, tar.xz or\n"
        "zip), also wrapped in more folders; a folder or an archive of several is taken apart.\n"
        "Nothing is unpacked to disk, and nothing of a submission is executed.",
    .examples = "  aiscaffold verify submissions/\n"
                "  aiscaffold verify --report kits/report.json submissions.zip\n"
                "  aiscaffold verify --report kits/report.json --csv submissions/ >verified.csv\n",
    .run = run_verify,
};
