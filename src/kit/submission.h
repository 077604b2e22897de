/* What was handed in, as it is compared: digests of all files, and the bytes of those that are read
 * on. Nothing is unpacked to disk, and no link is followed. */
#ifndef AIS_KIT_SUBMISSION_H
#define AIS_KIT_SUBMISSION_H

#include "base/file.h"
#include "base/hash.h"
#include "base/io.h"
#include "base/mem.h"

struct ais_submitted {
    const char *path;
    char sha256[AIS_SHA256_HEX];
    char unix_sha256[AIS_SHA256_HEX]; /* with line ends CR LF made LF; "" where there are none */
};

/* `inspect` sees the bytes of each file outside `.git`, before they are forgotten. */
struct ais_submission {
    const char *shown; /* what errors call it; borrowed */
    struct ais_submitted *files;
    size_t count, capacity;
    struct ais_file *git; /* the files below .git that hold history, by paths without ".git/" */
    size_t git_count, git_capacity;
    char *record; /* the text of the record, or NULL */
    size_t record_size;
    struct ais_names odd;  /* paths of what was not read: links, and what an archive may not hold */
    const char **odd_whys; /* why, for each of them; not owned */
    size_t odd_why_capacity;
    size_t refused; /* those that can't be there in good faith, the first ones */
    uint64_t left;  /* bytes that may still be taken */
    int (*inspect)(void *payload, const char *path, const char *data, size_t size,
                   struct ais_error *err);
    void *payload;
    struct ais_arena arena;
};

/* Takes one file by its path inside the project. */
int ais_submission_add(struct ais_submission *s, const char *path, const char *data, size_t size,
                       struct ais_error *err);

/* Takes note of what is not read, and why (a text that lasts); whether that may well be there. */
int ais_submission_add_odd(struct ais_submission *s, const char *path, const char *why,
                           bool harmless, struct ais_error *err);

/* Takes everything below the folder behind `fd`, which it closes. */
int ais_submission_read(struct ais_submission *s, int fd, struct ais_error *err);

/* Sorts what was taken. */
void ais_submission_finish(struct ais_submission *s);
const struct ais_submitted *ais_submission_find(const struct ais_submission *s, const char *path);
void ais_submission_release(struct ais_submission *s);

#endif
