/* What could stand next on a command line: what completion offers. */
#ifndef AIS_CMD_WORDS_H
#define AIS_CMD_WORDS_H

#include "cmd/cmd.h"

/* Prints what the last of words[0..count) could become, a line each: the word, and behind a tab
 * what it is. words[0] is the command. ":files" and ":folders" stand for what the shell itself can
 * list. A template that can't be read offers nothing; that is no error. */
int cmd_words_print(char *const *words, size_t count, struct ais_error *err);

#endif
