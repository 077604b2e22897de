/* Markers in a file of any bytes, whose first byte chooses the file's kind: a starter holds no
 * piece that was cut, a complete edition holds no marker. */
#include "folder.h"

#include "plan/edition.h"

#include <string.h>

static const char *const paths[] = {"a.py",       "a.c",   "a.html",   "a.ipynb",
                                    "a.md.jinja", "a.sql", "Makefile", "a.unknown"};
enum { PATHS = sizeof paths / sizeof *paths };

static void apply(const struct ais_edition *edition, const char *path, const char *text,
                  size_t size) {
    struct ais_arena arena = {0};
    struct ais_buf out = AIS_BUF(1 << 24);
    struct ais_cuts cuts = {0};
    struct ais_findings problems = {0};
    struct ais_error err = {0};
    struct ais_edition_file file = {"shown", path, text, size, &arena};
    bool changed = false, keep = false;
    int rc = ais_edition_apply(edition, &file, &out, &changed, &keep, &cuts, &problems, &err);
    MUST(rc == 0 || (err.status == AIS_TEMPLATE && strstr(path, ".ipynb")));
    MUST(rc < 0 || changed || out.size == 0);
    for (size_t i = 0; i < cuts.count; i++)
        MUST(edition->starter && cuts.list[i].line >= 1);
    for (size_t i = 0; i < problems.count; i++)
        MUST(problems.list[i].status == AIS_TEMPLATE && problems.list[i].message[0]);
    if (rc == 0 && !edition->starter && !problems.count && !strstr(path, ".ipynb")) {
        struct ais_buf twice = AIS_BUF(1 << 24);
        const char *kept = changed ? ais_buf_text(&out) : text;
        struct ais_edition_file made = {"shown", path, kept, changed ? out.size : size, &arena};
        MUST(ais_edition_apply(edition, &made, &twice, &changed, &keep, &cuts, &problems, &err) ==
             0);
        MUST(!changed); /* no marker is left */
        ais_buf_release(&twice);
    }
    ais_free(cuts.list);
    ais_findings_release(&problems);
    ais_buf_release(&out);
    ais_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char manifest[] =
        "{\"name\": \"t\", \"version\": \"1.0.0\", \"released\": \"2026-12-01T00:00:00Z\", "
        "\"summary\": \"s\","
        "\"milestones\": [{\"id\": \"m\", \"title\": \"M\"}, {\"id\": \"n\", \"title\": \"N\"}]}";
    static struct ais_template *t;
    struct ais_edition complete = {0}, starter = {.starter = true}, some = {.starter = true};
    if (!t) {
        fuzz_write("template.json", manifest, sizeof manifest - 1);
        t = fuzz_load();
        MUST(t);
    }
    if (!size)
        return 0;
    complete.t = starter.t = some.t = t;
    some.solved = json_pack("[s]", "m");
    apply(&complete, paths[data[0] % PATHS], (const char *)data + 1, size - 1);
    apply(&starter, paths[data[0] % PATHS], (const char *)data + 1, size - 1);
    apply(&some, paths[data[0] % PATHS], (const char *)data + 1, size - 1);
    json_decref(some.solved);
    return 0;
}
