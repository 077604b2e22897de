#include "update/next.h"

#include "plan/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Everything that planning the newer version needs. */
struct making {
    struct ais_template *t;
    struct ais_answers *answers;
    struct ais_edition edition;
    struct ais_plan plan;
    char *set;
};

static int wrong(const char *path, struct ais_error *err, const char *text) {
    return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = path}, "%s", text);
}

/* "starter+a+b" as an edition. */
static int read_edition(struct ais_edition *edition, const char *recorded, struct ais_error *err) {
    char name[4097], *solved = NULL, *plus;
    snprintf(name, sizeof name, "%s", recorded);
    plus = strchr(name, '+');
    if (plus) {
        *plus = '\0';
        solved = plus + 1;
        while ((plus = strchr(solved, '+')))
            *plus = ',';
    }
    return ais_edition_read(edition, name, "complete", solved, err);
}

/* Gives those of the answers that the template still asks for, without the `idle` of others. */
static int give_kept(struct ais_answers *answers, const struct ais_template *t,
                     const json_t *recorded, const struct ais_answers *others,
                     struct ais_error *err) {
    json_t *kept = json_object(), *value;
    const char *name;
    char *text = NULL;
    struct ais_json doc = {0};
    int rc = -1;
    json_object_foreach((json_t *)recorded, name, value) {
        const struct ais_declared *d = ais_template_variable(t, name);
        if (d && !d->variable->computed && !(others && ais_answers_is_idle(others, name)) &&
            json_object_set(kept, name, value) < 0) {
            ais_fail_memory(err);
            goto out;
        }
    }
    text = kept ? ais_json_text(kept, JSON_COMPACT) : NULL;
    if (!text)
        ais_fail_memory(err);
    else if (ais_json_parse(&doc, AIS_RECORD_PATH, text, strlen(text), AIS_ANSWERS, err) == 0)
        rc = ais_answers_give_json(answers, &doc, err);
out:
    ais_json_release(&doc);
    ais_free(text);
    json_decref(kept);
    return rc;
}

/* Gives the recorded answers. A record also holds the values of questions whose conditions were
 * false: those are no answers, and are asked for where what is wished makes them matter. */
static int give_recorded(struct making *m, const struct ais_record *record, struct ais_error *err) {
    struct ais_error missing = {0};
    struct ais_answers *before = ais_answers_new(m->t, err);
    int rc = -1;
    if (!before || give_kept(before, m->t, record->answers, NULL, err) < 0)
        goto out;
    if (ais_answers_resolve(before, NULL, true, &missing) < 0 && missing.status != AIS_ANSWERS) {
        if (err)
            *err = missing;
        goto out;
    }
    rc = give_kept(m->answers, m->t, record->answers, before, err);
out:
    ais_answers_free(before);
    return rc;
}

/* `record` is NULL for a project that has none yet. */
static int make_plan(struct making *m, const struct ais_record *record,
                     const struct ais_next_wish *wish, struct ais_error *err) {
    m->answers = ais_answers_new(m->t, err);
    if (!m->answers || (wish->give && wish->give(wish->payload, m->answers, err) < 0) ||
        (record && give_recorded(m, record, err) < 0) ||
        (wish->layer && ais_answers_switch(m->answers, m->t, wish->layer, &m->set, err) < 0) ||
        (wish->resolve ? wish->resolve(wish->payload, m->answers, err)
                       : ais_answers_resolve(m->answers, NULL, true, err)) < 0)
        return -1;
    if (record ? read_edition(&m->edition, record->edition, err) < 0
               : ais_edition_read(&m->edition, wish->edition, "complete", NULL, err) < 0)
        return -1;
    return ais_plan_make(&m->plan, m->t, m->answers, &m->edition, err);
}

/* Writes the blob of a planned file, unless the file `old`, which may be NULL, has the same: then
 * it is there, without a search for it. */
static int write_blob(const struct ais_repo *repo, const struct ais_file *file,
                      const struct ais_git_file *old, struct ais_oid *id, struct ais_error *err) {
    if (old && ais_git_blob_hash(file->data, file->size, id, err) < 0)
        return -1;
    return old && ais_oid_equal(id, &old->blob)
               ? 0
               : ais_git_blob_write(repo, file->data, file->size, id, err);
}

/* `before` are files whose blobs are there; NULL is none. */
static int take_plan(struct ais_next *next, const struct ais_repo *repo,
                     const struct ais_plan *plan, const struct ais_git_files *before,
                     struct ais_error *err) {
    for (size_t i = 0; i < plan->count; i++) {
        const struct ais_file *file = &plan->files[i];
        struct ais_oid id;
        if (write_blob(repo, file, before ? ais_git_files_find(before, file->path) : NULL, &id,
                       err) < 0 ||
            ais_git_files_add(&next->files, file->path,
                              file->executable ? AIS_MODE_EXECUTABLE : AIS_MODE_FILE, &id, err) < 0)
            return -1;
    }
    ais_git_files_sort(&next->files);
    memcpy(next->digest, plan->digest, sizeof next->digest);
    return 0;
}

/* `origin` is NULL for a project that has none yet. */
static int plan_template(struct ais_next *next, const struct ais_repo *repo,
                         const struct ais_origin *origin, const char *source,
                         const struct ais_next_wish *wish, struct ais_error *err) {
    const struct ais_record *record = origin ? &origin->record : NULL;
    struct making m = {0};
    int rc = -1;
    m.t = ais_template_load(wish->catalogue, source, err);
    if (!m.t)
        goto out;
    if (record && strcmp(ais_template_manifest(m.t)->name, record->template_name) != 0) {
        ais_fail(err, AIS_USAGE, "the project was made from \"%s\", not from \"%s\"",
                 record->template_name, ais_template_manifest(m.t)->name);
        goto out;
    }
    next->time = ais_template_manifest(m.t)->released;
    if (make_plan(&m, record, wish, err) == 0)
        rc = take_plan(next, repo, &m.plan, origin ? &origin->files : NULL, err);
    next->set = m.set;
out:
    ais_plan_release(&m.plan);
    json_decref(m.edition.solved);
    ais_answers_free(m.answers);
    ais_template_free(m.t);
    return rc;
}

