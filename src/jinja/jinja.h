/* The template language: Jinja2, from text to text. Knows nothing of files.
 *
 *     lexer -> parser -> tree -> evaluator
 *
 * Undefined names are errors, and so are whole numbers that 64 bits cannot hold. There are no host
 * objects: a template sees the context (JSON), the functions of the environment and the files that
 * its loader gives it. Time and memory are bounded. */
#ifndef AIS_JINJA_JINJA_H
#define AIS_JINJA_JINJA_H

#include "base/buf.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* What one rendering may take; a template that passes a limit is at fault. Values can be nested 16
 * times as deeply as source and calls. */
struct ais_jinja_limits {
    size_t output;       /* bytes written, also of each string value; 64 MiB by default */
    unsigned long steps; /* nodes evaluated and items looped over; 20 million */
    unsigned depth;      /* nesting: of the source, of calls, of includes, of JSON; 100 */
    size_t memory;       /* bytes of values made in one rendering; 256 MiB */
};

/* Gives an included template's text. *text is borrowed for as long as the environment lives;
 * `*path` is the name that errors use. Returns 0, or -1 without setting *err where there is no such
 * file. */
struct ais_jinja_loader {
    int (*load)(void *payload, const char *name, const char **path, const char **text, size_t *size,
                struct ais_error *err);
    void *payload;
};

/* A function that templates can call by name, with positional arguments only. Returns a new
 * reference, or NULL with *err set (message only; the evaluator adds the place). */
struct ais_jinja_function {
    const char *name;
    json_t *(*call)(void *payload, const json_t *args, struct ais_error *err);
    void *payload;
};

/* Told of each name that a rendering looks up in its context, with what it finds (NULL: nothing):
 * a rendering depends on these alone, and on what the program's own functions give. */
struct ais_jinja_observer {
    void (*read)(void *payload, const char *name, size_t size, json_t *value);
    void *payload;
};

struct ais_jinja_options {
    bool trim_blocks, lstrip_blocks;
    struct ais_jinja_limits limits;             /* a zero stands for the default */
    struct ais_jinja_loader loader;             /* load may be NULL: include is an error then */
    const struct ais_jinja_function *functions; /* borrowed, ended by a NULL name; may be NULL */
    struct ais_jinja_observer observer;         /* read may be NULL */
    enum ais_status blame; /* status of errors in templates, usually AIS_TEMPLATE */
};

/* An environment: options and the cache of what was included. Freed by ais_jinja_free. Trees may be
 * rendered by several threads at once; the loader is called by one at a time. */
struct ais_jinja;
struct ais_jinja *ais_jinja_new(const struct ais_jinja_options *options, struct ais_error *err);
void ais_jinja_free(struct ais_jinja *env);

/* A parsed template or expression. It may be evaluated any number of times. It must be freed before
 * its environment. Nothing of `text` or `at.path` is kept. Errors have at.path and the line and
 * column (in characters), where at.line and at.column say where the text itself begins (0: 1). */
struct ais_jinja_tree;
struct ais_jinja_tree *ais_jinja_parse(struct ais_jinja *env, struct ais_place at, const char *text,
                                       size_t size, struct ais_error *err);
/* The same for one expression alone, such as the value of a `when`. */
struct ais_jinja_tree *ais_jinja_parse_expression(struct ais_jinja *env, struct ais_place at,
                                                  const char *text, struct ais_error *err);
/* "x in expr" or "k, v in expr", the value of an `each`. */
struct ais_jinja_tree *ais_jinja_parse_each(struct ais_jinja *env, struct ais_place at,
                                            const char *text, struct ais_error *err);
void ais_jinja_tree_free(struct ais_jinja_tree *tree);

/* Renders into `out` (appending). `context` is a JSON object, borrowed. */
int ais_jinja_render(const struct ais_jinja_tree *tree, const json_t *context, struct ais_buf *out,
                     struct ais_error *err);

/* Evaluates an expression to JSON, a new reference. A value that JSON has no form for is an error.
 */
json_t *ais_jinja_evaluate(const struct ais_jinja_tree *tree, const json_t *context,
                           struct ais_error *err);

/* Evaluates an expression to its truth: 1 or 0, or -1 with *err set. */
int ais_jinja_truth(const struct ais_jinja_tree *tree, const json_t *context,
                    struct ais_error *err);

/* Calls `visit` for every item of an `each`, with a context that holds `context`, the loop's names
 * and `loop` ({index, index0, first, last, length}); stops at the first -1. */
int ais_jinja_each(const struct ais_jinja_tree *tree, const json_t *context,
                   int (*visit)(void *payload, const json_t *context, struct ais_error *err),
                   void *payload, struct ais_error *err);

/* Names that the tree reads from the context and does not set itself (as Jinja2's
 * meta.find_undeclared_variables; what includes and imports read counts too where their name is a
 * literal and the file loads; a name that one branch sets counts as set). Calls `use` once a name,
 * with the place of its first use. For a name `provided` or any other that is followed by a
 * constant attribute, `attribute` is that attribute's name (one call per pair), else NULL. */
int ais_jinja_names(const struct ais_jinja_tree *tree,
                    void (*use)(void *payload, const char *name, const char *attribute,
                                struct ais_place at),
                    void *payload, struct ais_error *err);

/* The names that an `each` gives its items, without `loop`. */
void ais_jinja_each_targets(const struct ais_jinja_tree *tree,
                            void (*use)(void *payload, const char *name), void *payload);

/* Names of files that the tree includes or imports by a literal name. */
void ais_jinja_includes(const struct ais_jinja_tree *tree,
                        void (*use)(void *payload, const char *name, struct ais_place at),
                        void *payload);

/* Whether the text holds no Jinja at all, so that rendering would copy it. */
bool ais_jinja_is_plain(const char *text, size_t size);

#endif
