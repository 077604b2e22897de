#include "git/history.h"

#include "base/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COMMITS_MAX = 200000, PARENTS_MAX = 64, CLAIMS_MAX = 64, PEOPLE_MAX = 1000 };

/* The commits that were met: a list, walked from its front, and a table that finds them in it. */
struct walk {
    struct ais_history *h;
    struct ais_oid *met;
    size_t count, capacity;
    size_t *slots, slot_count;
    struct ais_error *err;
};

static int fail(const struct ais_history *h, const char *what, struct ais_error *err) {
    return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = h->objects.shown},
                       "its git history %s", what);
}

static size_t *find_slot(const struct walk *w, const struct ais_oid *id) {
    size_t at;
    memcpy(&at, id->bytes, sizeof at);
    for (at %= w->slot_count;; at = (at + 1) % w->slot_count) {
        size_t *slot = &w->slots[at];
        if (*slot == 0 || memcmp(&w->met[*slot - 1], id, sizeof *id) == 0)
            return slot;
    }
}

static int meet(struct walk *w, const struct ais_oid *id) {
    size_t *slot;
    if (w->count == COMMITS_MAX)
        return fail(w->h, "has more than 200000 commits", w->err);
    slot = find_slot(w, id);
    if (*slot)
        return 0;
    if (ais_grow(&w->met, &w->capacity, w->count + 1, sizeof *id) < 0)
        return ais_fail_memory(w->err);
    w->met[w->count++] = *id;
    *slot = w->count;
    return 0;
}

/* A commit's parts, which point into its text. */
struct parts {
    struct ais_oid tree, parents[PARENTS_MAX];
    size_t parent_count;
    const char *people[2]; /* author and committer, up to their times */
    size_t people_size[2];
    const char *message;
};

static bool take_id(const char **at, const char *key, struct ais_oid *id) {
    size_t n = strlen(key);
    if (strncmp(*at, key, n) != 0 || !ais_oid_parse(*at + n, strlen(*at + n), id) ||
        (*at)[n + 40] != '\n')
        return false;
    *at += n + 41;
    return true;
}

static bool parse(const char *text, struct parts *p) {
    static const char *const keys[] = {"author ", "committer "};
    const char *at = text, *end;
    *p = (struct parts){0};
    if (!take_id(&at, "tree ", &p->tree))
        return false;
    while (p->parent_count < PARENTS_MAX && take_id(&at, "parent ", &p->parents[p->parent_count]))
        p->parent_count++;
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(keys[i]), line = strcspn(at, "\n");
        if (strncmp(at, keys[i], n) != 0 || !at[line])
            return false;
        end = memchr(at, '>', line);
        p->people[i] = at + n;
        p->people_size[i] = end ? (size_t)(end + 1 - at) - n : 0;
        at += line + 1;
    }
    end = strstr(at - 1, "\n\n");
    p->message = end ? end + 2 : "";
    return true;
}

static int add_person(struct ais_history *h, const char *text, size_t size, struct ais_error *err) {
    const char *copy;
    if (size == 0 || size > 512 || h->people_count == PEOPLE_MAX)
        return 0;
    for (size_t i = h->people_count; i-- > 0;)
        if (strlen(h->people[i]) == size && memcmp(h->people[i], text, size) == 0)
            return 0;
    copy = ais_arena_strndup(&h->arena, text, size);
    if (!copy ||
        ais_grow(&h->people, &h->people_capacity, h->people_count + 1, sizeof *h->people) < 0)
        return ais_fail_memory(err);
    h->people[h->people_count++] = copy;
    return 0;
}

/* The value of a trailer in the message's last paragraph, 64 digits behind "sha256:", or NULL. */
static const char *find_digest(const char *message) {
    static const char key[] = "\nAiscaffold-Digest: sha256:";
    const char *at = message, *found = NULL, *digits;
    while ((at = strstr(at, key))) {
        found = at;
        at += sizeof key - 1;
    }
    if (!found)
        return NULL;
    digits = found + sizeof key - 1;
    if (strspn(digits, "0123456789abcdef") != 64 || (digits[64] && digits[64] != '\n') ||
        strstr(digits, "\n\n"))
        return NULL;
    return digits;
}

static int add_claim(struct walk *w, const struct ais_oid *id, const struct parts *p) {
    struct ais_history *h = w->h;
    const char *digest = find_digest(p->message);
    struct ais_claim claim = {.id = *id, .tree = p->tree};
    if (!digest || h->claim_count == CLAIMS_MAX)
        return 0;
    ais_oid_hex(id, claim.commit);
    claim.digest = ais_arena_strndup(&h->arena, digest, 64);
    if (!claim.digest ||
        ais_grow(&h->claims, &h->claim_capacity, h->claim_count + 1, sizeof claim) < 0)
        return ais_fail_memory(w->err);
    h->claims[h->claim_count++] = claim;
    return 0;
}

