#include "cmd/cmd.h"

#include "base/io.h"
#include "base/json.h"
#include "base/mem.h"

#include <string.h>

enum { ANSWERS_BYTES_MAX = 4 << 20 };

static int give_file(struct ais_answers *answers, const char *path, struct ais_error *err) {
    struct ais_buf text = AIS_BUF(ANSWERS_BYTES_MAX);
    struct ais_json doc = {0};
    int rc = -1;
    if (ais_read_file(path, &text, err) == 0 &&
        ais_json_parse(&doc, strcmp(path, "-") == 0 ? "standard input" : path, ais_buf_text(&text),
                       text.size, AIS_ANSWERS, err) == 0)
        rc = ais_answers_give_json(answers, &doc, err);
    ais_json_release(&doc);
    ais_buf_release(&text);
    return rc;
}

int cmd_give(struct ais_answers *answers, const struct cmd_list *set, const char *file,
             struct ais_error *err) {
    for (size_t i = set->count; i-- > 0;) { /* the last of two stands */
        const char *equals = strchr(set->values[i], '=');
        char *name;
        int rc;
        if (!equals)
            return ais_fail(err, AIS_USAGE, "\"--set %s\" must be NAME=VALUE", set->values[i]);
        name = ais_strndup(set->values[i], (size_t)(equals - set->values[i]));
        rc = name ? ais_answers_give_text(answers, name, equals + 1, err) : ais_fail_memory(err);
        ais_free(name);
        if (rc < 0)
            return -1;
    }
    return file ? give_file(answers, file, err) : 0;
}
