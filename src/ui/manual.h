/* The manual: as the system shows it, and as text that the build put into the program. */
#ifndef AIS_UI_MANUAL_H
#define AIS_UI_MANUAL_H

struct ui_page {
    const char *name, *section;
    const char *const *lines; /* ended by NULL */
};

/* All pages, sorted by their names and sections; ended by a NULL name. */
extern const struct ui_page ui_pages[];

/* The page, of the section where one is given, or NULL. */
const struct ui_page *ui_page_find(const char *name, const char *section);

/* Becomes man(1) showing the page. Returns where there is no man or the page is not installed. */
void ui_page_open(const struct ui_page *page);

#endif
