#include "folder.h"

#include "base/io.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/aiscaffold-fuzz-XXXXXX";

static void remove_folder(void) {
    ais_remove_tree(AT_FDCWD, folder);
}

static void write_text(const char *name, const char *text) {
    fuzz_write(name, text, strlen(text));
}

const char *fuzz_folder(void) {
    static bool made;
    char path[256];
    if (made)
        return folder;
    made = true;
    MUST(mkdtemp(folder));
    atexit(remove_folder);
    for (const char *const *name =
             (const char *const[]){"files", "layers", "layers/l", "layers/l/files", NULL};
         *name; name++) {
        snprintf(path, sizeof path, "%s/%s", folder, *name);
        MUST(mkdir(path, 0700) == 0);
    }
    write_text("files/a.txt", "a\n");
    write_text("files/b.txt.jinja", "{{ v }} {{ provided.p }}\n");
    write_text("files/c.py", "# BEGIN SOLUTION m\nx = 'long enough'\n# END SOLUTION\n");
    write_text("layers/l/files/d.txt", "d\n");
    write_text("layers/l/template.json",
               "{\"name\": \"l\", \"version\": \"1.0.0\", \"released\": \"2026-12-01T00:00:00Z\", "
               "\"summary\": \"s\", \"tree\": [{\"from\": \"\", \"to\": \"l/\"}], "
               "\"provides\": {\"p\": [\"x\"]}}");
    return folder;
}

void fuzz_write(const char *name, const void *data, size_t size) {
    char path[256];
    struct ais_error err = {0};
    int fd;
    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    MUST(fd >= 0 && ais_write_all(fd, data, size, path, &err) == 0);
    close(fd);
}

struct ais_template *fuzz_load(void) {
    const struct ais_catalogue catalogue = {0};
    struct ais_error err = {0};
    struct ais_template *t = ais_template_load(&catalogue, fuzz_folder(), &err);
    MUST(t || err.status == AIS_TEMPLATE);
    MUST(t || err.message[0]);
    return t;
}
