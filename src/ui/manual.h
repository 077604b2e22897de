/* The manual, as the system shows it. */
#ifndef AIS_UI_MANUAL_H
#define AIS_UI_MANUAL_H

/* Becomes man(1) showing the page. Returns where there is no man or no such page. */
void ui_manual(const char *page);

#endif
