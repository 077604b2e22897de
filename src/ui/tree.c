#include "ui/terminal.h"

#include <string.h>

/* Whether a path of the plan behind `i` lies in the folder path[0..size) and not in the same child
 * of it: then the folder's line goes on downwards. */
static bool goes_on(const struct ais_plan *plan, size_t i, size_t size, size_t child) {
    const char *path = plan->files[i].path;
    for (size_t k = i + 1; k < plan->count; k++) {
        const char *other = plan->files[k].path;
        if (strncmp(other, path, size) != 0)
            return false;
        if (strncmp(other, path, child) != 0 || (other[child] != '/' && other[child]))
            return true;
    }
    return false;
}

/* The branches left of a name that starts at `start` in path i, then its own. */
static void draw_branches(FILE *out, const struct ais_plan *plan, size_t i, size_t start) {
    const char *path = plan->files[i].path;
    for (size_t at = 0; at <= start;) {
        size_t end = at + strcspn(path + at, "/");
        bool more = goes_on(plan, i, at, end);
        fputs(at == start ? (more ? "├── " : "└── ") : (more ? "│   " : "    "), out);
        at = end + 1;
    }
}

void ui_draw_tree(FILE *out, const struct ais_plan *plan, const char *root) {
    const char *before = "";
    ui_print(out, root);
    fputs("/\n", out);
    for (size_t i = 0; i < plan->count; i++) {
        const char *path = plan->files[i].path;
        size_t start = 0;
        for (size_t at = 0; path[at] && path[at] == before[at]; at++)
            if (path[at] == '/')
                start = at + 1;
        while (path[start]) {
            size_t size = strcspn(path + start, "/");
            char name[256];
            memcpy(name, path + start, size);
            name[size] = '\0';
            draw_branches(out, plan, i, start);
            ui_print(out, name);
            fputs(path[start + size] == '/'   ? "/\n"
                  : plan->files[i].executable ? "*\n"
                                              : "\n",
                  out);
            start += size + (path[start + size] == '/');
        }
        before = path;
    }
}
