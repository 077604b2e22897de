#include "git/git.h"

#include "base/mem.h"
#include "base/path.h"
#include "git/pipes.h"
#include "git/room.h"

#include <git2.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What helps against an error of libgit2, or "". */
static const char *remedy(int class) {
    switch (class) {
    case GIT_ERROR_NONE: /* libgit2 says nothing of an object that it has not found before */
    case GIT_ERROR_ODB:
        return " (git fsck tells what is missing or damaged)";
    case GIT_ERROR_INDEX:
        return " (git update-index --no-split-index, or rm .git/index and git reset)";
    default:
        return "";
    }
}

int ais_git_fail(const char *path, const char *what, struct ais_error *err) {
    const git_error *reason = git_error_last(); /* NULL before libgit2 1.8 where there is none */
    int class = reason ? reason->klass : GIT_ERROR_NONE;
    return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = path}, "git cannot %s: %s%s",
                       what, class == GIT_ERROR_NONE ? "it is not there" : reason->message,
                       remedy(class));
}

/* Twice, by two threads at once, does no harm: libgit2 counts. */
int ais_git_start(struct ais_error *err) {
    static atomic_bool started;
    if (!started && git_libgit2_init() < 0)
        return ais_git_fail("", "start", err);
    started = true;
    return 0;
}

/* A string of git's configuration, "" where it is not set; the caller's (ais_free), or NULL. */
static char *config_string(git_config *config, const char *name) {
    git_buf value = {0};
    char *copy;
    if (!config || git_config_get_string_buf(&value, config, name) < 0)
        return ais_strdup("");
    copy = ais_strndup(value.ptr, value.size);
    git_buf_dispose(&value);
    return copy;
}

/* git makes NAME.lock beside a branch, and refuses a DEL, which libgit2 lets pass. */
static bool is_branch(const char *name) {
    int valid = 0;
    return *name && strlen(name) + strlen(".lock") <= AIS_NAME_MAX && !strchr(name, 0x7f) &&
           git_branch_name_is_valid(&valid, name) == 0 && valid;
}

int ais_git_default_branch(char **branch, struct ais_error *err) {
    git_config *config = NULL;
    if (ais_git_start(err) < 0)
        return -1;
    if (git_config_open_default(&config) < 0)
        config = NULL; /* an unreadable configuration is nobody's wish */
    *branch = config_string(config, "init.defaultBranch");
    if (*branch && !is_branch(*branch)) {
        ais_free(*branch);
        *branch = ais_strdup("main");
    }
    git_config_free(config);
    return *branch ? 0 : ais_fail_memory(err);
}

int ais_git_user(char **name, char **email, struct ais_error *err) {
    git_config *config = NULL;
    if (ais_git_start(err) < 0)
        return -1;
    if (git_config_open_default(&config) < 0)
        config = NULL;
    *name = config_string(config, "user.name");
    *email = config_string(config, "user.email");
    git_config_free(config);
    if (*name && *email)
        return 0;
    ais_free(*name);
    ais_free(*email);
    *name = *email = NULL;
    return ais_fail_memory(err);
}

int ais_git_discover(const char *path, char **root, struct ais_error *err) {
    git_buf found = {0};
    int rc = 0;
    *root = NULL;
    if (ais_git_start(err) < 0)
        return -1;
    if (git_repository_discover(&found, path, 0, NULL) == 0) {
        size_t size = found.size;
        while (size > 1 && found.ptr[size - 1] == '/')
            size--;
        if (size > 5 && strncmp(found.ptr + size - 5, "/.git", 5) == 0)
            size -= 5;
        *root = ais_strndup(found.ptr, size);
        if (!*root)
            rc = ais_fail_memory(err);
    }
    git_buf_dispose(&found);
    return rc;
}

/* A listing in progress: paths below `prefix` ("" or ending in '/') of the work tree. */
struct listing {
    git_repository *repository;
    const char *root;
    char *prefix;
    struct ais_git_names *names;
    size_t capacity;
    struct ais_error *err;
};

static int add(struct listing *l, const char *path) {
    size_t size = strlen(l->prefix);
    char *copy;
    if (strncmp(path, l->prefix, size) != 0 || !*path || path[strlen(path) - 1] == '/')
        return 0; /* elsewhere, or a repository inside this one */
    copy = ais_strdup(path + size);
    if (!copy || ais_grow(&l->names->paths, &l->capacity, l->names->count + 1, sizeof copy) < 0) {
        ais_free(copy);
        return ais_fail_memory(l->err);
    }
    l->names->paths[l->names->count++] = copy;
    return 0;
}

/* Names the files that libgit2 meets in the work tree: nothing that an index says leads out of it,
 * nor through a link in a folder's place. */
