/* What is said of a value that is missing. */
#include "jinja/builtin.h"
#include "jinja/env.h"
#include "jinja/list.h"

#include <string.h>

/* A hint for a shorter name would be any other short name. */
enum { WORDS_MAX = 256, HINT_MIN = 3 };

struct words {
    const char *list[WORDS_MAX];
    size_t count;
};

static void add_word(struct words *words, const char *word) {
    if (words->count < WORDS_MAX)
        words->list[words->count++] = word;
}

static void add_keys(struct ais_jrun *run, struct words *words, const struct ais_jdict *dict) {
    for (size_t i = 0; i < dict->used; i++) {
        const struct ais_jentry *entry = &dict->entries[i];
        if (entry->live && entry->key.kind == J_STR)
            add_word(words, ais_arena_strndup(&run->arena, entry->key.as.str->data,
                                              entry->key.as.str->size));
    }
}

/* Names that a variable could have meant. */
static void add_names(struct ais_jrun *run, struct words *words) {
    const struct ais_jinja_function *host = run->env->options.functions;
    const char *key;
    json_t *value;
    for (const struct ais_jscope *scope = run->scope; scope; scope = scope->parent) {
        add_keys(run, words, &scope->names);
        json_object_foreach((json_t *)scope->context, key, value) {
            add_word(words, key);
        }
    }
    for (; host && host->name; host++)
        add_word(words, host->name);
}

int ais_jrun_fail_undefined(struct ais_jrun *run, const struct ais_jundefined *undefined) {
    const struct ais_jval of = undefined->of;
    struct words words = {.count = 0};
    char hint[160] = "";
    run->tree = undefined->tree;
    run->at = undefined->node;
    if (undefined->reason)
        return ais_jrun_fail(run, "%s", undefined->reason);
    if (of.kind == J_ABSENT)
        add_names(run, &words);
    else if (of.kind == J_DICT || of.kind == J_NAMESPACE)
        add_keys(run, &words, of.as.dict);
    else if (of.kind == J_MODULE)
        add_keys(run, &words, of.as.module->exports);
    if (strlen(undefined->name) >= HINT_MIN)
        ais_did_you_mean(hint, sizeof hint, undefined->name, words.list, words.count);
    if (of.kind == J_ABSENT)
        return ais_jrun_fail(run, "\"%s\" is undefined%s", undefined->name, hint);
    if (of.kind == J_MODULE)
        return ais_jrun_fail(run, "template \"%s\" has no \"%s\"%s", of.as.module->name,
                             undefined->name, hint);
    return ais_jrun_fail(run, "%s has no \"%s\"%s", ais_jval_type(of), undefined->name, hint);
}
