/* Answers: a value for every variable, from whoever gives it, under one validation. */
#ifndef AIS_TEMPLATE_ANSWERS_H
#define AIS_TEMPLATE_ANSWERS_H

#include "base/buf.h"
#include "template/template.h"

/* Asks the user for `v`. `suggestion` is the default, or NULL. `problem` is what was wrong with the
 * last answer, or NULL. Returns the answer as text (ais_free), or NULL with *err set. */
struct ais_asker {
    char *(*ask)(void *payload, const struct ais_variable *v, const json_t *suggestion,
                 const char *problem, struct ais_error *err);
    void *payload;
};

struct ais_answers;
struct ais_answers *ais_answers_new(const struct ais_template *t, struct ais_error *err);
void ais_answers_free(struct ais_answers *a);
const struct ais_template *ais_answers_template(const struct ais_answers *a);

/* Gives a value, unless one was given before, so that the first giver wins. Unknown and computed
 * variables and values that the variable does not take are AIS_ANSWERS errors. */
int ais_answers_give_text(struct ais_answers *a, const char *name, const char *text,
                          struct ais_error *err);
/* Gives all members of the object `doc`, as an answers file holds them. */
int ais_answers_give_json(struct ais_answers *a, const struct ais_json *doc, struct ais_error *err);

/* Puts a value that the variable takes in the place of what was given; NULL takes that back. */
int ais_answers_change(struct ais_answers *a, const char *name, json_t *value,
                       struct ais_error *err);

/* Puts `text` in the place of v's own default, for a variable `name` that takes it; nothing happens
 * where there is none, or it does not take it. The first suggestion stands. */
int ais_answers_suggest(struct ais_answers *a, const char *name, const char *text,
                        struct ais_error *err);
/* What was suggested and taken up, by name; borrowed. */
const json_t *ais_answers_suggested(const struct ais_answers *a);

/* Says whose kit it is, before ais_answers_resolve: 64 hex digits. */
void ais_answers_set_kit(struct ais_answers *a, const char *id);
/* Its id, or NULL where it is no kit. */
const char *ais_answers_kit(const struct ais_answers *a);

/* Lets ais_answers_resolve take a blank value of its type for each answer that is missing. */
void ais_answers_allow_blanks(struct ais_answers *a);

/* What was given so far, by name; borrowed. */
const json_t *ais_answers_given(const struct ais_answers *a);

/* Resolves all variables: what was given, else what `asker` hears (may be NULL), else, with
 * `defaults`, the default. All answers that are missing are named in one error. */
int ais_answers_resolve(struct ais_answers *a, const struct ais_asker *asker, bool defaults,
                        struct ais_error *err);

/* After resolve: whether the variable's condition was false, so that its value is no answer. */
bool ais_answers_is_idle(const struct ais_answers *a, const char *name);

/* After resolve: the values by name and `template`, as templates see them, without secrets;
 * borrowed. */
json_t *ais_answers_values(const struct ais_answers *a);
/* The same with secrets, for conditions only. */
json_t *ais_answers_all(const struct ais_answers *a);
/* What a project records: a new reference, without computed values and secrets. */
json_t *ais_answers_record(const struct ais_answers *a, struct ais_error *err);

/* The least that gives the same answers as `a`, which is resolved, where everything else is left to
 * the template's defaults: an object, a new reference, without secrets. */
json_t *ais_answers_least(const struct ais_answers *a, struct ais_error *err);

/* A value of v's type from text: a new reference, or NULL with the reason in reason[size]. */
json_t *ais_value_parse(const struct ais_variable *v, const char *text, char *reason, size_t size);
/* 0 where v takes the value, else -1 with the reason in reason[size]. */
int ais_value_check(const struct ais_variable *v, const json_t *value, char *reason, size_t size);
/* The value in the form that ais_value_parse reads: the caller's (ais_free), or NULL. */
char *ais_value_text(const json_t *value);

#endif
