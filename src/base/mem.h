/* The one seam for memory: everything that aiscaffold allocates comes from here, so that tests can
 * make it fail. */
#ifndef AIS_BASE_MEM_H
#define AIS_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* As in the C library; NULL when there is no memory. A size of 0 gives a pointer that can be freed.
 */
void *ais_malloc(size_t size);
void *ais_calloc(size_t count, size_t size);
void *ais_realloc(void *old, size_t size);
void ais_free(void *block);
char *ais_strdup(const char *text);
char *ais_strndup(const char *text, size_t length);

/* Makes room for `need` elements of `size` bytes in *array, whose capacity is *capacity elements.
 * Returns 0, or -1 with the array unchanged. */
int ais_grow(void *array, size_t *capacity, size_t need, size_t size);

/* Whether an allocation has failed since this was asked last: some libraries call it something
 * else.
 */
bool ais_mem_ran_out(void);

/* Tests only: `fails` is asked before each allocation; true makes it fail. NULL turns it off. */
void ais_mem_set_fault(bool (*fails)(void));

/* An arena: many small blocks that live and die together. */
struct ais_arena {
    struct ais_arena_chunk *chunks;
    size_t used; /* bytes handed out */
};

/* Blocks are aligned for any type and zeroed. NULL when there is no memory. */
void *ais_arena_alloc(struct ais_arena *arena, size_t size);
char *ais_arena_strndup(struct ais_arena *arena, const char *text, size_t length);
char *ais_arena_strdup(struct ais_arena *arena, const char *text);
void ais_arena_release(struct ais_arena *arena);

#endif
