#include "base/mem.h"
#include "plan/plan.h"
#include "unit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void write_file(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
}

static unsigned long allowed;

static bool runs_out(void) {
    return allowed == 0 || !allowed--;
}

static int make(const struct ais_template *t, const struct ais_edition *edition,
                struct ais_plan *plan, struct ais_answers **answers, struct ais_error *err) {
    *answers = ais_answers_new(t, err);
    if (!*answers || ais_answers_give_text(*answers, "rows", "[{\"x\": 1}, {\"x\": 2}]", err) < 0 ||
        ais_answers_resolve(*answers, NULL, true, err) < 0)
        return -1;
    return ais_plan_make(plan, t, *answers, edition, err);
}

/* Plans the edition again and again, with one more allocation that works each time: it fails for
 * want of memory until it gives the right plan. */
static void plan_until_it_works(const struct ais_template *t, bool starter) {
    const struct ais_edition edition = {.starter = starter};
    struct ais_plan plan = {0};
    unsigned long least = 0;
    int rc = -1;
    for (; rc < 0 && least < 100000; least++) {
        struct ais_answers *answers = NULL;
        struct ais_error err = {0};
        allowed = least;
        ais_mem_set_fault(runs_out);
        rc = make(t, &edition, &plan, &answers, &err);
        ais_mem_set_fault(NULL);
        if (rc == 0)
            CHECK(plan.count == 4 && strlen(plan.digest) == 64);
        else if (!CHECK(err.status == AIS_FAILED) || !CHECK_STR(err.message, "out of memory"))
            least = 100000;
        ais_plan_release(&plan);
        ais_answers_free(answers);
    }
    CHECK(rc == 0 && least > 100);
}

int main(void) {
    const struct ais_catalogue catalogue = {NULL, 0};
    struct ais_error err = {0};
    struct ais_template *t;
    json_set_alloc_funcs(ais_malloc, ais_free);
    CHECK(mkdir("s", 0755) == 0 && mkdir("s/files", 0755) == 0);
    write_file("s/files/row.txt.jinja",
               "{{ row.x }} {{ provided.all | join(' ') }}{{ provided.text }}\n");
    write_file("s/files/part.txt", "part\n");
    write_file("s/files/a.py", "# BEGIN SOLUTION\nanswer = compute_the_answer()\n# END SOLUTION\n");
    write_file(
        "s/template.json",
        "{\"name\": \"s\", \"version\": \"1.0.0\", \"released\": \"2026-12-01T00:00:00Z\","
        "\"summary\": \"s\", \"variables\": {\"rows\": {\"type\": \"table\", \"default\": []},"
        "\"c\": {\"computed\": \"{{ rows | length }}\"}},"
        "\"tree\": [{\"from\": \"row.txt.jinja\", \"to\": \"{{ c }}/{{ row.x }}\", \"each\": \"row "
        "in rows\"},"
        "{\"from\": \"a.py\", \"to\": \"a.py\", \"when\": \"rows\"}],"
        "\"provides\": {\"all\": [\"{{ c }}\"], \"text\": \"part.txt\"},"
        "\"roles\": {\"protected\": [\"**/1\"]}}");
    t = ais_template_load(&catalogue, "./s", &err);
    CHECK_STR(err.message, "");
    if (t) {
        plan_until_it_works(t, false);
        plan_until_it_works(t, true);
    }
    ais_template_free(t);
    return REPORT();
}
