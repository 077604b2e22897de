/* The manifest: template.json as one typed structure. All its checks happen here. */
#ifndef AIS_TEMPLATE_MANIFEST_H
#define AIS_TEMPLATE_MANIFEST_H

#include "base/json.h"
#include "jinja/jinja.h"
#include "template/source.h"

#include <stdint.h>

/* Everything below is owned by the manifest; strings are borrowed from its document. `at` is where
 * a thing stands. A tree is NULL where the manifest says nothing. */

enum ais_type {
    AIS_STRING,
    AIS_INTEGER,
    AIS_NUMBER,
    AIS_BOOLEAN,
    AIS_CHOICE,
    AIS_CHOICES,
    AIS_LIST,
    AIS_TABLE,
};

/* A variable: asked for, or computed from earlier ones. */
struct ais_variable {
    const char *name;
    struct ais_place at, default_at;
    enum ais_type type;
    const char *prompt, *help, *pattern;
    struct ais_regex *regex;              /* of pattern, or NULL */
    json_t *fallback;                     /* the default as it stands, or NULL */
    struct ais_jinja_tree *fallback_tree; /* of a string default */
    struct ais_jinja_tree *when, *computed;
    json_t *choices; /* strings, for choice and choices */
    double min, max; /* of a number, or of a length */
    bool has_min, has_max, secret;
};

struct ais_layer {
    const char *name;
    struct ais_place at;
    struct ais_jinja_tree *when;
};

/* An entry of the tree. `path` holds the pieces of `to`, one template a name, so that a value can
 * never bring a '/' in. */
struct ais_tree_entry {
    struct ais_place at;
    const char *from, *to; /* from is NULL for an empty folder */
    struct ais_path_template *path;
    struct ais_jinja_tree *when, *each;
    bool empty, executable, override;
    int render; /* 1 or 0 where the manifest says so, else -1 */
};

enum ais_provide_kind { AIS_PROVIDE_LIST, AIS_PROVIDE_MAP, AIS_PROVIDE_FRAGMENT };

struct ais_provide {
    const char *name;
    struct ais_place at;
    enum ais_provide_kind kind;
    struct ais_node value;
};

struct ais_milestone {
    const char *id, *title;
    struct ais_place at;
    json_t *tests; /* list of paths */
};

struct ais_manifest {
    struct ais_json doc;
    const char *name, *version, *summary;
    const char *released_text;
    int64_t released; /* seconds since 1970 */
    struct ais_layer *layers;
    size_t layer_count;
    struct ais_variable *variables;
    size_t variable_count;
    struct ais_tree_entry *tree;
    size_t tree_count;
    struct ais_provide *provides;
    size_t provide_count;
    struct ais_milestone *milestones;
    size_t milestone_count;
    json_t *protected_globs, *student_globs; /* lists, or NULL */
    /* lists, or NULL */
    json_t *setup_command, *test_command, *starter_command, *milestone_command;
    json_t *leak_allow;
    json_t *about; /* an object, or NULL */
};

/* Reads and checks the manifest of `source`; `env` parses its expressions and must outlive it.
 * Released by ais_manifest_release, also after an error. */
int ais_manifest_read(struct ais_manifest *manifest, struct ais_source *source,
                      struct ais_jinja *env, struct ais_error *err);
void ais_manifest_release(struct ais_manifest *manifest);

/* "string", "choice", ... */
const char *ais_type_name(enum ais_type type);

#endif
