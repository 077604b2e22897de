#!/bin/sh
# Prints the C source of the built-in catalogue: every file below the folder $1, in the order of its
# bytes. The checksums make the output change with the files, so that make can compare it.
set -eu
LC_ALL=C
export LC_ALL
cd "$1"
top=$(pwd)
printf '/* Made by src/template/catalogue.sh. */\n#include "template/catalogue_data.h"\n\n'
find ideas layers template.schema.json -type f -exec cksum {} + | sort -k 3 | sed 's/^/\/\/ /'
printf '\n__asm__(".section .rodata\\n");\n'
n=0
find ideas layers template.schema.json -type f | sort | while read -r path; do
    printf '__asm__("ais_file_%d: .incbin \\"%s/%s\\"\\nais_file_%d_end: .byte 0\\n");\n' \
        "$n" "$top" "$path" "$n"
    printf 'extern const char ais_file_%d[], ais_file_%d_end[];\n' "$n" "$n"
    n=$((n + 1))
done
printf '__asm__(".previous\\n");\n\nconst struct ais_embedded ais_embedded[] = {\n'
n=0
find ideas layers template.schema.json -type f | sort | while read -r path; do
    executable=false
    [ -x "$path" ] && executable=true
    printf '    {"%s", ais_file_%d, ais_file_%d_end, %s},\n' "$path" "$n" "$n" "$executable"
    n=$((n + 1))
done
printf '    {0},\n};\n'
