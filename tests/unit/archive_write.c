/* Archives: the same bytes under any locale, time zone and umask, read back by other programs. */
#include "archive/archive.h"
#include "base/buf.h"
#include "base/mem.h"
#include "shell.h"
#include "unit.h"

#include <locale.h>
#include <time.h>
#include <unistd.h>

enum { FORMATS = 5, BIG = 300000, PATH_BYTES = 1000 };

static const enum ais_format formats[FORMATS] = {AIS_TAR, AIS_TAR_GZ, AIS_TAR_ZST, AIS_TAR_XZ,
                                                 AIS_ZIP};
static const int64_t when = 1764547201; /* an odd second, which zip's older field can't tell */

static char output[1 << 16], data[BIG];
static char lengthy[PATH_BYTES + 1], just_fits[101], too_long[102];

/* Sorted by path, as an archive's members come. */
static struct ais_file files[] = {
    {.path = "p/.gitignore", .data = "*.log\n", .size = 6},
    {.path = "p/a-b", .data = "1", .size = 1},
    {.path = "p/a/b/c.txt", .data = "22", .size = 2},
    {.path = "p/a/b/run.sh", .data = "#!/bin/sh\n", .size = 10, .executable = true},
    {.path = "p/a/d", .data = data, .size = BIG},
    {.path = "p/a0", .data = NULL, .size = 0},
    {.path = just_fits, .data = "100", .size = 3},
    {.path = too_long, .data = "101", .size = 3},
    {.path = lengthy, .data = "long", .size = 4},
    {.path = "p/\xc3\xa9t\xc3\xa9/na\xc3\xafve.py", .data = "accents", .size = 7},
    {.path = "p/\xe6\x97\xa5\xe6\x9c\xac/\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7",
     .data = "scripts",
     .size = 7},
    {.path = "p/\xf0\x9f\x8d\x8e", .data = "apple", .size = 5},
};
enum { FILES = sizeof files / sizeof *files };

static void name_files(void) {
    unsigned noise = 1;
    memset(just_fits, 'l', 100);
    memset(too_long, 'l', 101);
    memset(lengthy, 'm', PATH_BYTES);
    memcpy(just_fits, "p/", 2);
    memcpy(too_long, "p/", 2);
    memcpy(lengthy, "p/", 2);
    for (size_t i = 200; i < PATH_BYTES; i += 200)
        lengthy[i] = '/';
    for (size_t i = 0; i < BIG; i++, noise = noise * 1103515245u + 12345)
        data[i] = (char)(noise >> 16);
}

/* A destination that has room for `limit` bytes. */
static int take(void *payload, const void *bytes, size_t size, struct ais_error *err) {
    struct ais_buf *buf = payload;
    ais_buf_add(buf, bytes, size);
    return ais_buf_check(buf, AIS_FAILED, "the disk", err);
}

static int make(enum ais_format format, struct ais_buf *out, struct ais_error *err) {
    struct ais_archive *archive = ais_archive_new(format, when, take, out, err);
    int rc = archive ? 0 : -1;
    for (size_t i = 0; rc == 0 && i < FILES; i++)
        rc = ais_archive_add(archive, files[i].path, files[i].data, files[i].size,
                             files[i].executable, err);
    if (rc == 0)
        rc = ais_archive_finish(archive, err);
    ais_archive_free(archive);
    return rc;
}

static void check_same(const struct ais_buf *first, enum ais_format format) {
    struct ais_buf again = AIS_BUF(1 << 24);
    struct ais_error err = {0};
    CHECK(make(format, &again, &err) == 0);
    CHECK_STR(err.message, "");
    CHECK(again.size == first->size && memcmp(again.data, first->data, first->size) == 0);
    ais_buf_release(&again);
}

/* Zip holds local times, so it is only asked for under one time zone. */
static void check_anywhere(const struct ais_buf *first, enum ais_format format) {
    static const char *const locales[] = {"C", "C.UTF-8", "POSIX"};
    mode_t before = umask(077);
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        CHECK(setlocale(LC_ALL, locales[i]) != NULL);
        check_same(first, format);
    }
    CHECK(MB_CUR_MAX == 1); /* the caller's locale is as it was */
    if (format != AIS_ZIP) {
        setenv("TZ", "Asia/Tokyo", 1);
        tzset();
        check_same(first, format);
        setenv("TZ", "UTC0", 1);
        tzset();
    }
    setlocale(LC_ALL, "C");
    umask(before);
}

