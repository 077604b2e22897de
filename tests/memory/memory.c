/* Makes the k-th allocation fail, for k = 1 until none fails, once and from then on.
 *
 * Each job ends with the right result, or with "out of memory" and nothing on the disk, or, where
 * it works on a project that is there, what the same job makes the right result of; nothing is
 * leaked, and nothing is counted as passed that a sanitizer complains of. Allocations of libgit2
 * and libarchive are not ours and don't fail here.
 *
 *     memory TEMPLATE FOLDER              all jobs; FOLDER is empty and written in
 *     memory TEMPLATE FOLDER JOB K [all]  one fault again, with the calls that led to it */
#include "base/io.h"
#include "base/json.h"
#include "git/git.h"
#include "plan/lint.h"
#include "plan/plan.h"
#include "sink/listing.h"
#include "sink/project.h"
#include "sink/worktree.h"
#include "update/update.h"

#include "kits.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* gcc comes without the header of these */
size_t __sanitizer_get_current_allocated_bytes(void);
void __sanitizer_print_stack_trace(void);

static const char *template_folder;
static long at, total;
/* an archive is packed in a thread of its own, and kits are made in a process of their own */
static struct counted {
    _Atomic long calls;
    _Atomic bool fired;
} * counted;
static bool sticky, shown;

static bool fails(void) {
    long call = ++counted->calls;
    if (at == 0 || (sticky ? call < at : call != at))
        return false;
    if (shown && !counted->fired)
        __sanitizer_print_stack_trace();
    counted->fired = true;
    return true;
}

/* What a job made, as a digest; "" where it failed. */
struct result {
    char text[AIS_SHA256_HEX];
};

static void digest_file(const char *path, char hex[AIS_SHA256_HEX]) {
    struct ais_buf text = AIS_BUF(1 << 24);
    struct ais_error err = {0};
    if (ais_read_file(path, &text, &err) == 0)
        ais_sha256(ais_buf_text(&text), text.size, hex);
    ais_buf_release(&text);
}

/* Loads the template, takes answers of all kinds, and plans. Everything is released by the caller.
 */
struct planned {
    struct ais_template *t;
    struct ais_answers *answers;
    struct ais_plan plan;
    struct ais_edition edition;
};

static int give(struct ais_answers *answers, struct ais_error *err) {
    static const char text[] =
        "{\"rows\": [{\"id\": \"x\", \"n\": 1}], \"count\": 7, \"part\": 1.5}";
    struct ais_json doc = {0};
    int rc = -1;
    if (ais_answers_give_text(answers, "words", "one, two", err) == 0 &&
        ais_answers_give_text(answers, "wanted", "yes", err) == 0 &&
        ais_json_parse(&doc, "answers", text, sizeof text - 1, AIS_ANSWERS, err) == 0)
        rc = ais_answers_give_json(answers, &doc, err);
    ais_json_release(&doc);
    return rc;
}

static int plan(struct planned *p, const char *edition, struct ais_error *err) {
    const struct ais_catalogue catalogue = {0};
    p->t = ais_template_load(&catalogue, template_folder, err);
    p->answers = p->t ? ais_answers_new(p->t, err) : NULL;
    if (!p->answers || give(p->answers, err) < 0 ||
        ais_answers_resolve(p->answers, NULL, true, err) < 0 ||
        ais_edition_read(&p->edition, edition, "complete", NULL, err) < 0)
        return -1;
    return ais_plan_make(&p->plan, p->t, p->answers, &p->edition, err);
}

static void planned_release(struct planned *p) {
    ais_plan_release(&p->plan);
    ais_answers_free(p->answers);
    ais_template_free(p->t);
    json_decref(p->edition.solved);
}

static int run_project(struct result *result, const char *edition, struct ais_error *err) {
    struct planned p = {0};
    struct ais_project project = {
        .target = "out", .branch = "main", .archive = "out.tar", .archive_git = true};
    char commit[41];
    int rc = plan(&p, edition, err);
    if (rc == 0)
        rc = ais_project_write(&project, &p.plan, commit, err);
    planned_release(&p);
    ais_mem_set_fault(NULL);
    if (rc == 0)
        digest_file("out.tar", result->text); /* it holds all that the folder holds */
    return rc;
}

static int project(struct result *result, struct ais_error *err) {
    return run_project(result, "complete", err);
}

static int starter(struct result *result, struct ais_error *err) {
    return run_project(result, "starter", err);
}

