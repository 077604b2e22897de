#include "base/hash.h"

#include <nettle/hmac.h>
#include <string.h>

void ais_hex(const uint8_t *bytes, size_t size, char *hex) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * size] = '\0';
}

void ais_sha256_begin(struct sha256_ctx *ctx) {
    sha256_init(ctx);
}

void ais_sha256_add(struct sha256_ctx *ctx, const void *data, size_t size) {
    sha256_update(ctx, size, data);
}

void ais_sha256_end(struct sha256_ctx *ctx, char hex[AIS_SHA256_HEX]) {
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(ctx, sizeof digest, digest);
    ais_hex(digest, sizeof digest, hex);
}

void ais_hmac_sha256(const void *key, size_t key_size, const void *data, size_t size,
                     uint8_t digest[AIS_SHA256_BYTES]) {
    struct hmac_sha256_ctx ctx;
    hmac_sha256_set_key(&ctx, key_size, key);
    hmac_sha256_update(&ctx, size, data);
    hmac_sha256_digest(&ctx, AIS_SHA256_BYTES, digest);
}

void ais_sha256(const void *data, size_t size, char hex[AIS_SHA256_HEX]) {
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    sha256_update(&ctx, size, data);
    ais_sha256_end(&ctx, hex);
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
        if (files[i].sha256)
            memcpy(digest, files[i].sha256, sizeof digest);
        else
            ais_sha256(files[i].data, files[i].size, digest);
        add_line(&ctx, files[i].path, digest, files[i].executable);
    }
    ais_sha256_end(&ctx, hex);
}

void ais_list_digest(const struct ais_digested *list, size_t count, char hex[AIS_SHA256_HEX]) {
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    for (size_t i = 0; i < count; i++)
        add_line(&ctx, list[i].path, list[i].sha256, list[i].executable);
    ais_sha256_end(&ctx, hex);
}
