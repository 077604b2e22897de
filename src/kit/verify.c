#include "base/text.h"
#include "kit/verifying.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* What is known of one submission while it is compared. */
struct evidence {
    struct ais_verifying *v;
    struct ais_submission *s;
    struct ais_search *search;
    struct ais_verified result;
    struct ais_record record, pristine;      /* in the project now; in the pristine commit */
    bool has_record, has_pristine, anchored; /* the pristine commit is one that a report knows */
    struct ais_history history;
    bool has_history;
    struct ais_tree tree; /* of the pristine commit */
    struct ais_error *err;
};

const char *ais_record_state_name(enum ais_record_state state) {
    static const char *const names[] = {"intact", "unverified", "altered", "missing", "unreadable"};
    return names[state];
}

const char *ais_change_name(enum ais_change_kind kind) {
    static const char *const names[] = {"changed", "added", "removed", "line-ends"};
    return names[kind];
}

int ais_verified_text(struct ais_verified *result, struct ais_texts *texts, struct ais_error *err,
                      const char *fmt, ...) {
    char raw[2048], text[2048];
    const char *copy;
    va_list args;
    va_start(args, fmt);
    vsnprintf(raw, sizeof raw, fmt, args);
    va_end(args);
    ais_text_printable(raw, text, sizeof text); /* names that were cut, or are not UTF-8 */
    copy = ais_arena_strdup(&result->arena, text);
    if (!copy || ais_grow(&texts->list, &texts->capacity, texts->count + 1, sizeof copy) < 0)
        return ais_fail_memory(err);
    texts->list[texts->count++] = copy;
    return 0;
}

static int reason(struct evidence *e, enum ais_record_state state, const char *text) {
    if (e->result.record == AIS_RECORD_UNVERIFIED) /* the first one counts */
        e->result.record = state;
    e->result.different = true;
    return ais_verified_text(&e->result, &e->result.reasons, e->err, "%s", text);
}

static int note(struct evidence *e, const char *text) {
    return ais_verified_text(&e->result, &e->result.notes, e->err, "%s", text);
}

static const struct ais_known *known(const struct evidence *e) {
    return e->v->verify->known;
}

static bool is_reported(const struct evidence *e) {
    return known(e)->count > 0;
}

/* Whether it is our own memory that is wrong, not what was handed in. */
static bool is_ours(const struct ais_error *why) {
    return ais_mem_ran_out() || ais_is_no_memory(why);
}

/* A history that can't be read is no reason to leave the files alone. */
static int read_history(struct evidence *e) {
    struct ais_error why = {0};
    bool found = false;
    if (e->s->git_count == 0)
        return note(e, "there is no git history in it");
    ais_mem_ran_out();
    if (ais_history_read(&e->history, e->s->git, e->s->git_count, e->s->shown, &found, &why) < 0)
        return is_ours(&why) ? ais_fail_memory(e->err) : note(e, why.message);
    e->has_history = found;
    if (!found)
        return note(e, "its git history has no commit that can be read");
    if (e->history.shallow && note(e, "its git history is not whole") < 0)
        return -1;
    for (size_t i = 0; i < e->history.people_count; i++)
        if (ais_search_person(e->search, e->history.people[i], e->err) < 0)
            return -1;
    return 0;
}

static int read_record(struct evidence *e) {
    struct ais_error why = {0};
    char text[2048];
    if (!e->s->record)
        return reason(e, AIS_RECORD_MISSING, "there is no " AIS_RECORD_PATH);
    ais_mem_ran_out();
    if (ais_record_parse(&e->record, AIS_RECORD_PATH, e->s->record, e->s->record_size, &why) < 0)
        return is_ours(&why)
                   ? ais_fail_memory(e->err)
                   : reason(e, AIS_RECORD_UNREADABLE, ais_error_text(&why, text, sizeof text));
    e->has_record = true;
    return 0;
}

/* Whose it is, by the record's kit or, failing that, by a commit that a report knows. */
static void find_owner(struct evidence *e) {
    const struct ais_known_kit *owner = NULL;
    if (e->has_record && *e->record.kit)
        owner = ais_known_find(known(e), e->record.kit);
    for (size_t i = 0; !owner && e->has_history && i < e->history.claim_count; i++)
        owner = ais_known_commit(known(e), e->history.claims[i].commit);
    e->result.owner = owner;
}

/* Whether a report vouches for the claim: it is the commit that was handed out, or, after an
 * update, names the tree of the kit that was. The owner has one entry a report. */
static bool is_owners(const struct evidence *e, const struct ais_claim *claim) {
    const struct ais_known_kit *kit = e->result.owner, *end = known(e)->kits + known(e)->count;
    for (; kit && kit < end && strcmp(kit->id, e->result.owner->id) == 0; kit++)
        if (strcmp(kit->commit, claim->commit) == 0 || strcmp(kit->tree_digest, claim->digest) == 0)
            return true;
    return false;
}

