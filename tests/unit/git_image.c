/* Repositories made in memory: git itself must make the same ids of the same files, and find
 * nothing to complain about; libgit2 must read them; no memory must be an error and nothing else.
 */
#include "base/mem.h"
#include "base/path.h"
#include "git/image.h"
#include "shell.h"
#include "unit.h"

#include <git2.h>
#include <unistd.h>

enum { TREES = 300, FILES_MAX = 64, MANY = 20000 };

static const struct ais_commit commit = {.message = "Scaffold\n\nVersion: 1.0.0\n",
                                         .name = "aiscaffold",
                                         .email = "noreply@aiscaffold.invalid",
                                         .time = 1764547200,
                                         .branch = "main"};

static char output[1 << 16];

/* A stream for git fast-import that makes each tree anew, and the ids that it must come to. */
static FILE *stream, *expected;
static unsigned streamed;

static void stream_tree(const struct ais_file *files, size_t count, const struct ais_image *image) {
    streamed++;
    fprintf(stream, "commit refs/heads/t%06u\n", streamed);
    fprintf(stream, "author %s <%s> %lld +0000\n", commit.name, commit.email,
            (long long)commit.time);
    fprintf(stream, "committer %s <%s> %lld +0000\n", commit.name, commit.email,
            (long long)commit.time);
    fprintf(stream, "data %zu\n%s\n", strlen(commit.message), commit.message);
    for (size_t i = 0; i < count; i++) {
        fprintf(stream, "M %s inline %s\ndata %zu\n", files[i].executable ? "100755" : "100644",
                files[i].path, files[i].size);
        if (files[i].size)
            fwrite(files[i].data, 1, files[i].size, stream);
        fputc('\n', stream);
    }
    fprintf(expected, "%s %s\n", image->commit_id, image->tree_id);
}

static void check_with_libgit2(const struct ais_image *image, size_t count) {
    git_repository *repository = NULL;
    git_status_options options;
    git_status_list *list = NULL;
    git_index *index = NULL;
    git_oid id;
    char hex[41];
    git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
    options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_INCLUDE_IGNORED;
    if (!CHECK(git_repository_open(&repository, "made") == 0))
        return;
    CHECK(git_reference_name_to_id(&id, repository, "refs/aiscaffold/pristine") == 0);
    CHECK(git_reference_name_to_id(&id, repository, "HEAD") == 0);
    git_oid_tostr(hex, sizeof hex, &id);
    CHECK_STR(hex, image->commit_id);
    if (CHECK(git_repository_index(&index, repository) == 0))
        CHECK(git_index_entrycount(index) == count);
    if (CHECK(git_status_list_new(&list, repository, &options) == 0))
        CHECK(git_status_list_entrycount(list) == 0);
    git_status_list_free(list);
    git_index_free(index);
    git_repository_free(repository);
}

static void check_with_git(const struct ais_image *image) {
    CHECK(shell(output, sizeof output, "git -C made fsck --strict --full --no-progress") == 0);
    CHECK_STR(output, "");
    CHECK(shell(output, sizeof output, "git verify-pack made/.git/objects/pack/*.idx") == 0);
    CHECK_STR(output, "");
    CHECK(shell(output, sizeof output, "git -C made status --porcelain --ignored") == 0);
    CHECK_STR(output, "");
    CHECK(shell(output, sizeof output, "git -C made rev-parse HEAD HEAD^{tree} %s",
                "refs/aiscaffold/pristine main | tr '\\n' ' '") == 0);
    snprintf(output + strlen(output) + 1, 512, "%s %s %s %s ", image->commit_id, image->tree_id,
             image->commit_id, image->commit_id);
    CHECK_STR(output, output + strlen(output) + 1);
}

/* What people do next: clone, collect garbage, change a file and commit. */
static void check_life(void) {
    CHECK(shell(output, sizeof output, "git clone -q made copy && git -C copy fsck --strict") == 0);
    CHECK(shell(output, sizeof output, "git -C made gc -q && git -C made fsck --strict") == 0);
    CHECK(shell(output, sizeof output,
                "cd made && printf 'more\\r\\n' >new.txt && git add -f new.txt && "
                "git -c user.name=A -c user.email=a@b.invalid commit -qm 'Mine' && "
                "git log --format=%%s | tr '\\n' ' ' && git reflog | wc -l") == 0);
    CHECK_STR(output, "Mine Scaffold 1\n");
    CHECK(shell(output, sizeof output, "rm -rf copy") == 0);
}

static bool with_git;

