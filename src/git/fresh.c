#include "git/fresh.h"

#include "base/buf.h"
#include "base/io.h"
#include "git/image.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int put(int git, const char *name, const struct ais_buf *text, const char *shown,
               struct ais_error *err) {
    int fd = openat(git, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666), rc;
    if (fd < 0)
        return ais_fail_errno(err, shown, "make");
    rc = ais_write_all(fd, ais_buf_text(text), text->size, shown, err);
    return ais_close(&fd, shown, err) < 0 ? -1 : rc;
}

int ais_git_lay(int git, const char *branch, const char *shown, struct ais_error *err) {
    static const char *const folders[] = {"objects", "refs", "refs/heads"};
    struct ais_buf head = AIS_BUF(8192), config = AIS_BUF(8192);
    int rc = -1;
    ais_buf_printf(&head, "ref: refs/heads/%s\n", branch);
    ais_buf_str(&config, ais_image_config);
    if (ais_buf_check(&head, AIS_FAILED, "the branch's name", err) < 0 ||
        ais_buf_check(&config, AIS_FAILED, "git's configuration", err) < 0)
        goto out;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (mkdirat(git, folders[i], 0777) < 0) {
            ais_fail_errno(err, shown, "make");
            goto out;
        }
    if (put(git, "config", &config, shown, err) == 0 && put(git, "HEAD", &head, shown, err) == 0)
        rc = 0;
out:
    ais_buf_release(&head);
    ais_buf_release(&config);
    return rc;
}
