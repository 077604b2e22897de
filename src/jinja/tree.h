/* The parsed template. Nodes never change after parsing. */
#ifndef AIS_JINJA_TREE_H
#define AIS_JINJA_TREE_H

#include "base/error.h"
#include "base/mem.h"
#include "jinja/value.h"

enum ais_jnode_kind {
    /* expressions */
    N_CONST,   /* value */
    N_NAME,    /* value: the name */
    N_TUPLE,   /* a: items */
    N_LIST,    /* a: items */
    N_DICT,    /* a: pairs */
    N_PAIR,    /* a: key, b: value */
    N_UNARY,   /* op, a */
    N_BINARY,  /* op, a, b */
    N_AND,     /* a, b */
    N_OR,      /* a, b */
    N_CONCAT,  /* a: items */
    N_COMPARE, /* a, b: operands */
    N_OPERAND, /* op, a */
    N_COND,    /* a: test, b: then, c: else or NULL */
    N_ATTR,    /* a, value: the name */
    N_ITEM,    /* a, b: the key */
    N_SLICE,   /* a: start, b: stop, c: step, each may be NULL */
    N_CALL,    /* a: what is called, b: arguments */
    N_ARG,     /* a */
    N_KEYWORD, /* value: the name, a */
    N_STAR,    /* a */
    N_STARS,   /* a */
    N_FILTER,  /* a: subject or NULL, value: the name, b: arguments, builtin */
    N_TEST,    /* a: subject, value: the name, b: arguments, builtin */
    N_NSREF,   /* a: a name, value: the attribute */
    /* statements */
    N_DATA,         /* value: the text */
    N_OUTPUT,       /* a */
    N_IF,           /* b: branches */
    N_BRANCH,       /* a: test, NULL for else, body */
    N_FOR,          /* a: target, b: over, c: test or NULL, body, orelse, FLAG_RECURSIVE */
    N_SET,          /* a: target, b: value */
    N_SET_BLOCK,    /* a: target, b: filter or NULL, body */
    N_WITH,         /* a: N_SETs, body */
    N_FILTER_BLOCK, /* b: filter, body */
    N_MACRO,        /* value: the name, a: parameters, body, FLAG_CALLER ... */
    N_PARAM,        /* value: the name, a: default or NULL */
    N_CALL_BLOCK,   /* a: parameters, b: the call, body, FLAG_CALLER ... */
    N_INCLUDE,      /* a: template, FLAG_CONTEXT, FLAG_OPTIONAL */
    N_IMPORT,       /* a: template, value: the name, FLAG_CONTEXT */
    N_FROM,         /* a: template, b: N_IMPORTEDs, FLAG_CONTEXT */
    N_IMPORTED,     /* value: the name, a: the name it gets here */
    N_BLOCK,        /* value: the name, body, FLAG_SCOPED, FLAG_REQUIRED */
    N_EXTENDS,      /* a: template */
    N_EACH,         /* a: target, b: over */
};

enum ais_jflag {
    FLAG_RECURSIVE = 1,
    FLAG_CONTEXT = 2,
    FLAG_OPTIONAL = 4,
    FLAG_SCOPED = 8,
    FLAG_REQUIRED = 16,
    FLAG_CALLER = 32,  /* the body reads `caller` */
    FLAG_VARARGS = 64, /* ... `varargs` */
    FLAG_KWARGS = 128, /* ... `kwargs` */
    FLAG_TARGET = 256, /* a name that is written, not read */
};

enum ais_jop {
    OP_ADD,
    OP_SUB,
    OP_MUL,
    OP_DIV,
    OP_FLOORDIV,
    OP_MOD,
    OP_POW,
    OP_NEG,
    OP_POS,
    OP_NOT,
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_IN,
    OP_NOT_IN,
};

struct ais_jnode {
    enum ais_jnode_kind kind;
    unsigned op;
    unsigned flags;
    unsigned line, column;
    unsigned height; /* of the tree below */
    struct ais_jval value;
    const struct ais_jbuiltin *builtin; /* NULL where the name is unknown */
    struct ais_jnode *a, *b, *c;
    struct ais_jnode *body, *orelse;
    struct ais_jnode *next; /* in a list */
};

struct ais_jinja_tree {
    struct ais_jinja *env;
    struct ais_arena arena; /* holds everything, `path` too */
    const char *path;
    struct ais_jnode *root;      /* statements, one expression, or one N_EACH */
    struct ais_jnode *blocks;    /* N_NAMEs, a: the N_BLOCK */
    struct ais_jinja_tree *next; /* in the environment's cache */
    const char *name;            /* ... and the key there */
};

struct ais_place ais_jnode_place(const struct ais_jinja_tree *tree, const struct ais_jnode *node);

/* The text of an operator, for errors. */
const char *ais_jop_text(unsigned op);

#endif
