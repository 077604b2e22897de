/* What libgit2 says of repositories that are there already, hostile ones among them. The git binary
 * makes them; without it only what needs none is tested. */
#include "base/mem.h"
#include "git/git.h"
#include "shell.h"
#include "unit.h"

#include <unistd.h>

static char output[1 << 16], top[4096];

static void run(const char *command) {
    if (!CHECK(shell(output, sizeof output, "set -e\n%s", command) == 0))
        printf("  %s\n  %s\n", command, output);
}

/* Makes the repository `r` anew by shell commands in it, where g is a quiet git. */
static void make(const char *commands) {
    char text[4000];
    snprintf(text, sizeof text,
             "rm -rf r outside; mkdir outside; echo secret >outside/secret; "
             "g() { git -c user.name=A -c user.email=a@b.invalid -c protocol.file.allow=always "
             "-c init.defaultBranch=main \"$@\" >/dev/null; }\n"
             "g init -q r; cd r\n%s",
             commands);
    run(text);
}

/* What ais_git_work_files says of a folder: names between blanks, "none" or "error: ...". */
static const char *listed(const char *folder) {
    static char text[8192];
    struct ais_git_names names;
    struct ais_error err = {0};
    bool found;
    size_t used = 0;
    if (ais_git_work_files(folder, &names, &found, &err) < 0) {
        char line[2048];
        snprintf(text, sizeof text, "error: %s", ais_error_text(&err, line, sizeof line));
    } else if (!found) {
        snprintf(text, sizeof text, "none");
    } else {
        text[0] = '\0';
        for (size_t i = 0; i < names.count; i++)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i ? " " : "",
                                     names.paths[i]);
    }
    ais_git_names_release(&names);
    return text;
}

static void test_no_repository(void) {
    run("mkdir -p plain");
    CHECK_STR(listed("plain"), "none");
    CHECK(strncmp(listed("missing"), "error: ", 7) == 0 || strcmp(listed("missing"), "none") == 0);
}

static void test_usual(void) {
    make("");
    CHECK_STR(listed("r"), "");
    make("echo '*.log' >.gitignore; touch a b c.log d.log; mkdir s t e; touch s/f t/x.log;"
         "g add .gitignore a b s; g add -f c.log; rm b; touch new s/new");
    CHECK_STR(listed("r"), ".gitignore a c.log new s/f s/new");
    run("cd r; git -c user.name=A -c user.email=a@b.invalid commit -qm x; echo changed >a");
    CHECK_STR(listed("r"), ".gitignore a c.log new s/f s/new");
    CHECK_STR(listed("r/s"), "f new");
    CHECK_STR(listed("./r/"), ".gitignore a c.log new s/f s/new");
    run("ln -sfn r link");
    CHECK_STR(listed("link"), ".gitignore a c.log new s/f s/new");
}

static void test_ignored_elsewhere(void) {
    make("echo own >.git/info/exclude; mkdir d; touch own everywhere d/own keep; ");
    run("echo everywhere >home/ignored");
    CHECK_STR(listed("r"), "keep");
    make("mkdir -p out/in; touch out/in/f out/tracked; echo out/ >.gitignore; "
         "g add -f out/tracked");
    CHECK_STR(listed("r"), ".gitignore out/tracked");
}

static void test_links_and_kinds(void) {
    make("touch f; mkdir d; touch d/x; ln -s f to-file; ln -s d to-folder; ln -s no dangling; "
         "ln -s ../outside out; g add -A; ln -s f later; mkfifo pipe");
    CHECK_STR(listed("r"), "d/x dangling f later out to-file to-folder");
    /* what git calls deleted: a tracked file is now a folder's, or seen through a link only */
    make(
        "mkdir d; touch d/secret f; g add -A; rm -r d f; ln -s ../outside d; mkdir f; touch f/new");
    CHECK_STR(listed("r"), "d f/new");
    make("touch f; g add -A; rm f; mkfifo f");
    CHECK_STR(listed("r"), "");
}

