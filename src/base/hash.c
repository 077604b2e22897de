#include "base/hash.h"

#include <nettle/sha2.h>
#include <stdint.h>
#include <string.h>

static void finish(struct sha256_ctx *ctx, char hex[AIS_SHA256_HEX]) {
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(ctx, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[2 * sizeof digest] = '\0';
}

void ais_sha256(const void *data, size_t size, char hex[AIS_SHA256_HEX]) {
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    sha256_update(&ctx, size, data);
    finish(&ctx, hex);
}

static void add(struct sha256_ctx *ctx, const char *text) {
    sha256_update(ctx, strlen(text), (const uint8_t *)text);
}

static void add_line(struct sha256_ctx *ctx, const char *path, const char *digest,
                     bool executable) {
    add(ctx, executable ? "100755 " : "100644 ");
    add(ctx, digest);
    add(ctx, " ");
    add(ctx, path);
    add(ctx, "\n");
}

void ais_tree_digest(const struct ais_file *files, size_t count, char hex[AIS_SHA256_HEX]) {
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    for (size_t i = 0; i < count; i++) {
        char digest[AIS_SHA256_HEX];
        ais_sha256(files[i].data, files[i].size, digest);
        add_line(&ctx, files[i].path, digest, files[i].executable);
    }
    finish(&ctx, hex);
}

void ais_list_digest(const struct ais_digested *list, size_t count, char hex[AIS_SHA256_HEX]) {
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    for (size_t i = 0; i < count; i++)
        add_line(&ctx, list[i].path, list[i].sha256, list[i].executable);
    finish(&ctx, hex);
}
