#include "cmd/cmd.h"

#include "base/mem.h"
#include "git/git.h"

static int suggest(struct ais_answers *answers, const char *name, const char *email,
                   struct ais_error *err) {
    const struct {
        const char *variable, *text;
    } known[] = {
        {"author", name}, {"author_name", name}, {"email", email}, {"author_email", email}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (*known[i].text &&
            ais_answers_suggest(answers, known[i].variable, known[i].text, err) < 0)
            return -1;
    return 0;
}

int cmd_suggest(struct ais_answers *answers, struct ais_error *err) {
    char *name = NULL, *email = NULL;
    int rc = ais_git_user(&name, &email, err);
    if (rc == 0)
        rc = suggest(answers, name, email, err);
    ais_free(name);
    ais_free(email);
    return rc;
}
