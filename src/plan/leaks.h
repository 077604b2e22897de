/* The search for solutions in a starter. It is a search, not a proof: a paraphrase is out of its
 * reach. */
#ifndef AIS_PLAN_LEAKS_H
#define AIS_PLAN_LEAKS_H

#include "plan/planning.h"

/* Looks in the paths and texts of the planned files, and in what is wrapped in them (see unwrap.h),
 * for
 *   - a file that a starter leaves out as a whole, by its bytes or by its path,
 *   - a marker,
 *   - any three consecutive lines of what was left out, blank lines and white space aside,
 *   - any single line of it that no text of the template outside of it holds.
 * Each finding is added to the plan's problems, with the place of what leaked. */
int ais_leaks_search(struct ais_planning *p);

/* Notes a text of the template that a starter keeps. */
int ais_leaks_note(struct ais_planning *p, const char *text, size_t size);

/* A line without white space and the marks of a comment, a quotation or a list at its ends, and
 * with single blanks inside, in line[size]; false where nothing is left of it. */
bool ais_leaks_normalise(const char *text, size_t length, char *line, size_t size);

#endif
