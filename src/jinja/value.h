/* Values of the template language. They live in the arena of one rendering, or in a parsed tree
 * (constants, never changed), and are passed by value: a kind and a word. */
#ifndef AIS_JINJA_VALUE_H
#define AIS_JINJA_VALUE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ais_jrun;

enum ais_jkind {
    J_ABSENT, /* no value at all: an argument that was not given */
    J_UNDEFINED,
    J_NONE,
    J_BOOL,
    J_INT,
    J_FLOAT,
    J_STR,
    J_LIST,
    J_TUPLE,
    J_DICT,
    J_RANGE,
    J_VIEW,      /* keys, values or items of a dictionary */
    J_ITER,      /* items that can be gone through once */
    J_NAMESPACE, /* a dictionary whose keys are attributes */
    J_LOOP,
    J_MACRO,
    J_MODULE, /* an imported template */
    J_BOUND,  /* a method with its object */
    J_FUNCTION,
    J_HOST, /* a function of the environment's options */
    J_CYCLER,
    J_JOINER,
    J_SELF, /* `self`: the blocks of the template */
    J_BLOCK,
};

/* UTF-8 text. `safe` is what HTML filters call text that needs no more escaping. */
struct ais_jstr {
    const char *data; /* not ended by a NUL */
    size_t size;      /* bytes */
    size_t chars;
    bool safe;
};

struct ais_jval {
    enum ais_jkind kind;
    union {
        bool truth;
        int64_t integer;
        double real;
        const struct ais_jstr *str;
        struct ais_jlist *list; /* lists, tuples */
        struct ais_jdict *dict; /* dictionaries, namespaces */
        const struct ais_jrange *range;
        const struct ais_jview *view;
        struct ais_jonce *once;
        const struct ais_jundefined *undefined;
        struct ais_jloop *loop;
        const struct ais_jmacro *macro;
        const struct ais_jmodule *module;
        const struct ais_jbound *bound;
        const struct ais_jbuiltin *function;
        const struct ais_jinja_function *host;
        struct ais_jcycler *cycler;
        const struct ais_jblock *block;
    } as;
};

struct ais_jlist {
    struct ais_jval *items;
    size_t count, capacity;
    bool grouped; /* a pair of the groupby filter: has .grouper and .list */
};

struct ais_jentry {
    struct ais_jval key, value;
    uint64_t hash;
    bool live; /* false once removed */
};

/* A dictionary in order of insertion. `entries` holds removed ones too. */
struct ais_jdict {
    struct ais_jentry *entries;
    size_t used, capacity, count;
    uint32_t *slots; /* position + 1 in `entries`, 0 is free; NULL while the dictionary is small */
    size_t slot_count;
};

struct ais_jrange {
    int64_t start, stop, step, count;
};

enum ais_jview_kind { VIEW_KEYS, VIEW_VALUES, VIEW_ITEMS };

struct ais_jview {
    const struct ais_jdict *dict;
    enum ais_jview_kind what;
};

struct ais_jonce {
    struct ais_jlist *items;
    size_t next;
};

/* A value that is missing, and why; it becomes an error once it is used. */
struct ais_jundefined {
    const char *name;   /* of the variable or the attribute; NULL where `reason` says it all */
    struct ais_jval of; /* the object without that attribute, J_ABSENT for a variable */
    const char *reason;
    bool lenient; /* counts as empty and false, as what an `if` without `else` gives */
    const struct ais_jinja_tree *tree; /* where it came from */
    const struct ais_jnode *node;
};

struct ais_jbound {
    struct ais_jval self;
    const struct ais_jbuiltin *method;
};

struct ais_jcycler {
    struct ais_jlist *items; /* of a joiner: one separator */
    size_t next;
};

#define J_NOTHING ((struct ais_jval){.kind = J_NONE})

struct ais_jval ais_jval_bool(bool truth);
struct ais_jval ais_jval_int(int64_t integer);
struct ais_jval ais_jval_float(double real);
struct ais_jval ais_jval_str(const struct ais_jstr *str);

/* The name that errors use for the kind: "str", "list", "undefined", ... */
const char *ais_jval_type(struct ais_jval value);

/* A whole number: int or bool. Returns whether it is one. */
bool ais_jval_is_int(struct ais_jval value, int64_t *integer);
/* Any number as a float. Returns whether it is one. */
bool ais_jval_is_number(struct ais_jval value, double *real);

/* 1 or 0; -1 with an error for an undefined value. */
int ais_jval_truth(struct ais_jrun *run, struct ais_jval value);
/* Items of a container or characters of a string; -1 with an error where there is no length. */
int ais_jval_length(struct ais_jrun *run, struct ais_jval value, size_t *length);

/* Equality and order as Python's. 1, 0, or -1 with an error. `op` is one of "<" "<=" ">" ">=". */
int ais_jval_equal(struct ais_jrun *run, struct ais_jval a, struct ais_jval b);
int ais_jval_order(struct ais_jrun *run, const char *op, struct ais_jval a, struct ais_jval b);
/* Whether both are the same object. */
bool ais_jval_same(struct ais_jval a, struct ais_jval b);
/* Whether `container` holds `item`: 1, 0 or -1. */
int ais_jval_contains(struct ais_jrun *run, struct ais_jval container, struct ais_jval item);

/* Writes str(value) or repr(value). 0 or -1. */
int ais_jval_write(struct ais_jrun *run, struct ais_buf *buf, struct ais_jval value);
int ais_jval_write_repr(struct ais_jrun *run, struct ais_buf *buf, struct ais_jval value);
/* str(value): the string itself where it is one already. */
int ais_jval_text(struct ais_jrun *run, struct ais_jval value, const struct ais_jstr **text);

/* Shortest text that reads back as the same number, as Python's repr. */
void ais_jfloat_text(double real, char text[32]);

#endif
