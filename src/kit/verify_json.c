#include "base/text.h"
#include "kit/verify.h"

#include <string.h>

static json_t *texts(const struct ais_texts *from) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < from->count; i++)
        if (json_array_append_new(list, json_string(from->list[i])) < 0) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static json_t *changes(const struct ais_verified *v, enum ais_change_kind kind) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < v->change_count; i++)
        if (v->changes[i].kind == kind &&
            json_array_append_new(list, json_string(v->changes[i].path)) < 0) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static json_t *milestones(const struct ais_verified *v) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < v->milestone_count; i++) {
        const struct ais_touched *t = &v->milestones[i];
        json_t *item = json_pack("{ss sI sI}", "id", t->id, "touched", (json_int_t)t->touched,
                                 "files", (json_int_t)t->total);
        if (json_array_append_new(list, item) < 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *identities(const struct ais_verified *v) {
    json_t *list = json_array();
    for (size_t i = 0; list && i < v->hit_count; i++) {
        const struct ais_hit *hit = &v->hits[i];
        json_t *item = json_pack("{ss ss ss ss}", "what", hit->what, "kit", hit->kit->id, "student",
                                 hit->kit->student, "path", hit->path);
        if (json_array_append_new(list, item) < 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *whole(const struct ais_verified *v, const char *shown) {
    const struct ais_known_kit *owner = v->owner;
    return json_pack("{ss ss ss ss ss ss so ss so ss sI so so so so so so so}", "submission", shown,
                     "status", v->different ? "different" : "untouched", "template",
                     v->template_name, "version", v->version, "edition", v->edition, "kit", v->kit,
                     "owner",
                     owner ? json_pack("{ss ss ss}", "student", owner->student, "name", owner->name,
                                       "group", owner->group)
                           : json_null(),
                     "record", ais_record_state_name(v->record), "reasons", texts(&v->reasons),
                     "commit", v->commit, "files", (json_int_t)v->files, "changed",
                     changes(v, AIS_CHANGED), "added", changes(v, AIS_ADDED), "removed",
                     changes(v, AIS_REMOVED), "line_ends", changes(v, AIS_LINE_ENDS), "milestones",
                     milestones(v), "identities", identities(v), "notes", texts(&v->notes));
}

json_t *ais_verified_json(const struct ais_verified *verified, struct ais_error *err) {
    char text[2048], shown[2048];
    json_t *object;
    ais_text_printable(verified->shown, shown, sizeof shown);
    if (verified->error.status) {
        ais_error_text(&verified->error, text, sizeof text);
        object = json_pack("{ss ss ss}", "submission", shown, "status", "failed", "error", text);
    } else {
        object = whole(verified, shown);
        if (object &&
            json_object_set_new(object, "line_ends", changes(verified, AIS_LINE_ENDS)) < 0) {
            json_decref(object);
            object = NULL;
        }
    }
    if (!object)
        ais_fail_memory(err);
    return object;
}
