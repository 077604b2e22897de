#include "base/io.h"
#include "base/path.h"
#include "update/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char folder_name[] = "aiscaffold", temporary[] = "text";

/* The lock of an update that is at work is its own alone; those who only look share it, and make
 * no file for it. */
static int lock(struct ais_desk *desk, const struct ais_repo *repo, bool only_look,
                struct ais_error *err) {
    const int flags = only_look ? O_RDONLY : O_RDWR | O_CREAT;
    desk->lock = openat(desk->folder, "lock", flags | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (desk->lock < 0)
        return only_look && errno == ENOENT ? 0 : ais_fail_errno(err, desk->path, "lock");
    if (flock(desk->lock, (only_look ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0)
        return 0;
    return errno == EWOULDBLOCK
               ? ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = ais_repo_root(repo)},
                             "another update is at work there")
               : ais_fail_errno(err, desk->path, "lock");
}

int ais_desk_open(struct ais_desk *desk, const struct ais_repo *repo, int root, bool only_look,
                  struct ais_error *err) {
    struct stat here, there;
    char *git;
    *desk = AIS_DESK_NONE;
    desk->path = ais_path_join(ais_repo_folder(repo), folder_name);
    desk->shown = git = ais_path_join(ais_repo_folder(repo), ""); /* without a '/' at its end */
    if (!desk->path || !git)
        return ais_fail_memory(err);
    desk->git = open(git, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (desk->git < 0)
        return ais_fail_errno(err, git, "open");
    if (only_look && fstatat(desk->git, folder_name, &there, AT_SYMLINK_NOFOLLOW) < 0 &&
        errno == ENOENT)
        return 0;
    desk->folder =
        ais_open_beneath(desk->git, folder_name, strlen(folder_name), !only_look, git, err);
    if (desk->folder < 0)
        return -1;
    if (fstat(root, &here) < 0 || fstat(desk->folder, &there) < 0)
        return ais_fail_errno(err, desk->path, "look at");
    if (here.st_dev != there.st_dev)
        return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = git},
                           "lies on another file system than the work tree");
    return lock(desk, repo, only_look, err);
}

void ais_desk_close(struct ais_desk *desk) {
    const int fds[] = {desk->lock, desk->folder, desk->git};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    ais_free(desk->path);
    ais_free(desk->shown);
    *desk = AIS_DESK_NONE;
}

int ais_desk_write(const struct ais_desk *desk, bool git, const char *name, const char *text,
                   size_t size, struct ais_error *err) {
    int fd, rc;
    if (unlinkat(desk->folder, temporary, 0) < 0 && errno != ENOENT)
        return ais_fail_errno(err, name, "write");
    fd =
        openat(desk->folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return ais_fail_errno(err, name, "write");
    rc = ais_write_all(fd, text, size, name, err);
    if (ais_close(&fd, name, err) < 0)
        rc = -1;
    if (rc == 0 && renameat(desk->folder, temporary, git ? desk->git : desk->folder, name) < 0)
        rc = ais_fail_errno(err, name, "write");
    return rc;
}

int ais_desk_read(const struct ais_desk *desk, bool git, const char *name, struct ais_buf *out,
                  bool *found, struct ais_error *err) {
    int rc, fd;
    *found = false;
    if (!git && desk->folder < 0)
        return 0;
    fd = openat(git ? desk->git : desk->folder, name,
                O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    *found = fd >= 0;
    if (fd < 0)
        return errno == ENOENT ? 0 : ais_fail_errno(err, name, "open");
    rc = ais_read_all(fd, name, out, err);
    close(fd);
    return rc;
}

void ais_desk_remove(const struct ais_desk *desk, bool git, const char *name) {
    unlinkat(git ? desk->git : desk->folder, name, 0);
}
