/* libgit2's own walk fails in a shallow history (before its version 1.7), and its order by time
 * alone lets a parent come before its child where a clock was wrong. */
#include "base/mem.h"
#include "git/repo.h"
#include "git/room.h"

#include <string.h>

enum { FIRST_SLOTS = 1024, PARENTS_MAX = 64 };

/* A commit that was met. `children` of it have not been visited yet. */
struct node {
    git_oid id;
    int64_t time;
    size_t children;
};

/* All commits that were met, found by their id through `slots` (a number plus one, 0 is empty), and
 * a heap of those that can be visited. */
struct walk {
    const struct ais_repo *repo;
    struct node *nodes;
    size_t count, capacity, most;
    size_t *slots, slot_count;
    size_t *heap, heap_count, heap_capacity;
    struct ais_error *err;
};

static size_t *find_slot(const struct walk *w, const git_oid *id) {
    size_t at;
    memcpy(&at, id->id, sizeof at);
    for (at &= w->slot_count - 1;; at = (at + 1) & (w->slot_count - 1)) { /* a power of two */
        size_t *slot = &w->slots[at];
        if (!*slot || git_oid_equal(&w->nodes[*slot - 1].id, id))
            return slot;
    }
}

static int more_slots(struct walk *w) {
    size_t count = w->slot_count ? w->slot_count * 2 : FIRST_SLOTS;
    size_t *slots = ais_calloc(count, sizeof *slots);
    if (!slots) {
        ais_fail_memory(w->err);
        return -1;
    }
    ais_free(w->slots);
    w->slots = slots;
    w->slot_count = count;
    for (size_t i = 0; i < w->count; i++)
        *find_slot(w, &w->nodes[i].id) = i + 1;
    return 0;
}

/* Notes one more child of the commit. A commit that is not there, in a history that is cut off, is
 * passed over. */
static int meet(struct walk *w, const git_oid *id) {
    git_commit *commit = NULL;
    size_t *slot;
    if (w->count * 2 >= w->slot_count && more_slots(w) < 0)
        return -1;
    slot = find_slot(w, id);
    if (*slot && *slot <= w->count) {
        w->nodes[*slot - 1].children++;
        return 0;
    }
    if (w->count >= w->most)
        return 0;
    if (git_commit_lookup(&commit, w->repo->git, id) < 0)
        return ais_repo_is_shallow(w->repo) ? 0
                                            : ais_git_fail(w->repo->root, "read a commit", w->err);
    if (ais_grow(&w->nodes, &w->capacity, w->count + 1, sizeof *w->nodes) < 0) {
        git_commit_free(commit);
        return ais_fail_memory(w->err);
    }
    w->nodes[w->count++] = (struct node){*id, git_commit_time(commit), 1};
    *slot = w->count;
    git_commit_free(commit);
    return 0;
}

/* Meets the parents of the commit, or takes a child from each. */
static int each_parent(struct walk *w, const git_oid *id,
                       int (*each)(struct walk *w, size_t node)) {
    git_commit *commit = NULL;
    int rc = 0;
    if (git_commit_lookup(&commit, w->repo->git, id) < 0)
        return ais_git_fail(w->repo->root, "read a commit", w->err);
    for (unsigned i = 0; rc == 0 && i < git_commit_parentcount(commit) && i < PARENTS_MAX; i++) {
        const git_oid *parent = git_commit_parent_id(commit, i);
        if (!each)
            rc = meet(w, parent);
        else if (*find_slot(w, parent))
            rc = each(w, *find_slot(w, parent) - 1);
    }
    git_commit_free(commit);
    return rc;
}

static bool is_younger(const struct walk *w, size_t a, size_t b) {
    return w->nodes[w->heap[a]].time > w->nodes[w->heap[b]].time;
}

static void swap(struct walk *w, size_t a, size_t b) {
    size_t kept = w->heap[a];
    w->heap[a] = w->heap[b];
    w->heap[b] = kept;
}

/* One child of the node was visited; after the last one the node can be. */
static int release(struct walk *w, size_t node) {
    size_t at = w->heap_count;
    if (--w->nodes[node].children)
        return 0;
    if (ais_grow(&w->heap, &w->heap_capacity, at + 1, sizeof *w->heap) < 0)
        return ais_fail_memory(w->err);
    w->heap[w->heap_count++] = node;
    for (; at && is_younger(w, at, (at - 1) / 2); at = (at - 1) / 2)
        swap(w, at, (at - 1) / 2);
    return 0;
}

static size_t take_youngest(struct walk *w) {
    size_t node = w->heap[0], at = 0;
    w->heap[0] = w->heap[--w->heap_count];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < w->heap_count && is_younger(w, child + 1, child))
            child++;
        if (child >= w->heap_count || !is_younger(w, child, at))
            return node;
        swap(w, at, child);
        at = child;
    }
}

static int visit_node(const struct walk *w, const git_oid *oid,
                      int (*visit)(void *, const struct ais_repo_commit *, struct ais_error *),
                      void *payload) {
    git_commit *commit = NULL;
    struct ais_repo_commit found;
    int rc;
    if (git_commit_lookup(&commit, w->repo->git, oid) < 0)
        return ais_git_fail(w->repo->root, "read a commit", w->err);
    found = (struct ais_repo_commit){.id = ais_git_id(oid),
                                     .tree = ais_git_id(git_commit_tree_id(commit)),
                                     .time = git_commit_time(commit),
                                     .message = git_commit_message_raw(commit)};
    rc = visit(payload, &found, w->err);
    git_commit_free(commit);
    return rc;
}

int ais_repo_walk(const struct ais_repo *repo, const struct ais_oid *from, size_t most,
                  int (*visit)(void *payload, const struct ais_repo_commit *commit,
                               struct ais_error *err),
                  void *payload, struct ais_error *err) {
    struct walk w = {.repo = repo, .most = most, .err = err};
    git_oid start = ais_git_oid(from);
    int rc = -1;
    if (more_slots(&w) < 0 || meet(&w, &start) < 0)
        goto out;
    for (size_t i = 0; i < w.count; i++) { /* grows while it is gone through */
        git_oid id = w.nodes[i].id;
        if (each_parent(&w, &id, NULL) < 0)
            goto out;
    }
    rc = w.count ? release(&w, 0) : 0;
    while (rc == 0 && w.heap_count) {
        size_t node = take_youngest(&w);
        rc = visit_node(&w, &w.nodes[node].id, visit, payload);
        if (rc == 0)
            rc = each_parent(&w, &w.nodes[node].id, release);
    }
out:
    ais_free(w.nodes);
    ais_free(w.slots);
    ais_free(w.heap);
    return rc < 0 ? -1 : 0;
}