/* Makes the image of the files twice; `deep`: puts it on disk and has both gits read it. */
static void check_tree(const struct ais_file *files, size_t count, bool deep) {
    struct ais_image image, again;
    struct ais_error err = {0};
    bool same;
    if (!CHECK(ais_image_make(&image, files, count, &commit, &err) == 0) ||
        !CHECK(ais_image_make(&again, files, count, &commit, &err) == 0))
        return;
    same = image.count == again.count;
    for (size_t i = 0; same && i < image.count; i++) {
        CHECK(i == 0 || strcmp(image.files[i - 1].path, image.files[i].path) < 0);
        same = strcmp(image.files[i].path, again.files[i].path) == 0 &&
               image.files[i].size == again.files[i].size && !image.files[i].executable &&
               memcmp(image.files[i].data, again.files[i].data, image.files[i].size) == 0;
    }
    CHECK(same);
    if (with_git)
        stream_tree(files, count, &image);
    if (deep) {
        CHECK(shell(output, sizeof output, "rm -rf made") == 0);
        CHECK(write_files("made", files, count));
        CHECK(write_files("made", image.files, image.count));
        check_with_libgit2(&image, count);
        if (with_git)
            check_with_git(&image);
    }
    ais_image_release(&image);
    ais_image_release(&again);
}

static void test_small(void) {
    static char deep[2 * AIS_DEPTH_MAX];
    struct ais_file file = {.path = "a", .data = "x", .size = 1};
    struct ais_file empty = {.path = "empty", .data = NULL, .size = 0};
    for (size_t i = 0; i < AIS_DEPTH_MAX; i++)
        memcpy(deep + 2 * i, i + 1 < AIS_DEPTH_MAX ? "d/" : "f", 2);
    check_tree(NULL, 0, true);
    check_tree(&file, 1, true);
    check_tree(&empty, 1, true);
    file.executable = true;
    check_tree(&file, 1, true);
    file.path = deep;
    check_tree(&file, 1, true);
}

/* Git sorts a folder as if its name ended in '/'. Equal contents and equal folders are one object.
 */
static void test_order_and_twins(void) {
    const struct ais_file files[] = {
        {.path = ".gitattributes", .data = "* text=auto\n", .size = 12},
        {.path = ".gitignore", .data = "*\n", .size = 2},
        {.path = "a-b", .data = "1", .size = 1},
        {.path = "a.b", .data = "1", .size = 1},
        {.path = "a/b", .data = "1", .size = 1, .executable = true},
        {.path = "a/b.c", .data = "2", .size = 1},
        {.path = "a0", .data = "", .size = 0},
        {.path = "ab", .data = "", .size = 0, .executable = true},
        {.path = "crlf.bat", .data = "line\r\nline\r\n", .size = 12},
        {.path = "l\xc3\xa9", .data = "\0\1\2", .size = 3},
        {.path = "twin/one/x", .data = "1", .size = 1},
        {.path = "twin/two/x", .data = "1", .size = 1},
        {.path = "\xe6\x97\xa5\xe6\x9c\xac", .data = "3", .size = 1},
    };
    check_tree(files, sizeof files / sizeof *files, true);
    if (with_git)
        check_life();
}

/* Sizes around the ends of the size field's bytes and of the stored blocks. */
static void test_sizes(void) {
    static const size_t sizes[] = {0,     1,     15,    16,     17,     2047,   2048,   65534,
                                   65535, 65536, 70000, 131070, 131071, 262143, 262144, 5000000};
    enum { SIZES = sizeof sizes / sizeof *sizes };
    struct ais_file files[SIZES];
    char paths[SIZES][8];
    char *data = malloc(sizes[SIZES - 1]);
    if (!CHECK(data != NULL))
        return;
    for (size_t i = 0; i < sizes[SIZES - 1]; i++)
        data[i] = (char)(i * 2654435761u >> 13);
    for (size_t i = 0; i < SIZES; i++) {
        snprintf(paths[i], sizeof paths[i], "f%02zu", i);
        files[i] = (struct ais_file){
            .path = paths[i], .data = data, .size = sizes[i], .executable = i % 2};
    }
    check_tree(files, SIZES, true);
    free(data);
}

static void test_many(void) {
    struct ais_file *files = calloc(MANY, sizeof *files);
    char(*paths)[32] = calloc(MANY, sizeof *paths);
    if (CHECK(files && paths)) {
        for (size_t i = 0; i < MANY; i++) {
            snprintf(paths[i], sizeof paths[i], "d%03zu/f%05zu", i / 50, i);
            files[i] =
                (struct ais_file){.path = paths[i], .data = paths[i], .size = strlen(paths[i])};
        }
        check_tree(files, MANY, false);
    }
    free(files);
    free(paths);
}

static unsigned long long state = 42;

static unsigned roll(unsigned sides) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (unsigned)(state >> 33) % sides;
}

struct random_tree {
    struct ais_file files[FILES_MAX];
    char paths[FILES_MAX][256];
    size_t count;
};

