#include "cmd/cmd.h"

#include "base/io.h"
#include "base/json.h"
#include "jinja/jinja.h"

#include <stdio.h>
#include <string.h>

enum { TEMPLATE_BYTES_MAX = 64 << 20, DATA_BYTES_MAX = 64 << 20 };

/* The object that --data names: a file, or the JSON itself where it begins with '{'. */
static int read_data(const char *data, struct ais_json *doc, struct ais_error *err) {
    struct ais_buf text = AIS_BUF(DATA_BYTES_MAX);
    bool literal = data[strspn(data, " \t\r\n")] == '{';
    const char *path = literal ? "--data" : data;
    int rc = -1;
    if (literal)
        ais_buf_str(&text, data);
    else if (ais_read_file(data, &text, err) < 0)
        goto out;
    if (ais_buf_check(&text, AIS_ANSWERS, path, err) < 0 ||
        ais_json_parse(doc, path, ais_buf_text(&text), text.size, AIS_ANSWERS, err) < 0)
        goto out;
    if (!json_is_object(doc->root)) {
        ais_fail_at(err, AIS_ANSWERS, ais_node_place(ais_json_root(doc)), "must be an object");
        goto out;
    }
    rc = 0;
out:
    ais_buf_release(&text);
    return rc;
}

static int print(const char *path, const struct ais_buf *out, bool json, struct ais_error *err) {
    if (json)
        return cmd_print_json("render",
                              json_pack("{so ss%}", "file", cmd_json_path(path), "text",
                                        ais_buf_text(out), out->size),
                              err);
    fwrite(ais_buf_text(out), 1, out->size, stdout);
    return cmd_flush(err);
}

static int render(const char *path, const json_t *context, bool trim, bool json,
                  struct ais_error *err) {
    struct ais_jinja_options options = {
        .trim_blocks = trim, .lstrip_blocks = trim, .blame = AIS_TEMPLATE};
    struct ais_buf text = AIS_BUF(TEMPLATE_BYTES_MAX), out = AIS_BUF(TEMPLATE_BYTES_MAX);
    struct ais_place at = {.path = strcmp(path, "-") == 0 ? "standard input" : path};
    struct ais_jinja *env = ais_jinja_new(&options, err);
    struct ais_jinja_tree *tree = NULL;
    int rc = -1;
    if (!env || ais_read_file(path, &text, err) < 0)
        goto out;
    tree = ais_jinja_parse(env, at, ais_buf_text(&text), text.size, err);
    if (!tree || ais_jinja_render(tree, context, &out, err) < 0)
        goto out;
    rc = print(path, &out, json, err);
out:
    ais_jinja_tree_free(tree);
    ais_jinja_free(env);
    ais_buf_release(&text);
    ais_buf_release(&out);
    return rc;
}

static int run_render(const struct cmd *cmd, int argc, char **argv, struct ais_error *err) {
    const char *data = "{}";
    bool keep = false, json = false;
    struct ais_json doc = {0};
    const struct cmd_option options[] = {
        {0, "data", "JSON", "the context: a JSON object, or the name of a file with one", CMD_TEXT,
         &data},
        {0, "keep-lines", NULL, "keep the line ends and indentation of block tags", CMD_FLAG,
         &keep},
        {0, "json", NULL, "print the text as JSON", CMD_FLAG, &json},
        {0}};
    int rc = -1, count = cmd_parse(cmd, options, argc, argv, 1, 1, err);
    if (count == 1 && read_data(data, &doc, err) == 0)
        rc = render(argv[1], doc.root, !keep, json, err);
    ais_json_release(&doc);
    return count == CMD_HELPED ? 0 : rc;
}

const struct cmd cmd_render = {
    .name = "render",
    .arguments = "FILE",
    .summary = "Render one template file to standard output.",
    .text =
        "Render FILE (- is standard input) with the names of a JSON object, in the way of\n"
        "template files: undefined names are errors, and a line that holds nothing but a block\n"
        "tag leaves no line behind.",
    .examples = "  aiscaffold render page.html.jinja --data page.json\n"
                "  echo 'Hello {{ name }}' | aiscaffold render - --data '{\"name\": \"Ada\"}'\n",
    .run = run_render,
};
