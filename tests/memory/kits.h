/* The jobs of memory.c that are about cohorts. */
#ifndef AIS_TEST_MEMORY_KITS_H
#define AIS_TEST_MEMORY_KITS_H

#include "base/hash.h"
#include "template/template.h"

/* Makes the kits of two students in the folder "kits", with all that goes with them. `template` is
 * a folder. `hex` gets a digest of all of it; the error of the first student that failed is one. */
int kits_make(const char *template, char hex[AIS_SHA256_HEX], struct ais_error *err);

/* Verifies them with their report. `hex` gets a digest of what was found; a submission that could
 * not be read is an error. */
int kits_verify(char hex[AIS_SHA256_HEX], struct ais_error *err);

#endif
