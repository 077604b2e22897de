#include "template/template.h"

#include "base/io.h"

#include <stdio.h>
#include <string.h>

/* Gives the files of a part to its templates' includes. */
static int load_include(void *payload, const char *name, const char **path, const char **text,
                        size_t *size, struct ais_error *err) {
    struct ais_part *part = payload;
    const struct ais_file *file;
    char full[1100];
    int n = snprintf(full, sizeof full, "files/%s", name);
    if (n < 0 || (size_t)n >= sizeof full || !(file = ais_source_find(part->source, full)))
        return -1;
    *path = ais_source_shown(part->source, full);
    if (!*path)
        return ais_fail_memory(err);
    *text = file->data;
    *size = file->size;
    return 0;
}

static void part_free(struct ais_part *part) {
    if (!part)
        return;
    ais_manifest_release(&part->manifest);
    ais_jinja_free(part->env);
    ais_source_free(part->source);
    ais_free(part->uses);
    ais_free(part);
}

/* Takes source over. */
static struct ais_part *part_new(struct ais_source *source, struct ais_variant *variant,
                                 struct ais_error *err) {
    struct ais_part *part = ais_calloc(1, sizeof *part);
    struct ais_jinja_options options = {.trim_blocks = true,
                                        .lstrip_blocks = true,
                                        .loader = {load_include, part},
                                        .functions = variant->functions,
                                        .observer = {ais_variant_read, variant},
                                        .blame = AIS_TEMPLATE};
    if (!part) {
        ais_source_free(source);
        ais_fail_memory(err);
        return NULL;
    }
    part->source = source;
    part->env = ais_jinja_new(&options, err);
    if (!part->env || ais_manifest_read(&part->manifest, source, part->env, err) < 0) {
        part_free(part);
        return NULL;
    }
    return part;
}

/* A load in progress. Layers are numbered when they are complete, so that a part's layers come
 * first; `open` holds those that are being read, to find circles. */
struct loading {
    struct ais_template *t;
    const struct ais_catalogue *catalogue;
    const char *own; /* the idea's folder, or NULL */
    const char *open[AIS_PARTS_MAX];
    size_t open_count;
    struct ais_error *err;
};

static bool find_part(const struct ais_template *t, const char *name, size_t *index) {
    for (*index = 0; *index < t->part_count; ++*index)
        if (strcmp(t->parts[*index]->manifest.name, name) == 0)
            return true;
    return false;
}

static int add_part(struct loading *l, struct ais_part *part);

static int fail_no_layer(struct loading *l, const struct ais_layer *layer) {
    struct ais_names names = {0};
    char hint[128] = "";
    if (ais_catalogue_names(l->catalogue, "layers", &names, l->err) == 0)
        ais_did_you_mean(hint, sizeof hint, layer->name, (const char *const *)names.names,
                         names.count);
    ais_names_release(&names);
    return ais_fail_at(l->err, AIS_TEMPLATE, layer->at, "no layer is called \"%s\"%s", layer->name,
                       hint);
}

/* Loads what `layer` names unless it is there already; its index in *index. */
static int load_layer(struct loading *l, const struct ais_layer *layer, size_t *index) {
    struct ais_source *source;
    struct ais_part *part;
    for (size_t i = 0; i < l->open_count; i++)
        if (strcmp(l->open[i], layer->name) == 0)
            return ais_fail_at(l->err, AIS_TEMPLATE, layer->at,
                               "the layer \"%s\" contains itself, by way of others", layer->name);
    if (find_part(l->t, layer->name, index))
        return 0;
    source = ais_catalogue_layer(l->catalogue, l->own, layer->name, l->err);
    if (!source)
        return l->err && l->err->status ? -1 : fail_no_layer(l, layer);
    part = part_new(source, l->t->variant, l->err);
    if (!part)
        return -1;
    if (strcmp(part->manifest.name, layer->name) != 0) {
        ais_fail_at(l->err, AIS_TEMPLATE, (struct ais_place){.path = part->manifest.doc.path},
                    "this layer's folder is \"%s\", and its manifest calls it \"%s\"", layer->name,
                    part->manifest.name);
        part_free(part);
        return -1;
    }
    if (add_part(l, part) < 0)
        return -1;
    *index = l->t->part_count - 1;
    return 0;
}

