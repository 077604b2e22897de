#include "template/settings.h"

#include "base/io.h"
#include "template/fields.h"

#include <string.h>
#include <unistd.h>

enum { SETTINGS_BYTES_MAX = 1 << 20 };

static const char *const keys[] = {"$schema",   "author",   "email", "colours",
                                   "templates", "defaults", NULL};

static int check_colours(const struct ais_fields *f, const char *colours) {
    if (!colours || strcmp(colours, "auto") == 0 || strcmp(colours, "always") == 0 ||
        strcmp(colours, "never") == 0)
        return 0;
    return ais_fields_fail(f, "colours", "must be auto, always or never");
}

static int check_templates(const struct ais_fields *f, struct ais_node list) {
    for (size_t i = 0; i < ais_node_count(list); i++)
        if (ais_node_text(ais_node_at(list, i))[0] != '/')
            return ais_fields_fail(f, "templates", "must name folders from \"/\" on");
    return 0;
}

/* Answers in the forms that an answers file has, but for tables. */
static int check_defaults(const struct ais_fields *f, struct ais_node defaults) {
    if (!json_is_object(defaults.value))
        return ais_fields_fail(f, "defaults", "must be an object");
    for (size_t i = 0; i < ais_node_count(defaults); i++) {
        struct ais_node node = ais_node_at(defaults, i);
        if (json_is_object(node.value) || json_is_null(node.value))
            return ais_fail_at(f->err, AIS_USAGE, ais_node_place(node),
                               "\"%s\" in defaults must be text, a number, true, false or a list",
                               node.key);
    }
    return 0;
}

static int check(struct ais_settings *s, struct ais_error *err) {
    struct ais_fields f = {ais_json_root(&s->doc), "the settings", err, AIS_USAGE};
    struct ais_node templates, defaults;
    const char *schema;
    bool found;
    if (ais_fields_open(&f, keys) < 0 || ais_fields_string(&f, "$schema", &schema) < 0 ||
        ais_fields_string(&f, "author", &s->author) < 0 ||
        ais_fields_string(&f, "email", &s->email) < 0 ||
        ais_fields_string(&f, "colours", &s->colours) < 0 || check_colours(&f, s->colours) < 0 ||
        ais_fields_strings(&f, "templates", &templates, &found) < 0)
        return -1;
    if (found) {
        if (check_templates(&f, templates) < 0)
            return -1;
        s->templates = templates.value;
    }
    if (!ais_node_get(f.node, "defaults", &defaults))
        return 0;
    s->defaults = defaults.value;
    return check_defaults(&f, defaults);
}

static int parse(struct ais_settings *s, const char *path, const char *text, size_t size,
                 struct ais_error *err) {
    if (ais_json_parse(&s->doc, path, text, size, AIS_USAGE, err) < 0)
        return -1;
    return check(s, err);
}

int ais_settings_read(struct ais_settings *s, const char *path, struct ais_error *err) {
    struct ais_buf text = AIS_BUF(SETTINGS_BYTES_MAX);
    int rc;
    *s = (struct ais_settings){0};
    if (access(path, F_OK) < 0) /* also where its folder is closed to this user */
        return 0;
    rc = ais_read_file(path, &text, err);
    if (rc == 0)
        rc = parse(s, path, ais_buf_text(&text), text.size, err);
    ais_buf_release(&text);
    return rc;
}

void ais_settings_release(struct ais_settings *s) {
    ais_json_release(&s->doc);
    *s = (struct ais_settings){0};
}

/* The name behind "defaults.", or NULL where the key is another; -1 where there is no such key. */
static int split_key(const char *key, const char **name, struct ais_error *err) {
    const char *names[] = {"author", "email", "colours", "templates", "defaults.NAME"};
    char hint[128];
    *name = NULL;
    if (strncmp(key, "defaults.", 9) == 0 && key[9]) {
        *name = key + 9;
        return 0;
    }
    for (size_t i = 0; i < 4; i++)
        if (strcmp(key, names[i]) == 0)
            return 0;
    ais_did_you_mean(hint, sizeof hint, key, names, 5);
    return ais_fail(err, AIS_USAGE, "there is no setting \"%s\"%s", key,
                    *hint ? hint
                          : " (there are author, email, colours, templates and defaults.NAME)");
}

