/* How comments look in a file, by its name. */
#ifndef AIS_PLAN_SYNTAX_H
#define AIS_PLAN_SYNTAX_H

#include <stddef.h>

/* A way to write a comment that fills a line; `close` is "" where the line's end closes it. */
struct ais_comment {
    const char *open, *close;
};

struct ais_syntax {
    const char *language;
    struct ais_comment comments[4]; /* ended by a NULL open */
    /* What stands for a solution that is left out where the template says nothing; "%s" is its
     * name. */
    const char *stub;
};

/* The syntax of the file `path` (an ending .jinja is passed over), or NULL where it is unknown. */
const struct ais_syntax *ais_syntax_of(const char *path);

/* The syntax of a language by its name, such as a notebook's kernel gives it, or NULL. */
const struct ais_syntax *ais_syntax_named(const char *language);

#endif