/* `reader` unpacks the archive in the folder "out"; all must be there, and nothing else. */
static void check_reader(const char *program, const char *reader) {
    if (!is_there(program))
        return;
    CHECK(shell(output, sizeof output, "rm -rf out; mkdir out; cd out; LC_ALL=C.UTF-8 %s",
                reader) == 0);
    CHECK_STR(output, "");
    CHECK(shell(output, sizeof output, "diff -r out/p want/p") == 0);
    CHECK_STR(output, "");
    CHECK(shell(output, sizeof output, "test -x out/p/a/b/run.sh -a ! -x out/p/a-b") == 0);
}

static void check_readers(enum ais_format format, const char *name) {
    static const char *const compressors[FORMATS] = {
        [AIS_TAR] = "true", [AIS_TAR_GZ] = "gzip", [AIS_TAR_ZST] = "zstd", [AIS_TAR_XZ] = "xz"};
    char reader[256];
    if (format == AIS_ZIP) {
        check_reader("unzip", "unzip -q ../it.zip");
    } else if (is_there(compressors[format])) {
        snprintf(reader, sizeof reader, "tar xpf ../%s", name);
        check_reader("tar", reader);
    }
    snprintf(reader, sizeof reader, "bsdtar xpf ../%s", name);
    check_reader("bsdtar", reader);
}

/* What python3 says of each member: kind, mode, owner, time; and that folders stand once, before
 * their files. */
static void check_with_python(enum ais_format format, const char *name) {
    static const char tar[] =
        "import tarfile, sys\n"
        "for m in tarfile.open(sys.argv[1]):\n"
        "    assert (m.uid, m.gid, m.uname, m.gname, m.mtime) == (0, 0, '', '', 1764547201), m\n"
        "    assert m.mode == (0o755 if m.isdir() or m.name.endswith('run.sh') else 0o644), m\n"
        "    print(m.name + '/' * m.isdir())\n";
    static const char zip[] =
        "import zipfile, sys\n"
        "z = zipfile.ZipFile(sys.argv[1])\n"
        "assert z.testzip() is None\n"
        "for m in z.infolist():\n"
        "    mode = m.external_attr >> 16 & 0o777\n"
        "    assert m.date_time == (2025, 12, 1, 0, 0, 0), m\n"
        "    assert mode == (0o755 if m.is_dir() or 'run.sh' in m.filename else 0o644), m\n"
        "    print(m.filename)\n";
    static const char order[] = "import sys\n"
                                "names = sys.stdin.read().splitlines()\n"
                                "assert len(set(names)) == len(names)\n"
                                "for i, n in enumerate(names):\n"
                                "    above = n.rstrip('/').rpartition('/')[0]\n"
                                "    assert not above or above + '/' in names[:i], n\n"
                                "print(len(names))\n";
    struct ais_file scripts[] = {{.path = "tar.py", .data = tar, .size = sizeof tar - 1},
                                 {.path = "zip.py", .data = zip, .size = sizeof zip - 1},
                                 {.path = "order.py", .data = order, .size = sizeof order - 1}};
    if (!is_there("python3") || format == AIS_TAR_ZST)
        return;
    CHECK(write_files(".", scripts, 3));
    CHECK(shell(output, sizeof output,
                "PYTHONIOENCODING=utf-8 python3 %s %s >names && PYTHONIOENCODING=utf-8 python3 "
                "order.py <names",
                format == AIS_ZIP ? "zip.py" : "tar.py", name) == 0);
    CHECK_STR(output, "21\n");
}

/* The header of gzip tells neither name nor time; the tar's end is not padded. */
static void check_bytes(enum ais_format format, const struct ais_buf *made) {
    if (format == AIS_TAR_GZ)
        CHECK(memcmp(made->data, "\x1f\x8b\x08\0\0\0\0\0", 8) == 0);
    if (format == AIS_TAR)
        CHECK(made->size % 512 == 0 && made->size > BIG);
}

