/* The methods of values, and what filters share with them. */
#ifndef AIS_JINJA_METHODS_H
#define AIS_JINJA_METHODS_H

#include "jinja/builtin.h"
#include "jinja/text.h"

extern const struct ais_jbuiltin ais_jmethods_str[], ais_jmethods_split[], ais_jmethods_is[],
    ais_jmethods_list[], ais_jmethods_tuple[], ais_jmethods_dict[], ais_jmethods_cycler[];

/* str.replace: the first `count` places, all of them where it is negative. */
int ais_jstr_replace(struct ais_jrun *run, const struct ais_jstr *str, const struct ais_jstr *old,
                     const struct ais_jstr *new, int64_t count, struct ais_jval *out);
/* str.center and its like: `left` and `right` say where there is padding. */
int ais_jstr_pad(struct ais_jrun *run, const struct ais_jstr *str, size_t width,
                 const struct ais_jstr *fill, bool left, bool right, struct ais_jval *out);
/* str.capitalize; str.upper, str.lower, str.casefold. */
int ais_jstr_capitalize(struct ais_jrun *run, const struct ais_jstr *str, struct ais_jval *out);
int ais_jstr_case(struct ais_jrun *run, enum ais_jcase to, const struct ais_jstr *str,
                  struct ais_jval *out);
/* Whether there are letters and all of them have that case. */
bool ais_jstr_is_case(const struct ais_jstr *str, bool upper);
/* dict.update: a dictionary or pairs, and names. */
int ais_jdict_update(struct ais_jrun *run, struct ais_jdict *dict, const struct ais_jargs *args);
/* str.join. */
int ais_jstr_join(struct ais_jrun *run, const struct ais_jstr *separator, struct ais_jval items,
                  bool any, struct ais_jval *out);
/* str.format. */
int ais_jformat_braces(struct ais_jrun *run, const struct ais_jstr *format,
                       const struct ais_jargs *args, struct ais_jval *out);

#endif
