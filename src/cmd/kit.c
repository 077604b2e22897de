#include "cmd/cmd.h"

#include "base/io.h"
#include "base/json.h"
#include "base/mem.h"
#include "kit/cohort.h"
#include "kit/csv.h"
#include "ui/progress.h"
#include "ui/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct options {
    struct cmd_list set, templates, only, maps;
    const char *answers, *roster, *folder, *secret, *shard, *edition, *solved, *format, *date;
    const char *id_column, *group_column, *jobs, *lms, *upload_size;
    bool merge, bundle, dry_run, json, quiet;
};

/* Everything that a run of `kit` holds. */
struct run {
    struct options o;
    struct cmd_catalogue catalogue;
    struct ais_template *t;
    struct ais_roster roster;
    struct ais_cohort cohort;
    struct ais_cohort_result result;
    struct ais_buf secret;
    struct ui_progress progress;
};

static int give(void *payload, struct ais_answers *answers, struct ais_error *err) {
    const struct run *run = payload;
    return cmd_give(answers, &run->o.set, run->o.answers, err);
}

static void progress(void *payload, size_t done, size_t all) {
    struct run *run = payload;
    ui_progress_show(&run->progress, done, all);
}

/* The course secret: what stands in the file, without the line's end. Errors never show it. */
static int read_secret(struct run *run, struct ais_error *err) {
    const char *path = run->o.secret;
    struct stat st;
    size_t size;
    if (!path)
        return 0;
    if (stat(path, &st) < 0)
        return ais_fail_errno(err, path, "open");
    if (S_ISREG(st.st_mode) && st.st_mode & (S_IROTH | S_IWOTH))
        return ais_fail_at(err, AIS_USAGE, (struct ais_place){.path = path},
                           "everyone on this machine can read the course secret (chmod o= it)");
    if (ais_read_file(path, &run->secret, err) < 0)
        return -1;
    size = run->secret.size;
    while (size && (run->secret.data[size - 1] == '\n' || run->secret.data[size - 1] == '\r'))
        size--;
    if (size < AIS_SECRET_LEAST)
        return ais_fail_at(err, AIS_USAGE, (struct ais_place){.path = path},
                           "the course secret must be %d bytes or more", AIS_SECRET_LEAST);
    run->cohort.secret = run->secret.data;
    run->cohort.secret_size = size;
    return 0;
}

/* All that is wrong is listed. */
static int read_roster(struct run *run, struct ais_error *err) {
    const struct ais_roster_options options = {.path = run->o.roster,
                                               .id_column = run->o.id_column,
                                               .group_column = run->o.group_column,
                                               .maps = run->o.maps.values,
                                               .map_count = run->o.maps.count,
                                               .t = run->t};
    struct ais_buf text = AIS_BUF(AIS_CSV_BYTES_MAX);
    struct ais_findings problems = {0};
    int rc = -1;
    if (ais_read_file(run->o.roster, &text, err) < 0 ||
        ais_roster_read(&run->roster, ais_buf_text(&text), text.size, &options, &problems, err) < 0)
        goto out;
    if (cmd_fail_all(&problems, err) < 0)
        goto out;
    for (size_t i = 0; i < run->roster.mapping_count && !run->o.quiet; i++) {
        ui_print(stderr, run->roster.mapping[i]);
        fputc('\n', stderr);
    }
    run->cohort.roster = &run->roster;
    rc = 0;
out:
    ais_findings_release(&problems);
    ais_buf_release(&text);
    return rc;
}

static bool read_number(const char *text, char end, unsigned long most, unsigned *number,
                        const char **rest) {
    char *after;
    unsigned long value = strtoul(text, &after, 10);
    *number = (unsigned)value;
    *rest = after + 1;
    return *text >= '0' && *text <= '9' && *after == end && value <= most;
}

static int read_numbers(struct run *run, struct ais_error *err) {
    struct ais_cohort *c = &run->cohort;
    const char *rest;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (run->o.shard &&
        (!read_number(run->o.shard, '/', AIS_SHARDS_MAX, &c->shard, &rest) ||
         !read_number(rest, '\0', AIS_SHARDS_MAX, &c->shards, &rest) || c->shard >= c->shards))
        return ais_fail(err, AIS_USAGE,
                        "\"--shard %s\" must be I/N with I from 0 to N - 1, N at most %d",
                        run->o.shard, AIS_SHARDS_MAX);
    c->jobs = cores < 1 ? 1 : cores > AIS_JOBS_MAX ? AIS_JOBS_MAX : (unsigned)cores;
    if (run->o.jobs && (!read_number(run->o.jobs, '\0', AIS_JOBS_MAX, &c->jobs, &rest) || !c->jobs))
        return ais_fail(err, AIS_USAGE, "\"--jobs %s\" must be a number from 1 to %d", run->o.jobs,
                        AIS_JOBS_MAX);
    return 0;
}

