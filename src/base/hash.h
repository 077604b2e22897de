/* Digests, from nettle. */
#ifndef AIS_BASE_HASH_H
#define AIS_BASE_HASH_H

#include "base/file.h"

#include <nettle/sha2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AIS_SHA256_BYTES = 32, AIS_SHA256_HEX = 65 }; /* with the NUL */

/* SHA-256 of data[size] in hex. */
void ais_sha256(const void *data, size_t size, char hex[AIS_SHA256_HEX]);

/* SHA-256 of what comes in pieces; it begins with ais_sha256_begin. */
void ais_sha256_begin(struct sha256_ctx *ctx);
void ais_sha256_add(struct sha256_ctx *ctx, const void *data, size_t size);
void ais_sha256_end(struct sha256_ctx *ctx, char hex[AIS_SHA256_HEX]);

/* HMAC-SHA-256 of data[size] under the key. */
void ais_hmac_sha256(const void *key, size_t key_size, const void *data, size_t size,
                     uint8_t digest[AIS_SHA256_BYTES]);

/* bytes[size] in hex, into hex[2 * size + 1]. */
void ais_hex(const uint8_t *bytes, size_t size, char *hex);

/* The digest of files[count], sorted by path: SHA-256 of one line a file, "MODE SHA256 PATH\n",
 * with MODE 100644 or 100755. It names a tree independently of git. */
void ais_tree_digest(const struct ais_file *files, size_t count, char hex[AIS_SHA256_HEX]);

/* The same from digests that are known: one entry a file, sorted by path. */
struct ais_digested {
    const char *path;
    char sha256[AIS_SHA256_HEX];
    bool executable;
};
void ais_list_digest(const struct ais_digested *list, size_t count, char hex[AIS_SHA256_HEX]);

#endif
