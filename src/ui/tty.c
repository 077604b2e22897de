#include "ui/tty.h"

#include "base/error.h"
#include "base/io.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { CAUGHT = sizeof caught / sizeof *caught };

static struct {
    volatile sig_atomic_t held;
    struct termios before;
    const char *leave;
    size_t leave_size;
    struct sigaction actions[CAUGHT]; /* what was done on a signal before */
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

int ui_tty_mode(struct termios *mode, struct ais_error *err) {
    return tcgetattr(STDIN_FILENO, mode) == 0 ? 0 : ais_fail_errno(err, "the terminal", "read");
}

int ui_tty_hold(const struct termios *mode, const char *enter, const char *leave,
                struct ais_error *err) {
    struct sigaction action = {.sa_handler = on_signal};
    if (ui_tty_mode(&tty.before, err) < 0)
        return -1;
    tty.leave = leave;
    tty.leave_size = strlen(leave);
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < CAUGHT; i++)
        sigaddset(&action.sa_mask, caught[i]);
    for (size_t i = 0; i < CAUGHT; i++)
        sigaction(caught[i], &action, &tty.actions[i]);
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
}