/* 1 where the claim is pristine indeed, and its record was read, 0 where not; -1 without memory. */
static int try_claim(struct evidence *e, const struct ais_claim *claim) {
    struct ais_error why = {0};
    int got;
    ais_mem_ran_out();
    got = ais_history_tree(&e->history, claim, AIS_RECORD_PATH, &e->tree, &why);
    if (got == 1 && e->tree.text.size &&
        ais_record_parse(&e->pristine, AIS_RECORD_PATH, e->tree.text.data, e->tree.text.size,
                         &why) == 0) {
        e->has_pristine = true;
        e->anchored = is_owners(e, claim);
        e->result.commit = claim->commit;
        return 1;
    }
    ais_record_release(&e->pristine);
    ais_tree_release(&e->tree);
    return is_ours(&why) ? ais_fail_memory(e->err) : 0;
}

/* The newest pristine commit; one that a report knows goes before any other. */
static int find_pristine(struct evidence *e) {
    enum { OWN, NEWEST, ANY, ROUNDS };
    int got;
    if (!e->has_history)
        return 0;
    for (int round = OWN; round < ROUNDS; round++) {
        for (size_t i = 0; i < e->history.claim_count; i++) {
            const struct ais_claim *claim = &e->history.claims[i];
            if (round == OWN ? !is_owners(e, claim) : round == ANY ? false : claim->superseded)
                continue;
            got = try_claim(e, claim);
            if (got)
                return got < 0 ? -1 : 0;
        }
    }
    if (e->history.claim_count)
        return reason(e, AIS_RECORD_ALTERED,
                      "the commit that claims to be pristine has not the tree that it names");
    return note(e, "its git history holds no pristine commit");
}

static int by_path(const void *a, const void *b) {
    const struct ais_digested *x = a, *y = b;
    return strcmp(x->path, y->path);
}

/* The digest of the tree that was handed out, if the record is what it was: its list, and itself.
 */
static int tree_digest(struct evidence *e, const char *record_sha256, char hex[AIS_SHA256_HEX]) {
    size_t count = e->record.file_count;
    struct ais_digested *list = ais_calloc(count + 1, sizeof *list);
    if (!list)
        return ais_fail_memory(e->err);
    if (count)
        memcpy(list, e->record.files, count * sizeof *list);
    list[count].path = AIS_RECORD_PATH;
    memcpy(list[count].sha256, record_sha256, AIS_SHA256_HEX);
    qsort(list, count + 1, sizeof *list, by_path);
    ais_list_digest(list, count + 1, hex);
    ais_free(list);
    return 0;
}

/* Whether the record is the one of a report: 1, 0, or -1 with the error set. */
static int is_reported_record(struct evidence *e) {
    const struct ais_submitted *file = ais_submission_find(e->s, AIS_RECORD_PATH);
    const struct ais_known_kit *kit = e->result.owner, *end = known(e)->kits + known(e)->count;
    char now[AIS_SHA256_HEX], with_unix_ends[AIS_SHA256_HEX];
    if (tree_digest(e, file->sha256, now) < 0 ||
        tree_digest(e, *file->unix_sha256 ? file->unix_sha256 : file->sha256, with_unix_ends) < 0)
        return -1;
    for (; kit < end && strcmp(kit->id, e->result.owner->id) == 0; kit++) {
        bool list = !*kit->manifest_digest || strcmp(kit->manifest_digest, e->record.digest) == 0;
        bool all = !*kit->tree_digest || strcmp(kit->tree_digest, now) == 0 ||
                   strcmp(kit->tree_digest, with_unix_ends) == 0;
        if (list && all && (*kit->manifest_digest || *kit->tree_digest)) {
            e->result.owner = kit; /* of this version */
            return 1;
        }
    }
    return 0;
}

static int judge_by_report(struct evidence *e, bool *sure) {
    int got;
    if (!is_reported(e))
        return 0;
    if (!*e->record.kit)
        return reason(e, AIS_RECORD_ALTERED, "it names no kit");
    if (!e->result.owner || strcmp(e->result.owner->id, e->record.kit) != 0)
        return reason(e, AIS_RECORD_ALTERED, "its kit stands in no report");
    got = is_reported_record(e);
    if (got == 0)
        return reason(e, AIS_RECORD_ALTERED,
                      "it is not the record of which the report has the digest");
    *sure = got > 0;
    return got < 0 ? -1 : 0;
}

static int judge_by_pristine(struct evidence *e, bool *sure) {
    const struct ais_submitted *is = ais_submission_find(e->s, AIS_RECORD_PATH);
    if (!e->has_pristine)
        return 0;
    for (size_t i = 0; i < e->tree.count; i++) {
        const struct ais_digested *was = &e->tree.files[i];
        if (strcmp(was->path, AIS_RECORD_PATH) != 0)
            continue;
        if (strcmp(was->sha256, is->sha256) != 0 && strcmp(was->sha256, is->unix_sha256) != 0)
            return reason(e, AIS_RECORD_ALTERED, "it differs from the pristine commit's");
        *sure = true;
    }
    return 0;
}

