/* The repository of a plan: the files of its `.git`, which go to sinks like any others. */
#ifndef AIS_SINK_REPOSITORY_H
#define AIS_SINK_REPOSITORY_H

#include "git/image.h"
#include "plan/plan.h"

/* Who pristine commits are by. */
#define AIS_AUTHOR_NAME "aiscaffold"
#define AIS_AUTHOR_EMAIL "noreply@aiscaffold.invalid"

/* Appends the message of a pristine commit, the first one or one that updates it. */
void ais_repository_message(struct ais_buf *out, bool update, const char *name, const char *version,
                            const char *edition, const char *digest);

/* Makes the pristine commit of the plan on `branch` at `time`: by aiscaffold itself, with template,
 * version, edition and digest in its trailers. Released by ais_image_release, also after an error.
 */
int ais_repository_make(struct ais_image *image, const struct ais_plan *plan, const char *branch,
                        int64_t time, struct ais_error *err);

/* The same, with ready objects, and with blobs that are elsewhere (see image.h). */
int ais_repository_make_shared(struct ais_image *image, const struct ais_plan *plan,
                               const char *branch, int64_t time,
                               const struct ais_ready_source *ready,
                               const struct ais_oid *const *elsewhere, struct ais_error *err);

/* All files of plan and image as one list, sorted by path; `image` may be NULL. The list is the
 * caller's (ais_free), its members are borrowed. NULL with *err set. */
struct ais_file *ais_repository_files(const struct ais_plan *plan, const struct ais_image *image,
                                      size_t *count, struct ais_error *err);

#endif