char *ais_settings_get(const struct ais_settings *s, const char *key, struct ais_error *err) {
    const char *name;
    const json_t *value;
    char *text;
    if (split_key(key, &name, err) < 0)
        return NULL;
    value = name ? json_object_get(s->defaults, name) : json_object_get(s->doc.root, key);
    if (!value)
        return NULL;
    text = ais_value_text(value);
    if (!text)
        ais_fail_memory(err);
    return text;
}

/* A new value for the key: text, but for the list of folders. */
static json_t *value_for(const char *key, const char *text) {
    const struct ais_variable list = {.type = AIS_LIST};
    char reason[128];
    return strcmp(key, "templates") == 0 ? ais_value_parse(&list, text, reason, sizeof reason)
                                         : json_string(text);
}

/* Changes `root`, which stays valid where this fails. */
static int change(json_t *root, const char *key, const char *name, const char *text,
                  struct ais_error *err) {
    json_t *object = root, *value = text ? value_for(key, text) : NULL;
    int rc = 0;
    if (text && !value)
        return ais_fail(err, AIS_USAGE, "the setting \"%s\" must be UTF-8", key);
    if (name) {
        object = json_object_get(root, "defaults");
        if (!object && json_object_set_new(root, "defaults", json_object()) == 0)
            object = json_object_get(root, "defaults");
    }
    if (value)
        rc = object ? json_object_set(object, name ? name : key, value) : -1;
    else
        json_object_del(object, name ? name : key);
    json_decref(value);
    return rc < 0 ? ais_fail_memory(err) : 0;
}

int ais_settings_set(const char *path, const char *key, const char *text, struct ais_error *err) {
    struct ais_settings before = {0}, after = {0};
    struct ais_error wrong = {0};
    const char *name;
    json_t *root = NULL;
    char *written = NULL;
    int rc = -1;
    if (split_key(key, &name, err) < 0 || ais_settings_read(&before, path, err) < 0)
        goto out;
    root = before.doc.root ? json_incref(before.doc.root) : json_object();
    if (!root) {
        ais_fail_memory(err);
        goto out;
    }
    if (change(root, key, name, text, err) < 0 || !(written = ais_json_dump(root, err)))
        goto out;
    if (parse(&after, path, written, strlen(written), &wrong) < 0) {
        ais_fail(err, wrong.status, "%s", wrong.message); /* it stands nowhere yet */
        goto out;
    }
    rc = ais_replace_file(path, written, strlen(written), err);
out:
    ais_free(written);
    json_decref(root);
    ais_settings_release(&before);
    ais_settings_release(&after);
    return rc;
}

int ais_suggest_person(struct ais_answers *answers, const char *name, const char *email,
                       struct ais_error *err) {
    const struct {
        const char *variable, *text;
    } known[] = {
        {"author", name}, {"author_name", name}, {"email", email}, {"author_email", email}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].text && *known[i].text &&
            ais_answers_suggest(answers, known[i].variable, known[i].text, err) < 0)
            return -1;
    return 0;
}

int ais_settings_suggest(const struct ais_settings *s, struct ais_answers *answers,
                         struct ais_error *err) {
    const char *name;
    json_t *value;
    json_object_foreach(s->defaults, name, value) {
        char *text = ais_value_text(value);
        int rc = text ? ais_answers_suggest(answers, name, text, err) : ais_fail_memory(err);
        ais_free(text);
        if (rc < 0)
            return -1;
    }
    return ais_suggest_person(answers, s->author, s->email, err);
}
