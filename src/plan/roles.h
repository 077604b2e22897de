/* Roles of paths, by the manifest's globs. */
#ifndef AIS_PLAN_ROLES_H
#define AIS_PLAN_ROLES_H

#include "plan/plan.h"

#include <stdint.h>

/* What matching all globs with all paths may take, in pairs of bytes: some seconds. */
#define AIS_MATCHING_MAX ((uint64_t)1 << 34)

/* Whether `path` matches `glob`: '*' and '?' stay within a name, "**" goes over names. */
bool ais_glob_match(const char *glob, const char *path);

/* The role that the parts of `t` give the path; a protecting glob goes before a student's. */
enum ais_role ais_role_of(const struct ais_template *t, const bool *active, const char *path);

/* The bytes of all globs that ais_role_of goes through. */
size_t ais_role_bytes(const struct ais_template *t, const bool *active);

#endif