/* Marks the claims among the parents of a claim. */
static void supersede(struct ais_history *h, const struct ais_oid *parents, size_t count) {
    for (size_t i = 0; i < h->claim_count; i++)
        for (size_t k = 0; k < count; k++)
            if (memcmp(&h->claims[i].id, &parents[k], sizeof *parents) == 0)
                h->claims[i].superseded = true;
}

static int visit(struct walk *w, const struct ais_oid *id, bool mark) {
    struct ais_buf text;
    struct parts p;
    int rc = -1, got = ais_objects_read(&w->h->objects, id, AIS_COMMIT_OBJECT, &text, w->err);
    if (got == 0)
        w->h->shallow = true;
    if (got <= 0) {
        rc = got;
        goto out;
    }
    if (memchr(text.data, '\0', text.size) || !parse(text.data, &p)) {
        fail(w->h, "holds a commit that is none", w->err);
        goto out;
    }
    if (mark) {
        supersede(w->h, p.parents, p.parent_count);
        rc = 0;
        goto out;
    }
    w->h->commits++;
    for (size_t i = 0; i < 2; i++)
        if (add_person(w->h, p.people[i], p.people_size[i], w->err) < 0)
            goto out;
    if (add_claim(w, id, &p) < 0)
        goto out;
    for (size_t i = 0; i < p.parent_count; i++)
        if (meet(w, &p.parents[i]) < 0)
            goto out;
    rc = 0;
out:
    ais_buf_release(&text);
    return rc;
}

/* The id in the file of a reference, or in packed-refs. */
static bool find_reference(const struct ais_objects *o, const char *name, struct ais_oid *id) {
    const struct ais_file *file = ais_objects_file(o, name), *packed;
    size_t size = strlen(name);
    const char *at, *end;
    if (file)
        return ais_oid_parse(file->data, file->size, id);
    packed = ais_objects_file(o, "packed-refs");
    if (!packed)
        return false;
    for (at = packed->data, end = at + packed->size; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t line = (size_t)((stop ? stop : end) - at);
        if (line == 41 + size && at[40] == ' ' && memcmp(at + 41, name, size) == 0)
            return ais_oid_parse(at, line, id);
        at += line + 1;
    }
    return false;
}

static bool find_head(const struct ais_objects *o, struct ais_oid *id) {
    const struct ais_file *head = ais_objects_file(o, "HEAD");
    char name[AIS_PATH_MAX];
    size_t size;
    if (!head)
        return false;
    if (head->size < 6 || memcmp(head->data, "ref: ", 5) != 0)
        return ais_oid_parse(head->data, head->size, id);
    size = head->size - 5;
    while (size && (head->data[4 + size] == '\n' || head->data[4 + size] == ' '))
        size--;
    if (size >= sizeof name || memchr(head->data + 5, '\0', size))
        return false;
    memcpy(name, head->data + 5, size);
    name[size] = '\0';
    return strncmp(name, "refs/", 5) == 0 && find_reference(o, name, id);
}

int ais_history_read(struct ais_history *history, const struct ais_file *files, size_t count,
                     const char *shown, bool *found, struct ais_error *err) {
    struct walk w = {.h = history, .slot_count = 2 * COMMITS_MAX + 1, .err = err};
    struct ais_oid head;
    int rc = -1;
    *history = (struct ais_history){0};
    *found = false;
    if (ais_objects_open(&history->objects, files, count, shown, err) < 0)
        return -1;
    if (!find_head(&history->objects, &head))
        return 0;
    w.slots = ais_calloc(w.slot_count, sizeof *w.slots);
    if (!w.slots) {
        ais_fail_memory(err);
        goto out;
    }
    if (meet(&w, &head) < 0)
        goto out;
    for (size_t i = 0; i < w.count; i++)
        if (visit(&w, &w.met[i], false) < 0)
            goto out;
    for (size_t i = 0; history->claim_count > 1 && i < history->claim_count; i++)
        if (visit(&w, &history->claims[i].id, true) < 0)
            goto out;
    *found = history->commits > 0;
    rc = 0;
out:
    ais_free(w.met);
    ais_free(w.slots);
    return rc;
}

void ais_history_release(struct ais_history *history) {
    ais_objects_release(&history->objects);
    ais_free(history->claims);
    ais_free(history->people);
    ais_arena_release(&history->arena);
    *history = (struct ais_history){0};
}
