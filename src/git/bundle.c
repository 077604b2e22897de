#include "git/bundle.h"

#include "base/mem.h"

#include <inttypes.h>
#include <nettle/sha1.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PACK_HEAD = 12, STORED_MAX = 65535, STORED_HEAD = 5 };
static const char first_line[] = "# v2 git bundle\n";
static const size_t object_bytes_max = 0x7fffffff;

/* The objects of a pack whose zlib streams are stored, one after the other. */
struct packed {
    const uint8_t *at, *end;
    enum ais_object_type type;
    struct ais_buf data;
};

/* A bundle in the making. */
struct bundling {
    const struct ais_bundle_step *step;
    struct ais_pack pack;
    struct ais_oid tip;
    char tip_tree[AIS_OID_HEX];
    int64_t tip_time;
    struct ais_error *err;
};

static int damaged(const struct bundling *b) {
    return ais_fail_at(
        b->err, AIS_FAILED, (struct ais_place){.path = b->step->shown},
        "this is no bundle of kits, or a damaged one (without it, a new history begins)");
}

/* Type and size, 4 bits and then 7 a byte. */
static bool take_header(struct packed *p, size_t *size) {
    uint8_t byte;
    if (p->at == p->end)
        return false;
    byte = *p->at++;
    p->type = (enum ais_object_type)(byte >> 4 & 7);
    *size = byte & 15;
    for (unsigned shift = 4; byte & 0x80; shift += 7) {
        if (p->at == p->end || shift > 32)
            return false;
        byte = *p->at++;
        *size |= (size_t)(byte & 0x7f) << shift;
    }
    return p->type >= AIS_COMMIT_OBJECT && p->type <= AIS_BLOB_OBJECT;
}

/* A zlib stream of stored blocks; the checksum at its end is passed over, as the pack has one. */
static bool take_stored(struct packed *p, size_t size) {
    bool last = false;
    if (p->end - p->at < 2)
        return false;
    p->at += 2;
    while (!last) {
        size_t n;
        if (p->end - p->at < STORED_HEAD || *p->at > 1)
            return false;
        last = *p->at;
        n = (size_t)p->at[1] | (size_t)p->at[2] << 8;
        p->at += STORED_HEAD;
        if (n > (size_t)(p->end - p->at))
            return false;
        ais_buf_add(&p->data, p->at, n);
        p->at += n;
    }
    p->at += 4;
    return p->at <= p->end && p->data.size == size;
}

/* Reads the next object into p->data. */
static bool next(struct packed *p) {
    size_t size;
    ais_buf_truncate(&p->data, 0);
    return take_header(p, &size) && take_stored(p, size) && !p->data.no_memory;
}

/* The number of objects, or -1 where it is no whole pack. */
static int64_t open_pack(struct packed *p, const void *bytes, size_t size) {
    const uint8_t *at = bytes;
    uint8_t checksum[SHA1_DIGEST_SIZE];
    struct sha1_ctx ctx;
    if (size < PACK_HEAD + sizeof checksum || memcmp(at, "PACK\0\0\0\2", 8) != 0)
        return -1;
    sha1_init(&ctx);
    sha1_update(&ctx, size - sizeof checksum, at);
    sha1_digest(&ctx, sizeof checksum, checksum);
    if (memcmp(checksum, at + size - sizeof checksum, sizeof checksum) != 0)
        return -1;
    *p = (struct packed){.at = at + PACK_HEAD,
                         .end = at + size - sizeof checksum,
                         .data = AIS_BUF(object_bytes_max)};
    return (int64_t)at[8] << 24 | at[9] << 16 | at[10] << 8 | at[11];
}

/* The tree and the time of a commit of this program. */
static bool read_commit(struct bundling *b, const struct ais_buf *text) {
    const char *committer = strstr(ais_buf_text(text), "\ncommitter "), *time;
    if (strncmp(ais_buf_text(text), "tree ", 5) != 0 || !committer)
        return false;
    snprintf(b->tip_tree, sizeof b->tip_tree, "%.40s", text->data + 5);
    time = strstr(committer, "> ");
    b->tip_time = time ? strtoll(time + 2, NULL, 10) : 0;
    return time != NULL;
}

/* Adds the objects of a pack, its commits only where `commits`. */
static int add_pack(struct bundling *b, const void *bytes, size_t size, bool commits) {
    struct packed p = {0};
    int64_t count = open_pack(&p, bytes, size);
    int rc = count < 0 ? damaged(b) : 0;
    for (int64_t i = 0; i < count && rc == 0; i++) {
        struct ais_oid id;
        if (!next(&p)) {
            rc = damaged(b);
        } else if (p.type != AIS_COMMIT_OBJECT || commits) {
            rc = ais_pack_add(&b->pack, p.type, ais_buf_text(&p.data), p.data.size, &id, b->err);
            if (rc == 0 && memcmp(&id, &b->tip, sizeof id) == 0 && !read_commit(b, &p.data))
                rc = damaged(b);
        }
    }
    ais_buf_release(&p.data);
    return rc;
}