static void test_inner_repositories(void) {
    make("touch f; g init -q inner; touch inner/x; mkdir deep; g init -q deep/inner; "
         "touch deep/inner/x deep/y; mkdir empty; g init -q empty/bare --bare");
    CHECK(strncmp(listed("r"), "deep/y ", 7) == 0);
    CHECK(!strstr(listed("r"), "inner"));
    make("g init -q ../outside/m; cd ../outside/m; touch x; g add x; g commit -qm x; cd ../../r; "
         "g submodule --quiet add ../outside/m sub 2>/dev/null; touch f");
    CHECK_STR(listed("r"), ".gitmodules f");
}

static void test_index_states(void) {
    make("for i in 1 2 3; do echo $i >f; b=$(git hash-object -w f); "
         "echo \"100644 $b $i\tf\"; done | git update-index --index-info");
    CHECK_STR(listed("r"), "f");
    make("touch a b c; g add a b; g add -N c; git update-index --skip-worktree a; "
         "git update-index --assume-unchanged b; rm a");
    CHECK_STR(listed("r"), "b c");
    make("touch f; g add f; git config core.ignorecase true; touch F");
    CHECK(strstr(listed("r"), "f") != NULL);
    make("touch '[x]' '*' \"a'b\" 'x y'; mkdir '[ab]' a; touch '[ab]/in' a/no; g add -A");
    CHECK_STR(listed("r"), "* [ab]/in [x] a'b a/no x y");
    CHECK_STR(listed("r/[ab]"), "in");
}

/* A tracked path that leads out of the work tree, put into the index byte by byte. */
static void test_hostile_index(void) {
    make("mkdir aa; touch aa/secret bb; g add -A; touch ../secret; perl -MDigest::SHA=sha1 -0777 "
         "-pi -e 's,aa/secret,../secret,; substr($_, -20) = \"\"; $_ .= sha1($_)' .git/index; "
         "grep -q ../secret .git/index");
    CHECK(!strstr(listed("r"), "../secret"));
    make("touch f; g add f; echo junk >.git/index");
    CHECK(strncmp(listed("r"), "error: r: git cannot", 20) == 0);
    CHECK(strchr(listed("r"), '\n') == NULL);
}

static void test_hostile_configuration(void) {
    make("touch f; git config core.worktree ../../outside");
    CHECK(!strstr(listed("r"), "secret"));
    make("touch f; echo '[' >../outside/secret; git config include.path ../../outside/secret");
    CHECK(strncmp(listed("r"), "error: r: git cannot", 20) == 0);
    make("touch f; git config core.excludesFile /dev/zero");
    CHECK_STR(listed("r"), "f");
    make("echo '* filter=x' >.gitattributes; touch f; g add f; echo 1 >f; "
         "git config core.fsmonitor \"touch $PWD/../outside/ran\"; "
         "git config filter.x.clean \"touch $PWD/../outside/ran\"");
    CHECK_STR(listed("r"), ".gitattributes f");
    run("test ! -e outside/ran");
    make("touch f; git config extensions.wanted yes; git config core.repositoryformatversion 9");
    CHECK(strncmp(listed("r"), "error: r: git cannot", 20) == 0);
}

static void test_git_folder_elsewhere(void) {
    make("touch f; mv .git ../outside/g; ln -s ../outside/g .git");
    CHECK_STR(listed("r"), "f");
    make("touch f; mv .git ../outside/g; echo 'gitdir: ../outside/g' >.git");
    CHECK_STR(listed("r"), "f");
    make("touch f; echo 'gitdir: nowhere' >../outside/x; rm -rf .git; mv ../outside/x .git");
    CHECK_STR(listed("r"), "none");
    make("touch f; g add f; g commit -qm x; g worktree add -q ../outside/w -b other 2>/dev/null; "
         "touch ../outside/w/new");
    CHECK_STR(listed("outside/w"), "f new");
    make("cd ..; rm -rf r; g init -q --bare r");
    CHECK(!strcmp(listed("r"), "none") || !strncmp(listed("r"), "error: ", 7));
}