static int from_template(struct ais_next *next, const struct ais_origin *origin,
                         const struct ais_next_wish *wish, struct ais_error *err) {
    const char *name = origin->record.template_name;
    struct stat st;
    if (!wish->source && strpbrk(name, "/.")) /* a record never names a folder */
        return wrong(AIS_RECORD_PATH, err, "\"template\" is no name of an idea");
    if (*origin->record.kit && wish->source && stat(wish->source, &st) < 0)
        return ais_fail_errno(err, wish->source, "open");
    if (*origin->record.kit)
        return wrong(ais_repo_root(origin->repo), err,
                     "the project is a kit, and its update comes as the next kit (--from KIT)");
    return plan_template(next, origin->repo, origin, wish->source ? wish->source : name, wish, err);
}

/* A kit must be the same student's, of the same template. */
static int from_kit(struct ais_next *next, const struct ais_origin *origin, const char *path,
                    struct ais_error *err) {
    const struct ais_record *old = &origin->record, *new = &next->record;
    if (strcmp(new->template_name, old->template_name) != 0)
        return ais_fail(err, AIS_USAGE, "the project was made from \"%s\", not from \"%s\"",
                        old->template_name, new->template_name);
    if (!*old->kit || strcmp(old->kit, new->kit) != 0)
        return wrong(path, err, "is not the next kit of this project (another student's?)");
    return 0;
}

static int read_record(struct ais_next *next, const struct ais_repo *repo, struct ais_error *err) {
    const struct ais_git_file *file = ais_git_files_find(&next->files, AIS_RECORD_PATH);
    if (!file)
        return wrong(AIS_RECORD_PATH, err, "the newer version has no record");
    next->text = AIS_BUF(AIS_RECORD_BYTES_MAX);
    if (ais_git_blob_read(repo, &file->blob, &next->text, err) < 0)
        return -1;
    return ais_record_parse(&next->record, AIS_RECORD_PATH, ais_buf_text(&next->text),
                            next->text.size, err);
}

int ais_version_compare(const char *a, const char *b) {
    while (*a || *b) {
        char *end_a, *end_b;
        unsigned long long x = strtoull(a, &end_a, 10), y = strtoull(b, &end_b, 10);
        if (x != y)
            return x < y ? -1 : 1;
        if (end_a == a || end_b == b)
            return strcmp(a, b);
        a = end_a + (*end_a == '.');
        b = end_b + (*end_b == '.');
    }
    return 0;
}

static int check_version(const struct ais_next *next, const struct ais_origin *origin,
                         const struct ais_next_wish *wish, struct ais_error *err) {
    const char *here = next->record.version, *old = origin->record.version;
    if (wish->layer && strcmp(here, old) != 0)
        return ais_fail(err, AIS_USAGE,
                        "%s is here in version %s, and the project is at %s (aiscaffold update "
                        "first, or name that version's folder with --from)",
                        next->record.template_name, here, old);
    if (wish->version && strcmp(wish->version, here) != 0)
        return ais_fail(err, AIS_USAGE, "%s is here in version %s, not %s (name a folder or a kit)",
                        next->record.template_name, here, wish->version);
    if (!wish->version && ais_version_compare(here, old) < 0)
        return ais_fail(err, AIS_USAGE,
                        "%s is here in version %s, and the project is at %s (--to %s goes back)",
                        next->record.template_name, here, old, here);
    return 0;
}

int ais_next_make(struct ais_next *next, const struct ais_origin *origin,
                  const struct ais_next_wish *wish, struct ais_error *err) {
    bool kit = wish->source && ais_is_kit(wish->source), plain;
    *next = (struct ais_next){0};
    if (kit && wish->layer)
        return wrong(wish->source, err, "a kit carries no template, and so no layers");
    if (kit ? ais_kit_read(next, origin->repo, wish->source, err) < 0
            : from_template(next, origin, wish, err) < 0)
        return -1;
    if ((!kit && read_record(next, origin->repo, err) < 0) ||
        (kit && from_kit(next, origin, wish->source, err) < 0) ||
        check_version(next, origin, wish, err) < 0)
        return -1;
    if (kit || next->time < origin->time) /* a child is no older than its parent */
        next->time = origin->time;
    return kit ? ais_origin_digest(origin->repo, &next->files, next->digest, &plain, err) : 0;
}

int ais_next_first(struct ais_next *next, const struct ais_repo *repo,
                   const struct ais_next_wish *wish, struct ais_error *err) {
    *next = (struct ais_next){0};
    return plan_template(next, repo, NULL, wish->source, wish, err) < 0
               ? -1
               : read_record(next, repo, err);
}

int ais_next_planned(struct ais_next *next, const struct ais_repo *repo,
                     const struct ais_plan *plan, int64_t time, struct ais_error *err) {
    *next = (struct ais_next){.time = time};
    return take_plan(next, repo, plan, NULL, err) < 0 ? -1 : read_record(next, repo, err);
}

void ais_next_release(struct ais_next *next) {
    ais_git_files_release(&next->files);
    ais_record_release(&next->record);
    ais_buf_release(&next->text);
    ais_free(next->set);
    *next = (struct ais_next){0};
}
