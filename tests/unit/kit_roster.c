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
    {.name = "canvas", .maps = {"author=Student"}},
    {.name = "canvas_names", .id_column = "ID"},
    {.name = "moodle", .group_column = "Group"},
    {.name = "moodle_de", .id_column = "ID-Nummer", .maps = {"email=E-Mail-Adresse"}},
    {.name = "moodle_anonymous"},
    {.name = "github_classroom", .maps = {"author=github_username"}},
    {.name = "classroom50"},
    {.name = "nbgrader"},
    {.name = "gradescope"},
    {.name = "gradescope_email"},
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

/* Reads text[size] and writes what is wrong with it, or else all that comes of it. */
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
    for (size_t i = 0; i < roster.mapping_count && !problems.count; i++)
        ais_buf_printf(out, "%s\n", roster.mapping[i]);
    for (size_t i = 0; i < roster.count; i++)
        show_student(&roster.students[i], out);
    CHECK(!problems.count == !!roster.count);
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

/* Rosters that are refused, the options that they are read with, and all that is said. */
static const struct {
    const char *text, *id_column, *group_column, *maps[7], *want;
} wrong[] = {
    {.text = "", .want = "r.csv: the roster is empty\n"},
    {.text = "\r\n\n", .want = "r.csv: the roster is empty\n"},
    {.text = "id,name\n,\n  ,\t\n", .want = "r.csv: the roster has no students\n"},
    {.text = "id\ns1\ns2\ns1\n\ns1\n",
     .want = "r.csv:4:1: the id \"s1\" is also on line 2\n"
             "r.csv:6:1: the id \"s1\" is also on line 2\n"},
    {.text = "name,id\n\"a\nb\",e\xcc\x81\nc,\xc3\xa9\n",
     .want = "r.csv:4:3: the id \"\xc3\xa9\" is also on line 3\n"},
    {.text = "name,id,topic\na, ,x\nb,s\xe2\x80\x8b"
             "1\nc,s2,returns,d\ne,s3,retuns\n",
     .want = "r.csv:2:3: the row has no id: column \"id\" is empty (--id-column names another)\n"
             "r.csv:2:5: \"topic\" must be one of returns, billing\n"
             "r.csv:3:6: the row has 2 fields, and the header 3 (a field with a comma in it needs "
             "quotes)\n"
             "r.csv:4:14: the row has 4 fields, and the header 3 (a field with a comma in it needs "
             "quotes)\n"
             "r.csv:5:6: \"topic\" must be one of returns, billing (did you mean \"returns\"?)\n"},
    {.text = "id\ns\xe2\x80\x8b"
             "1\n\"a\tb\"\n",
     .want = "r.csv:2:1: the id holds an invisible character (U+200B)\n"
             "r.csv:3:1: the id holds an invisible character (U+0009)\n"},
    {.text = "id;rows\ns1;0\ns2;two\ns3;1;2\n",
     .want =
         "r.csv:2:4: \"rows\" must be at least 1\n"
         "r.csv:3:4: \"rows\" must be a whole number\n"
         "r.csv:4:6: the row has 3 fields, and the header 2 (a field with a semicolon in it needs "
         "quotes)\n"},
    {.text = "id\tn\ns1\n",
     .want = "r.csv:2:3: the row has 1 field, and the header 2 (a field with a tab in it "
             "needs quotes)\n"},
    {.text = "id\n\"s1\ns2\n", .want = "r.csv:2:1: this quote is never closed\n"},
    {.text = "id\ns1\ns1\nx\"y\n",
     .want = "r.csv:3:1: the id \"s1\" is also on line 2\n"
             "r.csv:4:2: a quote in a field without quotes (quote the field, and double the "
             "quote)\n"},
    {.text = "Name,Mail\na,b\n",
     .want = "r.csv:1:1: no column is known to hold the students' ids (say which with "
             "--id-column)\n"},
    {.text = "name,id,username\na,b,c\n",
     .want = "r.csv:1:9: \"id\" and \"username\" may both hold the students' ids (say which with "
             "--id-column)\n"},
    {.text = "id,ID,topic,topic\na,b,,\n",
     .want = "r.csv:1:4: a second column \"ID\" (rename one, or say --id-column, --group-column or "
             "--map)\n"
             "r.csv:1:13: a second column \"topic\" (rename one, or say --id-column, "
             "--group-column or --map)\n"},
    {.text = "usr,usr,b\na,b,c\n",
     .id_column = "usr",
     .group_column = "c",
     .maps = {"topic=B", "topik=b", "token=b", "slug=b", "b", "topic=b", "author=d"},
     .want = "--group-column: the roster has no column \"c\" (did you mean \"b\"?)\n"
             "--id-column: the roster has two columns \"usr\" (rename one)\n"
             "--map: \"b\" is not VARIABLE=COLUMN\n"
             "--map: \"slug\" is computed and can't be set\n"
             "--map: \"token\" is secret: no roster may give it\n"
             "--map: \"topic\" is mapped twice\n"
             "--map: the roster has no column \"d\" (did you mean \"b\"?)\n"
             "--map: the template asks for no \"topik\" (did you mean \"topic\"?)\n"
             "r.csv:2:5: \"topic\" must be one of returns, billing\n"},
    {.text = "id,column\na,b\n",
     .maps = {"author=colum"},
     .want = "--map: the roster has no column \"colum\" (did you mean \"column\"?)\n"},
    {.text = "id,team,topic\na,x,returns\nb,x,billing\nc,,\n",
     .group_column = "team",
     .want = "r.csv:3:1: the row gives its group \"x\" another \"topic\" than rows before\n"
             "r.csv:4:3: the row has no group: column \"team\" is empty (--group-column names "
             "another)\n"},
    {.text = "Identifier,Grade,Last modified (grade)\nParticipant 1,,\nParticipant,,\n",
     .want = "r.csv:3:1: no participant's number ends \"Participant\"\n"},
};