static int add_files(struct listing *l) {
    git_status_options options;
    git_status_list *list = NULL;
    int rc = -1;
    git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
    options.show = GIT_STATUS_SHOW_WORKDIR_ONLY;
    options.flags = GIT_STATUS_OPT_INCLUDE_UNMODIFIED | GIT_STATUS_OPT_INCLUDE_UNTRACKED |
                    GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS | GIT_STATUS_OPT_EXCLUDE_SUBMODULES |
                    GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
    if (*l->prefix) /* nothing else of the work tree is walked, however large it is */
        options.pathspec = (git_strarray){&l->prefix, 1};
    if (git_status_list_new(&list, l->repository, &options) < 0)
        return ais_git_fail(l->root, "list the files", l->err);
    for (size_t i = 0; i < git_status_list_entrycount(list); i++) {
        const git_status_entry *entry = git_status_byindex(list, i);
        const git_diff_delta *delta = entry->index_to_workdir;
        if (delta && !(entry->status & GIT_STATUS_WT_DELETED) && add(l, delta->new_file.path) < 0)
            goto out;
    }
    rc = 0;
out:
    git_status_list_free(list);
    return rc;
}

static int by_bytes(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* Sorted, each once: a file in conflict stands in the index up to three times. */
static void settle(struct ais_git_names *names) {
    size_t kept = 0;
    if (names->count)
        qsort(names->paths, names->count, sizeof *names->paths, by_bytes);
    for (size_t i = 0; i < names->count; i++) {
        if (kept && strcmp(names->paths[kept - 1], names->paths[i]) == 0)
            ais_free(names->paths[i]);
        else
            names->paths[kept++] = names->paths[i];
    }
    names->count = kept;
}

/* path and a '/'; the caller's (ais_free), or NULL. */
static char *with_slash(const char *path) {
    struct ais_buf text = AIS_BUF(8192);
    ais_buf_str(&text, path);
    ais_buf_char(&text, '/');
    return ais_buf_take(&text);
}

/* Where `root` lies in the work tree: l->prefix. *inside is false where git has no say about it. */
static int locate(struct listing *l, bool *inside) {
    const char *top = git_repository_workdir(l->repository);
    char *real = realpath(l->root, NULL), *real_top = top ? realpath(top, NULL) : NULL;
    size_t size = real_top ? strlen(real_top) : 0;
    int ignored = 0, rc = 0;
    *inside = real && real_top && strncmp(real, real_top, size) == 0 &&
              (real[size] == '/' || !real[size]);
    if (*inside && real[size]) {
        l->prefix = with_slash(real + size + 1);
        if (l->prefix && git_ignore_path_is_ignored(&ignored, l->repository, l->prefix) == 0)
            *inside = !ignored;
    } else {
        l->prefix = ais_strdup("");
    }
    if (!l->prefix)
        rc = ais_fail_memory(l->err);
    free(real);
    free(real_top);
    return rc;
}

/* Opens the repository that holds `root`, or leaves NULL where there is none. Nothing that is done
 * here runs what a repository names, yet whoever has git refuse the folders of others is not
 * overruled. libgit2 1.5 says "not found" of such a folder, too. */
int ais_git_open(git_repository **repository, const char *root, struct ais_error *err) {
    git_buf folder = {0};
    int rc;
    if (ais_git_check_pipes(root, err) < 0)
        return -1;
    rc = git_repository_open_ext(repository, root, 0, NULL);
    if (rc == GIT_ENOTFOUND) {
        rc = git_repository_discover(&folder, root, 0, NULL) == 0 ? GIT_EOWNER : 0;
        git_buf_dispose(&folder);
    }
    if (rc == GIT_EOWNER)
        return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = root},
                           "another user owns the repository (git's setting safe.directory lists "
                           "those that are trusted)");
    return rc < 0 ? ais_git_fail(root, "open the repository", err) : 0;
}

int ais_git_work_files(const char *root, struct ais_git_names *names, bool *found,
                       struct ais_error *err) {
    struct listing l = {.root = root, .names = names, .err = err};
    int rc = -1;
    *found = false;
    *names = (struct ais_git_names){0};
    if (ais_git_start(err) < 0)
        return -1;
    if (ais_git_open(&l.repository, root, err) < 0)
        goto out;
    if (l.repository && locate(&l, found) < 0)
        goto out;
    if (*found && add_files(&l) < 0)
        goto out;
    settle(names);
    rc = 0;
out:
    ais_free(l.prefix);
    git_repository_free(l.repository);
    return rc;
}

void ais_git_names_release(struct ais_git_names *names) {
    for (size_t i = 0; i < names->count; i++)
        ais_free(names->paths[i]);
    ais_free(names->paths);
    *names = (struct ais_git_names){0};
}

int ais_git_head_time(const char *root, long long *time, bool *found, struct ais_error *err) {
    git_repository *repository = NULL;
    git_commit *commit = NULL;
    git_oid id;
    *found = false;
    if (ais_git_start(err) < 0)
        return -1;
    if (ais_git_open(&repository, root, err) < 0)
        return -1;
    if (repository && git_reference_name_to_id(&id, repository, "HEAD") == 0 &&
        git_commit_lookup(&commit, repository, &id) == 0) {
        *time = git_commit_time(commit);
        *found = true;
    }
    git_commit_free(commit);
    git_repository_free(repository);
    return 0;
}