static int read_lms(struct run *run, struct ais_error *err) {
    unsigned mib = AIS_UPLOAD_MIB;
    const char *rest, *size = run->o.upload_size;
    if (run->o.lms && strcmp(run->o.lms, "moodle") != 0)
        return ais_fail(err, AIS_USAGE, "no learning system is called \"%s\" (moodle)", run->o.lms);
    if (size && (!read_number(size, '\0', AIS_UPLOAD_MIB_MAX, &mib, &rest) || !mib))
        return ais_fail(err, AIS_USAGE, "\"--upload-size %s\" must be a number of MiB from 1 to %d",
                        size, AIS_UPLOAD_MIB_MAX);
    run->cohort.moodle = run->o.lms;
    run->cohort.upload_size = (uint64_t)mib << 20;
    return 0;
}

static int prepare(struct run *run, const char *source, struct ais_error *err) {
    struct ais_cohort *c = &run->cohort;
    bool found;
    if (!run->o.roster)
        return ais_fail(err, AIS_USAGE, "the option \"--roster FILE\" is needed");
    if (run->o.answers && strcmp(run->o.answers, "-") == 0)
        return ais_fail(err, AIS_USAGE,
                        "answers of kits come from a file, not from standard input (each kit reads "
                        "them again)");
    c->format = AIS_TAR_GZ;
    if ((run->o.format && ais_format_named(run->o.format, &c->format, err) < 0) ||
        read_numbers(run, err) < 0 || read_lms(run, err) < 0 || read_secret(run, err) < 0)
        return -1;
    run->t = ais_template_load(&run->catalogue.catalogue, source, err);
    if (!run->t ||
        ais_edition_read(&c->edition, run->o.edition, "starter", run->o.solved, err) < 0 ||
        cmd_date(run->o.date, &c->time, &found, err) < 0)
        return -1;
    if (!found)
        c->time = ais_template_manifest(run->t)->released;
    c->t = run->t;
    c->edition.t = run->t;
    c->only = run->o.only.values;
    c->only_count = run->o.only.count;
    c->bundle = run->o.bundle;
    c->dry_run = run->o.dry_run;
    c->give = give;
    run->progress = (struct ui_progress){.what = "kits", .quiet = run->o.quiet};
    c->progress = progress;
    c->payload = run;
    c->stop = &cmd_stop;
    return ais_edition_check(&c->edition, err) < 0 ? -1 : read_roster(run, err);
}

static void print_result(const struct run *run) {
    const struct ais_cohort_result *r = &run->result;
    ui_print(stderr, run->o.folder);
    fprintf(stderr, "%s: %zu made, %zu rewritten, %zu kept, %zu failed",
            run->o.dry_run ? ", were it not a dry run" : "", r->made, r->rewritten, r->kept,
            r->failed);
    if (r->gone)
        fprintf(stderr, ", %zu of students who left the roster", r->gone);
    if (!run->o.dry_run)
        fprintf(stderr, " (%s.html tells more)", r->report);
    fputc('\n', stderr);
    if (r->uploads)
        fprintf(stderr, "for Moodle: %zu %s\n", r->uploads,
                r->uploads == 1 ? "archive" : "archives, to be uploaded one after the other");
    if (run->cohort.roster && !run->cohort.secret_size)
        fputs("note: without --secret, ids and variants of kits can be guessed\n", stderr);
}

static int execute(struct run *run, char **argv, int count, struct ais_error *err) {
    const struct ais_cohort_result *r = &run->result;
    int rc;
    if (!run->o.folder)
        return ais_fail(err, AIS_USAGE, "the option \"-o DIR\" is needed");
    run->cohort.folder = run->o.folder;
    if (run->o.merge) {
        rc = ais_cohort_merge((const char *const *)argv + 1, (size_t)count, run->o.folder,
                              &run->result, err);
    } else {
        if (count != 1)
            return ais_fail(err, AIS_USAGE, "one SOURCE is needed");
        if (prepare(run, argv[1], err) < 0)
            return -1;
        cmd_working = true;
        rc = ais_cohort_run(&run->cohort, &run->result, err);
        ui_progress_end(&run->progress);
    }
    if (rc < 0)
        return -1;
    if (!run->o.quiet)
        print_result(run);
    if (run->o.json && cmd_print_json("kit", json_incref(run->result.json), err) < 0)
        return -1;
    if (r->failed)
        return ais_fail(err, r->first.status ? r->first.status : AIS_FAILED,
                        "%zu of %zu kits could not be made, the first for this: %s", r->failed,
                        r->failed + r->made + r->kept + r->rewritten, r->first.message);
    return 0;
}