static int zip(struct result *result, struct ais_error *err) {
    const struct ais_package package = {
        .folder = template_folder, .archive = "out.zip", .format = AIS_ZIP, .time = 400000000};
    size_t count;
    int rc = ais_package_write(&package, &count, err);
    ais_mem_set_fault(NULL);
    if (rc == 0)
        digest_file("out.zip", result->text);
    return rc;
}

static int listing(struct result *result, struct ais_error *err) {
    struct planned p = {0};
    int rc = plan(&p, "complete", err);
    json_t *list = rc == 0 ? ais_listing(&p.plan, err) : NULL;
    char *text = list ? ais_json_dump(list, err) : NULL;
    if (text)
        ais_sha256(text, strlen(text), result->text);
    ais_free(text);
    json_decref(list);
    planned_release(&p);
    return text ? 0 : -1;
}

static int lint(struct result *result, struct ais_error *err) {
    const struct ais_catalogue catalogue = {0};
    struct ais_findings findings = {0};
    struct ais_template *t = ais_template_load(&catalogue, template_folder, err);
    int rc = t ? ais_lint(t, &findings, err) : -1;
    if (rc == 0)
        ais_sha256(findings.list, findings.count * sizeof *findings.list, result->text);
    ais_findings_release(&findings);
    ais_template_free(t);
    return rc;
}

static int git(struct result *result, struct ais_error *err) {
    char *branch = NULL, *name = NULL, *email = NULL, *root = NULL;
    int rc = -1;
    if (ais_git_default_branch(&branch, err) == 0 && ais_git_user(&name, &email, err) == 0 &&
        ais_git_discover("/", &root, err) == 0) {
        ais_sha256(branch, strlen(branch), result->text);
        rc = 0;
    }
    ais_free(branch);
    ais_free(name);
    ais_free(email);
    ais_free(root);
    return rc;
}

/* The project "out", whose owner git knows. */
static int make_project(struct ais_error *err) {
    static const char user[] = "[user]\n\tname = n\n\temail = e@example.invalid\n";
    struct planned p = {0};
    struct ais_project made = {.target = "out", .branch = "main"};
    char commit[41];
    int fd, rc = plan(&p, "starter", err);
    if (rc == 0)
        rc = ais_project_write(&made, &p.plan, commit, err);
    planned_release(&p);
    fd = rc == 0 ? open("out/.git/config", O_WRONLY | O_APPEND) : -1;
    if (rc == 0 && (fd < 0 || ais_write_all(fd, user, sizeof user - 1, "config", err) < 0))
        rc = -1;
    if (fd >= 0)
        close(fd);
    return rc;
}

static int other_words(void *payload, struct ais_answers *answers, struct ais_error *err) {
    (void)payload;
    if (ais_answers_give_text(answers, "token", "hidden", err) < 0)
        return -1;
    return ais_answers_give_text(answers, "words", "three, four", err);
}

static int update(struct result *result, struct ais_error *err) {
    const struct ais_catalogue catalogue = {0};
    const struct ais_update_options options = {
        .folder = "out",
        .wish = {.catalogue = &catalogue, .source = template_folder, .give = other_words},
        .now = 1800000000};
    struct ais_update made;
    struct ais_oid head;
    bool found = false;
    int rc = ais_update_run(&made, &options, err);
    ais_mem_set_fault(NULL);
    if (rc == 0 && ais_repo_head(made.origin.repo, &head, &found, err) == 0 && found)
        ais_sha256(&head, sizeof head, result->text);
    ais_update_release(&made);
    return rc;
}

static int kit(struct result *result, struct ais_error *err) {
    return kits_make(template_folder, result->text, err);
}

static int make_folder(struct ais_error *err) {
    return mkdir("kits", 0777) < 0 ? ais_fail_errno(err, "kits", "make") : 0;
}

static int make_kits(struct ais_error *err) {
    struct result ignored;
    return kit(&ignored, err);
}

static int verify(struct result *result, struct ais_error *err) {
    return kits_verify(result->text, err);
}

/* `prepare` makes what the job works on, without faults. Of the jobs that take long, every step-th
 * allocation fails. */
static const struct job {
    const char *name;
    int (*run)(struct result *result, struct ais_error *err);
    int (*prepare)(struct ais_error *err);
    long step;
} jobs[] = {{"project", project, NULL, 1},
            {"starter", starter, NULL, 1},
            {"zip", zip, NULL, 1},
            {"listing", listing, NULL, 1},
            {"lint", lint, NULL, 1},
            {"git", git, NULL, 1},
            {"update", update, make_project, 7},
            {"kit", kit, make_folder, 53},
            {"verify", verify, make_kits, 13}};