/* A folder of at least one file, out of names that are hard to sort. */
static void grow_folder(struct random_tree *t, const char *prefix, unsigned depth) {
    static const char *const names[] = {"!",
                                        "A",
                                        "a",
                                        "a b",
                                        "a!",
                                        "a-",
                                        "a.",
                                        "a.txt",
                                        "a/",
                                        "a0",
                                        "aa",
                                        "b",
                                        "b.c",
                                        "b0",
                                        "\xc3\xa9",
                                        "~",
                                        "foo",
                                        "bar",
                                        "\xf0\x9f\x8d\x8e",
                                        "-x"};
    static const char text[] = "0123456789";
    size_t before = t->count;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[250];
        if (strchr(names[i], '/') || t->count == FILES_MAX ||
            (roll(4) && !(i == sizeof names / sizeof *names - 1 && t->count == before)))
            continue;
        if (depth && roll(3) == 0) {
            snprintf(path, sizeof path, "%s%s/", prefix, names[i]);
            grow_folder(t, path, depth - 1);
            continue;
        }
        snprintf(t->paths[t->count], sizeof *t->paths, "%s%s", prefix, names[i]);
        t->files[t->count] = (struct ais_file){.path = t->paths[t->count],
                                               .data = text,
                                               .size = roll(sizeof text),
                                               .executable = roll(5) == 0};
        t->count++;
    }
}

static int by_path(const void *a, const void *b) {
    const struct ais_file *x = a, *y = b;
    return strcmp(x->path, y->path);
}

static void test_random(void) {
    static struct random_tree t;
    for (unsigned i = 0; i < TREES; i++) {
        t.count = 0;
        grow_folder(&t, "", 1 + roll(4));
        qsort(t.files, t.count, sizeof *t.files, by_path);
        check_tree(t.files, t.count, i < 5);
    }
}

/* All ids of this run at once, as git makes them of the same files. */
static void compare_ids(void) {
    CHECK(fclose(stream) == 0);
    CHECK(fclose(expected) == 0);
    CHECK(shell(output, sizeof output,
                "git init -q twin && git -C twin fast-import --quiet <stream && "
                "git -C twin for-each-ref --format='%%(objectname) %%(tree)' refs/heads >ids && "
                "cmp ids expected && wc -l <ids") == 0);
    CHECK((unsigned)atoi(output) == streamed);
}

/* The k-th allocation fails, and with `for_good` all that follow. */
static unsigned calls, failing;
static bool for_good, fired;

static bool fails(void) {
    bool now = ++calls == failing || (for_good && calls > failing);
    fired |= now;
    return now;
}

static void test_no_memory(void) {
    const struct ais_file files[] = {{.path = "a/b", .data = "x", .size = 1},
                                     {.path = "c", .data = "y", .size = 1, .executable = true}};
    struct ais_image whole;
    struct ais_error err = {0};
    if (!CHECK(ais_image_make(&whole, files, 2, &commit, &err) == 0))
        return;
    for (int persistent = 0; persistent < 2; persistent++) {
        for_good = persistent;
        fired = true;
        for (failing = 1; fired; failing++) {
            struct ais_image image;
            struct ais_error fault = {0};
            int rc;
            fired = false;
            calls = 0;
            ais_mem_set_fault(fails);
            rc = ais_image_make(&image, files, 2, &commit, &fault);
            ais_mem_set_fault(NULL);
            if (fired && CHECK(rc < 0))
                CHECK_STR(fault.message, "out of memory");
            if (!fired && CHECK(rc == 0))
                CHECK_STR(image.commit_id, whole.commit_id);
            ais_image_release(&image);
        }
        CHECK(failing > 10);
    }
    ais_image_release(&whole);
}

/* Whoever configures git has everything against clean work trees. */
static void be_hostile(void) {
    CHECK(shell(output, sizeof output,
                "mkdir home && echo '*' >home/all && printf '%%s\\n' '[core]' 'autocrlf = true' "
                "'excludesFile = ~/all' 'eol = crlf' 'attributesFile = ~/attributes' "
                "'[status]' 'showUntrackedFiles = all' "
                "'[init]' 'defaultBranch = other' >home/.gitconfig && "
                "echo '* ident' >home/attributes") == 0);
}

int main(void) {
    char home[4096];
    if (!getcwd(home, sizeof home - 5))
        return 1;
    setenv("HOME", strcat(home, "/home"), 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    unsetenv("XDG_CONFIG_HOME");
    be_hostile();
    with_git = is_there("git");
    git_libgit2_init();
    stream = fopen("stream", "wb");
    expected = fopen("expected", "wb");
    if (!CHECK(stream && expected))
        return REPORT();
    test_small();
    test_order_and_twins();
    test_sizes();
    test_many();
    test_random();
    if (with_git)
        compare_ids();
    test_no_memory();
    git_libgit2_shutdown();
    return REPORT();
}
