/* The user's settings: config.json, one object of a few keys. */
#ifndef AIS_TEMPLATE_SETTINGS_H
#define AIS_TEMPLATE_SETTINGS_H

#include "template/answers.h"

/* All is borrowed from the document; what is not set is NULL. */
struct ais_settings {
    struct ais_json doc;
    const char *author, *email;
    const char *colours; /* "auto", "always" or "never" */
    json_t *templates;   /* list of absolute folders */
    json_t *defaults;    /* object: variables' names and answers */
};

/* Reads and checks the file `path`; one that is not there sets nothing. Faults of the file are
 * AIS_USAGE errors with their place. Released by ais_settings_release, also after an error. */
int ais_settings_read(struct ais_settings *settings, const char *path, struct ais_error *err);
void ais_settings_release(struct ais_settings *settings);

/* The setting `key` ("author", "defaults.license"; "templates" are separated by commas) as text:
 * the caller's (ais_free). NULL where it is not set, or the key is unknown, with *err set. */
char *ais_settings_get(const struct ais_settings *settings, const char *key, struct ais_error *err);

/* Sets `key` in the file `path`, or with text NULL removes it: the file is replaced by a rename,
 * and made with its folders where it is missing. A value that the key does not take changes
 * nothing. */
int ais_settings_set(const char *path, const char *key, const char *text, struct ais_error *err);

/* Suggests author, email and defaults to a template's questions. */
int ais_settings_suggest(const struct ais_settings *settings, struct ais_answers *answers,
                         struct ais_error *err);

/* Suggests a person's name and address to the variables that ask for them; "" is nobody. */
int ais_suggest_person(struct ais_answers *answers, const char *name, const char *email,
                       struct ais_error *err);

#endif