static int run_kit(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct run run = {.secret = AIS_BUF(AIS_SECRET_MOST)};
    struct options *o = &run.o;
    const struct cmd_option options[] = {
        {0, "roster", "FILE", "the students: CSV, also as learning systems export it", CMD_TEXT,
         &o->roster},
        {'o', "output", "DIR", "the folder of kits and report", CMD_TEXT, &o->folder},
        {0, "secret", "FILE", "the course secret: 16 bytes or more, not readable by everyone",
         CMD_TEXT, &o->secret},
        {'s', "set", "NAME=VALUE", "an answer that all kits share; may be repeated", CMD_LIST,
         &o->set},
        {0, "answers", "FILE", "answers that all kits share, as a JSON object", CMD_TEXT,
         &o->answers},
        {0, "id-column", "NAME", "the roster's column that tells students apart", CMD_TEXT,
         &o->id_column},
        {0, "group-column", "NAME", "one kit a group, by this column", CMD_TEXT, &o->group_column},
        {0, "map", "VARIABLE=COLUMN", "take a variable from a column; may be repeated", CMD_LIST,
         &o->maps},
        {0, "only", "ID", "only this student's kit; may be repeated", CMD_LIST, &o->only},
        {0, "shard", "I/N", "only the I-th of N parts of the cohort, from 0", CMD_TEXT, &o->shard},
        {0, "merge-reports", NULL, "join the reports of shards that are given", CMD_FLAG,
         &o->merge},
        {0, "edition", "EDITION", "starter (default) or complete", CMD_TEXT, &o->edition},
        {0, "solved", "ID,...", "a starter in which these milestones are solved", CMD_TEXT,
         &o->solved},
        {0, "format", "FORMAT", "tar.gz (default), tar.zst, tar.xz, tar or zip", CMD_TEXT,
         &o->format},
        {0, "bundle", NULL, "also write each history as a git bundle that grows with the versions",
         CMD_FLAG, &o->bundle},
        {0, "lms", "moodle", "also pack the archives for Moodle's upload of feedback files",
         CMD_TEXT, &o->lms},
        {0, "upload-size", "MIB", "most that an upload may have (default: 100)", CMD_TEXT,
         &o->upload_size},
        {0, "date", "TIME", "date of the commits (default: SOURCE_DATE_EPOCH, or the template's)",
         CMD_TEXT, &o->date},
        {0, "jobs", "N", "processes that work at once (default: one a core)", CMD_TEXT, &o->jobs},
        {'n', "dry-run", NULL, "say what would be made, and write nothing", CMD_FLAG, &o->dry_run},
        {0, "templates", "DIR", "look for templates here first; may be repeated", CMD_LIST,
         &o->templates},
        {0, "json", NULL, "print the head of the report as JSON", CMD_FLAG, &o->json},
        {'q', "quiet", NULL, "say nothing when all is well", CMD_FLAG, &o->quiet},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 1, argc, err);
    if (count >= 0 && cmd_catalogue_open(&run.catalogue, &o->templates, err) == 0)
        rc = execute(&run, argv, count, err);
    json_decref(run.result.json);
    json_decref(run.cohort.edition.solved);
    ais_roster_release(&run.roster);
    ais_template_free(run.t);
    cmd_catalogue_release(&run.catalogue);
    ais_buf_release(&run.secret);
    cmd_list_release(&o->set);
    cmd_list_release(&o->templates);
    cmd_list_release(&o->only);
    cmd_list_release(&o->maps);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_kit = {
    .name = "kit",
    .arguments = "SOURCE...",
    .summary = "Make a starter kit for each student of a roster.",
    .text = "Make one archive a student of the starter edition of SOURCE, each with a git history\n"
            "and a record of what it holds, and a report in DIR (report.html, .csv, .json). A kit\n"
            "stands whole under its name or not at all; running the command again makes what is\n"
            "missing, rewrites what changed, and touches nothing else.",
    .examples = "  aiscaffold kit chatbot --roster students.csv -o kits\n"
                "  aiscaffold kit ./course --roster canvas.csv --secret course.key -o kits\n"
                "  aiscaffold kit chatbot --roster students.csv --shard 0/16 -o kits\n"
                "  aiscaffold kit --merge-reports kits/report-*-of-16.json -o kits\n",
    .run = run_kit,
};
