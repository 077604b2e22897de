/* Finding the submissions in what was named: a project's folder, its archive, a folder of either,
 * or the archive of many that a learning platform gives out. */
#include "archive/archive.h"
#include "archive/reader.h"
#include "base/path.h"
#include "kit/roots.h"
#include "kit/verifying.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    ARCHIVES_DEEP = 2, /* an archive in an archive, and no further */
    FOLDERS_DEEP = 3,
    MEMBERS_MAX = 500000,
    MEMBER_BYTES_MAX = 1 << 30,
    RATIO_MAX = 200,
    STRANGERS_MAX = 20,
};
static const uint64_t slack_bytes = 64 << 20, archive_bytes_max = (uint64_t)4 << 30,
                      submission_bytes_max = (uint64_t)2 << 30;
static const char no_project[] = "holds no project (neither " AIS_RECORD_PATH " nor .git)";

static void tell_progress(const struct ais_verifying *v, size_t done, size_t all) {
    if (v->verify->progress)
        v->verify->progress(v->verify->payload, done, all);
}

static bool is_archive(const char *path) {
    enum ais_format format;
    struct ais_error ignored = {0};
    return ais_format_of(path, &format, &ignored) == 0;
}

static int failed(struct ais_verifying *v, const char *shown, const char *what) {
    struct ais_error why = {0};
    ais_fail_at(&why, AIS_FAILED, (struct ais_place){.path = shown}, "%s", what);
    return ais_verify_failed(v, shown, &why);
}

static int inspect(void *payload, const char *path, const char *data, size_t size,
                   struct ais_error *err) {
    return ais_search_file(payload, path, data, size, err);
}

static void begin(struct ais_verifying *v, const char *shown, struct ais_submission *s,
                  struct ais_search *search) {
    *search = (struct ais_search){.needles = &v->needles};
    *s = (struct ais_submission){.shown = shown, .left = submission_bytes_max};
    if (v->needles.known->count) {
        s->inspect = inspect;
        s->payload = search;
    }
}

/* One project in an archive. */
struct part {
    char *shown;
    struct ais_submission submission;
    struct ais_search search;
    struct ais_error error; /* why it could not be taken */
};

/* An archive being read. */
struct unpacking {
    struct ais_verifying *v;
    const char *shown;
    unsigned depth; /* 0 for one that is no member itself */
    struct ais_reader_limits *left;
    struct ais_names files;
    struct ais_roots roots;
    struct part *parts; /* parts[i] belongs to roots.list[i] */
    bool alone;         /* all of it is one student's */
    size_t strangers;   /* refused members that are nobody's */
};

static int verify_archive(struct ais_verifying *v, const struct ais_reader *reader, unsigned depth,
                          struct ais_reader_limits *left);
static int pass_over(void *payload, const char *name, const char *why, bool harmless,
                     struct ais_error *err);

/* What an archive of this size may unpack to: what text compresses to at best, and in all what
 * can be waited for, unless it is itself as large. */
static uint64_t bytes_allowed(uint64_t size) {
    uint64_t allowed = slack_bytes + RATIO_MAX * size, most = archive_bytes_max + 4 * size;
    return allowed < most ? allowed : most;
}

/* An archive inside an archive, which takes from what its outer one may. */
static int visit_archive(struct unpacking *u, const char *path, const char *data, size_t size,
                         struct ais_error *err) {
    struct ais_reader inner = {.fd = -1, .data = data, .size = size, .refused = pass_over};
    struct ais_reader_limits own = *u->left;
    char *shown = ais_path_join(u->shown, path);
    uint64_t before;
    int rc;
    if (!shown)
        return ais_fail_memory(err);
    inner.shown = shown;
    if (own.bytes > bytes_allowed(size))
        own.bytes = bytes_allowed(size);
    before = own.bytes;
    rc = verify_archive(u->v, &inner, u->depth + 1, &own);
    u->left->members = own.members;
    u->left->bytes -= before - own.bytes;
    ais_free(shown);
    return rc;
}

static int visit(void *payload, const char *path, const char *data, size_t size,
                 struct ais_error *err) {
    struct unpacking *u = payload;
    long root = ais_roots_of(&u->roots, path);
    if (root >= 0) {
        struct part *part = &u->parts[root];
        path += strlen(u->roots.list[root]);
        if (!part->error.status)
            ais_submission_add(&part->submission, path, data, size, &part->error);
        return 0;
    }
    if (u->depth + 1 < ARCHIVES_DEEP && is_archive(path))
        return visit_archive(u, path, data, size, err);
    return 0;
}

