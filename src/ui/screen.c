#include "ui/screen.h"

#include "base/error.h"
#include "base/io.h"
#include "base/text.h"
#include "ui/tty.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* The alternate screen, and the cursor hidden; and back. */
#define ENTER "\033[?1049h\033[?25l\033[H\033[2J"
#define GAP "   " /* between two hints */
#define LEAVE "\033[0m\033[?25h\033[?1049l"

/* Only ends the wait for a key: each frame measures the window. */
static void on_resize(int number) {
    (void)number;
}

bool ui_screen_possible(const char *term) {
    return term && *term && strcmp(term, "dumb") != 0 && isatty(STDIN_FILENO) &&
           isatty(STDERR_FILENO);
}

static void measure(struct ui_screen *s) {
    struct winsize size = {0};
    s->rows = 24;
    s->columns = 80;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col) {
        s->rows = size.ws_row;
        s->columns = size.ws_col;
    }
}

int ui_screen_open(struct ui_screen *s, bool colour, struct ais_error *err) {
    struct sigaction action = {.sa_handler = on_resize};
    struct termios mode;
    sigset_t resize;
    *s = (struct ui_screen){.colour = colour, .frame = AIS_BUF(4 << 20)};
    if (ui_tty_mode(&mode, err) < 0)
        return -1;
    mode.c_iflag &= ~(tcflag_t)(ICRNL | IXON);
    mode.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    mode.c_cc[VQUIT] = _POSIX_VDISABLE; /* Ctrl-C still ends it */
    if (ui_tty_hold(&mode, ENTER, LEAVE, err) < 0)
        return -1;
    s->open = true;
    sigemptyset(&action.sa_mask);
    sigaction(SIGWINCH, &action, &s->resized);
    sigemptyset(&resize);
    sigaddset(&resize, SIGWINCH);
    sigprocmask(SIG_BLOCK, &resize, &s->waiting); /* seen only while waiting for a key */
    sigdelset(&s->waiting, SIGWINCH);
    return 0;
}

void ui_screen_close(struct ui_screen *s) {
    if (s->open) {
        ui_tty_release();
        sigaction(SIGWINCH, &s->resized, NULL);
        sigprocmask(SIG_SETMASK, &s->waiting, NULL);
    }
    s->open = false;
    ais_buf_release(&s->frame);
}

/* The bytes of the hints that fit into a line: at least one, which may be cut. */
static size_t fit_keys(const char *keys, size_t room) {
    size_t size = 0, end = 0;
    for (;;) {
        const char *gap = strstr(keys + end, GAP);
        end = gap ? (size_t)(gap - keys) : strlen(keys);
        if (size && ais_text_fit(keys, room) < end)
            return size;
        size = end;
        if (!gap)
            return size;
        end += sizeof GAP - 1;
    }
}

static const char *next_keys(const char *keys, size_t room) {
    keys += fit_keys(keys, room);
    return keys + strspn(keys, " ");
}

void ui_frame_begin(struct ui_screen *s, const char *keys) {
    measure(s);
    s->keys = keys;
    s->key_lines = 0;
    while (*keys && (!s->key_lines || s->rows >= UI_ROOMY)) {
        keys = next_keys(keys, s->columns - 1);
        s->key_lines++;
    }
    s->row = s->reserved = 0;
    s->cursor = false;
    ais_buf_truncate(&s->frame, 0);
    ais_buf_str(&s->frame, "\033[?25l\033[H");
}

size_t ui_frame_left(const struct ui_screen *s) {
    size_t used = s->row + s->key_lines + s->reserved;
    return used < s->rows ? s->rows - used : 0;
}

static void add_line(struct ui_screen *s, enum ui_style style, const char *text) {
    static const char *const plain[] = {"", "\033[1m", "", "\033[1m", ""};
    static const char *const coloured[] = {"", "\033[1m", "\033[2m", "\033[1;36m", "\033[31m"};
    const char *begin = s->colour ? coloured[style] : plain[style];
    ais_buf_str(&s->frame, begin);
    ais_buf_add(&s->frame, text, ais_text_fit(text, s->columns - 1));
    ais_buf_str(&s->frame, *begin ? "\033[0m\033[K" : "\033[K");
}

void ui_frame_line(struct ui_screen *s, enum ui_style style, const char *fmt, ...) {
    char raw[4096], text[4096];
    va_list args;
    if (!ui_frame_left(s))
        return;
    va_start(args, fmt);
    vsnprintf(raw, sizeof raw, fmt, args);
    va_end(args);
    add_line(s, style, ais_text_printable(raw, text, sizeof text));
    ais_buf_str(&s->frame, "\r\n");
    s->row++;
}

void ui_frame_wrap(struct ui_screen *s, enum ui_style style, size_t indent, const char *text) {
    char clean[4096];
    size_t room = s->columns > indent + 8 ? s->columns - indent - 1 : 8;
    const char *at = ais_text_printable(text, clean, sizeof clean);
    while (*at) {
        size_t size = ais_text_fit(at, room), end = size;
        while (at[size] && end && at[end] != ' ')
            end--;
        if (!end)
            end = size ? size : 1; /* a word that is wider than the line */
        ui_frame_line(s, style, "%*s%.*s", (int)indent, "", (int)end, at);
        at += end;
        at += strspn(at, " ");
    }
}

void ui_frame_problem(struct ui_screen *s, const char *problem) {
    char text[1024];
    snprintf(text, sizeof text, "! %s", problem);
    ui_frame_wrap(s, UI_WRONG, 0, text);
}

void ui_frame_cursor(struct ui_screen *s, size_t column) {
    s->cursor = ui_frame_left(s) > 0;
    s->cursor_row = s->row + 1;
    s->cursor_column = (column < s->columns ? column : s->columns - 1) + 1;
}

int ui_frame_end(struct ui_screen *s, struct ais_error *err) {
    const char *keys = s->keys;
    for (size_t i = 0; i < s->key_lines; i++) {
        char line[512];
        snprintf(line, sizeof line, "%.*s", (int)fit_keys(keys, s->columns - 1), keys);
        if (i)
            ais_buf_str(&s->frame, "\r\n");
        add_line(s, UI_DIM, line);
        keys = next_keys(keys, s->columns - 1);
    }
    ais_buf_str(&s->frame, "\033[J");
    if (s->cursor)
        ais_buf_printf(&s->frame, "\033[%zu;%zuH\033[?25h", s->cursor_row, s->cursor_column);
    if (ais_buf_check(&s->frame, AIS_FAILED, "the screen", err) < 0)
        return -1;
    return ais_write_all(STDERR_FILENO, s->frame.data, s->frame.size, "the terminal", err);
}
