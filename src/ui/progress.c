#include "ui/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Whether it is time to show something; *seconds is how long it has taken. */
static bool is_due(struct ui_progress *p, double *seconds) {
    bool terminal = isatty(STDERR_FILENO);
    double time = now();
    if (!p->begun) {
        p->begun = true;
        p->start = time;
        p->next = time + (terminal ? 0.5 : 2);
    }
    *seconds = time - p->start;
    if (p->quiet || time < p->next)
        return false;
    p->next = terminal ? time + 0.1 : p->start + 2 * *seconds;
    return true;
}

static void draw_bar(size_t done, size_t all) {
    char bar[21];
    size_t filled = all ? done * 20 / all : 0;
    for (size_t i = 0; i < 20; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[20] = '\0';
    fprintf(stderr, "\r[%s] ", bar);
}

void ui_progress_show(struct ui_progress *p, size_t done, size_t all) {
    bool terminal = isatty(STDERR_FILENO);
    double seconds, rate;
    if (done >= all) {
        ui_progress_end(p);
        return;
    }
    if (!is_due(p, &seconds))
        return;
    rate = (double)done / seconds;
    if (terminal)
        draw_bar(done, all);
    fprintf(stderr, "%zu of %zu %s, ", done, all, p->what);
    if (done)
        fprintf(stderr, "%.*f/s, %.0f s left", rate < 10, rate, (double)(all - done) / rate);
    else
        fprintf(stderr, "%.0f s", seconds);
    fputs(terminal ? "\033[K" : "\n", stderr);
    fflush(stderr);
    p->shown = terminal;
}

void ui_progress_hide(struct ui_progress *p) {
    if (p->shown)
        fputs("\r\033[K", stderr);
    p->shown = false;
}

void ui_progress_end(struct ui_progress *p) {
    ui_progress_hide(p);
    *p = (struct ui_progress){.what = p->what, .quiet = p->quiet};
}
