#include "plan/memo.h"

#include "base/json.h"
#include "plan/planning.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024, GOOD_PATHS_MAX = 10000 };

int ais_memo_init(struct ais_memo *memo, struct ais_error *err) {
    *memo = (struct ais_memo){.source_slots = FIRST_SLOTS};
    memo->sources = ais_calloc(FIRST_SLOTS, sizeof *memo->sources);
    memo->good_paths = json_object();
    return memo->sources && memo->good_paths ? 0 : ais_fail_memory(err);
}

static void release_kept(struct ais_kept *kept) {
    for (struct ais_rendered *r = kept->rendered; r; r = r->next)
        ais_reads_release(&r->reads);
    ais_reads_release(&kept->reads);
    ais_jinja_tree_free(kept->tree);
}

void ais_memo_release(struct ais_memo *memo) {
    for (size_t i = 0; memo->sources && i < memo->source_slots; i++)
        for (struct ais_kept *kept = memo->sources[i].kept; kept; kept = kept->next)
            release_kept(kept);
    for (struct ais_layout *layout = memo->layouts; layout; layout = layout->next) {
        ais_reads_release(&layout->reads);
        json_decref(layout->provided);
        json_decref(layout->owns);
        json_decref(layout->milestones);
    }
    ais_free(memo->sources);
    ais_free(memo->signature);
    ais_free(memo->paths);
    json_decref(memo->single);
    json_decref(memo->triple);
    json_decref(memo->clean);
    json_decref(memo->good_paths);
    ais_arena_release(&memo->arena);
    *memo = (struct ais_memo){0};
}

static struct ais_memo_source *find_slot(const struct ais_memo *memo, const struct ais_file *source,
                                         bool rendered) {
    uint64_t at = ((uint64_t)(uintptr_t)source >> 4) * 0x9e3779b97f4a7c15u + rendered;
    for (at = (at >> 20) % memo->source_slots;; at = (at + 1) % memo->source_slots) {
        struct ais_memo_source *slot = &memo->sources[at];
        if (!slot->source || (slot->source == source && slot->rendered == rendered))
            return slot;
    }
}

/* The slot of the source, made if there is none; NULL with *err set. */
static struct ais_memo_source *get_slot(struct ais_planning *p, const struct ais_file *source,
                                        bool rendered) {
    struct ais_memo *memo = p->memo;
    if (memo->source_count * 2 >= memo->source_slots) {
        struct ais_memo old = *memo;
        memo->source_slots *= 2;
        memo->sources = ais_calloc(memo->source_slots, sizeof *memo->sources);
        if (!memo->sources) {
            *memo = old;
            ais_fail_memory(p->err);
            return NULL;
        }
        for (size_t i = 0; i < old.source_slots; i++)
            if (old.sources[i].source)
                *find_slot(memo, old.sources[i].source, old.sources[i].rendered) = old.sources[i];
        ais_free(old.sources);
    }
    return find_slot(memo, source, rendered);
}

/* Reads the source as the edition wants it. The kept form is the memo's, or (for want of room, or
 * where something is wrong with the source) the plan's. */
static struct ais_kept *make_kept(struct ais_planning *p, struct ais_part *part,
                                  struct ais_memo_source *slot, const json_t *context) {
    size_t first = p->plan->cuts.count, problems = p->plan->problems.count;
    struct ais_file out = {0};
    struct ais_kept *kept;
    struct ais_reads *outer;
    bool lasting = slot->count < AIS_MEMO_VARIANTS;
    p->lasting = lasting ? &p->memo->arena : &p->plan->arena;
    kept = ais_arena_alloc(p->lasting, sizeof *kept);
    if (!kept) {
        ais_fail_memory(p->err);
        return NULL;
    }
    kept->source = slot->source;
    kept->lasting = lasting;
    if (ais_reads_begin(p->t->variant, &kept->reads, &outer, p->err) < 0 ||
        ais_planning_keep(p, part, slot->source, slot->rendered, context, &out, &kept->keep) < 0 ||
        ais_reads_end(p->t->variant, &kept->reads, outer, p->err) < 0)
        goto fail;
    kept->data = out.data;
    kept->size = out.size;
    kept->plain = !slot->rendered || ais_jinja_is_plain(slot->source->data, slot->source->size);
    kept->cut_count = p->plan->cuts.count - first;
    kept->cuts = ais_arena_alloc(p->lasting, (kept->cut_count + 1) * sizeof *kept->cuts);
    if (!kept->cuts) {
        ais_fail_memory(p->err);
        goto fail;
    }
    if (kept->cut_count)
        memcpy(kept->cuts, p->plan->cuts.list + first, kept->cut_count * sizeof *kept->cuts);
    p->plan->cuts.count = first; /* they are added when the kept form is used */
    if (kept->plain)
        ais_sha256(kept->data, kept->size, kept->sha256);
    if (!lasting || p->plan->problems.count > problems) {
        kept->lasting = false;
        ais_reads_release(&kept->reads);
        return kept;
    }
    kept->next = slot->kept;
    slot->kept = kept;
    slot->count++;
    return kept;
fail:
    p->t->variant->reads = outer;
    ais_reads_release(&kept->reads);
    return NULL;
}

