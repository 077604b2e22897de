#include "template/catalogue.h"

#include "base/io.h"
#include "base/path.h"
#include "template/catalogue_data.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* "[a-z0-9-]+", so that a name can't climb out of the folder that it is looked up in. */
static bool is_name(const char *name) {
    return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name);
}

/* 1, 0, or -1 with *err set. */
static int is_template(const char *folder, struct ais_error *err) {
    char *manifest = ais_path_join(folder, "template.json");
    struct stat st;
    int found;
    if (!manifest)
        return ais_fail_memory(err);
    found = stat(manifest, &st) == 0 && S_ISREG(st.st_mode);
    ais_free(manifest);
    return found;
}

/* The template folder "base/kind/name" if there is one: *source set, or left NULL. */
static int from_folder(const char *base, const char *kind, const char *name,
                       struct ais_source **source, struct ais_error *err) {
    char path[4096];
    int found, n = snprintf(path, sizeof path, "%s/%s%s%s", base, kind, *kind ? "/" : "", name);
    if (n < 0 || (size_t)n >= sizeof path)
        return ais_fail_at(err, AIS_USAGE, (struct ais_place){.path = base},
                           "the path is too long");
    found = is_template(path, err);
    if (found <= 0)
        return found;
    *source = ais_source_folder(path, err);
    return *source ? 0 : -1;
}

static size_t embedded_below(const char *prefix, const struct ais_embedded **first) {
    const struct ais_embedded *e = ais_embedded;
    size_t size = strlen(prefix), count = 0;
    while (e->path && strncmp(e->path, prefix, size) != 0)
        e++;
    for (*first = e; e->path && strncmp(e->path, prefix, size) == 0; e++)
        count++;
    return count;
}

struct ais_file ais_catalogue_schema(void) {
    const struct ais_embedded *e;
    embedded_below(AIS_SCHEMA_PATH, &e);
    return (struct ais_file){
        .path = AIS_SCHEMA_PATH, .data = e->begin, .size = (size_t)(e->end - e->begin)};
}

static int from_binary(const char *kind, const char *name, struct ais_source **out,
                       struct ais_error *err) {
    char prefix[256];
    const struct ais_embedded *e;
    struct ais_source *source = NULL;
    struct ais_file *files;
    size_t count;
    snprintf(prefix, sizeof prefix, "%s/%s/", kind, name);
    count = embedded_below(prefix, &e);
    if (count == 0)
        return 0;
    source = ais_calloc(1, sizeof *source);
    if (!source)
        return ais_fail_memory(err);
    snprintf(prefix, sizeof prefix, "templates/%s/%s", kind, name);
    files = ais_arena_alloc(&source->arena, count * sizeof *files);
    source->shown = ais_arena_strdup(&source->arena, prefix);
    if (!files || !source->shown) {
        ais_source_free(source);
        return ais_fail_memory(err);
    }
    for (size_t i = 0; i < count; i++)
        files[i] = (struct ais_file){.path = e[i].path + strlen(prefix) - strlen("templates"),
                                     .data = e[i].begin,
                                     .size = (size_t)(e[i].end - e[i].begin),
                                     .executable = e[i].executable};
    source->files = files;
    source->count = count;
    *out = source;
    return 0;
}

static struct ais_source *find(const struct ais_catalogue *catalogue, const char *kind,
                               const char *name, struct ais_error *err) {
    struct ais_source *source = NULL;
    if (!is_name(name))
        return NULL;
    for (size_t i = 0; i < catalogue->count && !source; i++)
        if (from_folder(catalogue->folders[i], kind, name, &source, err) < 0)
            return NULL;
    if (!source)
        from_binary(kind, name, &source, err);
    return source;
}

