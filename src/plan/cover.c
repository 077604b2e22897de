#include "plan/cover.h"

#include "base/mem.h"

static const size_t unset = (size_t)-1; /* a variable without a value as yet */

int ais_cover_begin(struct ais_cover *c, const size_t *sizes, size_t count, struct ais_error *err) {
    *c = (struct ais_cover){.count = count, .sizes = sizes};
    c->starts = ais_calloc(count + 1, sizeof *c->starts);
    c->row = ais_calloc(count + 1, sizeof *c->row);
    if (!c->starts || !c->row)
        return ais_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        c->starts[i] = c->values;
        c->values += sizes[i];
    }
    c->seen = ais_calloc(c->values * c->values + 1, 1);
    return c->seen ? 0 : ais_fail_memory(err);
}

/* Whether value a of variable i and value b of variable k, i < k, were together. */
static unsigned char *pair(struct ais_cover *c, size_t i, size_t a, size_t k, size_t b) {
    return i < k ? &c->seen[(c->starts[i] + a) * c->values + c->starts[k] + b]
                 : &c->seen[(c->starts[k] + b) * c->values + c->starts[i] + a];
}

/* Begins the row with two values that were never together. */
static bool begin_row(struct ais_cover *c) {
    for (size_t i = 0; i < c->count; i++)
        c->row[i] = unset;
    for (size_t i = 0; i < c->count; i++)
        for (size_t k = i + 1; k < c->count; k++)
            for (size_t a = 0; a < c->sizes[i]; a++)
                for (size_t b = 0; b < c->sizes[k]; b++)
                    if (!*pair(c, i, a, k, b)) {
                        c->row[i] = a;
                        c->row[k] = b;
                        return true;
                    }
    return false;
}

/* How many values of the row so far the value was never together with. */
static size_t count_new(struct ais_cover *c, size_t i, size_t a) {
    size_t count = 0;
    for (size_t k = 0; k < c->count; k++)
        count += k != i && c->row[k] != unset && !*pair(c, i, a, k, c->row[k]);
    return count;
}

bool ais_cover_next(struct ais_cover *c) {
    if (!begin_row(c))
        return false;
    for (size_t i = 0; i < c->count; i++) {
        size_t best = 0, most = 0;
        for (size_t a = 0; c->row[i] == unset && a < c->sizes[i]; a++) {
            size_t count = count_new(c, i, a);
            if (count > most) {
                best = a;
                most = count;
            }
        }
        if (c->row[i] == unset)
            c->row[i] = best;
    }
    for (size_t i = 0; i < c->count; i++)
        for (size_t k = i + 1; k < c->count; k++)
            *pair(c, i, c->row[i], k, c->row[k]) = 1;
    return true;
}

void ais_cover_release(struct ais_cover *c) {
    ais_free(c->starts);
    ais_free(c->row);
    ais_free(c->seen);
    *c = (struct ais_cover){0};
}
