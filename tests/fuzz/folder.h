/* A template folder for fuzz targets, made once in a temporary folder. */
#ifndef AIS_TESTS_FUZZ_FOLDER_H
#define AIS_TESTS_FUZZ_FOLDER_H

#include "fuzz.h"
#include "template/template.h"

/* The folder's path. It is removed when the program ends. */
const char *fuzz_folder(void);
/* Writes data[size] as the file `name` of the folder. */
void fuzz_write(const char *name, const void *data, size_t size);
/* Loads the folder's template: the caller's, or NULL where it is at fault. */
struct ais_template *fuzz_load(void);

#endif
