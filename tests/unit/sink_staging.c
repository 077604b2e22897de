#include "base/mem.h"
#include "sink/sink.h"
#include "sink/staging.h"
#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct ais_file file = {.path = "d/a", .data = "text", .size = 4, .executable = true};

static size_t count_names(const char *folder) {
    DIR *dir = opendir(folder);
    size_t count = 0;
    while (dir && readdir(dir))
        count++;
    closedir(dir);
    return count - 2;
}

static bool there(const char *path) {
    struct stat st;
    return lstat(path, &st) == 0;
}

static struct ais_sink *fill(const char *target, bool archive) {
    const struct ais_sink_options options = {0};
    struct ais_error err = {0};
    struct ais_sink *sink = archive ? ais_sink_archive(target, AIS_TAR, "top", 0, &options, &err)
                                    : ais_sink_folder(target, &options, &err);
    CHECK(sink != NULL && ais_sink_fill(sink, &file, 1, &err) == 0);
    return sink;
}

/* Nothing stands under the final name before it is published, and nothing at all if it never is. */
static void test_abort(void) {
    struct ais_sink *sink = fill("out", false);
    CHECK(!there("out") && count_names(".") == 1);
    ais_sink_free(sink);
    CHECK(count_names(".") == 0);
    sink = fill("out.tar", true);
    CHECK(!there("out.tar") && count_names(".") == 1);
    ais_sink_free(sink);
    CHECK(count_names(".") == 0);
    ais_sink_free(NULL);
}

/* If the last one can't be published, those before it are taken back. */
static void test_all_or_none(void) {
    struct ais_sink *sinks[] = {fill("out.tar", true), NULL, fill("out", false)};
    struct ais_error err = {0};
    CHECK(mkdir("out", 0755) == 0 && mkdir("out/mine", 0755) == 0);
    CHECK(ais_sinks_publish(sinks, 3, &err) == -1);
    CHECK_STR(err.path, "out");
    CHECK_STR(err.message, "exists already, and nothing is replaced (choose another name)");
    CHECK(!there("out.tar") && there("out/mine"));
    CHECK(rmdir("out/mine") == 0);
    ais_sink_free(sinks[0]);
    ais_sink_free(sinks[2]);
    CHECK(rmdir("out") == 0 && count_names(".") == 0);
}

static void test_publish(void) {
    struct ais_sink *sinks[] = {fill("out.tar", true), fill("out", false)};
    struct ais_error err = {0};
    struct stat st;
    CHECK(mkdir("out", 0755) == 0); /* an empty one is replaced */
    CHECK(ais_sinks_publish(sinks, 2, &err) == 0);
    ais_sink_free(sinks[0]);
    ais_sink_free(sinks[1]);
    CHECK(stat("out/d/a", &st) == 0 && st.st_size == 4 && (st.st_mode & 0111));
    CHECK(stat("out.tar", &st) == 0 && st.st_size > 0 && count_names(".") == 2);
}

/* A temporary that is locked belongs to another run; one whose lock is free was abandoned. */
static void test_abandoned(void) {
    struct ais_staging mine, other;
    struct ais_error err = {0};
    CHECK(mkdir("here", 0755) == 0 && mkdir("here/.aiscaffold-0123456789abcdef.tmp", 0755) == 0);
    CHECK(ais_staging_open(&mine, "here/a", true, &err) == 0);
    CHECK(count_names("here") == 1);
    CHECK(ais_staging_open(&other, "here/b", false, &err) == 0);
    CHECK(count_names("here") == 2);
    ais_staging_close(&mine);
    ais_staging_close(&other);
    CHECK(count_names("here") == 0);
}

static void test_interrupted(void) {
    volatile sig_atomic_t stop = 2;
    const struct ais_sink_options options = {.stop = &stop};
    struct ais_error err = {0};
    struct ais_sink *sink = ais_sink_folder("here/x", &options, &err);
    CHECK(sink != NULL && ais_sink_fill(sink, &file, 1, &err) == -1);
    CHECK_STR(err.message, "interrupted");
    ais_sink_free(sink);
    CHECK(count_names("here") == 0);
}

/* The folder of a sink is swapped for a link while it is written: nothing is written outside. */
static void test_swapped(void) {
    const struct ais_sink_options options = {0};
    const struct ais_file second = {.path = "d/e/b", .data = "x", .size = 1};
    struct ais_error err = {0};
    struct ais_sink *sink;
    char name[300] = "";
    DIR *dir;
    CHECK(mkdir("outside", 0755) == 0);
    sink = ais_sink_folder("here/x", &options, &err);
    CHECK(sink != NULL && ais_sink_add(sink, &file, &err) == 0);
    dir = opendir("here");
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (strlen(entry->d_name) > 2)
            snprintf(name, sizeof name, "here/%.250s/d", entry->d_name);
    closedir(dir);
    CHECK(rename(name, "moved") == 0 && symlink("../../outside", name) == 0);
    CHECK(ais_sink_add(sink, &second, &err) == -1);
    CHECK(count_names("outside") == 0);
    ais_sink_free(sink);
}

int main(void) {
    test_abort();
    test_all_or_none();
    test_publish();
    test_abandoned();
    test_interrupted();
    test_swapped();
    return REPORT();
}