/* Adds the part behind its layers; frees it on error. The uses are noted when its index is known.
 */
static int add_part(struct loading *l, struct ais_part *part) {
    const struct ais_manifest *m = &part->manifest;
    size_t used[AIS_PARTS_MAX] = {0}, index = 0;
    if (l->open_count == AIS_PARTS_MAX || m->layer_count > AIS_PARTS_MAX) {
        ais_fail_at(l->err, AIS_TEMPLATE, (struct ais_place){.path = m->doc.path},
                    "more than %d layers", AIS_PARTS_MAX);
        goto fail;
    }
    l->open[l->open_count++] = m->name;
    for (size_t i = 0; i < m->layer_count; i++)
        if (load_layer(l, &m->layers[i], &used[i]) < 0)
            goto fail;
    l->open_count--;
    if (l->t->part_count == AIS_PARTS_MAX) {
        ais_fail_at(l->err, AIS_TEMPLATE, (struct ais_place){.path = m->doc.path},
                    "more than %d layers", AIS_PARTS_MAX);
        goto fail;
    }
    index = l->t->part_count++;
    l->t->parts[index] = part;
    for (size_t i = 0; i < m->layer_count; i++) {
        struct ais_part *layer = l->t->parts[used[i]];
        if (ais_grow(&layer->uses, &layer->use_capacity, layer->use_count + 1,
                     sizeof *layer->uses) < 0)
            return ais_fail_memory(l->err);
        layer->uses[layer->use_count++] = (struct ais_layer_use){index, &m->layers[i]};
    }
    return 0;
fail:
    part_free(part);
    return -1;
}

/* Declares the part's variables; one of that name is there already only from a part nearer to the
 * idea, or from another layer, which is an error. */
static int declare(struct ais_template *t, size_t part, struct ais_error *err) {
    const struct ais_manifest *m = &t->parts[part]->manifest;
    for (size_t i = 0; i < m->variable_count; i++) {
        const struct ais_variable *v = &m->variables[i];
        const struct ais_declared *before = ais_template_variable(t, v->name);
        if (before && before->part == t->part_count - 1)
            continue; /* the idea has the last word */
        if (before)
            return ais_fail_at(err, AIS_TEMPLATE, v->at,
                               "the variable \"%s\" is declared twice (also in %s:%u:%u)", v->name,
                               before->variable->at.path, before->variable->at.line,
                               before->variable->at.column);
        if (t->variable_count == AIS_VARIABLES_MAX)
            return ais_fail_at(err, AIS_TEMPLATE, v->at, "more than %d variables",
                               AIS_VARIABLES_MAX);
        if (ais_grow(&t->variables, &t->variable_capacity, t->variable_count + 1,
                     sizeof *t->variables) < 0)
            return ais_fail_memory(err);
        t->variables[t->variable_count++] = (struct ais_declared){v, part};
    }
    return 0;
}

/* The same provided name must be of one kind everywhere. */
static int check_provides(const struct ais_template *t, struct ais_error *err) {
    for (size_t i = 0; i < t->part_count; i++) {
        const struct ais_manifest *m = &t->parts[i]->manifest;
        for (size_t k = 0; k < m->provide_count; k++) {
            for (size_t j = 0; j < i; j++) {
                const struct ais_manifest *other = &t->parts[j]->manifest;
                for (size_t n = 0; n < other->provide_count; n++)
                    if (strcmp(other->provides[n].name, m->provides[k].name) == 0 &&
                        other->provides[n].kind != m->provides[k].kind)
                        return ais_fail_at(err, AIS_TEMPLATE, m->provides[k].at,
                                           "\"%s\" is of another kind here than in %s:%u:%u",
                                           m->provides[k].name, other->provides[n].at.path,
                                           other->provides[n].at.line,
                                           other->provides[n].at.column);
            }
        }
    }
    return 0;
}