static void test_format(enum ais_format format) {
    struct ais_buf made = AIS_BUF(1 << 24);
    struct ais_error err = {0};
    struct ais_file file;
    char name[32];
    snprintf(name, sizeof name, "it%s", ais_format_suffix(format));
    setlocale(LC_ALL, "C");
    if (!CHECK(make(format, &made, &err) == 0)) {
        printf("  %s\n", err.message);
        return;
    }
    check_anywhere(&made, format);
    file = (struct ais_file){.path = name, .data = made.data, .size = made.size};
    CHECK(write_file(".", &file));
    check_bytes(format, &made);
    check_readers(format, name);
    check_with_python(format, name);
    ais_buf_release(&made);
}

/* A destination that fails at any byte: its own error comes back, once. */
static void test_full_disk(enum ais_format format) {
    for (size_t limit = 0; limit < 3000; limit = limit * 2 + 1) {
        struct ais_buf out = AIS_BUF(limit);
        struct ais_error err = {0};
        CHECK(make(format, &out, &err) < 0);
        CHECK(strncmp(err.message, "the disk is larger than", 23) == 0);
        ais_buf_release(&out);
    }
}

/* An archive that is not finished gets no end, and a name that is no UTF-8 gets no member. */
static void test_refusals(enum ais_format format) {
    struct ais_buf out = AIS_BUF(1 << 20);
    struct ais_error err = {0};
    struct ais_archive *archive = ais_archive_new(format, when, take, &out, &err);
    if (!CHECK(archive != NULL))
        return;
    CHECK(ais_archive_add(archive, "p/\xff", "x", 1, false, &err) < 0);
    CHECK(err.status == AIS_FAILED);
    CHECK_STR(err.message, "the archive can't hold p/\xff: its name is not UTF-8");
    ais_archive_free(archive);
    CHECK(out.size < 1024);
    ais_buf_release(&out);
}

static void test_names_of_formats(void) {
    static const struct {
        const char *name;
        enum ais_format format;
    } known[] = {{"x.tar", AIS_TAR},         {"x.tar.gz", AIS_TAR_GZ}, {"a.b/x.tgz", AIS_TAR_GZ},
                 {"x.tar.zst", AIS_TAR_ZST}, {"x.tar.xz", AIS_TAR_XZ}, {"x.tar.zip", AIS_ZIP}};
    static const char *const unknown[] = {"", "x", "x.gz", ".tar", "x.tar.", "x.TAR.bz2", "tar"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        enum ais_format format = AIS_ZIP;
        struct ais_error err = {0};
        CHECK(ais_format_of(known[i].name, &format, &err) == 0 && format == known[i].format);
    }
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        enum ais_format format;
        struct ais_error err = {0};
        CHECK(ais_format_of(unknown[i], &format, &err) < 0 && err.status == AIS_USAGE);
    }
    for (size_t i = 0; i < FORMATS; i++) {
        enum ais_format format;
        struct ais_error err = {0};
        CHECK(ais_format_named(ais_format_suffix(formats[i]) + 1, &format, &err) == 0 &&
              format == formats[i]);
        CHECK(ais_format_named("rar", &format, &err) < 0);
    }
}

static unsigned calls, failing;
static bool fired;

static bool fails(void) {
    bool now = ++calls == failing;
    fired |= now;
    return now;
}

static int keep_nothing(void *payload, const void *bytes, size_t size, struct ais_error *err) {
    (void)payload;
    (void)bytes;
    (void)size;
    (void)err;
    return 0;
}

static void test_no_memory(void) {
    fired = true;
    for (failing = 1; fired; failing++) {
        struct ais_error err = {0};
        struct ais_archive *archive;
        int rc = -1;
        fired = false;
        calls = 0;
        ais_mem_set_fault(fails);
        archive = ais_archive_new(AIS_TAR_GZ, when, keep_nothing, NULL, &err);
        if (archive && ais_archive_add(archive, "a/b/c", "x", 1, false, &err) == 0)
            rc = ais_archive_finish(archive, &err);
        ais_mem_set_fault(NULL);
        ais_archive_free(archive);
        CHECK(fired == (rc < 0));
        CHECK_STR(err.message, fired ? "out of memory" : "");
    }
    CHECK(failing > 3);
}

int main(void) {
    setenv("TZ", "UTC0", 1);
    name_files();
    if (!CHECK(write_files("want", files, FILES)))
        return REPORT();
    for (size_t i = 0; i < FORMATS; i++) {
        test_format(formats[i]);
        test_full_disk(formats[i]);
        test_refusals(formats[i]);
    }
    test_names_of_formats();
    test_no_memory();
    return REPORT();
}
