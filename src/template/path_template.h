/* A path with Jinja in it, one template a name: what a value holds can't add a folder. */
#ifndef AIS_TEMPLATE_PATH_TEMPLATE_H
#define AIS_TEMPLATE_PATH_TEMPLATE_H

#include "jinja/jinja.h"

struct ais_path_template;

/* Parses `text`, whose names are separated by '/' outside of Jinja; a '/' at the end is passed
 * over. NULL with *err set. Freed before its environment. */
struct ais_path_template *ais_path_template_parse(struct ais_jinja *env, struct ais_place at,
                                                  const char *text, struct ais_error *err);
void ais_path_template_free(struct ais_path_template *path);

/* Appends the rendered path to out. A name that renders with a '/' in it is an error at the path's
 * place. */
int ais_path_template_render(const struct ais_path_template *path, const json_t *context,
                             struct ais_buf *out, struct ais_error *err);

/* The trees of the names, for those who look for variables. */
const struct ais_jinja_tree *ais_path_template_tree(const struct ais_path_template *path, size_t i);

#endif
