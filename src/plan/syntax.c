#include "plan/syntax.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static const struct ais_syntax syntaxes[] = {
    {"python", {{"#", ""}}, "raise NotImplementedError(\"%s\")"},
    {"c", {{"//", ""}, {"/*", "*/"}}, "abort(); /* %s */"},
    {"c++", {{"//", ""}, {"/*", "*/"}}, "std::abort(); // %s"},
    {"java", {{"//", ""}, {"/*", "*/"}}, "throw new UnsupportedOperationException(\"%s\");"},
    {"javascript", {{"//", ""}, {"/*", "*/"}}, "throw new Error(\"%s\");"},
    {"typescript", {{"//", ""}, {"/*", "*/"}}, "throw new Error(\"%s\");"},
    {"rust", {{"//", ""}, {"/*", "*/"}}, "todo!(\"%s\")"},
    {"go", {{"//", ""}, {"/*", "*/"}}, "panic(\"%s\")"},
    {"shell", {{"#", ""}}, "echo \"%s\" >&2; exit 1"},
    {"sql", {{"--", ""}, {"/*", "*/"}}, "-- %s"},
    {"html", {{"<!--", "-->"}}, "<!-- %s -->"},
    {"css", {{"/*", "*/"}}, "/* %s */"},
    {"yaml", {{"#", ""}}, "# %s"},
    {"toml", {{"#", ""}}, "# %s"},
    {"dockerfile", {{"#", ""}}, "# %s"},
    {"makefile", {{"#", ""}}, "# %s"},
    {"markdown", {{"<!--", "-->"}}, "*%s*"},
    {"r", {{"#", ""}}, "stop(\"%s\")"},
};

/* A name, or an ending where it begins with a dot, and its language. */
static const struct {
    const char *name, *language;
} names[] = {
    {".py", "python"},
    {".pyi", "python"},
    {".c", "c"},
    {".h", "c"},
    {".cc", "c++"},
    {".cpp", "c++"},
    {".cxx", "c++"},
    {".hh", "c++"},
    {".hpp", "c++"},
    {".java", "java"},
    {".js", "javascript"},
    {".mjs", "javascript"},
    {".cjs", "javascript"},
    {".jsx", "javascript"},
    {".ts", "typescript"},
    {".tsx", "typescript"},
    {".rs", "rust"},
    {".go", "go"},
    {".sh", "shell"},
    {".bash", "shell"},
    {".sql", "sql"},
    {".html", "html"},
    {".htm", "html"},
    {".xml", "html"},
    {".svg", "html"},
    {".css", "css"},
    {".yaml", "yaml"},
    {".yml", "yaml"},
    {".toml", "toml"},
    {".ini", "toml"},
    {".cfg", "toml"},
    {".env", "toml"},
    {"Dockerfile", "dockerfile"},
    {".dockerfile", "dockerfile"},
    {"Makefile", "makefile"},
    {"makefile", "makefile"},
    {".mk", "makefile"},
    {".md", "markdown"},
    {".r", "r"},
    {".R", "r"},
    {".gitignore", "shell"},
    {".dockerignore", "shell"},
    {".editorconfig", "toml"},
};

const struct ais_syntax *ais_syntax_named(const char *language) {
    for (size_t i = 0; i < sizeof syntaxes / sizeof *syntaxes; i++)
        if (strcasecmp(syntaxes[i].language, language) == 0)
            return &syntaxes[i];
    return NULL;
}

static bool ends(const char *name, size_t size, const char *end) {
    size_t n = strlen(end);
    return size >= n && strncmp(name + size - n, end, n) == 0;
}

const struct ais_syntax *ais_syntax_of(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t size = strlen(name);
    if (ends(name, size, ".jinja"))
        size -= strlen(".jinja");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bool ending = names[i].name[0] == '.';
        if (ending ? ends(name, size, names[i].name)
                   : strlen(names[i].name) == size && strncmp(name, names[i].name, size) == 0)
            return ais_syntax_named(names[i].language);
    }
    return NULL;
}
