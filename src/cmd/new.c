#include "cmd/cmd.h"

#include "base/mem.h"
#include "git/git.h"
#include "sink/listing.h"
#include "sink/project.h"
#include "ui/terminal.h"
#include "update/here.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

struct options {
    struct cmd_list set, templates;
    const char *answers, *package, *date, *edition, *solved, *conflict;
    bool yes, no_git, with_git, dry_run, json, quiet, sync, here;
};

/* Everything that a run of `new` holds. */
struct run {
    struct options o;
    struct cmd_catalogue catalogue;
    struct ais_template *t;
    struct ais_answers *answers;
    struct ais_plan plan;
    struct ais_project project;
    struct ais_edition edition;
    struct ais_update update; /* of --here */
    char *branch, *archive;
    char commit_id[41];
};

static int choose_target(struct run *run, const char *source, const char *dir,
                         struct ais_error *err) {
    const char *idea = ais_template_manifest(run->t)->name;
    run->project.target = dir ? dir : run->o.here ? "." : idea;
    return run->o.here ? 0 : cmd_target_check(run->project.target, source, idea, err);
}

static int choose_archive(struct run *run, struct ais_error *err) {
    struct ais_buf path = AIS_BUF(8192);
    if (!run->o.package)
        return 0;
    if (ais_format_named(*run->o.package ? run->o.package : "tar.gz", &run->project.format, err) <
        0)
        return -1;
    ais_buf_printf(&path, "%s%s", run->project.target, ais_format_suffix(run->project.format));
    run->archive = ais_buf_take(&path);
    if (!run->archive)
        return ais_fail_memory(err);
    run->project.archive = run->archive;
    run->project.archive_git = run->o.with_git;
    return ais_archive_check(run->archive, err);
}

static int choose_history(struct run *run, struct ais_error *err) {
    int64_t now = time(NULL);
    bool found;
    if (cmd_date(run->o.date, &run->project.time, &found, err) < 0)
        return -1;
    if (!found)
        run->project.time = now;
    if (run->o.no_git)
        return 0;
    if (ais_git_default_branch(&run->branch, err) < 0)
        return -1;
    run->project.branch = run->branch;
    return 0;
}

/* A note where the project will lie inside another repository. Best effort. */
static void note_outer(const struct run *run) {
    struct ais_error ignored = {0};
    char *parent = ais_strdup(run->project.target), *slash = parent ? strrchr(parent, '/') : NULL;
    char *root = NULL;
    if (slash)
        *(slash == parent ? slash + 1 : slash) = '\0';
    if (parent && !run->o.quiet && run->project.branch &&
        ais_git_discover(slash ? parent : ".", &root, &ignored) == 0 && root) {
        fputs("note: the project lies inside the git repository ", stderr);
        ui_print(stderr, root);
        fputs(" and has a repository of its own (--no-git makes none)\n", stderr);
    }
    ais_free(root);
    ais_free(parent);
}

static int plan(struct run *run, struct ais_error *err) {
    run->answers = ais_answers_new(run->t, err);
    if (!run->answers || cmd_give(run->answers, &run->o.set, run->o.answers, err) < 0 ||
        cmd_answer(run->answers, run->o.yes, err) < 0)
        return -1;
    if (ais_plan_make(&run->plan, run->t, run->answers, &run->edition, err) == 0)
        return 0;
    return cmd_fail_all(&run->plan.problems, err);
}

static int print_json(const struct run *run, struct ais_error *err) {
    json_t *files = ais_listing(&run->plan, err);
    json_t *answers = ais_answers_record(run->answers, err);
    json_t *object =
        files && answers
            ? json_pack("{ss ss ss so so ss? ss? ss sb so so}", "template", run->plan.template_name,
                        "version", run->plan.template_version, "edition", run->plan.edition_name,
                        "target", cmd_json_path(run->project.target), "archive",
                        cmd_json_path(run->project.archive), "branch", run->project.branch,
                        "commit", *run->commit_id ? run->commit_id : NULL, "digest",
                        run->plan.digest, "dry_run", run->o.dry_run, "answers", answers, "files",
                        files)
            : NULL;
    if (!files || !answers) {
        json_decref(files);
        json_decref(answers);
        return -1;
    }
    return cmd_print_json("new", object, err);
}