/* A member that is passed over: the project's that it lies in, or else a result of its own. */
static int pass_over(void *payload, const char *name, const char *why, bool harmless,
                     struct ais_error *err) {
    struct unpacking *u = payload;
    long root = ais_roots_of(&u->roots, name);
    struct ais_error own = {0};
    struct part *part;
    size_t prefix = root < 0 ? 0 : strlen(u->roots.list[root]);
    (void)err; /* a failure is the part's, or the verification's */
    if (root < 0 && u->alone)
        root = 0;
    if (root < 0) {
        if (u->strangers++ >= STRANGERS_MAX)
            return 0;
        ais_fail_at(&own, AIS_FAILED, (struct ais_place){.path = u->shown}, "\"%.300s\" %s",
                    *name ? name : "a member", why);
        return ais_verify_failed(u->v, u->shown, &own);
    }
    part = &u->parts[root];
    if (!part->error.status)
        ais_submission_add_odd(&part->submission, name + prefix, why, harmless, &part->error);
    return 0;
}

/* Whether the archive is one project's, with nothing beside it that could be another's. */
static bool is_alone(const struct unpacking *u) {
    for (size_t i = 0; i < u->files.count; i++)
        if (ais_roots_of(&u->roots, u->files.names[i]) < 0 && is_archive(u->files.names[i]))
            return false;
    return u->roots.count == 1;
}

/* "ARCHIVE" for its only project, "ARCHIVE/FOLDER" for one of many. */
static char *part_name(const struct unpacking *u, const char *prefix) {
    char *name = u->alone ? ais_strdup(u->shown) : ais_path_join(u->shown, prefix);
    size_t size = name ? strlen(name) : 0;
    if (size && name[size - 1] == '/')
        name[size - 1] = '\0';
    return name;
}

static int make_parts(struct unpacking *u) {
    u->parts = ais_calloc(u->roots.count + 1, sizeof *u->parts);
    if (!u->parts)
        return ais_fail_memory(u->v->err);
    for (size_t i = 0; i < u->roots.count; i++) {
        u->parts[i].shown = part_name(u, u->roots.list[i]);
        if (!u->parts[i].shown)
            return ais_fail_memory(u->v->err);
        begin(u->v, u->parts[i].shown, &u->parts[i].submission, &u->parts[i].search);
    }
    return 0;
}

/* Hands out the projects; `why` is set where the archive ended early, which goes for all of them.
 */
static int finish_parts(struct unpacking *u, const struct ais_error *why) {
    for (size_t i = 0; i < u->roots.count; i++) {
        struct part *part = &u->parts[i];
        const struct ais_error *error = part->error.status ? &part->error : why;
        int rc = error->status ? ais_verify_failed(u->v, part->shown, error)
                               : ais_verify_submission(u->v, &part->submission, &part->search);
        if (rc < 0)
            return -1;
    }
    return 0;
}

/* Whether a project or an archive lies in the folder files[from] begins with; *next is behind it.
 */
static bool is_claimed(const struct unpacking *u, size_t from, size_t size, size_t *next) {
    const char *folder = u->files.names[from];
    bool claimed = strncmp(folder, "__MACOSX/", 9) == 0;
    size_t i = from;
    for (; i < u->files.count && strncmp(u->files.names[i], folder, size) == 0; i++)
        claimed |= ais_roots_of(&u->roots, u->files.names[i]) >= 0 || is_archive(u->files.names[i]);
    *next = i;
    return claimed;
}

/* What students handed in that is no project, told by the folders that hold it. */
static int tell_barren(struct unpacking *u) {
    for (size_t i = 0, next; i < u->files.count; i = next) {
        const char *slash = strchr(u->files.names[i], '/');
        size_t size = slash ? (size_t)(slash + 1 - u->files.names[i]) : 0;
        char *folder, *shown;
        int rc;
        next = i + 1;
        if (!slash || is_claimed(u, i, size, &next))
            continue;
        folder = ais_strndup(u->files.names[i], size - 1);
        shown = folder ? ais_path_join(u->shown, folder) : NULL;
        rc = shown ? failed(u->v, shown, no_project) : ais_fail_memory(u->v->err);
        ais_free(folder);
        ais_free(shown);
        if (rc < 0)
            return -1;
    }
    return 0;
}

static void unpacking_release(struct unpacking *u) {
    for (size_t i = 0; u->parts && i < u->roots.count; i++) {
        ais_free(u->parts[i].shown);
        ais_submission_release(&u->parts[i].submission);
        ais_search_release(&u->parts[i].search);
    }
    ais_free(u->parts);
    ais_roots_release(&u->roots);
    ais_names_release(&u->files);
}

/* Reads it twice: for the names, which say where the projects lie, and for the bytes. */
static int verify_archive(struct ais_verifying *v, const struct ais_reader *reader, unsigned depth,
                          struct ais_reader_limits *left) {
    struct unpacking u = {.v = v, .shown = reader->shown, .depth = depth, .left = left};
    struct ais_reader_limits first = *left;
    struct ais_error why = {0};
    size_t seen = v->seen;
    int rc = -1;
    if (ais_reader_list(reader, &first, &u.files, &why) < 0) {
        rc = ais_verify_failed(v, reader->shown, &why);
        goto out;
    }
    if (ais_roots_find(&u.roots, &u.files, v->err) < 0)
        goto out;
    u.alone = is_alone(&u);
    if (make_parts(&u) < 0)
        goto out;
    if (ais_reader_visit(reader, left, visit, &u, &why) < 0) {
        if (v->err->status)
            goto out;
        if (!u.roots.count && ais_verify_failed(v, reader->shown, &why) < 0)
            goto out;
    }
    if (finish_parts(&u, &why) < 0)
        goto out;
    if (v->seen == seen)
        rc = failed(v, reader->shown, no_project);
    else
        rc = depth == 0 && !u.alone ? tell_barren(&u) : 0;
out:
    unpacking_release(&u);
    return rc;
}