struct ais_template *ais_template_load(const struct ais_catalogue *catalogue, const char *name,
                                       struct ais_error *err) {
    struct ais_error own = {0};
    struct ais_source *source;
    struct ais_template *t;
    struct ais_part *part;
    struct loading l = {.catalogue = catalogue, .err = err ? err : &own};
    t = ais_calloc(1, sizeof *t);
    if (!t) {
        ais_fail_memory(err);
        return NULL;
    }
    l.t = t;
    t->variant = ais_variant_new(l.err);
    if (!t->variant)
        goto fail;
    source = ais_catalogue_idea(catalogue, name, l.err);
    part = source ? part_new(source, t->variant, l.err) : NULL;
    if (!part)
        goto fail;
    l.own = source->shown;
    if (add_part(&l, part) < 0 || declare(t, t->part_count - 1, l.err) < 0)
        goto fail;
    for (size_t i = 0; i + 1 < t->part_count; i++)
        if (declare(t, i, l.err) < 0)
            goto fail;
    if (check_provides(t, l.err) < 0)
        goto fail;
    return t;
fail:
    ais_template_free(t);
    return NULL;
}

void ais_template_free(struct ais_template *t) {
    if (!t)
        return;
    for (size_t i = 0; i < t->part_count; i++)
        part_free(t->parts[i]);
    ais_free(t->variables);
    ais_variant_free(t->variant);
    ais_free(t);
}

const struct ais_manifest *ais_template_manifest(const struct ais_template *t) {
    return &t->parts[t->part_count - 1]->manifest;
}

const struct ais_declared *ais_template_variable(const struct ais_template *t, const char *name) {
    for (size_t i = 0; i < t->variable_count; i++)
        if (strcmp(t->variables[i].variable->name, name) == 0)
            return &t->variables[i];
    return NULL;
}

enum { UNKNOWN = 2 };

/* Whether the part is used, into truths[part]: by who is nearest to the idea first, so that
 * conditions are read only where nothing else has settled it. Who names a layer stands behind it,
 * so the recursion ends. */
static int find_truth(const struct ais_template *t, const json_t *context, size_t part, int *truths,
                      struct ais_error *err) {
    const struct ais_part *p = t->parts[part];
    if (truths[part] != UNKNOWN)
        return truths[part];
    truths[part] = part == t->part_count - 1;
    for (size_t k = p->use_count; k-- > 0 && truths[part] == 0;) {
        const struct ais_layer_use *use = &p->uses[k];
        truths[part] = find_truth(t, context, use->part, truths, err);
        if (truths[part] == 1 && use->layer->when)
            truths[part] = ais_jinja_truth(use->layer->when, context, err);
    }
    return truths[part];
}

static void forget(int *truths) {
    for (size_t i = 0; i < AIS_PARTS_MAX; i++)
        truths[i] = UNKNOWN;
}

int ais_template_is_active(const struct ais_template *t, const json_t *context, size_t part,
                           struct ais_error *err) {
    int truths[AIS_PARTS_MAX];
    forget(truths);
    return find_truth(t, context, part, truths, err);
}

int ais_template_active(const struct ais_template *t, const json_t *context, bool *active,
                        struct ais_error *err) {
    int truths[AIS_PARTS_MAX];
    forget(truths);
    for (size_t i = t->part_count; i-- > 0;) {
        int truth = find_truth(t, context, i, truths, err);
        if (truth < 0)
            return -1;
        active[i] = truth;
    }
    return 0;
}

json_t *ais_template_facts(const struct ais_template *t, struct ais_error *err) {
    const struct ais_manifest *m = ais_template_manifest(t);
    json_t *facts = json_pack("{ss ss ss ss}", "name", m->name, "version", m->version, "released",
                              m->released_text, "summary", m->summary);
    if (!facts)
        ais_fail_memory(err);
    return facts;
}