static bool has_file(const struct ais_plan *plan, const char *path) {
    for (size_t i = 0; i < plan->count; i++)
        if (strcmp(plan->files[i].path, path) == 0)
            return true;
    return false;
}

static void print_next(const struct run *run) {
    bool make = has_file(&run->plan, "Makefile");
    fputs(make ? "next:\n  cd " : "next: cd ", stderr);
    ui_print(stderr, run->project.target);
    fputs(make ? "\n  make setup\n  make demo\n" : ", then read README.md\n", stderr);
}

static void print_made(const struct run *run) {
    FILE *out = stderr;
    fprintf(out, "%s ", run->o.dry_run ? "would make" : "made");
    ui_print(out, run->project.target);
    fprintf(out, ": %zu %s, %zu bytes, from %s %s\n", run->plan.count,
            run->plan.count == 1 ? "file" : "files", run->plan.bytes, run->plan.template_name,
            run->plan.template_version);
    if (*run->commit_id) {
        fprintf(out, "  first commit %.12s on ", run->commit_id);
        ui_print(out, run->project.branch);
        fputc('\n', out);
    }
    if (run->project.archive) {
        fputs("  archive ", out);
        ui_print(out, run->project.archive);
        fputc('\n', out);
    }
    if (!run->o.dry_run && !run->o.here)
        print_next(run);
}

static int check_here(const struct options *o, struct ais_error *err) {
    if (!o->here)
        return o->conflict ? ais_fail(err, AIS_USAGE, "--on-conflict goes with --here") : 0;
    if (o->no_git || o->package || o->with_git)
        return ais_fail(err, AIS_USAGE,
                        "--here makes a git history, and no archive (leave out --no-git, --package "
                        "and --with-git)");
    return cmd_conflict(o->conflict, err);
}

/* A repository that was there already may be on another branch than a new one. */
static int note_branch(struct run *run, struct ais_error *err) {
    static const char heads[] = "refs/heads/";
    char *ref;
    if (ais_repo_branch(run->update.origin.repo, &ref, err) < 0)
        return -1;
    if (ref && strncmp(ref, heads, sizeof heads - 1) == 0) {
        ais_free(run->branch);
        memmove(ref, ref + sizeof heads - 1, strlen(ref) - sizeof heads + 2);
        run->branch = ref;
        run->project.branch = ref;
    } else {
        ais_free(ref);
    }
    return 0;
}

/* Puts the plan into the folder that is there; *conflicts gets the number of files that have to be
 * looked at. */
static int put_here(struct run *run, size_t *conflicts, struct ais_error *err) {
    const struct ais_update *u = &run->update;
    const struct ais_here_options options = {
        .o = {.folder = run->project.target,
              .keep = run->o.conflict && strcmp(run->o.conflict, "keep") == 0,
              .dry_run = run->o.dry_run,
              .now = run->project.time,
              .stop = &cmd_stop},
        .branch = run->branch,
        .time = run->project.time,
        .merge = run->o.conflict != NULL};
    int rc = ais_here_run(&run->update, &run->plan, &options, err);
    for (size_t i = 0; rc < 0 && i < u->in_the_way.count; i++)
        cmd_print_path("in the way: ", u->in_the_way.names[i]);
    for (size_t i = 0; rc == 0 && i < u->merge.line_count; i++)
        if (u->merge.lines[i].outcome == AIS_CLASHED) {
            cmd_print_path("in conflict: ", u->merge.lines[i].path);
            ++*conflicts;
        }
    if (rc == 0 && u->origin.repo) {
        ais_oid_hex(&u->pristine, run->commit_id);
        rc = note_branch(run, err);
    }
    return rc;
}

static int make(struct run *run, size_t *conflicts, struct ais_error *err) {
    if (run->o.here)
        return put_here(run, conflicts, err);
    return run->o.dry_run ? ais_project_commit(&run->project, &run->plan, run->commit_id, err)
                          : ais_project_write(&run->project, &run->plan, run->commit_id, err);
}

