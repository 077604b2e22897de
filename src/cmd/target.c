#include "cmd/cmd.h"

#include <string.h>

/* "." can't be: a folder is made whole beside its place and then renamed. */
int cmd_target_check(const char *target, const char *source, const char *idea,
                     struct ais_error *err) {
    const char *slash = strrchr(target, '/'), *last = slash ? slash + 1 : target;
    if (slash && !*last)
        return ais_fail(err, AIS_USAGE, "the folder \"%s\" must be named without a '/' at its end",
                        target);
    if (strcmp(last, ".") == 0 || strcmp(last, "..") == 0 || !*last)
        return ais_fail(err, AIS_USAGE,
                        "the project needs a folder of its own, not \"%s\" (try aiscaffold new %s "
                        "my-%s, or --here)",
                        target, source, idea);
    return ais_folder_check(target, err);
}
