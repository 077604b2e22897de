#include "kit/identity.h"

#include <stdlib.h>
#include <string.h>

enum { HITS_MAX = 1000, TOP_BYTES_MAX = 1 << 20, KIT_ID = 64 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static size_t word(const char *text, size_t size) {
    size_t n = 0;
    while (n < size && is_word(text[n]))
        n++;
    return n;
}

/* Whether it is unlikely to stand somewhere by chance. */
static bool is_telling_id(const char *id) {
    size_t size = strlen(id);
    return size >= 4 && strpbrk(id, "0123456789@") && is_word(id[0]) &&
           (size >= 5 || strspn(id, "0123456789") != size);
}

static bool is_telling_name(const char *name) {
    return is_word(name[0]) && strlen(name) >= 5 && strchr(name, ' ');
}

static int add(struct ais_needles *n, const char *text, const char *what,
               const struct ais_known_kit *kit, struct ais_error *err) {
    size_t size = strlen(text);
    if (ais_grow(&n->list, &n->capacity, n->count + 1, sizeof *n->list) < 0)
        return ais_fail_memory(err);
    n->list[n->count++] = (struct ais_needle){text, size, word(text, size), kit, what};
    return 0;
}

static int compare(const char *a, size_t a_size, const char *b, size_t b_size) {
    int order = memcmp(a, b, a_size < b_size ? a_size : b_size);
    return order ? order : (a_size > b_size) - (a_size < b_size);
}

static int by_first_word(const void *a, const void *b) {
    const struct ais_needle *x = a, *y = b;
    int order = compare(x->text, x->first, y->text, y->first);
    return order ? order : compare(x->text, x->size, y->text, y->size);
}

int ais_needles_make(struct ais_needles *needles, const struct ais_known *known,
                     struct ais_error *err) {
    *needles = (struct ais_needles){.known = known};
    for (size_t i = 0; i < known->count; i++) {
        const struct ais_known_kit *kit = &known->kits[i];
        if (is_telling_id(kit->student) && add(needles, kit->student, "id", kit, err) < 0)
            return -1;
        if (is_telling_name(kit->name) && add(needles, kit->name, "name", kit, err) < 0)
            return -1;
    }
    if (needles->count)
        qsort(needles->list, needles->count, sizeof *needles->list, by_first_word);
    return 0;
}

void ais_needles_release(struct ais_needles *needles) {
    ais_free(needles->list);
    *needles = (struct ais_needles){0};
}

static int hit(struct ais_search *s, const struct ais_known_kit *kit, const char *what,
               const char *path, struct ais_error *err) {
    struct ais_hit found = {kit, what, NULL};
    for (size_t i = 0; i < s->count; i++)
        if (s->hits[i].kit == kit && s->hits[i].what == what && strcmp(s->hits[i].path, path) == 0)
            return 0;
    if (s->count == HITS_MAX)
        return 0;
    found.path = ais_arena_strdup(&s->arena, path);
    if (!found.path || ais_grow(&s->hits, &s->capacity, s->count + 1, sizeof found) < 0)
        return ais_fail_memory(err);
    s->hits[s->count++] = found;
    return 0;
}

static int look_for_kits(struct ais_search *s, const char *path, const char *data, size_t size,
                         struct ais_error *err) {
    char id[KIT_ID + 1];
    for (size_t i = 0, n; i < size; i += n + 1) {
        const struct ais_known_kit *kit;
        for (n = 0;
             i + n < size && (is_digit(data[i + n]) || (data[i + n] >= 'a' && data[i + n] <= 'f'));)
            n++;
        if (n != KIT_ID)
            continue;
        memcpy(id, data + i, KIT_ID);
        id[KIT_ID] = '\0';
        kit = ais_known_find(s->needles->known, id);
        if (kit && hit(s, kit, "kit", path, err) < 0)
            return -1;
    }
    return 0;
}

/* The needles that begin with the word at text[0..first): their number, from *list on. */
static size_t candidates(const struct ais_needles *n, const char *text, size_t first,
                         const struct ais_needle **list) {
    size_t low = 0, high = n->count, end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(n->list[middle].text, n->list[middle].first, text, first) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < n->count; end++)
        if (compare(n->list[end].text, n->list[end].first, text, first) != 0)
            break;
    *list = n->list + low;
    return end - low;
}

static int look_for_people(struct ais_search *s, const char *path, const char *data, size_t size,
                           struct ais_error *err) {
    for (size_t i = 0, first; s->needles->count && i < size; i += first ? first : 1) {
        const struct ais_needle *list;
        size_t count;
        first = word(data + i, size - i);
        count = first ? candidates(s->needles, data + i, first, &list) : 0;
        for (size_t k = 0; k < count; k++) {
            size_t n = list[k].size;
            if (n <= size - i && memcmp(list[k].text, data + i, n) == 0 &&
                (n == size - i || !is_word(data[i + n]) || !is_word(data[i + n - 1])) &&
                hit(s, list[k].kit, list[k].what, path, err) < 0)
                return -1;
        }
    }
    return 0;
}

int ais_search_file(struct ais_search *search, const char *path, const char *data, size_t size,
                    struct ais_error *err) {
    if (look_for_kits(search, path, data, size, err) < 0)
        return -1;
    if (strchr(path, '/') || size > TOP_BYTES_MAX)
        return 0;
    return look_for_people(search, path, data, size, err);
}

int ais_search_person(struct ais_search *search, const char *person, struct ais_error *err) {
    return look_for_people(search, "", person, strlen(person), err);
}

int ais_search_commit(struct ais_search *search, const struct ais_known_kit *kit,
                      struct ais_error *err) {
    return hit(search, kit, "commit", "", err);
}

/* Whether what was found names its owner too: a namesake, or a team's member. */
static bool is_own(const struct ais_hit *hit, const struct ais_known_kit *own) {
    const char *text = strcmp(hit->what, "id") == 0 ? hit->kit->student : hit->kit->name;
    if (strcmp(hit->kit->id, own->id) == 0)
        return true;
    return (strcmp(hit->what, "id") == 0 || strcmp(hit->what, "name") == 0) &&
           (strcmp(own->student, text) == 0 || strstr(own->name, text));
}

void ais_search_settle(struct ais_search *search, const struct ais_known_kit *own) {
    size_t kept = 0;
    for (size_t i = 0; i < search->count; i++)
        if (!own || !is_own(&search->hits[i], own))
            search->hits[kept++] = search->hits[i];
    search->count = kept;
}

void ais_search_release(struct ais_search *search) {
    ais_free(search->hits);
    ais_arena_release(&search->arena);
    *search = (struct ais_search){.needles = search->needles};
}
