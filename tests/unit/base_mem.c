#include "base/mem.h"
#include "unit.h"

#include <stdint.h>

static bool always(void) {
    return true;
}

static void test_blocks(void) {
    void *empty = ais_malloc(0);
    char *text = ais_strndup("abcdef", 3);
    CHECK(empty != NULL);
    CHECK_STR(text, "abc");
    ais_free(empty);
    ais_free(text);
    ais_free(NULL);
    ais_mem_set_fault(always);
    CHECK(!ais_malloc(1) && !ais_calloc(1, 1) && !ais_realloc(NULL, 1) && !ais_strdup("a"));
    ais_mem_set_fault(NULL);
}

static void test_grow(void) {
    int *array = NULL;
    size_t capacity = 0;
    CHECK(ais_grow(&array, &capacity, 1, sizeof *array) == 0 && capacity >= 1);
    array[0] = 7;
    CHECK(ais_grow(&array, &capacity, 1000, sizeof *array) == 0 && capacity >= 1000);
    CHECK(array[0] == 7);
    array[999] = 1;
    CHECK(ais_grow(&array, &capacity, SIZE_MAX / 2, sizeof *array) == -1);
    CHECK(ais_grow(&array, &capacity, SIZE_MAX, 1) == -1);
    CHECK(array[0] == 7 && capacity >= 1000);
    ais_free(array);
}

static void test_arena(void) {
    struct ais_arena arena = {0};
    char *large = ais_arena_alloc(&arena, 100000), *small = ais_arena_alloc(&arena, 1);
    bool aligned = true, zero = true;
    CHECK(large && small);
    for (size_t i = 0; i < 100000; i++)
        zero = zero && large[i] == 0;
    CHECK(zero);
    memset(large, 1, 100000);
    for (size_t i = 0; i < 5000; i++) {
        char *block = ais_arena_alloc(&arena, i % 40);
        aligned = aligned && block && (uintptr_t)block % _Alignof(max_align_t) == 0;
    }
    CHECK(aligned);
    CHECK_STR(ais_arena_strdup(&arena, "text"), "text");
    CHECK_STR(ais_arena_strndup(&arena, "text", 2), "te");
    CHECK(ais_arena_alloc(&arena, SIZE_MAX) == NULL);
    CHECK(arena.used >= 100000);
    ais_arena_release(&arena);
    CHECK(arena.used == 0 && arena.chunks == NULL);
    ais_arena_release(&arena);
}

int main(void) {
    test_blocks();
    test_grow();
    test_arena();
    return REPORT();
}
