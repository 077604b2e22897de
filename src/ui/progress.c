#include "ui/progress.h"

#include <stdio.h>
#include <unistd.h>

void ui_progress(const char *what, size_t done, size_t all) {
    size_t step = all / 200 + 1;
    if (!isatty(STDERR_FILENO) || (done % step && done != all))
        return;
    if (done == all)
        fputs("\r\033[K", stderr);
    else
        fprintf(stderr, "\r%zu of %zu %s\033[K", done, all, what);
    fflush(stderr);
}
