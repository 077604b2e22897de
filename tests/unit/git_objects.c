/* Someone else's repository: every object that git knows is read with its bytes, from loose files
 * and from packs with deltas; whatever byte is changed, nothing is believed that has not its id. */
#include "git/history.h"
#include "kit/submission.h"
#include "shell.h"
#include "unit.h"

#include <fcntl.h>
#include <stdlib.h>

static char output[1 << 20];

static bool make_repository(void) {
    return shell(
               output, sizeof output,
               "rm -rf r && git init -q r && cd r && git config user.name n && git config "
               "user.email e@x && for i in 1 2 3 4 5 6 7 8; do seq $i 3000 >a.txt; mkdir -p d; seq "
               "$i >d/b; git add .; git commit -q -m \"$i\"; done") == 0;
}

static void take(struct ais_submission *s) {
    struct ais_error err = {0};
    int fd = open("r", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    *s = (struct ais_submission){.shown = "r", .left = 1 << 28};
    CHECK(fd >= 0 && ais_submission_read(s, fd, &err) == 0);
    CHECK_STR(err.message, "");
    ais_submission_finish(s);
}

/* Reads what `git cat-file --batch-check` lists: "ID TYPE SIZE". Returns how many agree. */
static size_t read_all(struct ais_submission *s, size_t *listed) {
    static const char *const names[] = {"", "commit", "tree", "blob"};
    struct ais_objects objects = {0};
    struct ais_error err = {0};
    size_t right = 0;
    *listed = 0;
    shell(output, sizeof output, "git -C r cat-file --batch-check --batch-all-objects");
    CHECK(ais_objects_open(&objects, s->git, s->git_count, "r", &err) == 0);
    for (char *line = output; *line;) {
        char type[16];
        size_t size;
        struct ais_oid oid;
        struct ais_buf data;
        unsigned kind = 0;
        if (sscanf(line, "%*40s %15s %zu", type, &size) != 2)
            break;
        while (kind < 3 && strcmp(names[kind], type) != 0)
            kind++;
        (*listed)++;
        if (ais_oid_parse(line, strlen(line), &oid) &&
            ais_objects_read(&objects, &oid, (enum ais_object_type)kind, &data, &err) == 1 &&
            data.size == size)
            right++;
        ais_buf_release(&data);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    ais_objects_release(&objects);
    return right;
}

static void check_all(const char *how) {
    struct ais_submission s;
    struct ais_history history = {0};
    struct ais_error err = {0};
    size_t listed, right;
    bool found;
    take(&s);
    right = read_all(&s, &listed);
    if (!CHECK(listed == 8 * 5 && right == listed))
        printf("  %s: %zu of %zu\n", how, right, listed);
    CHECK(ais_history_read(&history, s.git, s.git_count, "r", &found, &err) == 0 && found);
    CHECK(history.commits == 8 && !history.shallow && history.claim_count == 0);
    if (CHECK(history.people_count == 1))
        CHECK_STR(history.people[0], "n <e@x>");
    ais_history_release(&history);
    ais_submission_release(&s);
}

/* Each byte of the history changed, one after the other: an error or the same history. */
static void change_bytes(void) {
    struct ais_submission s;
    size_t whole = 0, other = 0;
    take(&s);
    for (size_t i = 0; i < s.git_count; i++) {
        for (size_t k = 0; k < s.git[i].size; k += 1 + s.git[i].size / 300) {
            char *byte = (char *)s.git[i].data + k;
            struct ais_history history = {0};
            struct ais_error err = {0};
            bool found;
            *byte ^= 0x41;
            if (ais_history_read(&history, s.git, s.git_count, "r", &found, &err) == 0 && found &&
                !history.shallow)
                whole += CHECK(history.commits <= 8);
            else
                other++;
            ais_history_release(&history);
            *byte ^= 0x41;
        }
    }
    CHECK(whole > 0 && other > 0);
    ais_submission_release(&s);
}

static void check_ids(void) {
    struct ais_oid oid;
    char hex[AIS_OID_HEX];
    CHECK(ais_oid_parse("0123456789abcdef0123456789abcdef01234567", 40, &oid));
    ais_oid_hex(&oid, hex);
    CHECK_STR(hex, "0123456789abcdef0123456789abcdef01234567");
    CHECK(!ais_oid_parse("0123456789abcdef0123456789abcdef0123456", 39, &oid));
    CHECK(!ais_oid_parse("0123456789abcdef0123456789abcdef0123456G", 40, &oid));
}

int main(void) {
    check_ids();
    if (!is_there("git"))
        return REPORT();
    CHECK(make_repository());
    check_all("loose");
    CHECK(shell(output, sizeof output, "git -C r gc -q --aggressive --prune=now") == 0);
    check_all("packed");
    CHECK(shell(output, sizeof output,
                "git -C r -c pack.indexVersion=2 repack -a -d -f -q --depth=50 --window=250") == 0);
    check_all("packed again");
    change_bytes();
    return REPORT();
}
