/* Markers: the comment lines that say what belongs to a solution. */
#ifndef AIS_PLAN_MARKERS_H
#define AIS_PLAN_MARKERS_H

#include "base/error.h"
#include "plan/syntax.h"

#include <stdbool.h>
#include <stddef.h>

enum ais_marker_kind {
    AIS_NO_MARKER,
    AIS_BEGIN_SOLUTION,
    AIS_END_SOLUTION,
    AIS_STUB,
    AIS_BEGIN_HIDDEN,
    AIS_END_HIDDEN,
    AIS_SOLUTION_FILE,
    AIS_HIDDEN_FILE,
    AIS_BAD_MARKER, /* looks like one; `why` says what is wrong */
};

/* A line read as a marker. Everything points into the line. */
struct ais_marker {
    enum ais_marker_kind kind;
    size_t indent;    /* bytes of white space before the comment */
    const char *text; /* a milestone's id, or a stub's code */
    size_t size;
    const char *why;
};

/* Reads line[size), which has no line end. With `syntax` NULL every text that stands like a marker
 * is bad, since there is no telling what a comment is. */
struct ais_marker ais_marker_read(const struct ais_syntax *syntax, const char *line, size_t size);

#endif
