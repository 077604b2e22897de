#!/bin/sh
# Prints the C source of the manual as text: a list of lines a page.
set -eu
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")"
printf '/* Made by man/pages.sh. */\n#include "ui/manual.h"\n\n#include <stddef.h>\n'
n=0
for page in *.[157]; do
    printf '\nstatic const char *const page_%d[] = {\n' "$n"
    awk -f text.awk "$page" | sed 's/[\\"]/\\&/g; s/.*/    "&",/'
    printf '    NULL,\n};\n'
    n=$((n + 1))
done
printf '\nconst struct ui_page ui_pages[] = {\n'
n=0
for page in *.[157]; do
    printf '    {"%s", "%s", page_%d},\n' "${page%.*}" "${page##*.}" "$n"
    n=$((n + 1))
done
printf '    {0},\n};\n'
