/* Giving a project that was made by other means its pristine history. */
#ifndef AIS_UPDATE_ADOPT_H
#define AIS_UPDATE_ADOPT_H

#include "update/update.h"

/* `next` is what the template gives. */
struct ais_adoption {
    struct ais_next next;
    struct ais_oid pristine, commit;
    struct ais_names in_the_way;
};

/* Commits what the template gives as a first pristine commit, and merges it into the branch so that
 * all files stay as they are, but for the record, which is added. Of the options, `keep` has no
 * say. Released by ais_adoption_release, also after an error. */
int ais_adopt_run(struct ais_adoption *adoption, const struct ais_update_options *options,
                  struct ais_error *err);
void ais_adoption_release(struct ais_adoption *adoption);

#endif
