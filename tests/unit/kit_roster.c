/* Rosters as systems export them: tests/rosters/NAME.csv is read, and what comes out is compared
 * with NAME.expected. With a NAME as argument the program prints what comes out. */
#include "base/buf.h"
#include "base/io.h"
#include "base/mem.h"
#include "kit/roster.h"
#include "unit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char manifest[] =
    "{\"name\": \"t\", \"version\": \"1.0.0\", \"released\": \"2026-12-01T00:00:00Z\","
    "\"summary\": \"s\", \"variables\": {"
    "\"author\": {\"type\": \"string\", \"max\": 40, \"default\": \"\"},"
    "\"topic\": {\"type\": \"choice\", \"choices\": [\"returns\", \"billing\"], \"default\": "
    "\"returns\"},"
    "\"rows\": {\"type\": \"integer\", \"min\": 1, \"default\": 1},"
    "\"tags\": {\"type\": \"list\", \"default\": []},"
    "\"email\": {\"type\": \"string\", \"default\": \"\"},"
    "\"token\": {\"type\": \"string\", \"secret\": true, \"default\": \"\"},"
    "\"slug\": {\"computed\": \"{{ topic }}\"}}}";

/* A roster and the options that it is read with. */
static const struct {
    const char *name, *id_column, *group_column, *maps[5];
} cases[] = {
    {.name = "plain"},
    {.name = "scripts"},
    {.name = "teams", .group_column = "Team"},
};

static struct ais_template *load(void) {
    const struct ais_catalogue catalogue = {NULL, 0};
    struct ais_error err = {0};
    struct ais_template *t;
    int fd;
    CHECK(mkdir("t", 0755) == 0 || access("t", F_OK) == 0);
    fd = open("t/template.json", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    CHECK(fd >= 0 && write(fd, manifest, sizeof manifest - 1) == (ssize_t)sizeof manifest - 1);
    close(fd);
    t = ais_template_load(&catalogue, "./t", &err);
    CHECK_STR(err.message, "");
    return t;
}

/* The folder tests/rosters, above the program. */
static int open_rosters(void) {
    char path[4096], *slash;
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 32);
    if (size < 0)
        return -1;
    path[size] = '\0';
    while ((slash = strrchr(path, '/')) != NULL) {
        int fd;
        memcpy(slash, "/tests/rosters", sizeof "/tests/rosters");
        fd = open(path, O_RDONLY | O_DIRECTORY);
        if (fd >= 0)
            return fd;
        *slash = '\0';
    }
    return -1;
}

/* NAME + suffix in tests/rosters; "" where there is none. */
static void read_file(const char *name, const char *suffix, struct ais_buf *out) {
    char path[256], chunk[4096];
    int folder = open_rosters(), fd;
    ssize_t size;
    snprintf(path, sizeof path, "%s%s", name, suffix);
    fd = openat(folder, path, O_RDONLY);
    CHECK(fd >= 0);
    while (fd >= 0 && (size = read(fd, chunk, sizeof chunk)) > 0)
        ais_buf_add(out, chunk, (size_t)size);
    close(fd);
    close(folder);
}

static void show_student(const struct ais_student *s, struct ais_buf *out) {
    char *values = json_dumps(s->values, JSON_SORT_KEYS | JSON_ENSURE_ASCII);
    ais_buf_printf(out, "%u: id \"%s\", name \"%s\", group \"%s\", file \"%s\"", s->line, s->id,
                   s->name, s->group, s->file);
    if (s->participant)
        ais_buf_printf(out, ", participant %s", s->participant);
    ais_buf_printf(out, ", values %s\n", values);
    ais_free(values);
}

/* Reads text[size] and writes all that comes of it. */
static void show(const struct ais_roster_options *options, const char *text, size_t size,
                 struct ais_buf *out) {
    struct ais_roster roster;
    struct ais_findings problems = {0};
    struct ais_error err = {0};
    char line[2048];
    CHECK(ais_roster_read(&roster, text, size, options, &problems, &err) == 0);
    for (size_t i = 0; i < problems.count; i++) {
        CHECK(problems.list[i].status == AIS_ANSWERS);
        ais_buf_printf(out, "%s\n", ais_error_text(&problems.list[i], line, sizeof line));
    }
    for (size_t i = 0; i < roster.mapping_count; i++)
        ais_buf_printf(out, "%s\n", roster.mapping[i]);
    for (size_t i = 0; i < roster.count; i++)
        show_student(&roster.students[i], out);
    CHECK(!problems.count || !roster.count);
    ais_findings_release(&problems);
    ais_roster_release(&roster);
}

static void show_case(const struct ais_template *t, size_t i, struct ais_buf *out) {
    struct ais_roster_options options = {.path = "roster.csv",
                                         .id_column = cases[i].id_column,
                                         .group_column = cases[i].group_column,
                                         .maps = cases[i].maps,
                                         .t = t};
    struct ais_buf data = AIS_BUF(1 << 20);
    while (cases[i].maps[options.map_count])
        options.map_count++;
    read_file(cases[i].name, ".csv", &data);
    show(&options, ais_buf_text(&data), data.size, out);
    ais_buf_release(&data);
}

int main(int argc, char **argv) {
    struct ais_template *t;
    json_set_alloc_funcs(ais_malloc, ais_free);
    t = load();
    for (size_t i = 0; t && i < sizeof cases / sizeof *cases; i++) {
        struct ais_buf got = AIS_BUF(1 << 20), want = AIS_BUF(1 << 20);
        if (argc == 1 || strcmp(argv[1], cases[i].name) == 0)
            show_case(t, i, &got);
        if (argc == 1) {
            read_file(cases[i].name, ".expected", &want);
            CHECK_STR(ais_buf_text(&got), ais_buf_text(&want));
        } else {
            fputs(ais_buf_text(&got), stdout);
        }
        ais_buf_release(&got);
        ais_buf_release(&want);
    }
    ais_template_free(t);
    return argc == 1 ? REPORT() : 0;
}
