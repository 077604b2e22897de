/* JSON of any bytes: each value's place stands at its first character, and what is printed reads
 * back the same. */
#include "fuzz.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

/* The character at a line and a column, which count from 1. */
static const char *find(const char *text, size_t size, unsigned line, unsigned column) {
    const char *end = text + size;
    for (; line > 1 && text < end; text++)
        line -= *text == '\n';
    while (column > 1 && text < end)
        for (column--, text++; text < end && (*text & 0xc0) == 0x80;)
            text++;
    return text < end ? text : "";
}

static void look(struct ais_node node, const char *text, size_t size) {
    struct ais_place at = ais_node_place(node), key = ais_node_key_place(node);
    char first = *find(text, size, at.line, at.column);
    MUST(json_is_object(node.value)   ? first == '{'
         : json_is_array(node.value)  ? first == '['
         : json_is_string(node.value) ? first == '"'
         : json_is_true(node.value)   ? first == 't'
         : json_is_false(node.value)  ? first == 'f'
         : json_is_null(node.value)   ? first == 'n'
                                      : first == '-' || (first >= '0' && first <= '9'));
    MUST(!node.key || *find(text, size, key.line, key.column) == '"');
    for (size_t i = 0; i < ais_node_count(node); i++) {
        struct ais_node child = ais_node_at(node, i), again;
        look(child, text, size);
        if (child.key)
            MUST(ais_node_get(node, child.key, &again) && again.value == child.value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ais_json doc = {0}, again = {0};
    struct ais_error err = {0};
    const char *text = (const char *)data;
    if (ais_json_parse(&doc, "input", text, size, AIS_ANSWERS, &err) == 0) {
        char *dump = ais_json_dump(doc.root, &err);
        MUST(dump);
        for (const char *c = dump; *c; c++)
            MUST(*c == '\n' ||
                 !ais_text_is_unsafe((unsigned char)*c & 0x80 ? 'a' : (unsigned char)*c));
        look(ais_json_root(&doc), text, size);
        MUST(ais_json_parse(&again, "dump", dump, strlen(dump), AIS_ANSWERS, &err) == 0);
        ais_free(dump);
    } else {
        MUST(err.status == AIS_ANSWERS && err.line >= 1 && err.column >= 1 && err.message[0]);
    }
    ais_json_release(&again);
    ais_json_release(&doc);
    return 0;
}