enum { JOBS = sizeof jobs / sizeof *jobs };

/* Empties the folder that the jobs write in. Returns how much of theirs was there. */
static size_t clean(void) {
    struct ais_names names = {0};
    struct ais_error err = {0};
    size_t count;
    ais_list_folder(open(".", O_RDONLY | O_DIRECTORY), ".", &names, &err);
    count = names.count;
    for (size_t i = 0; i < count; i++)
        if (unlink(names.names[i]) < 0)
            ais_remove_tree(AT_FDCWD, names.names[i]);
    ais_names_release(&names);
    return count;
}

/* What is wrong with what an error left, or NULL. */
static const char *look(const struct job *job, const struct result *good) {
    struct result result = {""};
    struct ais_error err = {0};
    if (!job->prepare)
        return clean() ? "something was left on the disk" : NULL;
    if (job->run(&result, &err) < 0)
        fprintf(stderr, "%s: the next run: %s\n", job->name, err.message);
    return strcmp(result.text, good->text) == 0 ? NULL : "the next run makes something else";
}

static const char leaked[] = "memory was leaked";

/* One run with a fault. Says what is wrong, or NULL. */
static const char *try(const struct job *job, const struct result *good) {
    struct result result = {""};
    struct ais_error err = {0};
    size_t before;
    int rc;
    clean();
    if (job->prepare && job->prepare(&err) < 0)
        return "the preparation failed";
    before = __sanitizer_get_current_allocated_bytes();
    counted->calls = 0;
    counted->fired = false;
    ais_mem_set_fault(fails);
    rc = job->run(&result, &err);
    ais_mem_set_fault(NULL);
    if (__sanitizer_get_current_allocated_bytes() != before)
        return leaked;
    if (rc == 0)
        return strcmp(result.text, good->text) == 0 ? NULL : "a wrong result";
    if (!counted->fired)
        return "an error without a fault";
    if (err.status != AIS_FAILED || strcmp(err.message, "out of memory") != 0) {
        fprintf(stderr, "%s: status %d, \"%s\"\n", job->name, (int)err.status, err.message);
        return "another error than \"out of memory\"";
    }
    return look(job, good);
}

static int run_job(const struct job *job, const struct result *good) {
    int failed = 0;
    long tries = 0;
    for (int all = 0; all < 2; all++) {
        sticky = all;
        at = 0;
        do {
            const char *wrong;
            at += job->step;
            wrong = try(job, good);
            /* the sanitizer sums its counts without a lock: what is leaked is leaked again, and
             * what leaks once is told at the end */
            if (wrong == leaked)
                wrong = try(job, good);
            tries++;
            if (wrong) {
                printf("%s %ld%s: %s\n", job->name, at, sticky ? " all" : "", wrong);
                failed++;
            }
        } while (counted->fired && failed < 20);
    }
    printf("%s: %ld faults\n", job->name, tries);
    total += tries;
    return failed;
}

int main(int argc, char **argv) {
    int failed = 0;
    if (argc < 3)
        return 2;
    template_folder = argv[1];
    counted =
        mmap(NULL, sizeof *counted, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (counted == MAP_FAILED || chdir(argv[2]) < 0 || clean())
        return 2;
    json_set_alloc_funcs(ais_malloc, ais_free);
    for (size_t i = 0; i < JOBS; i++) {
        struct result good = {""};
        struct ais_error err = {0};
        if (argc > 3 && strcmp(argv[3], jobs[i].name) != 0)
            continue;
        clean();
        if ((jobs[i].prepare && jobs[i].prepare(&err) < 0) || jobs[i].run(&good, &err) < 0) {
            printf("%s: %s\n", jobs[i].name, err.message);
            failed++;
            continue;
        }
        clean();
        if (argc > 4) {
            const char *wrong;
            at = atol(argv[4]);
            sticky = argc > 5;
            shown = true;
            wrong = try(&jobs[i], &good);
            printf("%s\n", wrong ? wrong : "all is well");
            failed += wrong != NULL;
            total++;
        } else {
            failed += run_job(&jobs[i], &good);
        }
    }
    printf("%ld passed, %d failed\n", total - failed, failed);
    return failed != 0;
}
