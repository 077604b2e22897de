#include "base/io.h"
#include "base/mem.h"
#include "unit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void write_file(const char *path, const char *text) {
    struct ais_error err = {0};
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    CHECK(fd >= 0 && ais_write_all(fd, text, strlen(text), path, &err) == 0);
    CHECK(ais_close(&fd, path, &err) == 0 && fd == -1);
    CHECK(ais_close(&fd, path, &err) == 0);
}

static void test_reading(void) {
    struct ais_buf buf = AIS_BUF(5), small = AIS_BUF(4);
    struct ais_error err = {0};
    char text[64];
    write_file("five", "12345");
    CHECK(ais_read_file("five", &buf, &err) == 0);
    CHECK_STR(ais_buf_text(&buf), "12345");
    CHECK(ais_read_file("five", &small, &err) == -1);
    CHECK_STR(ais_error_text(&err, text, sizeof text), "five: larger than 4 bytes");
    err = (struct ais_error){0};
    CHECK(ais_read_file("none", &small, &err) == -1);
    CHECK_STR(ais_error_text(&err, text, sizeof text),
              "none: cannot open: No such file or directory");
    ais_buf_release(&buf);
    ais_buf_release(&small);
}

static void test_failing_write(void) {
    struct ais_error err = {0};
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    char text[64];
    CHECK(ais_write_all(fd, "x", 1, "full", &err) == -1);
    CHECK_STR(ais_error_text(&err, text, sizeof text),
              "full: cannot write: No space left on device");
    close(fd);
    err = (struct ais_error){0};
    fd = 1000;
    CHECK(ais_close(&fd, "lost", &err) == -1 && fd == -1);
    CHECK_STR(ais_error_text(&err, text, sizeof text), "lost: cannot close: Bad file descriptor");
}

static void test_folders(void) {
    struct ais_names names = {0};
    struct ais_error err = {0};
    int fd;
    CHECK(mkdir("d", 0755) == 0);
    fd = open("d", O_RDONLY | O_DIRECTORY);
    CHECK(ais_is_empty_folder(fd) == 1);
    write_file("d/b", "");
    CHECK(ais_is_empty_folder(fd) == 0);
    write_file("d/B", "");
    write_file("d/.a", "");
    CHECK(ais_list_folder(fd, "d", &names, &err) == 0 && names.count == 3);
    CHECK_STR(names.names[0], ".a");
    CHECK_STR(names.names[1], "B");
    CHECK_STR(names.names[2], "b");
    ais_names_release(&names);
    CHECK(names.count == 0);
    fd = open("five", O_RDONLY);
    CHECK(ais_list_folder(fd, "five", &names, &err) == -1);
    CHECK_STR(err.path, "five");
    CHECK(ais_is_empty_folder(-1) == -1);
}

static void test_removing(void) {
    struct stat st;
    CHECK(mkdir("d/x", 0755) == 0 && mkdir("d/x/y", 0755) == 0 && mkdir("kept", 0755) == 0);
    write_file("d/x/y/z", "z");
    write_file("kept/file", "kept");
    CHECK(symlink("../../kept", "d/x/link") == 0 && symlink("../kept/file", "d/file") == 0);
    CHECK(ais_remove_tree(AT_FDCWD, "d") == 0 && lstat("d", &st) == -1);
    CHECK(stat("kept/file", &st) == 0);
    CHECK(symlink("kept", "link") == 0);
    CHECK(ais_remove_tree(AT_FDCWD, "link") == -1 && stat("kept/file", &st) == 0);
    CHECK(ais_remove_tree(AT_FDCWD, "none") == -1);
}

int main(void) {
    test_reading();
    test_failing_write();
    test_folders();
    test_removing();
    return REPORT();
}