static int add_image(struct bundling *b, const struct ais_image *image, bool commits) {
    return image ? add_pack(b, image->pack.data, image->pack.size, commits) : 0;
}

static bool take_oid(const char *hex, struct ais_oid *oid) {
    for (size_t i = 0; i < sizeof oid->bytes; i++) {
        char pair[3] = {hex[2 * i], hex[2 * i + 1], '\0'};
        if (strspn(pair, "0123456789abcdef") != 2)
            return false;
        oid->bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return true;
}

static void put_head(struct ais_buf *out, const char *tip, const char *branch) {
    ais_buf_printf(out, "%s%s HEAD\n%s refs/heads/%s\n\n", first_line, tip, tip, branch);
}

/* Reads the bundle before, which begins as put_head makes it. */
static int read_before(struct bundling *b) {
    const struct ais_bundle_step *s = b->step;
    struct ais_buf head = AIS_BUF(1024);
    const size_t from = sizeof first_line - 1;
    char hex[AIS_OID_HEX];
    int rc = -1;
    if (s->before_size < from + AIS_OID_HEX || !take_oid(s->before + from, &b->tip)) {
        damaged(b);
        goto out;
    }
    ais_oid_hex(&b->tip, hex);
    put_head(&head, hex, s->commit->branch);
    if (ais_buf_check(&head, AIS_FAILED, "a bundle's head", b->err) < 0)
        goto out;
    if (s->before_size < head.size || memcmp(s->before, head.data, head.size) != 0)
        damaged(b);
    else if (add_pack(b, s->before + head.size, s->before_size - head.size, true) == 0)
        rc = *b->tip_tree ? 0 : damaged(b);
out:
    ais_buf_release(&head);
    return rc;
}

static int add_commit(struct bundling *b, char tip[AIS_OID_HEX]) {
    const struct ais_commit *c = b->step->commit;
    struct ais_buf text = AIS_BUF(256 * 1024);
    struct ais_oid id;
    char parent[AIS_OID_HEX];
    int rc = -1;
    ais_oid_hex(&b->tip, parent);
    ais_buf_printf(&text, "tree %s\nparent %s\n", b->step->image->tree_id, parent);
    ais_buf_printf(&text, "author %s <%s> %" PRId64 " +0000\n", c->name, c->email, b->tip_time);
    ais_buf_printf(&text, "committer %s <%s> %" PRId64 " +0000\n\n%s", c->name, c->email,
                   b->tip_time, c->message);
    if (ais_buf_check(&text, AIS_FAILED, "the commit", b->err) == 0)
        rc = ais_pack_add(&b->pack, AIS_COMMIT_OBJECT, text.data, text.size, &id, b->err);
    if (rc == 0)
        ais_oid_hex(&id, tip);
    ais_buf_release(&text);
    return rc;
}

static int add_step(struct bundling *b, struct ais_buf *out, char tip[AIS_OID_HEX]) {
    struct ais_buf index = AIS_BUF(object_bytes_max);
    struct ais_oid name;
    int rc = -1;
    if (add_image(b, b->step->base, false) < 0 ||
        add_image(b, b->step->image, b->step->before_size == 0) < 0 ||
        (b->step->before_size && add_commit(b, tip) < 0) ||
        ais_pack_finish(&b->pack, &index, &name, b->err) < 0)
        goto out;
    put_head(out, tip, b->step->commit->branch);
    ais_buf_add(out, b->pack.bytes.data, b->pack.bytes.size);
    rc = 0;
out:
    ais_buf_release(&index);
    return rc;
}

int ais_bundle_make(const struct ais_bundle_step *step, struct ais_buf *out, char tip[AIS_OID_HEX],
                    struct ais_error *err) {
    struct bundling b = {.step = step, .err = err};
    int rc = -1;
    memcpy(tip, step->image->commit_id, AIS_OID_HEX);
    if (ais_pack_init(&b.pack, err) < 0 || (step->before_size && read_before(&b) < 0))
        goto out;
    if (step->before_size && strcmp(b.tip_tree, step->image->tree_id) == 0) {
        ais_oid_hex(&b.tip, tip);
        ais_buf_add(out, step->before, step->before_size);
    } else if (add_step(&b, out, tip) < 0) {
        goto out;
    }
    rc = ais_buf_check(out, AIS_FAILED, "the bundle", err);
out:
    ais_pack_release(&b.pack);
    return rc;
}