static void fail_unknown(const struct ais_catalogue *catalogue, const char *name,
                         struct ais_error *err) {
    struct ais_names names = {0};
    char hint[160] = "";
    struct stat st;
    if (ais_catalogue_names(catalogue, "ideas", &names, err) < 0)
        goto out;
    ais_did_you_mean(hint, sizeof hint, name, (const char *const *)names.names, names.count);
    if (!*hint && stat(name, &st) == 0 && S_ISDIR(st.st_mode))
        snprintf(hint, sizeof hint, " (for the folder, write \"./%.100s\")", name);
    if (!*hint)
        snprintf(hint, sizeof hint, "%s", " (aiscaffold list shows the ideas)");
    ais_fail(err, AIS_USAGE, "no idea is called \"%s\"%s", name, hint);
out:
    ais_names_release(&names);
}

struct ais_source *ais_catalogue_idea(const struct ais_catalogue *catalogue, const char *name,
                                      struct ais_error *err) {
    struct ais_source *source = NULL;
    if (strchr(name, '/') || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        int found = is_template(name, err);
        if (found > 0)
            return ais_source_folder(name, err);
        ais_fail_at(err, AIS_USAGE, (struct ais_place){.path = name},
                    "no template is here (a template is a folder with a template.json)");
        return NULL;
    }
    source = find(catalogue, "ideas", name, err);
    if (!source && (!err || err->status == AIS_OK))
        fail_unknown(catalogue, name, err);
    return source;
}

struct ais_source *ais_catalogue_layer(const struct ais_catalogue *catalogue, const char *own,
                                       const char *name, struct ais_error *err) {
    struct ais_source *source = NULL;
    if (is_name(name) && own && from_folder(own, "layers", name, &source, err) < 0)
        return NULL;
    return source ? source : find(catalogue, "layers", name, err);
}

static int add_name(struct ais_names *names, const char *name, size_t size, struct ais_error *err) {
    char *copy;
    for (size_t i = 0; i < names->count; i++)
        if (strncmp(names->names[i], name, size) == 0 && !names->names[i][size])
            return 0;
    copy = ais_strndup(name, size);
    if (!copy || ais_grow(&names->names, &names->capacity, names->count + 1, sizeof copy) < 0) {
        ais_free(copy);
        return ais_fail_memory(err);
    }
    names->names[names->count++] = copy;
    return 0;
}

static int add_folder(struct ais_names *names, const char *base, const char *kind,
                      struct ais_error *err) {
    struct ais_names found = {0};
    char *folder = ais_path_join(base, kind), *path = NULL;
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1, rc = -1;
    if (!folder) {
        ais_fail_memory(err);
        goto out;
    }
    if (fd < 0) {
        rc = errno == ENOENT ? 0 : ais_fail_errno(err, folder, "open");
        goto out;
    }
    if (ais_list_folder(fd, folder, &found, err) < 0)
        goto out;
    for (size_t i = 0; i < found.count; i++) {
        int is;
        if (!is_name(found.names[i]))
            continue;
        ais_free(path);
        path = ais_path_join(folder, found.names[i]);
        is = path ? is_template(path, err) : ais_fail_memory(err);
        if (is < 0 || (is && add_name(names, found.names[i], strlen(found.names[i]), err) < 0))
            goto out;
    }
    rc = 0;
out:
    ais_names_release(&found);
    ais_free(path);
    ais_free(folder);
    return rc;
}

static int by_name(const void *a, const void *b) {
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

int ais_catalogue_names(const struct ais_catalogue *catalogue, const char *kind,
                        struct ais_names *names, struct ais_error *err) {
    const struct ais_embedded *e;
    char prefix[32];
    size_t size = (size_t)snprintf(prefix, sizeof prefix, "%s/", kind);
    size_t count = embedded_below(prefix, &e);
    for (size_t i = 0; i < catalogue->count; i++)
        if (add_folder(names, catalogue->folders[i], kind, err) < 0)
            return -1;
    for (size_t i = 0; i < count; i++)
        if (add_name(names, e[i].path + size, strcspn(e[i].path + size, "/"), err) < 0)
            return -1;
    if (names->count)
        qsort(names->names, names->count, sizeof *names->names, by_name);
    return 0;
}
