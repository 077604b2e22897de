/* aiscaffold: expand JSON-described templates into projects.
 *
 * The way of the data: a template is loaded from a source, answers are collected for the variables
 * that it asks for, and both give a plan: every file of the project, in memory, checked. A plan is
 * then listed or written: as a folder, with or without a git history, and as an archive.
 *
 * Every fallible call returns 0 or -1 (or NULL) and takes the error last; the first error wins.
 * Pointers returned as const are borrowed from the object that they were asked of. `X_free(NULL)`
 * does nothing. The library never prints, never exits and never reads the environment. It calls no
 * setlocale; zip archives hold local times, so a caller who wants the same bytes sets TZ=UTC0. */
#ifndef AISCAFFOLD_H
#define AISCAFFOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define AIS_VERSION "0.1.0"

/* The exit statuses of the program and the kinds of error of the library. */
enum ais_status {
    AIS_OK = 0,
    AIS_FAILED = 1,    /* the machine: files, memory, a library */
    AIS_USAGE = 2,     /* the call is wrong */
    AIS_TEMPLATE = 3,  /* the template is at fault */
    AIS_ANSWERS = 4,   /* the answers are at fault */
    AIS_CONFLICT = 5,  /* merged, with conflicts left */
    AIS_DIFFERENT = 6, /* differences were found */
};

/* The first error of a run. Zero it before use. line and column count from 1; 0 is "unknown". */
struct ais_error {
    enum ais_status status;
    unsigned line;
    unsigned column;
    char path[512];
    char message[1024];
};

/* Writes "path:line:column: message" in one line that a terminal can show harmlessly (control
 * characters and broken UTF-8 become '?') into text[size]. Returns text. */
const char *ais_error_text(const struct ais_error *err, char *text, size_t size);

#ifdef __cplusplus
}
#endif
#endif
