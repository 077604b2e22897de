/* A path of any bytes: what is taken can be made below a folder, and nowhere else. */
#include "fuzz.h"

#include "base/path.h"
#include "base/text.h"

#include "base/mem.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *path = (const char *)data;
    char *copy, *key, shown[256];
    struct ais_error err = {0};
    if (size > 4096)
        return 0;
    copy = ais_strndup(path, size);
    MUST(copy);
    if (!ais_path_fault(path, size)) {
        MUST(strlen(copy) == size && size && size <= AIS_PATH_MAX && ais_text_valid(path, size));
        for (const char *name = copy; name;
             name = strchr(name, '/') ? strchr(name, '/') + 1 : NULL) {
            size_t length = strcspn(name, "/");
            MUST(length && length <= AIS_NAME_MAX && name[length - 1] != '.' &&
                 name[length - 1] != ' ');
            MUST(length != 4 || strncasecmp(name, ".git", 4) != 0);
        }
        for (size_t i = 0; i < size; i++)
            MUST(data[i] >= 0x20 && data[i] != 0x7f && !strchr("\\:*?\"<>|", data[i]));
        key = ais_text_fold(copy);
        MUST(key);
        ais_free(key);
    }
    ais_text_printable(copy, shown, sizeof shown);
    MUST(ais_text_valid(shown, strlen(shown)) && !strpbrk(shown, "\x1b\n\r\x7f"));
    ais_fail_at(&err, AIS_FAILED, (struct ais_place){.path = copy}, "%s", copy);
    MUST(ais_text_valid(ais_error_text(&err, shown, sizeof shown), strlen(shown)));
    ais_free(copy);
    return 0;
}
