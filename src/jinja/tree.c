#include "jinja/tree.h"

struct ais_place ais_jnode_place(const struct ais_jinja_tree *tree, const struct ais_jnode *node) {
    struct ais_place at = {.path = tree ? tree->path : NULL};
    if (node) {
        at.line = node->line;
        at.column = node->column;
    }
    return at;
}

const char *ais_jop_text(unsigned op) {
    static const char *const texts[] = {
        [OP_ADD] = "+",       [OP_SUB] = "-",         [OP_MUL] = "*",  [OP_DIV] = "/",
        [OP_FLOORDIV] = "//", [OP_MOD] = "%",         [OP_POW] = "**", [OP_NEG] = "-",
        [OP_POS] = "+",       [OP_NOT] = "not",       [OP_EQ] = "==",  [OP_NE] = "!=",
        [OP_LT] = "<",        [OP_LE] = "<=",         [OP_GT] = ">",   [OP_GE] = ">=",
        [OP_IN] = "in",       [OP_NOT_IN] = "not in",
    };
    return texts[op];
}