static int verify_archive_file(struct ais_verifying *v, int fd, const char *shown) {
    struct ais_reader reader = {.shown = shown, .fd = fd, .refused = pass_over};
    struct ais_reader_limits left = {.members = MEMBERS_MAX, .member_bytes = MEMBER_BYTES_MAX};
    struct stat st;
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
        return failed(v, shown, "no folder and no regular file");
    left.bytes = bytes_allowed((uint64_t)st.st_size);
    return verify_archive(v, &reader, 0, &left);
}

static bool has_project(int fd) {
    struct stat st;
    return (fstatat(fd, AIS_RECORD_PATH, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode)) ||
           (fstatat(fd, ".git", &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode));
}

/* Takes over fd. */
static int verify_project(struct ais_verifying *v, int fd, const char *shown) {
    struct ais_submission s;
    struct ais_search search;
    struct ais_error why = {0};
    int rc;
    begin(v, shown, &s, &search);
    if (ais_submission_read(&s, fd, &why) < 0)
        rc = ais_verify_failed(v, shown, &why);
    else
        rc = ais_verify_submission(v, &s, &search);
    ais_submission_release(&s);
    ais_search_release(&search);
    return rc;
}

static int verify_folder(struct ais_verifying *v, int fd, const char *shown, unsigned depth);

/* What lies in a folder of submissions. What is hidden, and a file that is no archive, is none. */
static int verify_child(struct ais_verifying *v, int parent, const char *name, const char *shown,
                        unsigned depth) {
    struct stat st;
    size_t seen = v->seen;
    int fd, rc;
    if (name[0] == '.' || strcmp(name, "__MACOSX") == 0 ||
        fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return 0;
    if (S_ISLNK(st.st_mode))
        return failed(v, shown, "a symbolic link, which is not followed");
    if (!S_ISDIR(st.st_mode) && (!S_ISREG(st.st_mode) || !is_archive(name)))
        return 0;
    if (S_ISDIR(st.st_mode) && depth == FOLDERS_DEEP)
        return 0;
    fd = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return failed(v, shown, strerror(errno));
    if (S_ISREG(st.st_mode)) {
        rc = verify_archive_file(v, fd, shown);
        close(fd);
        return rc;
    }
    rc = verify_folder(v, fd, shown, depth + 1);
    return rc == 0 && depth == 0 && v->seen == seen ? failed(v, shown, no_project) : rc;
}

/* Takes over fd. */
static int verify_folder(struct ais_verifying *v, int fd, const char *shown, unsigned depth) {
    struct ais_names names = {0};
    int again, rc = -1;
    if (has_project(fd))
        return verify_project(v, fd, shown);
    again = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (again < 0) {
        close(fd);
        return ais_fail_errno(v->err, shown, "open");
    }
    if (ais_list_folder(fd, shown, &names, v->err) < 0)
        goto out;
    for (size_t i = 0; i < names.count; i++) {
        char *child = ais_path_join(shown, names.names[i]);
        int got;
        if (v->alone && depth == 0)
            tell_progress(v, i, names.count);
        got =
            child ? verify_child(v, again, names.names[i], child, depth) : ais_fail_memory(v->err);
        ais_free(child);
        if (got < 0)
            goto out;
    }
    rc = 0;
out:
    close(again);
    ais_names_release(&names);
    return rc;
}

static int verify_path(struct ais_verifying *v, const char *path) {
    size_t seen = v->seen;
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), rc;
    if (fd < 0 || fstat(fd, &st) < 0) {
        struct ais_error why = {0};
        ais_fail_errno(&why, path, "open");
        if (fd >= 0)
            close(fd);
        return ais_verify_failed(v, path, &why);
    }
    if (!S_ISDIR(st.st_mode)) {
        rc = verify_archive_file(v, fd, path);
        close(fd);
        return rc;
    }
    rc = verify_folder(v, fd, path, 0);
    return rc == 0 && v->seen == seen ? failed(v, path, no_project) : rc;
}

int ais_verify(const struct ais_verify *verify, const char *const *paths, size_t count,
               struct ais_error *err) {
    struct ais_verifying v = {.verify = verify, .err = err, .alone = count == 1};
    int rc = ais_needles_make(&v.needles, verify->known, err);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        if (!v.alone)
            tell_progress(&v, i, count);
        rc = verify_path(&v, paths[i]);
    }
    ais_needles_release(&v.needles);
    return rc;
}