/* Only root can give a folder away. */
static void test_other_owner(void) {
    char command[8192];
    if (geteuid() != 0) {
        printf("not root: folders of others are left out\n");
        return;
    }
    make("touch f; mkdir d; touch d/f");
    run("chown -R 65534 r");
    CHECK_STR(listed("r/d"), "error: r/d: another user owns the repository (git's setting "
                             "safe.directory lists those that are trusted)");
    CHECK_STR(listed("r"), "error: r: another user owns the repository (git's setting "
                           "safe.directory lists those that are trusted)");
    snprintf(command, sizeof command, "git config --global --add safe.directory '%s/r'", top);
    run(command);
    CHECK_STR(listed("r"), "d/f f");
}

static void test_discover_and_head(void) {
    struct ais_error err = {0};
    char *root, want[5000];
    long long time = 0;
    bool found = true;
    make("mkdir -p a/b");
    snprintf(want, sizeof want, "%s/r", top);
    CHECK(ais_git_discover("r/a/b", &root, &err) == 0);
    CHECK_STR(root, want);
    ais_free(root);
    CHECK(ais_git_head_time("r", &time, &found, &err) == 0 && !found);
    run("cd r; GIT_COMMITTER_DATE='@1234567890 +0200' git -c user.name=A "
        "-c user.email=a@b.invalid commit --allow-empty -qm x");
    CHECK(ais_git_head_time("r", &time, &found, &err) == 0 && found && time == 1234567890);
    CHECK(ais_git_discover("plain", &root, &err) == 0);
    CHECK(root == NULL);
    CHECK(ais_git_head_time("plain", &time, &found, &err) == 0 && !found);
}

static char *branch_with(const char *value) {
    struct ais_error err = {0};
    struct ais_file file = {.path = "home/.gitconfig", .data = NULL, .size = 0};
    char text[1024], *branch = NULL;
    snprintf(text, sizeof text,
             "[core]\n\texcludesFile = ~/ignored\n[init]\n\tdefaultBranch = \"%s\"\n", value);
    file.data = text;
    file.size = strlen(text);
    CHECK(write_file(".", &file));
    CHECK(ais_git_default_branch(&branch, &err) == 0);
    return branch;
}

static void check_branch(const char *value, const char *want) {
    char *branch = branch_with(value);
    CHECK_STR(branch, want);
    ais_free(branch);
}

/* The rules of git check-ref-format --branch. */
static void test_branch(void) {
    static const char *const bad[] = {
        "",    "a..b", "/a",   "a/",    "a//b",   ".a",   "a/.b",  "a.lock", "a/b.lock/c",
        "a b", "a~b",  "a^b",  "a:b",   "a?b",    "a*b",  "a[b",   "a.",     "a@{b",
        "-a",  "HEAD", "a\tb", "a\x7f", "a\\\\b", "../x", "a/../b"};
    static char lengthy[300];
    static const char *const good[] = {"main", "trunk", "a/b", "a.b", "a-", "a@b", "\xc3\xa9"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_branch(bad[i], "main");
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        check_branch(good[i], good[i]);
    memset(lengthy, 'b', 250); /* git makes BRANCH.lock beside it */
    check_branch(lengthy, lengthy);
    lengthy[250] = 'b';
    check_branch(lengthy, "main");
}

static void test_user(void) {
    struct ais_error err = {0};
    char *name, *email;
    run("printf '[user]\\n\\tname = Ada L\\n' >home/.gitconfig");
    CHECK(ais_git_user(&name, &email, &err) == 0);
    CHECK_STR(name, "Ada L");
    CHECK_STR(email, "");
    ais_free(name);
    ais_free(email);
}

int main(void) {
    char home[5000];
    if (!getcwd(top, sizeof top))
        return 1;
    snprintf(home, sizeof home, "%s/home", top);
    setenv("HOME", home, 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    unsetenv("XDG_CONFIG_HOME");
    run("mkdir -p home; touch home/ignored");
    test_branch();
    test_no_repository();
    if (is_there("git")) {
        test_usual();
        test_ignored_elsewhere();
        test_links_and_kinds();
        test_inner_repositories();
        test_index_states();
        test_hostile_index();
        test_hostile_configuration();
        test_git_folder_elsewhere();
        test_other_owner();
        test_discover_and_head();
    }
    test_user();
    return REPORT();
}
