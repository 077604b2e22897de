/* The report as one page: nothing of it comes from elsewhere. */
#include "kit/cohort_parts.h"

#include <string.h>

static const char style[] =
    ":root{color-scheme:light dark;--line:#8884;--soft:#8881;--bad:#b3261e;--good:#1a7f4b}"
    "@media(prefers-color-scheme:dark){:root{--bad:#ff8a80;--good:#69d79b}}"
    "*{box-sizing:border-box}"
    "body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;padding:1rem;max-width:70rem}"
    "h1{font-size:1.5rem;margin:.5rem 0}"
    "dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.5rem;margin:"
    "1rem 0}"
    "dl div{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .75rem}"
    "dt{font-size:.8rem;opacity:.75}dd{margin:0;font-weight:600;overflow-wrap:anywhere}"
    ".note{border-left:.25rem solid var(--bad);padding-left:.75rem}"
    "input{font:inherit;width:100%;padding:.5rem;border:1px solid var(--line);border-radius:.5rem}"
    "article{border-bottom:1px solid var(--line);padding:.5rem 0;overflow-wrap:anywhere}"
    "article.failed strong,.bad{color:var(--bad)}.good{color:var(--good)}"
    "article p{margin:0}small,code{font-size:.8rem}"
    "summary{cursor:pointer}[hidden]{display:none}";

static const char tail[] =
    "</main>\n<script>"
    "const q=document.querySelector('input'),n=document.querySelector('output'),"
    "a=[...document.querySelectorAll('article')];"
    "q.oninput=()=>{const w=q.value.toLowerCase();let c=0;"
    "for(const e of a)c+=!(e.hidden=!e.textContent.toLowerCase().includes(w));"
    "n.textContent=c+' of '+a.length};q.oninput()"
    "</script>\n</html>\n";

static void put(struct ais_buf *out, const char *text) {
    for (; *text; text++) {
        switch (*text) {
        case '&':
            ais_buf_str(out, "&amp;");
            break;
        case '<':
            ais_buf_str(out, "&lt;");
            break;
        case '>':
            ais_buf_str(out, "&gt;");
            break;
        case '"':
            ais_buf_str(out, "&quot;");
            break;
        default:
            ais_buf_char(out, *text);
        }
    }
}

static const char *text(const json_t *object, const char *key) {
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : "";
}

static void put_fact(struct ais_buf *out, const char *name, const char *value) {
    ais_buf_printf(out, "<div><dt>%s</dt><dd>", name);
    put(out, value);
    ais_buf_str(out, "</dd></div>\n");
}

static void put_head(struct ais_buf *out, const json_t *head) {
    static const char *const facts[][2] = {
        {"Version", "version"}, {"Edition", "edition"}, {"Date of the commits", "date"},
        {"Archives", "format"}, {"Roster", "roster"},   {"Made by aiscaffold", "program"}};
    static const char *const counts[] = {"made", "kept", "rewritten", "failed", "gone"};
    ais_buf_str(out, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                     "<title>Kits: ");
    put(out, text(head, "template"));
    ais_buf_printf(out, "</title>\n<style>%s</style>\n<h1>Kits of ", style);
    put(out, text(head, "template"));
    ais_buf_str(out, "</h1>\n<dl>\n");
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        put_fact(out, facts[i][0], text(head, facts[i][1]));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        ais_buf_printf(out, "<div><dt>%s</dt><dd>%lld</dd></div>\n", counts[i],
                       (long long)json_integer_value(
                           json_object_get(json_object_get(head, "counts"), counts[i])));
    ais_buf_str(out, "</dl>\n");
    if (!json_is_true(json_object_get(head, "secret")))
        ais_buf_str(out, "<p class=\"note\">No course secret was given: whoever knows a student's "
                         "id can work out the id of their kit, and its variant.</p>\n");
}

static void html_kit(const char *line, const json_t *kit, bool first, struct ais_buf *out) {
    static const char *const digests[] = {"id",          "commit",          "archive",
                                          "tree_digest", "manifest_digest", "tar_digest"};
    const char *status = text(kit, "status");
    (void)line;
    (void)first;
    ais_buf_printf(out, "<article class=\"%s\"><p><strong>", status);
    put(out, text(kit, "student"));
    ais_buf_str(out, "</strong> ");
    put(out, text(kit, "name"));
    if (*text(kit, "group")) {
        ais_buf_str(out, " &middot; ");
        put(out, text(kit, "group"));
    }
    ais_buf_printf(out, " &middot; <span class=\"%s\">%s</span>",
                   strcmp(status, "failed") == 0 ? "bad" : "good", status);
    if (*text(kit, "reason")) {
        ais_buf_str(out, ": ");
        put(out, text(kit, "reason"));
    }
    ais_buf_str(out, "</p><details><summary><small>digests</small></summary>");
    for (size_t i = 0; i < sizeof digests / sizeof *digests; i++) {
        ais_buf_printf(out, "<p><small>%s <code>", digests[i]);
        put(out, text(kit, digests[i]));
        ais_buf_str(out, "</code></small></p>");
    }
    ais_buf_str(out, "</details></article>\n");
}

static int html_head(const struct ais_report *report, struct ais_buf *out, struct ais_error *err) {
    (void)err;
    put_head(out, report->head);
    ais_buf_str(out, "<p><label>Find a student <input type=\"search\"></label> "
                     "<output></output></p>\n<main>\n");
    return 0;
}

const struct ais_report_form ais_report_html = {".html", html_head, html_kit, tail};
