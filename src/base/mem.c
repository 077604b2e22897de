#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool (*fault)(void);
static _Thread_local bool ran_out;

void ais_mem_set_fault(bool (*fails)(void)) {
    fault = fails;
}

static bool faulty(void) {
    return fault && fault();
}

/* Notes where there is no block. */
static void *noted(void *block) {
    ran_out = ran_out || !block;
    return block;
}

bool ais_mem_ran_out(void) {
    bool before = ran_out;
    ran_out = false;
    return before;
}

void *ais_malloc(size_t size) {
    return noted(faulty() ? NULL : malloc(size ? size : 1));
}

void *ais_calloc(size_t count, size_t size) {
    return noted(faulty() ? NULL : calloc(count ? count : 1, size ? size : 1));
}

void *ais_realloc(void *old, size_t size) {
    return noted(faulty() ? NULL : realloc(old, size ? size : 1));
}

void ais_free(void *block) {
    free(block);
}

char *ais_strndup(const char *text, size_t length) {
    char *copy = ais_malloc(length + 1);
    if (!copy)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *ais_strdup(const char *text) {
    return ais_strndup(text, strlen(text));
}

int ais_grow(void *array, size_t *capacity, size_t need, size_t size) {
    void *old, *grown;
    size_t wanted = *capacity ? *capacity : 8;
    if (need <= *capacity)
        return 0;
    while (wanted < need) {
        if (wanted > SIZE_MAX / 2)
            return -1;
        wanted *= 2;
    }
    if (wanted > SIZE_MAX / size)
        return -1;
    memcpy(&old, array, sizeof old); /* `array` points to a pointer of any type */
    grown = ais_realloc(old, wanted * size);
    if (!grown)
        return -1;
    memcpy(array, &grown, sizeof grown);
    *capacity = wanted;
    return 0;
}

/* Chunks grow with their arena: there may be very many small ones. */
#define FIRST_CHUNK_BYTES ((size_t)512)
#define CHUNK_BYTES ((size_t)16 * 1024)

struct ais_arena_chunk {
    struct ais_arena_chunk *next;
    size_t size, used;
    max_align_t data[];
};

void *ais_arena_alloc(struct ais_arena *arena, size_t size) {
    const size_t align = sizeof(max_align_t);
    struct ais_arena_chunk *chunk = arena->chunks;
    char *block;
    if (size > SIZE_MAX - CHUNK_BYTES)
        return NULL;
    size = (size + align - 1) / align * align;
    if (!chunk || chunk->size - chunk->used < size) {
        size_t bytes = arena->used < FIRST_CHUNK_BYTES ? FIRST_CHUNK_BYTES
                       : arena->used < CHUNK_BYTES     ? arena->used
                                                       : CHUNK_BYTES;
        bytes = size > bytes ? size : bytes;
        chunk = ais_malloc(sizeof *chunk + bytes);
        if (!chunk)
            return NULL;
        chunk->size = bytes;
        chunk->used = 0;
        chunk->next = arena->chunks;
        arena->chunks = chunk;
    }
    block = (char *)chunk->data + chunk->used;
    chunk->used += size;
    arena->used += size;
    memset(block, 0, size);
    return block;
}

char *ais_arena_strndup(struct ais_arena *arena, const char *text, size_t length) {
    char *copy = ais_arena_alloc(arena, length + 1);
    if (copy)
        memcpy(copy, text, length);
    return copy;
}

char *ais_arena_strdup(struct ais_arena *arena, const char *text) {
    return ais_arena_strndup(arena, text, strlen(text));
}

void ais_arena_release(struct ais_arena *arena) {
    while (arena->chunks) {
        struct ais_arena_chunk *next = arena->chunks->next;
        ais_free(arena->chunks);
        arena->chunks = next;
    }
    arena->used = 0;
}
