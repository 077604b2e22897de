#include "base/mem.h"
#include "base/path.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *fault(const char *path) {
    return ais_path_fault(path, strlen(path));
}

static void test_good_names(void) {
    static const char *const good[] = {"a",
                                       "a/b/c",
                                       ".gitignore",
                                       ".gitattributes",
                                       ".github/workflows/ci.yml",
                                       "git",
                                       ".gi",
                                       ".gitx",
                                       "a.git",
                                       "git~10",
                                       "...a",
                                       "..a",
                                       "a..b",
                                       "con1",
                                       "xcon",
                                       "com",
                                       "com10",
                                       "coma",
                                       "lpt",
                                       "console",
                                       "aux-file",
                                       "nulls",
                                       "é",
                                       "日本/語",
                                       "a b",
                                       "~",
                                       "-",
                                       "$x",
                                       "%41",
                                       ".git\xe2\x82\xac",
                                       "{{ x }}"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        CHECK_STR(fault(good[i]), NULL);
}

static void test_git_spellings(void) {
    static const char *const bad[] = {".git",
                                      ".GIT",
                                      ".Git/x",
                                      "a/.git",
                                      "a/.gIt/b",
                                      ".git.",
                                      ".git ",
                                      ".git . .",
                                      ".git::$DATA",
                                      ".git:x",
                                      "git~1",
                                      "GIT~1/x",
                                      "a/git~1.",
                                      ".g\xe2\x80\x8cit",
                                      "\xef\xbb\xbf.git",
                                      ".git\xe2\x80\x8f",
                                      ".\xe2\x81\xaagit\xe2\x80\xae"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_STR(fault(bad[i]), "holds a name that stands for git's own folder");
}

static void test_devices(void) {
    static const char *const bad[] = {"con",     "CON",    "con.txt",   "nul.tar.gz",
                                      "a/aux/b", "Prn",    "com0",      "COM9",
                                      "lpt1.x",  "conin$", "CONOUT$.x", "aux .c"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_STR(fault(bad[i]), "holds a name that other systems keep for a device");
}

static void test_other_faults(void) {
    char name[300] = "", path[1100] = "";
    memset(name, 'x', 256);
    CHECK_STR(fault(name), "holds a name of more than 255 bytes");
    CHECK_STR(fault(name + 1), NULL);
    memset(path, 'y', 1025);
    for (size_t i = 100; i < 1025; i += 101)
        path[i] = '/';
    CHECK_STR(fault(path), "has more than 1024 bytes");
    path[1024] = '\0';
    CHECK_STR(fault(path), NULL);
    CHECK_STR(fault(""), "is empty");
    CHECK_STR(fault("/"), "is absolute");
    CHECK_STR(fault("a//b"), "holds an empty name");
    CHECK_STR(fault("a/"), "holds an empty name");
    CHECK_STR(fault("."), "holds the name \".\"");
    CHECK_STR(fault("a/./b"), "holds the name \".\"");
    CHECK_STR(fault(".."), "holds the name \"..\"");
    CHECK_STR(fault("a/../b"), "holds the name \"..\"");
    CHECK_STR(fault("a\tb"), "holds a control character");
    CHECK_STR(fault("a\x7f"), "holds a control character");
    CHECK_STR(ais_path_fault("a\0b", 3), "holds a control character");
    CHECK_STR(fault("a\xff"), "is not UTF-8");
    CHECK_STR(fault("\xc0\xae\xc0\xae/a"), "is not UTF-8");
    for (const char *c = "\\:*?\"<>|"; *c; c++) {
        char text[4] = {'a', *c, 'b', '\0'};
        CHECK_STR(fault(text),
                  "holds one of \\ : * ? \" < > |, which other systems can't have in a name");
    }
    CHECK_STR(fault("a."), "holds a name that ends in a space or a dot, which other systems drop");
    CHECK_STR(fault("a /b"),
              "holds a name that ends in a space or a dot, which other systems drop");
    CHECK_STR(fault("..."), "holds a name that ends in a space or a dot, which other systems drop");
}

static bool there(const char *path) {
    struct stat st;
    return lstat(path, &st) == 0;
}

static int open_beneath(int root, const char *path, bool make) {
    struct ais_error err = {0};
    int fd = ais_open_beneath(root, path, strlen(path), make, "root", &err);
    CHECK((fd < 0) == (err.status == AIS_FAILED));
    if (fd >= 0)
        close(fd);
    return fd;
}

/* The sentinel lies outside of root, and must stay as it is. */
static void test_beneath(void) {
    struct ais_error err = {0};
    char text[700];
    int root;
    CHECK(mkdir("root", 0755) == 0 && mkdir("outside", 0755) == 0);
    CHECK(symlink("../outside", "root/out") == 0 && symlink("..", "root/up") == 0 &&
          symlink("nowhere", "root/dangling") == 0);
    root = open("root", O_RDONLY | O_DIRECTORY);
    CHECK(open_beneath(root, "", false) >= 0);
    CHECK(open_beneath(root, "a/b/c", false) < 0);
    CHECK(open_beneath(root, "a/b/c", true) >= 0 && there("root/a/b/c"));
    CHECK(open_beneath(root, "a/b/c", true) >= 0);
    CHECK(open_beneath(root, "out/x", true) < 0 && !there("outside/x"));
    CHECK(open_beneath(root, "up/outside/x", true) < 0 && !there("outside/x"));
    CHECK(open_beneath(root, "dangling", true) < 0 && !there("root/nowhere"));
    CHECK(open_beneath(root, "../outside/x", true) < 0 && !there("outside/x"));
    CHECK(open_beneath(root, "a/../../outside/x", true) < 0 && !there("outside/x"));
    CHECK(open_beneath(root, "a//b", true) < 0);
    CHECK(open_beneath(root, "./a", true) < 0);
    CHECK(open_beneath(root, "/a", true) < 0);
    CHECK(open_beneath(root, "out", false) < 0);
    CHECK(ais_open_beneath(root, "out/x", 5, true, "root", &err) < 0);
    CHECK_STR(ais_error_text(&err, text, sizeof text),
              "root/out/x: cannot make the folder: Not a directory");
    close(root);
    errno = 0;
    CHECK(open_beneath(-1, "a", true) < 0);
}

static int open_file(int root, const char *path, const char *want) {
    struct ais_error err = {0};
    char text[700];
    int fd = ais_open_file_beneath(root, path, "root", &err);
    CHECK_STR(fd < 0 ? ais_error_text(&err, text, sizeof text) : NULL, want);
    if (fd >= 0)
        close(fd);
    return fd;
}

static void test_file_beneath(void) {
    int root = open("root", O_RDONLY | O_DIRECTORY);
    close(open("root/a/file", O_WRONLY | O_CREAT, 0644));
    close(open("outside/secret", O_WRONLY | O_CREAT, 0644));
    CHECK(symlink("../outside/secret", "root/link") == 0 && mkfifo("root/pipe", 0644) == 0);
    CHECK(open_file(root, "a/file", NULL) >= 0);
    open_file(root, "a", "root: \"a\" is no regular file");
    open_file(root, "pipe", "root: \"pipe\" is no regular file");
    open_file(root, "link", "root: \"link\" is a symbolic link, which is not followed");
    open_file(root, "out/secret", "root/out: cannot open: Not a directory");
    open_file(root, "nothing", "root/nothing: cannot open: No such file or directory");
    open_file(root, "b/nothing", "root/b: cannot open: No such file or directory");
    close(root);
}

static void check_join(const char *dir, const char *name, const char *want) {
    char *path = ais_path_join(dir, name);
    CHECK_STR(path, want);
    ais_free(path);
}

int main(void) {
    test_good_names();
    test_git_spellings();
    test_devices();
    test_other_faults();
    test_beneath();
    test_file_beneath();
    check_join("a", "b", "a/b");
    check_join("a///", "b", "a/b");
    check_join("", "b", "b");
    check_join("/", "b", "/b");
    check_join("a", "", "a");
    return REPORT();
}