static void test_wrong(const struct ais_template *t) {
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct ais_roster_options options = {.path = "r.csv",
                                             .id_column = wrong[i].id_column,
                                             .group_column = wrong[i].group_column,
                                             .maps = wrong[i].maps,
                                             .t = t};
        struct ais_buf got = AIS_BUF(1 << 20);
        while (options.map_count < 7 && wrong[i].maps[options.map_count])
            options.map_count++;
        show(&options, wrong[i].text, strlen(wrong[i].text), &got);
        CHECK_STR(ais_buf_text(&got), wrong[i].want);
        ais_buf_release(&got);
    }
}

/* What is too long, and more problems than are listed. */
static void test_bounds(const struct ais_template *t) {
    const struct ais_roster_options options = {.path = "r.csv", .t = t};
    struct ais_buf text = AIS_BUF(1 << 20), got = AIS_BUF(1 << 20);
    const char *last;
    ais_buf_str(&text, "id,name\n");
    ais_buf_printf(&text, "%0201d,a\nb,%0501d\n", 0, 0);
    show(&options, text.data, text.size, &got);
    CHECK_STR(ais_buf_text(&got), "r.csv:2:1: the id is longer than 200 bytes\n"
                                  "r.csv:3:3: the name is longer than 500 bytes\n");
    ais_buf_truncate(&got, 0);
    ais_buf_truncate(&text, 0);
    ais_buf_printf(&text, "Identifier,Grade,Last modified (grade)\nParticipant %0201d,,\n", 0);
    show(&options, text.data, text.size, &got);
    CHECK_STR(ais_buf_text(&got), "r.csv:2:1: the id is longer than 200 bytes\n");
    ais_buf_truncate(&got, 0);
    ais_buf_truncate(&text, 0);
    ais_buf_str(&text, "id,name\n");
    for (size_t i = 0; i < AIS_ROSTER_PROBLEMS_MAX + 7; i++)
        ais_buf_str(&text, ",a\n");
    show(&options, text.data, text.size, &got);
    last = strstr(ais_buf_text(&got), "r.csv: ");
    CHECK_STR(last, "r.csv: 7 more problems are not listed\n");
    ais_buf_release(&text);
    ais_buf_release(&got);
}

static unsigned long allowed;

static bool runs_out(void) {
    return allowed == 0 || !allowed--;
}

/* Reads a roster again and again, with one more allocation that works each time. */
static void read_until_it_works(const struct ais_roster_options *options, size_t students) {
    static const char text[] = "id,name,team,topic,tags\ns1,a,x,,\"[\"\"b\"\"]\"\ns2,b,y,returns,\n"
                               "s3,c,x,billing,\nS3,\xc3\xa9,Y,,\n";
    unsigned long least = 0;
    int rc = -1;
    for (; rc < 0 && least < 10000; least++) {
        struct ais_findings problems = {0};
        struct ais_roster roster;
        struct ais_error err = {0};
        allowed = least;
        ais_mem_set_fault(runs_out);
        rc = ais_roster_read(&roster, text, sizeof text - 1, options, &problems, &err);
        ais_mem_set_fault(NULL);
        if (rc < 0)
            CHECK_STR(err.message, "out of memory");
        else
            CHECK(roster.count == students && problems.count == !students);
        ais_findings_release(&problems);
        ais_roster_release(&roster);
    }
    CHECK(rc == 0 && least > 50);
}

static void test_no_memory(const struct ais_template *t) {
    const char *const maps[] = {"author=name"};
    struct ais_roster_options options = {.path = "r.csv", .maps = maps, .map_count = 1, .t = t};
    read_until_it_works(&options, 4);
    options.group_column = "team";
    read_until_it_works(&options, 0); /* the group has two authors */
    options.map_count = 0;
    read_until_it_works(&options, 3);
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
    if (t && argc == 1) {
        test_wrong(t);
        test_bounds(t);
        test_no_memory(t);
    }
    ais_template_free(t);
    return argc == 1 ? REPORT() : 0;
}