/* Adds the cuts to the plan and the source to its signature. */
static int use_kept(struct ais_planning *p, struct ais_kept *kept) {
    struct ais_cuts *cuts = &p->plan->cuts;
    if (ais_grow(&p->signature, &p->signature_capacity, p->signature_count + 1, sizeof kept) < 0)
        return ais_fail_memory(p->err);
    p->signature[p->signature_count++] = kept;
    if (!kept->cut_count)
        return 0;
    if (ais_grow(&cuts->list, &cuts->capacity, cuts->count + kept->cut_count, sizeof *cuts->list) <
        0)
        return ais_fail_memory(p->err);
    memcpy(cuts->list + cuts->count, kept->cuts, kept->cut_count * sizeof *cuts->list);
    cuts->count += kept->cut_count;
    return 0;
}

/* Renders the kept form; the result is the memo's where there is room, else the plan's. */
static int render_new(struct ais_planning *p, struct ais_kept *kept, const json_t *context,
                      struct ais_file *out) {
    struct ais_buf text = AIS_BUF(AIS_SOURCE_FILE_BYTES_MAX);
    struct ais_rendered *r = NULL;
    struct ais_reads reads, *outer;
    bool room;
    int rc = -1;
    if (ais_reads_begin(p->t->variant, &reads, &outer, p->err) < 0 ||
        ais_jinja_render(kept->tree, context, &text, p->err) < 0 ||
        ais_reads_end(p->t->variant, &reads, outer, p->err) < 0 ||
        ais_buf_check(&text, AIS_TEMPLATE, p->shown, p->err) < 0)
        goto out;
    if (p->fragment)
        ais_reads_merge(outer, &reads, NULL);
    room = kept->lasting && kept->rendered_count < AIS_MEMO_VARIANTS &&
           text.size <= AIS_MEMO_BYTES_MAX - p->memo->bytes;
    out->size = text.size;
    out->data =
        ais_arena_strndup(room ? &p->memo->arena : &p->plan->arena, ais_buf_text(&text), text.size);
    r = room && out->data ? ais_arena_alloc(&p->memo->arena, sizeof *r) : NULL;
    if (!out->data || (room && !r)) {
        ais_fail_memory(p->err);
        goto out;
    }
    if (r) {
        *r = (struct ais_rendered){reads, out->data, out->size, "", kept->rendered};
        ais_sha256(r->data, r->size, r->sha256);
        kept->rendered = r;
        kept->rendered_count++;
        p->memo->bytes += r->size;
        out->steady = true;
        out->sha256 = r->sha256;
    }
    rc = 0;
out:
    p->t->variant->reads = outer;
    if (!r)
        ais_reads_release(&reads);
    ais_buf_release(&text);
    return rc;
}

int ais_memo_render(struct ais_planning *p, struct ais_part *part, struct ais_kept *kept,
                    const json_t *context, struct ais_file *out) {
    int rc;
    for (const struct ais_rendered *r = kept->rendered; r; r = r->next) {
        if (ais_reads_hold(p->t->variant, &r->reads, context)) {
            if (p->fragment)
                ais_reads_merge(p->t->variant->reads, &r->reads, NULL);
            out->data = r->data;
            out->size = r->size;
            out->steady = true;
            out->sha256 = r->sha256;
            return 0;
        }
    }
    if (!kept->tree)
        kept->tree = ais_jinja_parse(part->env, (struct ais_place){.path = p->shown}, kept->data,
                                     kept->size, p->err);
    if (!kept->tree)
        return -1;
    rc = render_new(p, kept, context, out);
    if (!kept->lasting) {
        ais_jinja_tree_free(kept->tree);
        kept->tree = NULL;
    }
    return rc;
}

