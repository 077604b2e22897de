/* Files: whole reads and writes, walking and removing folders. All by descriptor. */
#ifndef AIS_BASE_IO_H
#define AIS_BASE_IO_H

#include "base/buf.h"
#include "base/error.h"

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Appends all that can be read from fd to out (bounded by out->limit). `path` is for errors. */
int ais_read_all(int fd, const char *path, struct ais_buf *out, struct ais_error *err);

/* Reads the file `path` (of the user's own, links are followed) whole; `path` "-" is fd 0. */
int ais_read_file(const char *path, struct ais_buf *out, struct ais_error *err);

/* Writes data[size] whole, or fails. */
int ais_write_all(int fd, const void *data, size_t size, const char *path, struct ais_error *err);

/* Replaces the user's own file `path` by one with data[size], whole or not at all; its folders are
 * made. What is new can be read by its owner only. */
int ais_replace_file(const char *path, const void *data, size_t size, struct ais_error *err);

/* Closes *fd, once, and sets it to -1. A failing close is an error: data may not have been written.
 */
int ais_close(int *fd, const char *path, struct ais_error *err);

/* Removes the folder `name` in the folder `parent` with all that is in it, never through a link.
 * Best effort: returns -1 with errno set if something stayed. */
int ais_remove_tree(int parent, const char *name);

/* Whether the folder behind fd holds nothing: 1 or 0, or -1 with errno set. */
int ais_is_empty_folder(int fd);

/* The names in the folder behind fd without "." and "..", sorted as bytes; closes fd. */
struct ais_names {
    char **names;
    size_t count, capacity;
};
int ais_list_folder(int fd, const char *path, struct ais_names *names, struct ais_error *err);
void ais_names_release(struct ais_names *names);

#endif
