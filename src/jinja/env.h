/* The environment, as its own room sees it. */
#ifndef AIS_JINJA_ENV_H
#define AIS_JINJA_ENV_H

#include "jinja/run.h"

#include <pthread.h>

struct ais_jinja {
    struct ais_jinja_options options;
    pthread_mutex_t lock; /* guards `cache` and the calls of the loader */
    struct ais_jinja_tree *cache;
};

/* The template of that name, parsed once and kept. 1, 0 where there is none, or -1. */
int ais_jinja_load(struct ais_jinja *env, const char *name, const struct ais_jinja_tree **tree,
                   struct ais_error *err);

#endif
