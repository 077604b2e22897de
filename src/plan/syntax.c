#include "plan/syntax.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static const struct ais_syntax syntaxes[] = {
    {"python", {{"#", ""}}, "raise NotImplementedError(\"%s\")"},
    {"c", {{"//", ""}, {"/*", "*/"}}, "abort(); /* %s */"},
    {"c++", {{"//", ""}, {"/*", "*/"}}, "std::abort(); // %s"},
    {"java", {{"//", ""}, {"/*", "*/"}}, "throw new UnsupportedOperationException(\"%s\");"},
    {"javascript", {{"//", ""}, {"/*", "*/"}, {"{/*", "*/}"}}, "throw new Error(\"%s\");"},
    {"typescript", {{"//", ""}, {"/*", "*/"}, {"{/*", "*/}"}}, "throw new Error(\"%s\");"},
    {"rust", {{"//", ""}, {"/*", "*/"}}, "todo!(\"%s\");"},
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

/* A name, or an ending where it begins with a dot, a beginning where it ends with one; and its
 * language. */
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
    {"Dockerfile.", "dockerfile"},
    {"Containerfile", "dockerfile"},
    {".dockerfile", "dockerfile"},
    {"Makefile", "makefile"},
    {"makefile", "makefile"},
    {"GNUmakefile", "makefile"},
    {".mk", "makefile"},
    {".md", "markdown"},
    {".r", "r"},
    {".R", "r"},
    {".gitignore", "toml"},
    {".dockerignore", "toml"},
    {".editorconfig", "toml"},
};

/* A kernel may call a language by what files of it end in, such as "bash". */
const struct ais_syntax *ais_syntax_named(const char *language) {
    for (size_t i = 0; i < sizeof syntaxes / sizeof *syntaxes; i++)
        if (strcasecmp(syntaxes[i].language, language) == 0)
            return &syntaxes[i];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].name[0] == '.' && strcasecmp(names[i].name + 1, language) == 0)
            return ais_syntax_named(names[i].language);
    return NULL;
}

static bool fits(const char *pattern, const char *name, size_t size) {
    size_t n = strlen(pattern);
    if (pattern[0] == '.')
        return size >= n && strncmp(name + size - n, pattern, n) == 0;
    return strncmp(name, pattern, n) == 0 && (size == n || (size > n && pattern[n - 1] == '.'));
}

const struct ais_syntax *ais_syntax_of(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t size = strlen(name);
    if (fits(".jinja", name, size))
        size -= strlen(".jinja");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (fits(names[i].name, name, size))
            return ais_syntax_named(names[i].language);
    return NULL;
}
