/* A project that was made some time ago: its repository, and what it was made from, as its newest
 * pristine commit tells. */
#ifndef AIS_UPDATE_PROJECT_H
#define AIS_UPDATE_PROJECT_H

#include "git/files.h"
#include "kit/record.h"

/* `pristine` is the newest ancestor of `head` whose trailers name the digest of its very tree, or,
 * where it is not `proved`, a commit that someone vouches for; `files` is that tree and `record`
 * the record in it. */
struct ais_origin {
    struct ais_repo *repo;
    struct ais_oid head, pristine;
    bool proved;
    int64_t time;
    struct ais_git_files files;
    struct ais_record record;
    struct ais_buf text; /* of the record */
};

/* Opens the project that `folder` lies in. Where no pristine commit is found, the error names what
 * helps. Released by ais_origin_release, also after an error. */
int ais_origin_open(struct ais_origin *origin, const char *folder, struct ais_error *err);
/* The same with the commit `base` in the place of the pristine one, whatever its message says; its
 * tree must hold a record. NULL is none. */
int ais_origin_open_at(struct ais_origin *origin, const char *folder, const char *base,
                       struct ais_error *err);
void ais_origin_release(struct ais_origin *origin);

/* The digest (see ais_tree_digest) of a tree that holds nothing but files; *plain is false where it
 * holds something else, or more bytes than a plan. */
int ais_origin_digest(const struct ais_repo *repo, const struct ais_git_files *files,
                      char hex[AIS_SHA256_HEX], bool *plain, struct ais_error *err);

#endif
