/* A template to start from: small, but with everything that a template has. */
#include "kit/samples.h"
#include "template/catalogue.h"

#include <string.h>

static const char manifest[] =
    "{\n"
    "  \"$schema\": \"" AIS_SCHEMA_PATH "\",\n"
    "  \"name\": \"NAME\",\n"
    "  \"version\": \"0.1.0\",\n"
    "  \"released\": \"2026-12-01T00:00:00Z\",\n"
    "  \"summary\": \"What this project is, in one line\",\n"
    "  \"about\": {\n"
    "    \"builds\": \"What it builds\",\n"
    "    \"proves\": \"What its author shows that they can do\",\n"
    "    \"level\": \"beginner\",\n"
    "    \"hours\": 2\n"
    "  },\n"
    "  \"variables\": {\n"
    "    \"project_name\": {\n"
    "      \"type\": \"string\",\n"
    "      \"prompt\": \"Project name\",\n"
    "      \"default\": \"My Project\",\n"
    "      \"pattern\": \"^[A-Za-z][A-Za-z0-9 _-]*$\",\n"
    "      \"help\": \"Letters, digits, spaces, - and _\"\n"
    "    },\n"
    "    \"notes\": { \"type\": \"boolean\", \"prompt\": \"A folder for notes?\", \"default\": "
    "false }\n"
    "  },\n"
    "  \"tree\": [\n"
    "    { \"from\": \"project/\", \"to\": \"\" },\n"
    "    { \"to\": \"notes/\", \"empty\": true, \"when\": \"notes\" }\n"
    "  ],\n"
    "  \"milestones\": [\n"
    "    { \"id\": \"greet\", \"title\": \"Greet by name\", \"tests\": [\"tests/test_greet.py\"] "
    "}\n"
    "  ],\n"
    "  \"roles\": { \"protected\": [\"tests/**\"] },\n"
    "  \"test_command\": [\"python3\", \"-m\", \"unittest\", \"discover\", \"-s\", \"tests\"],\n"
    "  \"milestone_command\": [\"python3\", \"-m\", \"unittest\"]\n"
    "}\n";
static const char attributes[] = "* text=auto\n";
static const char readme[] =
    "# {{ project_name }}\n\nRun the tests: `python3 -m unittest discover -s "
    "tests`.\n";
static const char code[] = "def greet(name):\n"
                           "    \"\"\"A greeting for the name.\"\"\"\n"
                           "    # BEGIN SOLUTION greet\n"
                           "    return f\"Hello, {name}!\"\n"
                           "    # END SOLUTION\n";
static const char test[] = "import unittest\n\nfrom greet import greet\n\n\n"
                           "class TestGreet(unittest.TestCase):\n"
                           "    def test_name(self):\n"
                           "        self.assertEqual(greet(\"Ada\"), \"Hello, Ada!\")\n";
static const char answers[] = "{ \"project_name\": \"Sample\", \"notes\": true }\n";
static const char starter[] = "{ \"edition\": \"starter\" }\n";
static const char starter_readme[] =
    "# My Project\n\nRun the tests: `python3 -m unittest discover -s "
    "tests`.\n";
static const char starter_code[] = "def greet(name):\n"
                                   "    \"\"\"A greeting for the name.\"\"\"\n"
                                   "    raise NotImplementedError(\"Milestone greet\")\n";
static const char made_readme[] = "# Sample\n\nRun the tests: `python3 -m unittest discover -s "
                                  "tests`.\n";
static const char made_code[] = "def greet(name):\n"
                                "    \"\"\"A greeting for the name.\"\"\"\n"
                                "    return f\"Hello, {name}!\"\n";

#define FILE_OF(where, text)                                                                       \
    { .path = (where), .data = (text), .size = sizeof(text) - 1 }

/* Sorted by path; the manifest, which is filled in, and its schema come last. */
static const struct ais_file files[] = {
    FILE_OF("files/project/.gitattributes", attributes),
    FILE_OF("files/project/README.md.jinja", readme),
    FILE_OF("files/project/greet.py", code),
    FILE_OF("files/project/tests/test_greet.py", test),
    FILE_OF("samples/all/answers.json", answers),
    FILE_OF("samples/all/tree/.gitattributes", attributes),
    FILE_OF("samples/all/tree/README.md", made_readme),
    FILE_OF("samples/all/tree/greet.py", made_code),
    FILE_OF("samples/all/tree/notes/.gitkeep", ""),
    FILE_OF("samples/all/tree/tests/test_greet.py", test),
    FILE_OF("samples/start/sample.json", starter),
    FILE_OF("samples/start/tree/.gitattributes", attributes),
    FILE_OF("samples/start/tree/README.md", starter_readme),
    FILE_OF("samples/start/tree/greet.py", starter_code),
    FILE_OF("samples/start/tree/tests/test_greet.py", test),
};
enum { FILES = sizeof files / sizeof *files };

int ais_template_begin(const char *target, const struct ais_sink_options *options, size_t *count,
                       struct ais_error *err) {
    const char *slash = strrchr(target, '/'), *name = slash ? slash + 1 : target;
    const char *place = strstr(manifest, "NAME");
    struct ais_buf text = AIS_BUF(1 << 16);
    struct ais_sink *sink = NULL;
    struct ais_file last = {.path = "template.json"}, schema = ais_catalogue_schema();
    int rc = -1;
    if (!*name || strlen(name) > 64 ||
        strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(name))
        return ais_fail(err, AIS_USAGE,
                        "a template can't be called \"%s\" (1 to 64 of a-z, 0-9 and -)", name);
    ais_buf_add(&text, manifest, (size_t)(place - manifest));
    ais_buf_str(&text, name);
    ais_buf_str(&text, place + strlen("NAME"));
    if (ais_buf_check(&text, AIS_FAILED, "the manifest", err) < 0)
        goto out;
    last.data = text.data;
    last.size = text.size;
    sink = ais_sink_folder(target, options, err);
    for (size_t i = 0; sink && i < FILES; i++)
        if (ais_sink_add(sink, &files[i], err) < 0)
            goto out;
    if (!sink || ais_sink_add(sink, &last, err) < 0 || ais_sink_add(sink, &schema, err) < 0 ||
        ais_sink_finish(sink, err) < 0)
        goto out;
    *count = FILES + 2;
    rc = ais_sinks_publish(&sink, 1, err);
out:
    ais_sink_free(sink);
    ais_buf_release(&text);
    return rc;
}
