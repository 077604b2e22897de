/* Other programs as witnesses: a shell command's output, and folders made from lists of files. */
#ifndef AIS_TESTS_UNIT_SHELL_H
#define AIS_TESTS_UNIT_SHELL_H

#include "base/file.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Runs a command. Returns its exit status (-1 if it could not be run); what it prints, stderr too,
 * is cut off at the size of `output`. */
__attribute__((format(printf, 3, 4))) static inline int shell(char *output, size_t size,
                                                              const char *fmt, ...) {
    char command[4096];
    size_t used = 0;
    va_list args;
    FILE *pipe;
    int status;
    va_start(args, fmt);
    snprintf(command, sizeof command, "{ ");
    vsnprintf(command + 2, sizeof command - 2, fmt, args);
    va_end(args);
    snprintf(command + strlen(command), sizeof command - strlen(command), "\n} 2>&1");
    pipe = popen(command, "r");
    if (!pipe)
        return -1;
    for (int c; (c = fgetc(pipe)) != EOF;)
        if (used + 1 < size)
            output[used++] = (char)c;
    output[used] = '\0';
    status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Whether a program can be started. Tests that need it say so on stdout and go on where it can't.
 */
static inline bool is_there(const char *program) {
    char output[64];
    bool there = shell(output, sizeof output, "command -v %s >/dev/null", program) == 0;
    if (!there)
        printf("without %s: its part is left out\n", program);
    return there;
}

/* Writes data[size] to folder/path, with the folders on the way. */
static inline bool write_file(const char *folder, const struct ais_file *file) {
    char path[4096];
    FILE *out;
    bool ok;
    snprintf(path, sizeof path, "%s/%s", folder, file->path);
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
    out = fopen(path, "wb");
    if (!out)
        return false;
    ok = !file->size || fwrite(file->data, 1, file->size, out) == file->size;
    ok = fclose(out) == 0 && ok;
    return ok && chmod(path, file->executable ? 0755 : 0644) == 0;
}

static inline bool write_files(const char *folder, const struct ais_file *files, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!write_file(folder, &files[i]))
            return false;
    return true;
}

#endif
