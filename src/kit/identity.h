/* Looking for other students' identities in what one handed in. Searched are: every file for the
 * ids of kits, and the files at the top of the project, and authors of commits, for the ids and
 * names of students. Of those, ids that hold a digit or "@" and have 4 bytes or more (5 where all
 * are digits), and names of two words or more: anything shorter stands in a text by chance. All as
 * whole words. */
#ifndef AIS_KIT_IDENTITY_H
#define AIS_KIT_IDENTITY_H

#include "base/mem.h"
#include "kit/known.h"

/* What is looked for, sorted by its first word; made once for all submissions. */
struct ais_needle {
    const char *text;
    size_t size, first; /* bytes of all, and of the first word */
    const struct ais_known_kit *kit;
    const char *what; /* "id" or "name" */
};
struct ais_needles {
    const struct ais_known *known;
    struct ais_needle *list;
    size_t count, capacity;
};

int ais_needles_make(struct ais_needles *needles, const struct ais_known *known,
                     struct ais_error *err);
void ais_needles_release(struct ais_needles *needles);

/* Something found; `path` is the file, or "" for the commits. */
struct ais_hit {
    const struct ais_known_kit *kit;
    const char *what; /* "kit", "id", "name" or "commit" */
    const char *path;
};

/* A search of one submission. At most 1000 hits are kept. */
struct ais_search {
    const struct ais_needles *needles;
    struct ais_hit *hits;
    size_t count, capacity;
    struct ais_arena arena;
};

int ais_search_file(struct ais_search *search, const char *path, const char *data, size_t size,
                    struct ais_error *err);
/* Another student's kit is where the history begins. */
int ais_search_commit(struct ais_search *search, const struct ais_known_kit *kit,
                      struct ais_error *err);
int ais_search_person(struct ais_search *search, const char *person, struct ais_error *err);

/* Leaves out what is the student's own. `own` may be NULL: then nothing is. */
void ais_search_settle(struct ais_search *search, const struct ais_known_kit *own);
void ais_search_release(struct ais_search *search);

#endif