static int execute(struct run *run, char **argv, int count, struct ais_error *err) {
    size_t conflicts = 0;
    if (check_here(&run->o, err) < 0)
        return -1;
    run->t = ais_template_load(&run->catalogue.catalogue, argv[1], err);
    if (!run->t ||
        ais_edition_read(&run->edition, run->o.edition, "complete", run->o.solved, err) < 0 ||
        choose_target(run, argv[1], count > 1 ? argv[2] : NULL, err) < 0 ||
        choose_archive(run, err) < 0 || choose_history(run, err) < 0 || plan(run, err) < 0)
        return -1;
    run->project.options = (struct ais_sink_options){run->o.sync, &cmd_stop};
    if (!run->o.here)
        note_outer(run);
    cmd_working = !run->o.dry_run;
    if (make(run, &conflicts, err) < 0 || (run->o.json && print_json(run, err) < 0))
        return -1;
    if (!run->o.json && run->o.dry_run)
        ui_draw_tree(stdout, &run->plan, run->project.target);
    if (!run->o.json && !run->o.quiet)
        print_made(run);
    return conflicts ? cmd_fail_conflicts(conflicts, err) : cmd_flush(err);
}

static int run_new(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct run run = {0};
    struct options *o = &run.o;
    const struct cmd_option options[] = {
        {'s', "set", "NAME=VALUE", "give an answer; may be repeated", CMD_LIST, &o->set},
        {0, "answers", "FILE", "take answers from a JSON object; - is standard input", CMD_TEXT,
         &o->answers},
        {'y', "yes", NULL, "take the default of every other question", CMD_FLAG, &o->yes},
        {0, "edition", "EDITION", "complete (default) or starter, with the solutions left out",
         CMD_TEXT, &o->edition},
        {0, "solved", "ID,...", "a starter in which these milestones are solved", CMD_TEXT,
         &o->solved},
        {0, "here", NULL, "make it in a folder that is there (default: this one), beside its files",
         CMD_FLAG, &o->here},
        {0, "on-conflict", "HOW", "with --here: mark the lines, or keep whole files of yours",
         CMD_TEXT, &o->conflict},
        {0, "no-git", NULL, "start no git history", CMD_FLAG, &o->no_git},
        {0, "package", "FORMAT", "make an archive, too: tar.gz (default), tar.zst, tar.xz, zip",
         CMD_OPTIONAL, &o->package},
        {0, "with-git", NULL, "put the git history into the archive", CMD_FLAG, &o->with_git},
        {0, "date", "TIME", "date of the first commit (default: SOURCE_DATE_EPOCH, or now)",
         CMD_TEXT, &o->date},
        {'n', "dry-run", NULL, "show what would be made, and write nothing", CMD_FLAG, &o->dry_run},
        {0, "templates", "DIR", "look for templates here first; may be repeated", CMD_LIST,
         &o->templates},
        {0, "sync", NULL, "make it last through a power loss", CMD_FLAG, &o->sync},
        {0, "json", NULL, "print what was made as JSON", CMD_FLAG, &o->json},
        {'q', "quiet", NULL, "say nothing when all is well", CMD_FLAG, &o->quiet},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 1, 2, err);
    if (count >= 0 && cmd_catalogue_open(&run.catalogue, &o->templates, err) == 0)
        rc = execute(&run, argv, count, err);
    ais_update_release(&run.update);
    ais_plan_release(&run.plan);
    ais_answers_free(run.answers);
    ais_template_free(run.t);
    cmd_catalogue_release(&run.catalogue);
    json_decref(run.edition.solved);
    ais_free(run.branch);
    ais_free(run.archive);
    cmd_list_release(&o->set);
    cmd_list_release(&o->templates);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_new = {
    .name = "new",
    .arguments = "SOURCE [DIR]",
    .summary = "Make a project from an idea or a template folder.",
    .text =
        "Make a project from SOURCE, an idea (see aiscaffold list) or the path of a template\n"
        "folder, in the new folder DIR (default: the idea's name): its files, and a git history\n"
        "whose first commit holds exactly what was made. All of it appears at once, or nothing\n"
        "does. What was not given is asked for on a terminal, and is an error elsewhere. With\n"
        "--here DIR is there already, and what it holds stays: where files of both are named\n"
        "alike, they are listed and nothing is done, unless --on-conflict says how to merge.",
    .examples = "  aiscaffold new chatbot -y\n"
                "  aiscaffold new chatbot my-bot -s project_name='My Bot' -s features=ci\n"
                "  aiscaffold new chatbot -y -n\n"
                "  aiscaffold new chatbot --here -y\n"
                "  aiscaffold new ./my-template demo --answers answers.json --package\n",
    .run = run_new,
};
