/* Roles of paths, by the manifest's globs. */
#ifndef AIS_PLAN_ROLES_H
#define AIS_PLAN_ROLES_H

#include "plan/plan.h"

/* Whether `path` matches `glob`: '*' and '?' stay within a name, "**" goes over names. */
bool ais_glob_match(const char *glob, const char *path);

/* The role that the parts of `t` give the path; a protecting glob goes before a student's. */
enum ais_role ais_role_of(const struct ais_template *t, const bool *active, const char *path);

#endif
