#include "plan/edition.h"

#include "base/mem.h"
#include "plan/regions.h"

#include <stdio.h>
#include <string.h>

void ais_edition_name(const struct ais_edition *e, struct ais_buf *out) {
    ais_buf_str(out, e->starter ? "starter" : "complete");
    for (size_t i = 0; e->starter && i < json_array_size(e->solved); i++)
        ais_buf_printf(out, "+%s", json_string_value(json_array_get(e->solved, i)));
}

static bool is_listed(const json_t *list, const char *id, size_t size) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        if (json_string_length(item) == size && memcmp(json_string_value(item), id, size) == 0)
            return true;
    }
    return false;
}

/* Each id once: an edition has one name. */
static json_t *split(const char *ids) {
    json_t *list = json_array();
    while (list && *ids) {
        size_t size = strcspn(ids, ",");
        if (size && !is_listed(list, ids, size) &&
            json_array_append_new(list, json_stringn(ids, size)) < 0) {
            json_decref(list);
            return NULL;
        }
        ids += size + (ids[size] == ',');
    }
    return list;
}

int ais_edition_read(struct ais_edition *e, const char *name, const char *fallback,
                     const char *solved, struct ais_error *err) {
    static const char *const names[] = {"complete", "starter"};
    char hint[128];
    const char *wanted = name ? name : solved ? "starter" : fallback;
    *e = (struct ais_edition){.starter = strcmp(wanted, "starter") == 0};
    if (!e->starter && strcmp(wanted, "complete") != 0)
        return ais_fail(err, AIS_USAGE, "no edition is called \"%s\"%s", wanted,
                        *ais_did_you_mean(hint, sizeof hint, wanted, names, 2)
                            ? hint
                            : " (complete or starter)");
    if (!solved)
        return 0;
    if (!e->starter)
        return ais_fail(err, AIS_USAGE, "--solved goes with the starter edition only");
    e->solved = split(solved);
    return e->solved ? 0 : ais_fail_memory(err);
}

int ais_edition_check(const struct ais_edition *e, struct ais_error *err) {
    char hint[128];
    for (size_t i = 0; i < json_array_size(e->solved); i++) {
        const char *id = json_string_value(json_array_get(e->solved, i));
        if (!ais_milestone_id(e->t, id, strlen(id)))
            return ais_fail(err, AIS_USAGE, "the template has no milestone \"%s\"%s", id,
                            ais_nearest_milestone(e->t, id, hint, sizeof hint));
    }
    return 0;
}

/* No marker can be in a file that holds none of their words; most don't. */
static bool may_hold_markers(const char *text, size_t size) {
    static const char *const words[] = {"SOLUTION", "HIDDEN", "STUB:",   "BEGIN", "END",
                                        "FILE",     "egin",   "olution", "idden"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (memmem(text, size, words[i], strlen(words[i])))
            return true;
    return false;
}

static bool is_notebook(const char *path) {
    size_t size = strlen(path);
    if (size > 6 && strcmp(path + size - 6, ".jinja") == 0)
        size -= 6;
    return size > 6 && strncmp(path + size - 6, ".ipynb", 6) == 0;
}

int ais_edition_apply(const struct ais_edition *e, const struct ais_edition_file *file,
                      struct ais_buf *out, bool *changed, bool *keep, struct ais_cuts *cuts,
                      struct ais_findings *problems, struct ais_error *err) {
    struct ais_regions r = {.e = e,
                            .shown = file->shown,
                            .text = file->text,
                            .size = file->size,
                            .syntax = ais_syntax_of(file->path),
                            .out = out,
                            .cuts = cuts,
                            .problems = problems,
                            .err = err};
    size_t before = out->size;
    *changed = false;
    *keep = true;
    if (is_notebook(file->path))
        return ais_notebook_apply(e, file, out, changed, cuts, problems, err);
    if (memchr(file->text, '\0', file->size) || !may_hold_markers(file->text, file->size))
        return 0;
    if (ais_regions_read(&r) < 0)
        return -1;
    *changed = r.marked;
    *keep = !r.gone;
    if (!r.marked)
        ais_buf_truncate(out, before);
    return 0;
}
