#include "cmd/cmd.h"

#include "sink/worktree.h"
#include "ui/progress.h"
#include "ui/terminal.h"

#include <stdio.h>

static void progress(void *payload, size_t done, size_t all) {
    ui_progress_show(payload, done, all);
}

static int package(struct ais_package *p, const char *date, bool json, bool quiet,
                   struct ais_error *err) {
    size_t count;
    bool dated;
    int rc;
    if (!p->archive)
        return ais_fail(err, AIS_USAGE, "the option \"-o FILE\" is needed");
    if (ais_format_of(p->archive, &p->format, err) < 0 || cmd_date(date, &p->time, &dated, err) < 0)
        return -1;
    if (!dated)
        p->time = -1;
    cmd_working = true;
    rc = ais_package_write(p, &count, err);
    ui_progress_end(p->payload);
    if (rc < 0)
        return -1;
    if (json)
        return cmd_print_json(
            "package",
            json_pack("{so sI}", "archive", cmd_json_path(p->archive), "files", (json_int_t)count),
            err);
    if (!quiet) {
        fputs("made ", stderr);
        ui_print(stderr, p->archive);
        fprintf(stderr, ": %zu %s\n", count, count == 1 ? "file" : "files");
    }
    return 0;
}

static int run_package(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    struct ais_package p = {.options.stop = &cmd_stop};
    const char *date = NULL;
    bool json = false, quiet = false;
    const struct cmd_option options[] = {
        {'o', "output", "FILE", "the archive to make: .tar.gz, .tar.zst, .tar.xz, .tar or .zip",
         CMD_TEXT, &p.archive},
        {0, "with-git", NULL, "with the git history that HEAD reaches", CMD_FLAG, &p.git},
        {0, "date", "TIME", "time of all members (default: SOURCE_DATE_EPOCH, or HEAD's)", CMD_TEXT,
         &date},
        {0, "sync", NULL, "make it last through a power loss", CMD_FLAG, &p.options.sync},
        {0, "json", NULL, "print what was made as JSON", CMD_FLAG, &json},
        {'q', "quiet", NULL, "say nothing when all is well", CMD_FLAG, &quiet},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 0, 1, err);
    struct ui_progress shown = {.what = "files", .quiet = quiet};
    p.folder = count > 0 ? argv[1] : ".";
    p.progress = progress;
    p.payload = &shown;
    if (count >= 0)
        rc = package(&p, date, json, quiet, err);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_package = {
    .name = "package",
    .arguments = "[DIR] -o FILE",
    .summary = "Pack a project into a reproducible archive.",
    .text =
        "Pack the project in DIR (default: this folder): what git tracks there, and what is\n"
        "untracked and not ignored; all files where there is no repository. The same files give\n"
        "the same bytes under any locale, time zone and umask. With --with-git, .git is made anew\n"
        "of what HEAD reaches: the same HEAD gives the same bytes, and other branches, what was\n"
        "thrown away, configuration, hooks and logs stay behind.",
    .examples = "  aiscaffold package -o ../my-bot.tar.gz\n"
                "  aiscaffold package my-bot -o my-bot.zip\n"
                "  aiscaffold package --with-git my-bot -o my-bot.tar.xz\n",
    .run = run_package,
};
