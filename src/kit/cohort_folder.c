#include "kit/cohort_parts.h"

#include "base/io.h"
#include "sink/staging.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder with anything in it must be one of kits: what stands in it may be replaced. */
static int check_folder(int fd, const char *folder, struct ais_error *err) {
    struct stat st;
    int empty = ais_is_empty_folder(fd);
    if (empty < 0)
        return ais_fail_errno(err, folder, "read");
    if (!empty && fstatat(fd, AIS_COHORT_MARK, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = folder},
                           "the folder holds files that are no kits (choose another name)");
    return 0;
}

static int lock(int folder, const char *shown, const char *report, int *mark,
                struct ais_error *err) {
    struct ais_buf name = AIS_BUF(256);
    int fd = openat(folder, AIS_COHORT_MARK, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
    int rc = -1;
    if (fd < 0 || close(fd) < 0) {
        ais_fail_errno(err, shown, "write into");
        goto out;
    }
    ais_buf_printf(&name, AIS_COHORT_MARK "%s", report + strlen("report"));
    if (ais_buf_check(&name, AIS_FAILED, "a name", err) < 0)
        goto out;
    *mark = openat(folder, name.data, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (*mark < 0)
        ais_fail_errno(err, shown, "write into");
    else if (flock(*mark, LOCK_EX | LOCK_NB) < 0)
        ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = shown},
                    "another run makes these kits at the moment");
    else
        rc = 0;
out:
    ais_buf_release(&name);
    return rc;
}

int ais_cohort_open(const char *folder, const char *report, int *fd, int *mark,
                    struct ais_error *err) {
    if (mkdir(folder, 0777) < 0 && errno != EEXIST)
        return ais_fail_errno(err, folder, "make the folder");
    *fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*fd < 0)
        return ais_fail_errno(err, folder, "open");
    if (check_folder(*fd, folder, err) < 0 || lock(*fd, folder, report, mark, err) < 0)
        return -1;
    return ais_staging_sweep(*fd, folder, err);
}

int ais_cohort_same(int folder, const char *name, const void *data, size_t size) {
    char block[64 * 1024];
    const char *at = data;
    struct stat st;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), same = 0;
    if (fd < 0)
        return errno == ENOENT ? -1 : 0;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size == size) {
        size_t left = size;
        same = 1;
        while (left && same) {
            ssize_t n = read(fd, block, left < sizeof block ? left : sizeof block);
            same = n > 0 && memcmp(block, at, (size_t)n) == 0;
            at += same ? n : 0;
            left -= same ? (size_t)n : 0;
        }
    }
    close(fd);
    return same;
}

bool ais_cohort_same_file(int folder, const char *name, int fd) {
    char ours[16 * 1024], theirs[16 * 1024];
    int other = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    off_t at = 0;
    ssize_t n = 0, m = other < 0 ? -1 : 0;
    while (m == n && (n = pread(fd, ours, sizeof ours, at)) > 0) {
        m = pread(other, theirs, sizeof theirs, at);
        if (m == n && memcmp(ours, theirs, (size_t)n) != 0)
            m = -1;
        at += n;
    }
    if (m >= 0 && n == 0)
        m = pread(other, theirs, 1, at); /* nothing stands behind it */
    if (other >= 0)
        close(other);
    return n == 0 && m == 0;
}

int ais_cohort_publish(int folder, const char *shown, const char *name, const void *data,
                       size_t size, bool *changed, struct ais_error *err) {
    struct ais_staging staging = AIS_STAGING_NONE;
    int rc = -1;
    *changed = false;
    if (ais_cohort_same(folder, name, data, size) == 1)
        return 0;
    if (ais_staging_open_in(&staging, folder, shown, name, err) == 0 &&
        ais_write_all(staging.fd, data, size, shown, err) == 0 &&
        ais_staging_replace(&staging, err) == 0) {
        *changed = true;
        rc = 0;
    }
    ais_staging_close(&staging);
    return rc;
}
