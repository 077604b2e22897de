#include "kits.h"

#include "base/io.h"
#include "base/json.h"
#include "kit/cohort.h"
#include "kit/verify.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

static const char roster_text[] = "id,name,who\ns0001,Ada Example,Ada\ns0002,Bo Example,Bo\n";
static const char secret[] = "a secret of the course";

static int give(void *payload, struct ais_answers *answers, struct ais_error *err) {
    (void)payload;
    return ais_answers_give_text(answers, "words", "one, two", err);
}

static int read_roster(struct ais_roster *roster, const struct ais_template *t,
                       struct ais_error *err) {
    const struct ais_roster_options options = {.path = "roster", .t = t};
    struct ais_findings problems = {0};
    int rc = ais_roster_read(roster, roster_text, sizeof roster_text - 1, &options, &problems, err);
    if (rc == 0 && problems.count) {
        *err = problems.list[0];
        rc = -1;
    }
    ais_findings_release(&problems);
    return rc;
}

/* A digest of the names and bytes in "kits", which hold no times and no counts of the run. */
static int digest(char hex[AIS_SHA256_HEX], struct ais_error *err) {
    struct ais_names names = {0};
    struct ais_buf all = AIS_BUF(1 << 26);
    int fd = open("kits", O_RDONLY | O_DIRECTORY), rc = ais_list_folder(fd, "kits", &names, err);
    for (size_t i = 0; i < names.count && rc == 0; i++) {
        char path[512];
        if (*names.names[i] == '.' || strstr(names.names[i], "report"))
            continue;
        snprintf(path, sizeof path, "kits/%s", names.names[i]);
        ais_buf_add(&all, path, strlen(path) + 1);
        rc = ais_read_file(path, &all, err);
    }
    ais_sha256(ais_buf_text(&all), all.size, hex);
    ais_names_release(&names);
    ais_buf_release(&all);
    return rc;
}

int kits_make(const char *template, char hex[AIS_SHA256_HEX], struct ais_error *err) {
    const struct ais_catalogue catalogue = {0};
    struct ais_cohort cohort = {.folder = "kits",
                                .format = AIS_TAR,
                                .time = 1800000000,
                                .secret = secret,
                                .secret_size = sizeof secret - 1,
                                .jobs = 1,
                                .bundle = true,
                                .give = give};
    struct ais_cohort_result result = {0};
    struct ais_roster roster = {0};
    struct ais_template *t = ais_template_load(&catalogue, template, err);
    int rc = -1;
    cohort.t = t;
    cohort.roster = &roster;
    if (t && read_roster(&roster, t, err) == 0 &&
        ais_edition_read(&cohort.edition, "starter", "starter", NULL, err) == 0) {
        cohort.edition.t = t;
        rc = ais_cohort_run(&cohort, &result, err);
    }
    if (rc == 0 && result.failed) {
        *err = result.first;
        rc = -1;
    }
    json_decref(cohort.edition.solved);
    json_decref(result.json);
    ais_roster_release(&roster);
    ais_template_free(t);
    ais_mem_set_fault(NULL);
    return rc == 0 ? digest(hex, err) : -1;
}

static int seen(void *payload, const struct ais_verified *verified, struct ais_error *err) {
    json_t *object;
    char *text;
    if (verified->error.status) {
        *err = verified->error;
        return -1;
    }
    object = ais_verified_json(verified, err);
    text = object ? ais_json_dump(object, err) : NULL;
    if (text)
        ais_buf_add(payload, text, strlen(text));
    json_decref(object);
    ais_free(text);
    return text ? ais_buf_check(payload, AIS_FAILED, "the result", err) : -1;
}

int kits_verify(char hex[AIS_SHA256_HEX], struct ais_error *err) {
    static const char *const paths[] = {"kits"};
    struct ais_known known = {0};
    struct ais_buf text = AIS_BUF(1 << 24), found = AIS_BUF(1 << 24);
    const struct ais_verify verify = {.known = &known, .seen = seen, .payload = &found};
    int rc = -1;
    if (ais_read_file("kits/report.json", &text, err) == 0 &&
        ais_known_add(&known, "kits/report.json", ais_buf_text(&text), text.size, err) == 0)
        rc = ais_verify(&verify, paths, 1, err);
    ais_sha256(ais_buf_text(&found), found.size, hex);
    ais_known_release(&known);
    ais_buf_release(&text);
    ais_buf_release(&found);
    return rc;
}
