#include "ui/tty.h"

#include "base/error.h"
#include "base/io.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { CAUGHT = sizeof caught / sizeof *caught };

static struct {
    volatile sig_atomic_t held, left; /* left: given back while the program is stopped */
    struct termios before, mode;
    const char *enter, *leave;
    size_t enter_size, leave_size;
    struct sigaction actions[CAUGHT]; /* what was done on a signal before */
    struct sigaction stop, go_on;
} tty;

/* Calls nothing that a signal handler may not. */
static void restore(void) {
    ssize_t ignored;
    if (!tty.held)
        return;
    tty.held = 0;
    ignored = write(STDERR_FILENO, tty.leave, tty.leave_size);
    (void)ignored;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &tty.before);
}

/* The terminal first, then what the program does anyway. */
static void on_signal(int number) {
    size_t i = 0;
    restore();
    while (i + 1 < CAUGHT && caught[i] != number)
        i++;
    if (tty.actions[i].sa_handler != SIG_DFL && tty.actions[i].sa_handler != SIG_IGN) {
        tty.actions[i].sa_handler(number);
        return;
    }
    sigaction(number, &tty.actions[i], NULL);
    raise(number);
}

/* Takes the terminal again, whatever had it meanwhile. */
static void on_continue(int number) {
    ssize_t ignored = 0;
    (void)number;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &tty.mode);
    if (tty.left)
        ignored = write(STDERR_FILENO, tty.enter, tty.enter_size);
    tty.left = 0;
    (void)ignored;
}

/* Ctrl-Z: gives the terminal back and stops, as it would have been without this. */
static void on_stop(int number) {
    struct sigaction own;
    sigset_t set;
    ssize_t ignored = write(STDERR_FILENO, tty.leave, tty.leave_size);
    (void)ignored;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &tty.before);
    tty.left = 1;
    sigaction(number, &tty.stop, &own);
    raise(number);
    sigemptyset(&set);
    sigaddset(&set, number);
    /* here it stops, unless there is nobody to go on with it */
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    sigaction(number, &own, NULL);
    if (tty.left)
        on_continue(number);
}

int ui_tty_mode(struct termios *mode, struct ais_error *err) {
    return tcgetattr(STDIN_FILENO, mode) == 0 ? 0 : ais_fail_errno(err, "the terminal", "read");
}

int ui_tty_hold(const struct termios *mode, const char *enter, const char *leave,
                struct ais_error *err) {
    struct sigaction action = {.sa_handler = on_signal};
    struct sigaction stop = {.sa_handler = on_stop, .sa_flags = SA_RESTART};
    struct sigaction go_on = {.sa_handler = on_continue, .sa_flags = SA_RESTART};
    if (ui_tty_mode(&tty.before, err) < 0)
        return -1;
    tty.mode = *mode;
    tty.enter = enter;
    tty.enter_size = strlen(enter);
    tty.leave = leave;
    tty.leave_size = strlen(leave);
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < CAUGHT; i++)
        sigaddset(&action.sa_mask, caught[i]);
    for (size_t i = 0; i < CAUGHT; i++)
        sigaction(caught[i], &action, &tty.actions[i]);
    sigaction(SIGTSTP, &stop, &tty.stop);
    sigaction(SIGCONT, &go_on, &tty.go_on);
    tty.held = 1;
    if (tcsetattr(STDIN_FILENO, TCSADRAIN, mode) < 0) {
        ais_fail_errno(err, "the terminal", "set");
        ui_tty_release();
        return -1;
    }
    return ais_write_all(STDERR_FILENO, enter, strlen(enter), "the terminal", err);
}

void ui_tty_release(void) {
    if (!tty.held)
        return;
    restore();
    for (size_t i = 0; i < CAUGHT; i++)
        sigaction(caught[i], &tty.actions[i], NULL);
    sigaction(SIGTSTP, &tty.stop, NULL);
    sigaction(SIGCONT, &tty.go_on, NULL);
}
