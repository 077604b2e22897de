#include "update/project.h"

#include <stdio.h>
#include <string.h>

/* A hostile history must not keep the search busy: so many commits are looked at, and so many that
 * claim to be pristine are proved. */
enum { COMMITS_MAX = 1000000, CLAIMS_MAX = 100 };

struct trailers {
    char template_name[256], version[64], edition[1024], digest[AIS_SHA256_HEX];
};

struct search {
    struct ais_origin *origin;
    struct trailers claim;
    size_t claims;
    bool found;
};

/* The value of the line "KEY: value" of the message into value[size]; false where there is none or
 * it is too long. */
static bool trailer(const char *message, const char *key, char *value, size_t size) {
    size_t length = strlen(key);
    for (const char *line = message; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, length) != 0)
            continue;
        size_t n = strcspn(line + length, "\n");
        if (n == 0 || n >= size)
            return false;
        memcpy(value, line + length, n);
        value[n] = '\0';
        return true;
    }
    return false;
}

static bool read_trailers(const char *message, struct trailers *t) {
    return strstr(message, "\nAiscaffold-Template: ") &&
           trailer(message, "Aiscaffold-Template: ", t->template_name, sizeof t->template_name) &&
           trailer(message, "Aiscaffold-Version: ", t->version, sizeof t->version) &&
           trailer(message, "Aiscaffold-Edition: ", t->edition, sizeof t->edition) &&
           trailer(message, "Aiscaffold-Digest: sha256:", t->digest, sizeof t->digest);
}

int ais_origin_digest(const struct ais_repo *repo, const struct ais_git_files *files,
                      char hex[AIS_SHA256_HEX], bool *plain, struct ais_error *err) {
    struct ais_buf lines = AIS_BUF(512 << 20), text = AIS_BUF(AIS_PLAN_BYTES_MAX);
    size_t left = AIS_PLAN_BYTES_MAX;
    int rc = -1;
    *plain = files->count <= AIS_PLAN_FILES_MAX;
    for (size_t i = 0; *plain && i < files->count; i++) {
        const struct ais_git_file *file = &files->list[i];
        char digest[AIS_SHA256_HEX];
        *plain = file->mode == AIS_MODE_FILE || file->mode == AIS_MODE_EXECUTABLE;
        if (!*plain)
            break;
        ais_buf_truncate(&text, 0);
        if (ais_git_blob_read(repo, &file->blob, &text, err) < 0)
            goto out;
        *plain = text.size <= left;
        left -= *plain ? text.size : 0;
        ais_sha256(ais_buf_text(&text), text.size, digest);
        ais_buf_printf(&lines, "%s %s ", file->mode == AIS_MODE_FILE ? "100644" : "100755", digest);
        ais_buf_str(&lines, file->path);
        ais_buf_char(&lines, '\n');
    }
    if (ais_buf_check(&lines, AIS_FAILED, "a tree", err) < 0)
        goto out;
    ais_sha256(ais_buf_text(&lines), lines.size, hex);
    rc = 0;
out:
    ais_buf_release(&text);
    ais_buf_release(&lines);
    return rc;
}

/* Reads the record in the origin's tree; *found is false where there is none. */
static int read_record(struct ais_origin *o, bool *found, struct ais_error *err) {
    const struct ais_git_file *file = ais_git_files_find(&o->files, AIS_RECORD_PATH);
    *found = file != NULL;
    if (!file)
        return 0;
    o->text = AIS_BUF(AIS_RECORD_BYTES_MAX);
    if (ais_git_blob_read(o->repo, &file->blob, &o->text, err) < 0)
        return -1;
    return ais_record_parse(&o->record, AIS_RECORD_PATH, ais_buf_text(&o->text), o->text.size, err);
}

/* *good is false where there is no record, or not what the trailers say. */
static int check_record(struct search *s, bool *good, struct ais_error *err) {
    struct ais_origin *o = s->origin;
    if (read_record(o, good, err) < 0 || !*good)
        return *good ? -1 : 0;
    *good = strcmp(o->record.template_name, s->claim.template_name) == 0 &&
            strcmp(o->record.version, s->claim.version) == 0 &&
            strcmp(o->record.edition, s->claim.edition) == 0;
    return 0;
}

