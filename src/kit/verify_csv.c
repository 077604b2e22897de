#include "base/mem.h"
#include "base/text.h"
#include "kit/csv.h"
#include "kit/verify.h"

#include <string.h>

static const char *const columns[] = {
    "submission", "status",  "template",  "version",    "edition",    "kit",
    "student",    "name",    "group",     "record",     "commit",     "changed",
    "added",      "removed", "line_ends", "milestones", "identities", "notes"};

void ais_verified_csv_names(struct ais_buf *out) {
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        ais_csv_add(out, i, columns[i]);
    ais_csv_end(out);
}

/* A row being written. `field` collects what goes into one field. */
struct row {
    struct ais_buf *out, field;
    size_t index;
};

/* What is shown on a terminal must be harmless there. */
static void put(struct row *r, const char *text) {
    size_t size = strlen(text) + 1;
    char *printable = ais_malloc(size);
    if (printable)
        ais_csv_add(r->out, r->index++, ais_text_printable(text, printable, size));
    else
        r->out->no_memory = true;
    ais_free(printable);
}

static void collect(struct row *r, const char *text) {
    if (r->field.size)
        ais_buf_str(&r->field, "; ");
    ais_buf_str(&r->field, text);
}

static void put_collected(struct row *r) {
    put(r, ais_buf_text(&r->field));
    if (r->field.no_memory || r->field.too_large) {
        r->out->no_memory |= r->field.no_memory;
        r->out->too_large |= r->field.too_large;
    }
    ais_buf_truncate(&r->field, 0);
}

static void put_changes(struct row *r, const struct ais_verified *v, enum ais_change_kind kind) {
    for (size_t i = 0; i < v->change_count; i++)
        if (v->changes[i].kind == kind)
            collect(r, v->changes[i].path);
    put_collected(r);
}

static void put_lists(struct row *r, const struct ais_verified *v) {
    for (size_t i = 0; i < v->milestone_count; i++) {
        collect(r, v->milestones[i].id);
        ais_buf_printf(&r->field, " %zu/%zu", v->milestones[i].touched, v->milestones[i].total);
    }
    put_collected(r);
    for (size_t i = 0; i < v->hit_count; i++) {
        const struct ais_hit *hit = &v->hits[i];
        collect(r, hit->what);
        ais_buf_printf(&r->field, " of %s in %s", hit->kit->student,
                       *hit->path ? hit->path : "commits");
    }
    put_collected(r);
    for (size_t i = 0; i < v->reasons.count; i++)
        collect(r, v->reasons.list[i]);
    for (size_t i = 0; i < v->notes.count; i++)
        collect(r, v->notes.list[i]);
}

void ais_verified_csv(const struct ais_verified *verified, struct ais_buf *out) {
    const struct ais_verified *v = verified;
    struct row r = {.out = out, .field = AIS_BUF(16 << 20)};
    char text[2048];
    bool failed = v->error.status != AIS_OK;
    put(&r, v->shown);
    put(&r, failed ? "failed" : v->different ? "different" : "untouched");
    put(&r, v->template_name);
    put(&r, v->version);
    put(&r, v->edition);
    put(&r, v->kit);
    put(&r, v->owner ? v->owner->student : "");
    put(&r, v->owner ? v->owner->name : "");
    put(&r, v->owner ? v->owner->group : "");
    put(&r, failed ? "" : ais_record_state_name(v->record));
    put(&r, v->commit);
    for (int kind = AIS_CHANGED; kind <= AIS_LINE_ENDS; kind++)
        put_changes(&r, v, (enum ais_change_kind)kind);
    put_lists(&r, v);
    if (failed)
        collect(&r, ais_error_text(&v->error, text, sizeof text));
    put_collected(&r);
    ais_csv_end(out);
    ais_buf_release(&r.field);
}
