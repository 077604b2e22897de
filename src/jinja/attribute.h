/* Attributes by a path such as "address.city" or "0", as filters take them. */
#ifndef AIS_JINJA_ATTRIBUTE_H
#define AIS_JINJA_ATTRIBUTE_H

#include "jinja/list.h"

/* The attribute of an item; J_ABSENT and none as a path give the item itself. What is missing is
 * `fallback`, or undefined where that is absent. */
int ais_jattribute(struct ais_jrun *run, struct ais_jval item, struct ais_jval path,
                   struct ais_jval fallback, struct ais_jval *out);

/* A sort key: strings in lower case unless `exact`. `path` may name several attributes with commas
 * where `many`; the key is a list of them then. */
int ais_jattribute_key(struct ais_jrun *run, struct ais_jval item, struct ais_jval path, bool exact,
                       bool many, struct ais_jval *out);

#endif
