#include "ui/manual.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const struct ui_page *ui_page_find(const char *name, const char *section) {
    for (const struct ui_page *page = ui_pages; page->name; page++)
        if (strcmp(page->name, name) == 0 && (!section || strcmp(page->section, section) == 0))
            return page;
    return NULL;
}

/* man says "no entry" on standard error, which is no business of the one who asked for help. */
static void look_quietly(const struct ui_page *page) {
    int null = open("/dev/null", O_WRONLY);
    if (null >= 0 && dup2(null, STDOUT_FILENO) >= 0 && dup2(null, STDERR_FILENO) >= 0)
        execlp("man", "man", "-w", page->section, page->name, (char *)NULL);
    _exit(127);
}

static bool is_installed(const struct ui_page *page) {
    pid_t child = fork();
    int status;
    if (child == 0)
        look_quietly(page);
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

void ui_page_open(const struct ui_page *page) {
    fflush(NULL);
    if (is_installed(page))
        execlp("man", "man", page->section, page->name, (char *)NULL);
}
