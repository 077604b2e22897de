#include "base/mem.h"
#include "template/catalogue.h"
#include "template/manifest.h"
#include "template/template.h"
#include "unit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void write_file(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
}

static void test_source(void) {
    struct ais_error err = {0};
    struct ais_source *source;
    size_t count = 0;
    CHECK(mkdir("s", 0755) == 0 && mkdir("s/files", 0755) == 0 && mkdir("s/files/a", 0755) == 0);
    write_file("s/files/a/2", "two");
    write_file("s/files/a/1", "");
    write_file("s/files/a.txt", "a");
    CHECK(chmod("s/files/a/2", 0755) == 0);
    source = ais_source_folder("s", &err);
    if (!CHECK(source != NULL))
        return;
    CHECK(source->count == 3);
    CHECK_STR(source->files[0].path, "files/a.txt");
    CHECK(ais_source_find(source, "files/a/2") == &source->files[2]);
    CHECK(source->files[2].executable && !source->files[1].executable);
    CHECK(source->files[2].size == 3 && memcmp(source->files[2].data, "two", 3) == 0);
    CHECK(ais_source_find(source, "files/a") == NULL && ais_source_find(source, "z") == NULL);
    CHECK(ais_source_below(source, "files/a/", &count) == &source->files[1] && count == 2);
    ais_source_below(source, "files/b", &count);
    CHECK(count == 0);
    CHECK_STR(ais_source_shown(source, "x"), "s/x");
    ais_source_free(source);
    CHECK(ais_source_folder("none", &err) == NULL && err.status == AIS_FAILED);
    ais_source_free(NULL);
}

/* A catalogue never gives such a source; who makes one by hand is told. */
static void test_no_manifest(void) {
    const struct ais_jinja_options options = {.blame = AIS_TEMPLATE};
    struct ais_error err = {0};
    struct ais_jinja *env = ais_jinja_new(&options, &err);
    struct ais_source *source = ais_source_folder("s", &err);
    struct ais_manifest manifest;
    CHECK(ais_manifest_read(&manifest, source, env, &err) == -1);
    CHECK_STR(err.path, "s");
    CHECK_STR(err.message, "no template.json is in this folder");
    ais_manifest_release(&manifest);
    ais_jinja_free(env);
    ais_source_free(source);
}

/* Loads a template again and again, with one more allocation that works each time. */
static unsigned long allowed;

static bool runs_out(void) {
    return allowed == 0 || !allowed--;
}

static void test_no_memory(void) {
    const struct ais_catalogue catalogue = {NULL, 0};
    struct ais_template *t = NULL;
    unsigned long least = 0;
    write_file(
        "s/template.json",
        "{\"name\": \"s\", \"version\": \"1.0.0\", \"released\": \"2026-12-01T00:00:00Z\","
        "\"summary\": \"s\", \"variables\": {\"v\": {\"type\": \"string\", \"pattern\": \"a\","
        "\"default\": \"{{ 1 }}a\", \"when\": \"true\"}, \"c\": {\"computed\": \"{{ v }}\"}},"
        "\"tree\": [{\"from\": \"a/\", \"to\": \"{{ v }}/\", \"each\": \"x in [1]\"}],"
        "\"provides\": {\"l\": [\"a\"], \"f\": \"a.txt\"}}");
    for (; !t && least < 100000; least++) {
        struct ais_error err = {0};
        allowed = least;
        ais_mem_set_fault(runs_out);
        t = ais_template_load(&catalogue, "./s", &err);
        ais_mem_set_fault(NULL);
        if (!t && (err.status != AIS_FAILED || strcmp(err.message, "out of memory") != 0)) {
            CHECK_STR(err.message, "out of memory");
            break;
        }
    }
    CHECK(t != NULL && least > 50);
    ais_template_free(t);
}

int main(void) {
    json_set_alloc_funcs(ais_malloc, ais_free);
    test_source();
    test_no_manifest();
    test_no_memory();
    return REPORT();
}
