#!/bin/sh
# units.sh PROGRAM...: runs unit programs, each in a fresh folder. WRAP is a command to run them under.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
top=$(pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for program; do
    case $program in
    /*) ;;
    *) program=$top/$program ;;
    esac
    rm -rf "$scratch/here"
    mkdir "$scratch/here"
    # shellcheck disable=SC2086
    counted "${program##*/}" "$scratch/log" \
        env -C "$scratch/here" LC_ALL=C TZ=UTC ${WRAP-} "$program" </dev/null
done
finish
