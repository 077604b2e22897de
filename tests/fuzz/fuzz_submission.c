/* What is handed in, as any bytes: the first one says how they are read. A record that is taken
 * holds what it promises; a repository's objects and history, and an archive, end in a result or
 * one error. */
#include "fuzz.h"

#include "archive/reader.h"
#include "base/path.h"
#include "git/history.h"
#include "kit/known.h"
#include "kit/record.h"
#include "kit/roots.h"

#include <string.h>

static void read_record(const char *text, size_t size) {
    struct ais_record record = {0};
    struct ais_error err = {0};
    if (ais_record_parse(&record, "record", text, size, &err) == 0) {
        MUST(record.template_name && record.version && record.edition);
        MUST(!*record.kit || ais_is_digest(record.kit));
        for (size_t i = 0; i < record.file_count; i++) {
            MUST(!ais_path_fault(record.files[i].path, strlen(record.files[i].path)));
            MUST(i == 0 || strcmp(record.files[i - 1].path, record.files[i].path) < 0);
            MUST(ais_is_digest(record.files[i].sha256) && record.roles[i] <= AIS_STUDENT);
        }
        MUST(!record.has_files || ais_is_digest(record.digest));
    } else {
        MUST(err.status == AIS_FAILED && err.message[0]);
    }
    ais_record_release(&record);
}

static void read_report(const char *text, size_t size) {
    struct ais_known known = {0};
    struct ais_error err = {0};
    if (ais_known_add(&known, "report", text, size, &err) == 0) {
        for (size_t i = 0; i < known.count; i++) {
            const struct ais_known_kit *kit = ais_known_find(&known, known.kits[i].id);
            MUST(kit && strcmp(kit->id, known.kits[i].id) == 0);
        }
    } else {
        MUST(err.status == AIS_ANSWERS && err.message[0]);
    }
    ais_known_release(&known);
}

static int check_member(void *payload, const char *path, const char *data, size_t size,
                        struct ais_error *err) {
    (void)payload, (void)data, (void)err;
    MUST(!ais_path_foreign_fault(path, strlen(path)) && size <= 1 << 20);
    return 0;
}

static void read_archive(const char *data, size_t size) {
    struct ais_reader reader = {.shown = "archive", .fd = -1, .data = data, .size = size};
    struct ais_reader_limits first = {1000, 1 << 22, 1 << 20}, second = first;
    struct ais_names files = {0};
    struct ais_roots roots = {0};
    struct ais_error err = {0};
    if (ais_reader_list(&reader, &first, &files, &err) == 0) {
        MUST(ais_roots_find(&roots, &files, &err) == 0);
        for (size_t i = 0; i < files.count; i++)
            MUST(ais_roots_of(&roots, files.names[i]) < (long)roots.count);
        ais_reader_visit(&reader, &second, check_member, NULL, &err);
    } else {
        MUST(err.status == AIS_FAILED && err.message[0]);
    }
    ais_roots_release(&roots);
    ais_names_release(&files);
}

/* The parts of the input, separated by lines of "%", are a repository's files. */
static void read_repository(const char *data, size_t size) {
    static const char *const paths[] = {"HEAD",
                                        "objects/aa/00000000000000000000000000000000000000",
                                        "objects/pack/p.idx",
                                        "objects/pack/p.pack",
                                        "packed-refs",
                                        "refs/heads/main"};
    enum { PATHS = sizeof paths / sizeof *paths };
    struct ais_file files[PATHS];
    struct ais_history history = {0};
    struct ais_error err = {0};
    size_t count = 0;
    bool found;
    for (const char *end = data + size; count < PATHS; count++) {
        const char *stop = memmem(data, (size_t)(end - data), "\n%\n", 3);
        files[count] = (struct ais_file){
            .path = paths[count], .data = data, .size = (size_t)((stop ? stop : end) - data)};
        if (!stop) {
            count++;
            break;
        }
        data = stop + 3;
    }
    if (ais_history_read(&history, files, count, "repository", &found, &err) == 0) {
        for (size_t i = 0; i < history.claim_count; i++) {
            struct ais_tree tree = {0};
            ais_history_tree(&history, &history.claims[i], "x", &tree, &err);
            ais_tree_release(&tree);
        }
    } else {
        MUST(err.status == AIS_FAILED && err.message[0]);
    }
    ais_history_release(&history);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data + 1;
    if (!size)
        return 0;
    switch (data[0]) {
    case 'r':
        read_record(text, size - 1);
        break;
    case 'k':
        read_report(text, size - 1);
        break;
    case 'a':
        read_archive(text, size - 1);
        break;
    default:
        read_repository(text, size - 1);
    }
    return 0;
}
