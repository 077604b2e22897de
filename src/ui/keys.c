/* From bytes to keys. */
#include "ui/screen.h"

#include "base/error.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>
#include <unistr.h>

enum { ESCAPE = 27, LATER_MS = 100 /* the rest of a sequence on a slow line */ };

static const struct {
    const char *bytes; /* behind ESC */
    uint32_t key;
} sequences[] = {
    {"[A", UI_KEY_UP},      {"OA", UI_KEY_UP},       {"[B", UI_KEY_DOWN},
    {"OB", UI_KEY_DOWN},    {"[C", UI_KEY_RIGHT},    {"OC", UI_KEY_RIGHT},
    {"[D", UI_KEY_LEFT},    {"OD", UI_KEY_LEFT},     {"[H", UI_KEY_HOME},
    {"OH", UI_KEY_HOME},    {"[1~", UI_KEY_HOME},    {"[7~", UI_KEY_HOME},
    {"[F", UI_KEY_END},     {"OF", UI_KEY_END},      {"[4~", UI_KEY_END},
    {"[8~", UI_KEY_END},    {"[5~", UI_KEY_PAGE_UP}, {"[6~", UI_KEY_PAGE_DOWN},
    {"[3~", UI_KEY_DELETE}, {"OM", UI_KEY_ENTER},    {"[Z", UI_KEY_ESCAPE},
};

/* Adds what can be read to s->bytes: 1, 0 after the time is over (-1: never), -1 with *err set, or
 * 2 where the window changed. */
static int read_more(struct ui_screen *s, int milliseconds, struct ais_error *err) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    struct timespec time = {.tv_nsec = milliseconds * 1000000L};
    int ready = ppoll(&input, 1, milliseconds < 0 ? NULL : &time, &s->waiting);
    ssize_t size;
    if (ready < 0 && errno == EINTR)
        return 2;
    if (ready <= 0)
        return ready < 0 ? ais_fail_errno(err, "the terminal", "read") : 0;
    size = read(STDIN_FILENO, s->bytes + s->byte_count, sizeof s->bytes - s->byte_count);
    if (size < 0)
        return ais_fail_errno(err, "the terminal", "read");
    if (size == 0)
        return ais_fail(err, AIS_ANSWERS, "the input ended before all was answered");
    s->byte_count += (size_t)size;
    return 1;
}

static void drop(struct ui_screen *s, size_t count) {
    s->byte_count -= count;
    memmove(s->bytes, s->bytes + count, s->byte_count);
}

/* The size of the sequence that begins with ESC, or 0 where it is not whole. */
static size_t sequence_size(const struct ui_screen *s) {
    if (s->byte_count < 2)
        return 0;
    if (s->bytes[1] == 'O')
        return s->byte_count < 3 ? 0 : 3;
    if (s->bytes[1] != '[')
        return 1; /* Escape, and another key behind it */
    for (size_t i = 2; i < s->byte_count; i++)
        if (s->bytes[i] >= 0x40 && s->bytes[i] <= 0x7e)
            return i + 1;
    return s->byte_count == sizeof s->bytes ? s->byte_count : 0;
}

static uint32_t read_escape(struct ui_screen *s, struct ais_error *err) {
    size_t size = sequence_size(s);
    uint32_t key = UI_KEY_UNKNOWN;
    while (!size) {
        if (read_more(s, LATER_MS, err) != 1) {
            size = 1;
            break;
        }
        size = sequence_size(s);
    }
    if (size == 1)
        key = UI_KEY_ESCAPE;
    for (size_t i = 0; size > 1 && i < sizeof sequences / sizeof *sequences; i++)
        if (strlen(sequences[i].bytes) == size - 1 &&
            memcmp(sequences[i].bytes, s->bytes + 1, size - 1) == 0)
            key = sequences[i].key;
    drop(s, size);
    return key;
}

static uint32_t read_character(struct ui_screen *s, struct ais_error *err) {
    ucs4_t c = 0;
    int size = u8_mbtoucr(&c, s->bytes, s->byte_count);
    while (size == -2 && s->byte_count < 4 && read_more(s, LATER_MS, err) == 1)
        size = u8_mbtoucr(&c, s->bytes, s->byte_count);
    drop(s, size > 0 ? (size_t)size : 1);
    if (size <= 0)
        return UI_KEY_UNKNOWN;
    return c == '\r' || c == '\n' ? UI_KEY_ENTER : c == 0x7f || c == 8 ? UI_KEY_BACKSPACE : c;
}

int ui_screen_key(struct ui_screen *s, uint32_t *key, struct ais_error *err) {
    while (!s->byte_count) {
        int more = read_more(s, -1, err);
        if (more < 0)
            return -1;
        if (more == 2) {
            *key = UI_KEY_RESIZE;
            return 0;
        }
    }
    *key = s->bytes[0] == ESCAPE ? read_escape(s, err) : read_character(s, err);
    return err->status == AIS_OK ? 0 : -1;
}
