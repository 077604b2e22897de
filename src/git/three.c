#include "git/merge.h"
#include "git/room.h"

#include <string.h>

enum { LOOKED_AT = 8000, SIDES = 3, BYTES_MAX = 64 << 20 };

/* How the lines of a text end. */
enum ends { NO_ENDS, LF, CRLF, MIXED };

static enum ends ends_of(const struct ais_buf *text) {
    size_t lf = 0, crlf = 0;
    for (size_t i = 0; i < text->size; i++)
        if (text->data[i] == '\n')
            *(i && text->data[i - 1] == '\r' ? &crlf : &lf) += 1;
    return lf && crlf ? MIXED : lf ? LF : crlf ? CRLF : NO_ENDS;
}

static bool is_binary(const struct ais_buf *text) {
    return text->size &&
           memchr(text->data, '\0', text->size < LOOKED_AT ? text->size : LOOKED_AT) != NULL;
}

/* Makes every line end in LF, or in CRLF. */
static void set_ends(struct ais_buf *text, bool crlf) {
    struct ais_buf out = AIS_BUF(text->limit * 2);
    for (size_t i = 0; i < text->size; i++) {
        char c = text->data[i];
        if (c == '\r' && i + 1 < text->size && text->data[i + 1] == '\n')
            continue;
        if (c == '\n' && crlf)
            ais_buf_char(&out, '\r');
        ais_buf_char(&out, c);
    }
    ais_buf_release(text);
    *text = out;
}

/* Whether the merged lines end in CRLF: the three-way merge of the line ends themselves. */
static bool merge_ends(const struct ais_buf texts[SIDES]) {
    enum ends base = ends_of(&texts[0]), ours = ends_of(&texts[1]), theirs = ends_of(&texts[2]);
    return ours == base || ours == NO_ENDS ? theirs == CRLF : ours == CRLF;
}

static bool differ_in_ends(const struct ais_buf texts[SIDES]) {
    bool lf = false, crlf = false;
    for (size_t i = 0; i < SIDES; i++) {
        enum ends ends = ends_of(&texts[i]);
        if (ends == MIXED)
            return false;
        lf |= ends == LF;
        crlf |= ends == CRLF;
    }
    return lf && crlf;
}

static git_merge_file_input input(const struct ais_buf *text) {
    git_merge_file_input made;
    git_merge_file_input_init(&made, GIT_MERGE_FILE_INPUT_VERSION);
    made.ptr = ais_buf_text(text);
    made.size = text->size;
    made.mode = GIT_FILEMODE_BLOB;
    return made;
}

static int merge_texts(const struct ais_repo *repo, const struct ais_three *three,
                       struct ais_buf texts[SIDES], struct ais_oid *merged, bool *clean,
                       struct ais_error *err) {
    const bool apart = differ_in_ends(texts), crlf = merge_ends(texts);
    git_merge_file_options options;
    git_merge_file_input inputs[SIDES];
    git_merge_file_result result = {0};
    struct ais_buf out = AIS_BUF(AIS_TREE_FILES_MAX * 10000ul);
    int rc = -1;
    git_merge_file_options_init(&options, GIT_MERGE_FILE_OPTIONS_VERSION);
    options.our_label = three->labels[0];
    options.their_label = three->labels[1];
    for (size_t i = 0; i < SIDES; i++) {
        if (apart)
            set_ends(&texts[i], false);
        if (ais_buf_check(&texts[i], AIS_FAILED, "a file", err) < 0)
            return -1;
        inputs[i] = input(&texts[i]);
    }
    if (git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2], &options) < 0) {
        ais_git_fail(repo->root, "merge a file", err);
        goto out;
    }
    *clean = result.automergeable;
    ais_buf_add(&out, result.ptr, result.len);
    if (apart && crlf)
        set_ends(&out, true);
    if (ais_buf_check(&out, AIS_FAILED, "a merged file", err) == 0)
        rc = ais_git_blob_write(repo, out.data, out.size, merged, err);
out:
    git_merge_file_result_free(&result);
    ais_buf_release(&out);
    return rc;
}

int ais_git_merge_three(const struct ais_repo *repo, const struct ais_three *three,
                        struct ais_oid *merged, enum ais_three_result *result,
                        struct ais_error *err) {
    const struct ais_oid *ids[SIDES] = {three->base, three->ours, three->theirs};
    struct ais_buf texts[SIDES] = {AIS_BUF(BYTES_MAX * 16ul), AIS_BUF(BYTES_MAX * 16ul),
                                   AIS_BUF(BYTES_MAX * 16ul)};
    bool apart = false, clean = false;
    int rc = -1;
    for (size_t i = 0; i < SIDES; i++) {
        if (ids[i] && ais_git_blob_read(repo, ids[i], &texts[i], err) < 0)
            goto out;
        apart |= is_binary(&texts[i]) || texts[i].size > BYTES_MAX;
    }
    *result = AIS_THREE_APART;
    if (!apart) {
        if (merge_texts(repo, three, texts, merged, &clean, err) < 0)
            goto out;
        *result = clean ? AIS_THREE_CLEAN : AIS_THREE_CONFLICT;
    }
    rc = 0;
out:
    for (size_t i = 0; i < SIDES; i++)
        ais_buf_release(&texts[i]);
    return rc;
}
