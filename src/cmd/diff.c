#include "cmd/cmd.h"

#include "base/error.h"
#include "update/status.h"

#include <stdio.h>

static int write_text(void *payload, const char *text, size_t size, struct ais_error *err) {
    FILE *out = payload;
    if (fwrite(text, 1, size, out) == size)
        return 0;
    return ais_fail_errno(err, "standard output", "write");
}

static int run_diff(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    const char *folder = ".";
    bool stat = false;
    size_t differ = 0;
    const struct cmd_option options[] = {
        {'C', "directory", "DIR", "the project (default: this folder)", CMD_TEXT, &folder},
        {0, "stat", NULL, "count the lines of each file only", CMD_FLAG, &stat},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 0, 1, err);
    if (count >= 0)
        rc = ais_status_diff(folder, count ? argv[1] : "", stat, write_text, stdout, &differ, err);
    if (rc == 0)
        rc = cmd_flush(err);
    if (rc == 0 && differ)
        rc = ais_fail(err, AIS_DIFFERENT, "%zu %s from what the template gave", differ,
                      differ == 1 ? "file differs" : "files differ");
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_diff = {
    .name = "diff",
    .arguments = "[PATH]",
    .summary = "Show what differs from what the template gave.",
    .text =
        "Show how the work tree, or what of it lies below PATH (from the project's top folder),\n"
        "differs from what the template gave, as a patch that git apply takes. The template\n"
        "itself is not needed. The exit status is 6 where files differ.",
    .examples = "  aiscaffold diff\n"
                "  aiscaffold diff --stat src\n",
    .page = "aiscaffold-update",
    .run = run_diff,
};
