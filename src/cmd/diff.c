#include "cmd/cmd.h"

#include "base/error.h"
#include "ui/terminal.h"
#include "update/status.h"

#include <stdio.h>

static int write_text(void *payload, const char *text, size_t size, struct ais_error *err) {
    FILE *out = payload;
    if (fwrite(text, 1, size, out) == size)
        return 0;
    return ais_fail_errno(err, "standard output", "write");
}

/* The files that differ: counted, and gathered for JSON or printed at once. */
struct listing {
    size_t count;
    json_t *files;
};

static int list_file(void *payload, const struct ais_counts *file, struct ais_error *err) {
    struct listing *listing = payload;
    json_t *lines = file->binary ? json_null()
                                 : json_pack("{sI sI}", "added", (json_int_t)file->added, "removed",
                                             (json_int_t)file->removed);
    listing->count++;
    if (json_array_append_new(
            listing->files,
            json_pack("{so so}", "path", cmd_json_path(file->path), "lines", lines)) < 0)
        return ais_fail_memory(err);
    return 0;
}

static int print_file(void *payload, const struct ais_counts *file, struct ais_error *err) {
    struct listing *listing = payload;
    (void)err;
    listing->count++;
    if (file->binary)
        fputs("binary\t", stdout);
    else
        printf("+%zu -%zu\t", file->added, file->removed);
    ui_print(stdout, file->path);
    putchar('\n');
    return 0;
}

static int print_json(const char *folder, const char *path, size_t *count, struct ais_error *err) {
    struct listing listing = {.files = json_array()};
    int rc = listing.files ? 0 : ais_fail_memory(err);
    if (rc == 0)
        rc = ais_status_count(folder, path, list_file, &listing, err);
    *count = listing.count;
    if (rc == 0)
        return cmd_print_json("diff", json_pack("{so}", "files", listing.files), err);
    json_decref(listing.files);
    return rc;
}

static int print_stat(const char *folder, const char *path, size_t *count, struct ais_error *err) {
    struct listing listing = {0};
    int rc = ais_status_count(folder, path, print_file, &listing, err);
    *count = listing.count;
    return rc;
}

static int run_diff(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    const char *folder = ".", *path;
    bool stat = false, json = false;
    size_t differ = 0;
    const struct cmd_option options[] = {
        {'C', "directory", "DIR", "the project (default: this folder)", CMD_TEXT, &folder},
        {0, "stat", NULL, "count the lines of each file only", CMD_FLAG, &stat},
        {0, "json", NULL, "print the counts as JSON", CMD_FLAG, &json},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 0, 1, err);
    path = count > 0 ? argv[1] : "";
    if (count >= 0)
        rc = json   ? print_json(folder, path, &differ, err)
             : stat ? print_stat(folder, path, &differ, err)
                    : ais_status_patch(folder, path, write_text, stdout, &differ, err);
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
    .run = run_diff,
};
