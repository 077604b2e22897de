#include "base/io.h"

#include "base/mem.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makes the folders that `path` stands in. */
static int make_folders(const char *path, struct ais_error *err) {
    char *folder = ais_strdup(path);
    int rc = 0;
    if (!folder)
        return ais_fail_memory(err);
    for (char *at = folder + 1; rc == 0 && (at = strchr(at, '/')); at++) {
        *at = '\0';
        if (mkdir(folder, 0777) < 0 && errno != EEXIST)
            rc = ais_fail_errno(err, folder, "make the folder");
        *at = '/';
    }
    ais_free(folder);
    return rc;
}

int ais_replace_file(const char *path, const void *data, size_t size, struct ais_error *err) {
    struct ais_buf temporary = AIS_BUF(8192);
    struct stat st;
    mode_t mode = stat(path, &st) == 0 ? st.st_mode & 0777 : 0600;
    char *target = realpath(path, NULL); /* a link stays one */
    int fd = -1, rc = -1;
    ais_buf_printf(&temporary, "%s.XXXXXX", target ? target : path);
    if (ais_buf_check(&temporary, AIS_FAILED, "the path", err) < 0 || make_folders(path, err) < 0)
        goto out;
    fd = mkostemp(temporary.data, O_CLOEXEC);
    if (fd < 0) {
        ais_fail_errno(err, path, "write");
        goto out;
    }
    rc = ais_write_all(fd, data, size, path, err);
    if (rc == 0 && (fchmod(fd, mode) < 0 || fsync(fd) < 0))
        rc = ais_fail_errno(err, path, "write");
    if (ais_close(&fd, path, err) < 0)
        rc = -1;
    if (rc == 0 && rename(temporary.data, target ? target : path) < 0)
        rc = ais_fail_errno(err, path, "write");
    if (rc < 0)
        unlink(temporary.data);
out:
    free(target);
    ais_buf_release(&temporary);
    return rc;
}
