#include "archive/archive.h"

#include <string.h>

static const struct {
    const char *name, *ending;
    enum ais_format format;
} formats[] = {
    {"tar.gz", ".tar.gz", AIS_TAR_GZ},
    {"tgz", ".tgz", AIS_TAR_GZ},
    {"tar.zst", ".tar.zst", AIS_TAR_ZST},
    {"tar.xz", ".tar.xz", AIS_TAR_XZ},
    {"tar", ".tar", AIS_TAR},
    {"zip", ".zip", AIS_ZIP},
};
enum { FORMATS = sizeof formats / sizeof *formats };

int ais_format_named(const char *name, enum ais_format *format, struct ais_error *err) {
    for (size_t i = 0; i < FORMATS; i++) {
        if (strcmp(formats[i].name, name) == 0) {
            *format = formats[i].format;
            return 0;
        }
    }
    return ais_fail(err, AIS_USAGE,
                    "no archive format is called \"%s\" (tar.gz, tar.zst, tar.xz, tar or zip)",
                    name);
}

int ais_format_of(const char *name, enum ais_format *format, struct ais_error *err) {
    size_t size = strlen(name);
    for (size_t i = 0; i < FORMATS; i++) {
        size_t n = strlen(formats[i].ending);
        if (size > n && strcmp(name + size - n, formats[i].ending) == 0) {
            *format = formats[i].format;
            return 0;
        }
    }
    return ais_fail(err, AIS_USAGE,
                    "the name \"%s\" tells no archive format (it must end in .tar.gz, .tgz, "
                    ".tar.zst, .tar.xz, .tar or .zip)",
                    name);
}

const char *ais_format_suffix(enum ais_format format) {
    for (size_t i = 0; i < FORMATS; i++)
        if (formats[i].format == format)
            return formats[i].ending;
    return "";
}
