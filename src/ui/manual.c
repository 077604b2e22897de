#include "ui/manual.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* man says "no entry" on standard error, which is no business of the one who asked for help. */
static void look_quietly(const char *page) {
    int null = open("/dev/null", O_WRONLY);
    if (null >= 0 && dup2(null, STDOUT_FILENO) >= 0 && dup2(null, STDERR_FILENO) >= 0)
        execlp("man", "man", "-w", page, (char *)NULL);
    _exit(127);
}

static bool has_page(const char *page) {
    pid_t child = fork();
    int status;
    if (child == 0)
        look_quietly(page);
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

void ui_manual(const char *page) {
    fflush(NULL);
    if (has_page(page))
        execlp("man", "man", page, (char *)NULL);
}
