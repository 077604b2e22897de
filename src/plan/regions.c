#include "plan/regions.h"

#include "base/mem.h"
#include "plan/markers.h"

#include <stdio.h>
#include <string.h>

const char *ais_milestone_id(const struct ais_template *t, const char *id, size_t size) {
    const struct ais_manifest *m = ais_template_manifest(t);
    for (size_t i = 0; i < m->milestone_count; i++)
        if (strlen(m->milestones[i].id) == size && strncmp(m->milestones[i].id, id, size) == 0)
            return m->milestones[i].id;
    return NULL;
}

const char *ais_nearest_milestone(const struct ais_template *t, const char *id, char *hint,
                                  size_t size) {
    const struct ais_manifest *m = ais_template_manifest(t);
    const char *ids[256];
    size_t count = 0;
    for (; count < m->milestone_count && count < 256; count++)
        ids[count] = m->milestones[count].id;
    return ais_did_you_mean(hint, size, id, ids, count);
}

static bool is_solved(const struct ais_edition *e, const char *id, size_t size) {
    if (!e->starter)
        return true;
    for (size_t i = 0; i < json_array_size(e->solved); i++) {
        const json_t *solved = json_array_get(e->solved, i);
        if (size && json_string_length(solved) == size &&
            memcmp(json_string_value(solved), id, size) == 0)
            return true;
    }
    return false;
}

static void problem(struct ais_regions *r, unsigned line, const char *text) {
    struct ais_error found = {0};
    ais_fail_at(&found, AIS_TEMPLATE, (struct ais_place){r->shown, line, 1}, "%s", text);
    if (ais_findings_add(r->problems, &found, r->err) < 0)
        r->failed = true;
}

static void cut(struct ais_regions *r, const char *end, bool whole) {
    struct ais_cut c = {r->shown,
                        whole ? r->before + 1 : r->opened + 1,
                        ais_milestone_id(r->e->t, r->name, strlen(r->name)),
                        whole ? r->text : r->inside,
                        whole ? r->size : (size_t)(end - r->inside),
                        r->open == AIS_BEGIN_HIDDEN,
                        whole};
    if (ais_grow(&r->cuts->list, &r->cuts->capacity, r->cuts->count + 1, sizeof c) < 0) {
        ais_fail_memory(r->err);
        r->failed = true;
        return;
    }
    r->cuts->list[r->cuts->count++] = c;
}

/* The line end that the marker's own line has. */
static const char *line_end(const char *line, size_t size, size_t whole) {
    return whole > size + 1 || (whole > size && line[size] == '\r') ? "\r\n" : "\n";
}

static void default_stub(struct ais_regions *r, const char *end) {
    char text[160], stub[320];
    if (*r->name)
        snprintf(text, sizeof text, "Milestone %s", r->name);
    else
        snprintf(text, sizeof text, "Your part");
    snprintf(stub, sizeof stub, r->syntax->stub, text);
    ais_buf_add(r->out, r->indent_text, r->indent);
    ais_buf_str(r->out, stub);
    ais_buf_str(r->out, end);
    r->wants_stub = false;
}

static void begin(struct ais_regions *r, const struct ais_marker *m, const char *line,
                  size_t whole) {
    char text[320], hint[128];
    bool hidden = m->kind == AIS_BEGIN_HIDDEN;
    if (r->open) {
        snprintf(text, sizeof text, "a region begins inside the one that begins in line %u",
                 r->opened);
        problem(r, r->line, text);
        return;
    }
    snprintf(r->name, sizeof r->name, "%.*s", (int)m->size, m->size ? m->text : "");
    if (m->size && !ais_milestone_id(r->e->t, m->text, m->size)) {
        snprintf(text, sizeof text, "the template has no milestone \"%s\"%s", r->name,
                 ais_nearest_milestone(r->e->t, r->name, hint, sizeof hint));
        problem(r, r->line, text);
    }
    r->open = m->kind;
    r->opened = r->line;
    r->inside = line + whole;
    r->indent = m->indent;
    r->indent_text = line;
    r->kept = hidden ? !r->e->starter : is_solved(r->e, m->text, m->size);
}

