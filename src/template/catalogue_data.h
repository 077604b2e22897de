/* The files of templates/ as the build put them into the binary. */
#ifndef AIS_TEMPLATE_CATALOGUE_DATA_H
#define AIS_TEMPLATE_CATALOGUE_DATA_H

#include <stdbool.h>

struct ais_embedded {
    const char *path; /* "ideas/chatbot/template.json" */
    const char *begin, *end;
    bool executable;
};

/* Sorted by path, ended by a NULL path. */
extern const struct ais_embedded ais_embedded[];

#endif