int ais_memo_read(struct ais_planning *p, struct ais_part *part, const struct ais_file *source,
                  bool rendered, const json_t *context, struct ais_file *out, bool *keep) {
    struct ais_memo_source *slot = get_slot(p, source, rendered);
    struct ais_kept *kept;
    if (!slot)
        return -1;
    p->memo->source_count += slot->source == NULL;
    slot->source = source;
    slot->rendered = rendered;
    p->shown = ais_source_shown(part->source, source->path);
    if (!p->shown)
        return ais_fail_memory(p->err);
    for (kept = slot->kept; kept && !ais_reads_hold(p->t->variant, &kept->reads, context);
         kept = kept->next)
        ;
    if (!kept)
        kept = make_kept(p, part, slot, context);
    if (!kept || use_kept(p, kept) < 0)
        return -1;
    ais_reads_merge(p->t->variant->reads, &kept->reads, NULL);
    *keep = kept->keep;
    out->data = kept->data;
    out->size = kept->size;
    out->rendered = !kept->plain;
    out->steady = kept->lasting && kept->plain;
    out->sha256 = kept->plain ? kept->sha256 : NULL;
    return !kept->keep || kept->plain ? 0 : ais_memo_render(p, part, kept, context, out);
}

bool ais_memo_is_good_path(const struct ais_planning *p, const char *path) {
    return p->memo && json_object_get(p->memo->good_paths, path);
}

void ais_memo_set_good_path(struct ais_planning *p, const char *path) {
    if (p->memo && json_object_size(p->memo->good_paths) < GOOD_PATHS_MAX)
        json_object_set_new(p->memo->good_paths, path, json_true()); /* or it is checked again */
}

bool ais_memo_same_paths(struct ais_planning *p, struct ais_buf *paths) {
    for (size_t i = 0; i < p->count; i++) {
        ais_buf_str(paths, p->planned[i].file.path);
        ais_buf_char(paths, '\n');
    }
    return p->memo->paths && strcmp(p->memo->paths, ais_buf_text(paths)) == 0;
}

bool ais_memo_same_sources(const struct ais_planning *p) {
    const struct ais_memo *memo = p->memo;
    return memo->single && memo->signature_count == p->signature_count &&
           memcmp(memo->signature, p->signature, p->signature_count * sizeof *p->signature) == 0;
}

void ais_memo_take_search(struct ais_planning *p, json_t *single, json_t *triple) {
    struct ais_memo *memo = p->memo;
    json_t *clean = json_object();
    for (size_t i = 0; i < p->signature_count; i++)
        if (!p->signature[i]->lasting || !clean) {
            json_decref(clean);
            return;
        }
    json_decref(memo->single);
    json_decref(memo->triple);
    json_decref(memo->clean);
    memo->single = json_incref(single);
    memo->triple = json_incref(triple);
    memo->clean = clean;
    ais_free(memo->signature);
    memo->signature = p->signature;
    memo->signature_count = p->signature_count;
    p->signature = NULL;
    p->signature_count = p->signature_capacity = 0;
}

/* The key of a steady file: where its bytes are, and its path. */
static const char *clean_key(const struct ais_file *file, char key[AIS_PATH_MAX + 64]) {
    snprintf(key, AIS_PATH_MAX + 64, "%llx %zx %s", (unsigned long long)(uintptr_t)file->data,
             file->size, file->path);
    return key;
}

/* The search at hand is the one of the layout's sources, whose numbers of files are the plan's. */
bool ais_memo_is_clean(const struct ais_planning *p, size_t number) {
    const struct ais_file *file = &p->planned[number].file;
    char key[AIS_PATH_MAX + 64];
    if (!p->memo || !p->memo->clean || !file->steady)
        return false;
    if (p->layout && p->layout->clean[number] == file->data)
        return true;
    if (!json_object_get(p->memo->clean, clean_key(file, key)))
        return false;
    if (p->layout)
        p->layout->clean[number] = file->data;
    return true;
}

void ais_memo_set_clean(struct ais_planning *p, size_t number) {
    const struct ais_file *file = &p->planned[number].file;
    char key[AIS_PATH_MAX + 64];
    if (p->memo && p->memo->clean && file->steady) /* for want of memory it is searched again */
        json_object_set_new(p->memo->clean, clean_key(file, key), json_true());
}