static int judge_record(struct evidence *e) {
    bool sure = false;
    if (!e->has_record)
        return 0;
    if (judge_by_report(e, &sure) < 0 || judge_by_pristine(e, &sure) < 0)
        return -1;
    if (e->result.record == AIS_RECORD_UNVERIFIED && sure)
        e->result.record = AIS_RECORD_INTACT;
    return 0;
}

/* What files are compared with: what a report vouches for goes before what only fits itself. */
static int compare(struct evidence *e) {
    struct ais_reference own = {e->record.files, e->record.file_count, &e->record};
    struct ais_reference first = {e->tree.files, e->tree.count, &e->pristine};
    bool own_is_sure = e->has_record && e->record.has_files &&
                       (e->result.record == AIS_RECORD_INTACT || !e->has_pristine);
    const struct ais_record *source = NULL;
    if (e->has_pristine && (e->anchored || !own_is_sure))
        source = &e->pristine;
    else if (e->has_record)
        source = &e->record;
    if (source) {
        e->result.template_name = source->template_name;
        e->result.version = source->version;
        e->result.edition = source->edition;
        e->result.kit = source->kit;
    }
    if (!source || (source == &e->record && !e->record.has_files)) {
        e->result.different = true;
        return note(e,
                    "nothing says what it was made of: neither a manifest nor a pristine commit");
    }
    return ais_verify_compare(&e->result, e->s, source == &e->record ? &own : &first, e->err);
}

/* A pristine commit that is another student's kit's. */
static int look_at_claims(struct evidence *e) {
    for (size_t i = 0; e->has_history && i < e->history.claim_count; i++) {
        const struct ais_known_kit *kit = ais_known_commit(known(e), e->history.claims[i].commit);
        if (kit && e->result.owner && strcmp(kit->id, e->result.owner->id) != 0 &&
            ais_search_commit(e->search, kit, e->err) < 0)
            return -1;
    }
    return 0;
}

static int tell_odd(struct evidence *e) {
    const struct ais_submission *s = e->s;
    enum { TOLD = 20 };
    for (size_t i = 0; i < s->odd.count && i < TOLD; i++)
        if (ais_verified_text(&e->result, &e->result.notes, e->err, "%s%s%s and was not read",
                              *s->odd.names[i] ? s->odd.names[i] : "a member",
                              *s->odd.names[i] ? " " : " that ", s->odd_whys[i]) < 0)
            return -1;
    if (s->odd.count <= TOLD)
        return 0;
    return ais_verified_text(&e->result, &e->result.notes, e->err, "%zu more were not read",
                             s->odd.count - TOLD);
}

static int gather(struct evidence *e) {
    if (read_record(e) < 0 || read_history(e) < 0)
        return -1;
    find_owner(e);
    if (find_pristine(e) < 0 || judge_record(e) < 0 || compare(e) < 0 || look_at_claims(e) < 0)
        return -1;
    ais_search_settle(e->search, e->result.owner);
    e->result.hits = e->search->hits;
    e->result.hit_count = e->search->count;
    e->result.different |= e->search->count > 0;
    e->result.different |= e->s->refused > 0;
    return tell_odd(e);
}

static void result_release(struct ais_verified *result) {
    ais_free(result->reasons.list);
    ais_free(result->notes.list);
    ais_free(result->changes);
    ais_arena_release(&result->arena);
}

static struct ais_verified empty_result(const char *shown) {
    return (struct ais_verified){.shown = shown,
                                 .template_name = "",
                                 .version = "",
                                 .edition = "",
                                 .kit = "",
                                 .commit = "",
                                 .record = AIS_RECORD_UNVERIFIED};
}

int ais_verify_submission(struct ais_verifying *v, struct ais_submission *s,
                          struct ais_search *search) {
    struct ais_error why = {0};
    struct evidence e = {.v = v, .s = s, .search = search, .err = &why};
    int rc;
    e.result = empty_result(s->shown);
    e.result.files = s->count;
    ais_submission_finish(s);
    if (gather(&e) < 0) {
        rc = ais_verify_failed(v, s->shown, &why);
    } else {
        v->seen++;
        rc = v->verify->seen(v->verify->payload, &e.result, v->err);
    }
    result_release(&e.result);
    ais_record_release(&e.record);
    ais_record_release(&e.pristine);
    ais_tree_release(&e.tree);
    ais_history_release(&e.history);
    return rc;
}

int ais_verify_failed(struct ais_verifying *v, const char *shown, const struct ais_error *why) {
    struct ais_verified result = empty_result(shown);
    result.error = *why;
    result.different = true;
    v->seen++;
    return v->verify->seen(v->verify->payload, &result, v->err);
}