static void end(struct ais_regions *r, const struct ais_marker *m, const char *line) {
    char text[320];
    bool hidden = m->kind == AIS_END_HIDDEN;
    if (!r->open) {
        problem(r, r->line, "a region ends that did not begin");
        return;
    }
    if (hidden != (r->open == AIS_BEGIN_HIDDEN)) {
        snprintf(text, sizeof text, "a %s region ends that begins as %s one in line %u",
                 hidden ? "HIDDEN" : "SOLUTION", hidden ? "a SOLUTION" : "a HIDDEN", r->opened);
        problem(r, r->line, text);
    } else if (!r->kept) {
        cut(r, line, false);
    }
    r->wants_stub = !r->kept && !hidden;
    r->may_stub = !hidden;
    r->open = AIS_NO_MARKER;
}

static void whole_file(struct ais_regions *r, const struct ais_marker *m) {
    bool first = r->line == r->before + 1 || (r->line == r->before + 2 && r->size > 2 &&
                                              r->text[0] == '#' && r->text[1] == '!');
    char text[320], hint[128];
    if (!first) {
        problem(r, r->line, "a marker of the whole file must stand in its first line");
        return;
    }
    snprintf(r->name, sizeof r->name, "%.*s", (int)m->size, m->size ? m->text : "");
    if (m->size && !ais_milestone_id(r->e->t, m->text, m->size)) {
        snprintf(text, sizeof text, "the template has no milestone \"%s\"%s", r->name,
                 ais_nearest_milestone(r->e->t, r->name, hint, sizeof hint));
        problem(r, r->line, text);
    }
    r->gone = !(m->kind == AIS_HIDDEN_FILE ? !r->e->starter : is_solved(r->e, m->text, m->size));
    if (r->gone)
        cut(r, NULL, true);
}

static void stub(struct ais_regions *r, const struct ais_marker *m, const char *line,
                 const char *end) {
    if (!r->may_stub || r->open) {
        problem(r, r->line, "a STUB must stand directly behind END SOLUTION");
        return;
    }
    if (!r->kept) {
        ais_buf_add(r->out, line, m->indent);
        ais_buf_add(r->out, m->text, m->size);
        ais_buf_str(r->out, end);
    }
    r->wants_stub = false;
}

static void bad(struct ais_regions *r, const char *why, const char *line, size_t size) {
    char text[320];
    while (size && (*line == ' ' || *line == '\t'))
        line++, size--;
    snprintf(text, sizeof text, "\"%.*s\" %s", size > 80 ? 80 : (int)size, line, why);
    problem(r, r->line, text);
}

/* One line, of which `whole` bytes are with its end, and `size` without. */
static void read_line(struct ais_regions *r, const char *line, size_t size, size_t whole) {
    struct ais_marker m = ais_marker_read(r->syntax, line, size);
    const char *eol = line_end(line, size, whole);
    if (m.kind != AIS_NO_MARKER)
        r->marked = true;
    if (m.kind != AIS_STUB) {
        if (r->wants_stub)
            default_stub(r, eol);
        r->may_stub = false;
    }
    switch (m.kind) {
    case AIS_NO_MARKER:
        if (!r->open || r->kept)
            ais_buf_add(r->out, line, whole);
        break;
    case AIS_BEGIN_SOLUTION:
    case AIS_BEGIN_HIDDEN:
        begin(r, &m, line, whole);
        break;
    case AIS_END_SOLUTION:
    case AIS_END_HIDDEN:
        end(r, &m, line);
        break;
    case AIS_STUB:
        stub(r, &m, line, eol);
        break;
    case AIS_SOLUTION_FILE:
    case AIS_HIDDEN_FILE:
        whole_file(r, &m);
        break;
    case AIS_BAD_MARKER:
        bad(r, m.why, line, size);
        break;
    }
}

int ais_regions_read(struct ais_regions *r) {
    const char *at = r->text, *end_of_text = at + r->size;
    while (at < end_of_text) {
        const char *newline = memchr(at, '\n', (size_t)(end_of_text - at));
        size_t whole = newline ? (size_t)(newline - at) + 1 : (size_t)(end_of_text - at);
        size_t size = newline ? whole - 1 : whole;
        if (newline && size && at[size - 1] == '\r')
            size--;
        r->line++;
        read_line(r, at, size, whole);
        at += whole;
    }
    if (r->open)
        problem(r, r->opened, "a region begins that does not end");
    if (r->wants_stub)
        default_stub(r, "\n");
    return r->failed || r->out->no_memory ? ais_fail_memory(r->err) : 0;
}
