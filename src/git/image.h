/* A git repository made in memory: the files of a `.git` folder that holds one commit.
 *
 * Nothing of the machine enters it: objects are stored (not deflated) in one pack, blobs are the
 * entries' bytes with no filter, the index holds no times, there are no hooks and no logs. The same
 * entries and commit give the same bytes everywhere. */
#ifndef AIS_GIT_IMAGE_H
#define AIS_GIT_IMAGE_H

#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "git/pack.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `.git/config`, the same everywhere. */
extern const char ais_image_config[];

struct ais_commit {
    const char *message; /* ends in a newline */
    const char *name, *email;
    int64_t time;       /* seconds since 1970, written at +0000 */
    const char *branch; /* "main" */
};

/* All below ".git/", sorted by path. */
struct ais_image {
    struct ais_file *files;
    size_t count;
    char commit_id[41], tree_id[41]; /* hex */
    struct ais_arena arena;          /* owns the list and the short files */
    struct ais_buf pack, pack_index, index;
    struct ais_image_part { /* where the blobs of files stand in the pack, each once */
        const struct ais_file *file;
        const struct ais_ready *ready; /* or NULL */
        size_t offset, size;
    } * parts;
    size_t part_count;
};

/* A pack of blobs alone, which other images go on from: files[0] is its index, files[1] the pack.
 * Its ids are those of the files it was made of, in their order. */
struct ais_image_base {
    struct ais_image image;
    struct ais_oid *blobs;
};

/* Knows ready objects of files whose bytes are steady, so that many images share the work; NULL
 * where a file has none. */
struct ais_ready_source {
    const struct ais_ready *(*find)(void *payload, const struct ais_file *file);
    void *payload;
};

/* Makes the image of one root commit of files[count], which are sorted by path (as bytes), checked
 * (see base/path.h) and without a file that is another's folder. Released by ais_image_release,
 * also after an error. */
int ais_image_make(struct ais_image *image, const struct ais_file *files, size_t count,
                   const struct ais_commit *commit, struct ais_error *err);
/* The same commit, with ready objects (`ready` may be NULL). `elsewhere` may be NULL, or has for
 * each file the id of its blob, if another pack beside the image's holds that, or NULL; then the
 * blobs of large files go first. */
int ais_image_make_shared(struct ais_image *image, const struct ais_file *files, size_t count,
                          const struct ais_commit *commit, const struct ais_ready_source *ready,
                          const struct ais_oid *const *elsewhere, struct ais_error *err);
/* Packs the blobs of files[count]. Released by ais_image_base_release, also after an error. */
int ais_image_base_make(struct ais_image_base *base, const struct ais_file *files, size_t count,
                        const struct ais_ready_source *ready, struct ais_error *err);
void ais_image_base_release(struct ais_image_base *base);
void ais_image_release(struct ais_image *image);

#endif
