/* A file of a project, in memory. */
#ifndef AIS_BASE_FILE_H
#define AIS_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes from which on a file is worth being treated apart. */
enum { AIS_LARGE_FILE = 32 * 1024 };

/* Everything is borrowed from whoever made the list that the file stands in. */
struct ais_file {
    const char *path; /* relative, '/' between names, UTF-8 */
    const char *data;
    size_t size;
    bool executable;
    bool rendered; /* it was a template */
    bool steady; /* the bytes stay where and as they are for as long as what the plan is made of */
    const char *sha256; /* their digest in hex where it is known, or NULL */
};

#endif
