/* What someone else's history says of its beginnings: the commits that claim to be pristine, and
 * whose work the others are. Built on git/objects.h, so that nothing in the repository is believed
 * but objects whose ids are right. */
#ifndef AIS_GIT_HISTORY_H
#define AIS_GIT_HISTORY_H

#include "base/hash.h"
#include "base/mem.h"
#include "git/objects.h"

/* A commit with the trailers of a pristine one. It is one only if ais_history_tree says so. */
struct ais_claim {
    char commit[AIS_OID_HEX];
    struct ais_oid id, tree;
    const char *digest; /* 64 hex digits */
    bool superseded;    /* the parent of another claim */
};

struct ais_history {
    struct ais_objects objects;
    struct ais_claim *claims; /* those near HEAD first */
    size_t claim_count, claim_capacity;
    const char **people; /* "NAME <EMAIL>" of authors and committers, each once */
    size_t people_count, people_capacity;
    size_t commits; /* that were read */
    bool shallow;   /* some parents are not there */
    struct ais_arena arena;
};

/* Walks from HEAD to the roots. `files` as for ais_objects_open. *found is false where there is no
 * HEAD, or it names no commit yet. Released by ais_history_release, also after an error. */
int ais_history_read(struct ais_history *history, const struct ais_file *files, size_t count,
                     const char *shown, bool *found, struct ais_error *err);
void ais_history_release(struct ais_history *history);

/* The tree of a claim: digests of all its files, sorted by path, and the text of `wanted` (a path)
 * in *text. 1 where it has the digest that the trailer names, 0 where not. */
struct ais_tree {
    struct ais_digested *files;
    size_t count, capacity;
    struct ais_buf text;
    struct ais_arena arena;
};
int ais_history_tree(struct ais_history *history, const struct ais_claim *claim, const char *wanted,
                     struct ais_tree *tree, struct ais_error *err);
void ais_tree_release(struct ais_tree *tree);

#endif