static void forget(struct ais_origin *o) {
    ais_git_files_release(&o->files);
    ais_record_release(&o->record);
    ais_buf_release(&o->text);
}

static int look(void *payload, const struct ais_repo_commit *commit, struct ais_error *err) {
    struct search *s = payload;
    struct ais_origin *o = s->origin;
    char digest[AIS_SHA256_HEX];
    bool good = false;
    if (!read_trailers(commit->message, &s->claim))
        return 0;
    if (s->claims++ >= CLAIMS_MAX)
        return 1;
    if (ais_git_tree_read(o->repo, &commit->tree, &o->files, err) < 0 ||
        ais_origin_digest(o->repo, &o->files, digest, &good, err) < 0)
        return -1;
    if (good && strcmp(digest, s->claim.digest) == 0) {
        if (check_record(s, &good, err) < 0)
            return -1;
        if (good) {
            o->pristine = commit->id;
            o->time = commit->time;
            o->proved = true;
            s->found = true;
            return 1;
        }
    }
    forget(o);
    return 0;
}

static int fail_without_base(const struct ais_origin *o, struct ais_error *err) {
    const struct ais_place at = {.path = ais_repo_root(o->repo)};
    if (ais_repo_is_shallow(o->repo))
        return ais_fail_at(err, AIS_FAILED, at,
                           "the history is cut off before the commit that the project was made "
                           "with (git fetch --unshallow, or aiscaffold update --base COMMIT)");
    return ais_fail_at(err, AIS_FAILED, at,
                       "no commit before HEAD holds a project as it was made: it was squashed, "
                       "rewritten, or made by other means (merge a branch that still has that "
                       "commit, name one that holds its files with aiscaffold update --base, or "
                       "aiscaffold adopt)");
}

/* Takes the commit on the word of whoever names it, unless its own message proves it. */
static int take_base(struct search *s, const char *base, struct ais_error *err) {
    struct ais_origin *o = s->origin;
    struct ais_oid tree;
    bool found;
    if (ais_repo_find(o->repo, base, &o->pristine, &o->time, err) < 0 ||
        ais_repo_walk(o->repo, &o->pristine, 1, look, s, err) < 0)
        return -1;
    if (s->found)
        return 0;
    if (ais_repo_commit_tree(o->repo, &o->pristine, &tree, err) < 0 ||
        ais_git_tree_read(o->repo, &tree, &o->files, err) < 0 || read_record(o, &found, err) < 0)
        return -1;
    return found ? 0
                 : ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = ais_repo_root(o->repo)},
                               "the commit \"%s\" holds no " AIS_RECORD_PATH
                               " (aiscaffold adopt makes one)",
                               base);
}

int ais_origin_open_at(struct ais_origin *o, const char *folder, const char *base,
                       struct ais_error *err) {
    struct search search = {.origin = o};
    bool found = false;
    *o = (struct ais_origin){0};
    o->repo = ais_repo_open(folder, err);
    if (!o->repo || ais_repo_head(o->repo, &o->head, &found, err) < 0)
        return -1;
    if (!found)
        return ais_fail_at(err, AIS_FAILED, (struct ais_place){.path = ais_repo_root(o->repo)},
                           "has no commit yet");
    if (base)
        return take_base(&search, base, err);
    if (ais_repo_walk(o->repo, &o->head, COMMITS_MAX, look, &search, err) < 0)
        return -1;
    return search.found ? 0 : fail_without_base(o, err);
}

int ais_origin_open(struct ais_origin *o, const char *folder, struct ais_error *err) {
    return ais_origin_open_at(o, folder, NULL, err);
}

void ais_origin_release(struct ais_origin *o) {
    forget(o);
    ais_repo_free(o->repo);
    *o = (struct ais_origin){0};
}
