#!/bin/sh
# Runs test cases: folders that hold
#   cmd      what sh runs, in a fresh folder, where `aiscaffold` is the program under test
#   in/      what lies in that folder before (optional)
#   stdout, stderr, status    what must come out (absent: nothing, 0); $PWD stands for the folder
#   tree/    what must lie there afterwards beside in/, byte for byte and with its modes; .git is left out
#   slow     says that it is left out where programs run slowly
# A command that ends with 77 skips its case, and says why.
#
# cases.sh [--update] [--program FILE] [--folder DIR] [NAME...]
# --update writes what came out into the case, to be reviewed. WRAP is a command to run the program under.
set -u
umask 022
cd "$(dirname "$0")/.." || exit 1
. tests/lib.sh
top=$(pwd) folder=tests/cases program=build/aiscaffold update=
while [ $# -gt 0 ]; do
    case $1 in
    --update) update=yes ;;
    --program) program=$2 && shift ;;
    --folder) folder=$2 && shift ;;
    *) break ;;
    esac
    shift
done
scratch=$(mktemp -d)
trap 'chmod -R u+rwX "$scratch"; rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
cp "$program" "$scratch/program" # a build must not change what is tested
if [ -n "${WRAP-}" ]; then
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$WRAP" "$scratch/program" >"$scratch/bin/aiscaffold"
    chmod +x "$scratch/bin/aiscaffold"
else
    ln -s ../program "$scratch/bin/aiscaffold"
fi

# lay CASE FOLDER PART...: copies parts of the case into a new folder.
lay() {
    from=$1 to=$2
    shift 2
    mkdir -p "$to"
    for part; do
        [ ! -d "$from/$part" ] || cp -R "$from/$part/." "$to"
    done
    chmod -R u=rwX,go=rX "$to"
}

execute() {
    (cd "$2/work" && exec env -i PATH="$scratch/bin:/usr/bin:/bin" HOME="$2/home" TMPDIR="$2" \
        XDG_CONFIG_HOME="$2/home/config" XDG_DATA_HOME="$2/home/data" LC_ALL=C TZ=UTC \
        SOURCE_DATE_EPOCH=1764547200 TOOLS="$top/tests/tools" PROGRAM="$scratch/program" \
        timeout "${LIMIT-300}" sh "$top/$1/cmd") >"$2/out" 2>"$2/err" </dev/null
    echo $? >"$2/status"
    sed "s|$2/work|\$PWD|g" "$2/out" >"$2/stdout"
    sed "s|$2/work|\$PWD|g" "$2/err" >"$2/stderr"
}

modes() {
    (cd "$1" && find . -name .git -prune -o -printf '%m %p\n' | LC_ALL=C sort -k 2)
}

# What differs between the case $1 and its run in $2; nothing where all is as expected.
compare() {
    for stream in stdout stderr; do
        want=$1/$stream
        [ -f "$want" ] || want=/dev/null
        cmp -s "$want" "$2/$stream" || diff -a -u --label "expected $stream" --label "$stream" \
            "$want" "$2/$stream"
    done
    want=0
    [ ! -f "$1/status" ] || read -r want <"$1/status"
    read -r got <"$2/status"
    [ "$want" = "$got" ] || echo "expected status $want, got $got"
    (cd "$2" && diff -a -r -u --no-dereference -x .git want work)
    modes "$2/want" >"$2/want.modes"
    modes "$2/work" >"$2/work.modes"
    cmp -s "$2/want.modes" "$2/work.modes" || diff -U 0 --label 'expected modes' --label modes \
        "$2/want.modes" "$2/work.modes"
}

# Makes what came out in $2 what the case $1 expects.
accept() {
    for file in stdout stderr status; do
        cp "$2/$file" "$1/$file"
    done
    [ -s "$1/stdout" ] || rm "$1/stdout"
    [ -s "$1/stderr" ] || rm "$1/stderr"
    [ "$(cat "$1/status")" != 0 ] || rm "$1/status"
    rm -rf "$1/tree"
    cp -R "$2/work" "$1/tree"
    find "$1/tree" -name .git -prune -exec rm -rf {} +
    (cd "$1/tree" && find . -type f) | while read -r path; do
        if [ -f "$1/in/$path" ] && cmp -s "$1/in/$path" "$1/tree/$path"; then
            rm "$1/tree/$path"
        fi
    done
    find "$1/tree" -type d -empty -delete
}

run_case() {
    case=$1 here=$scratch/${1##*/}
    if [ -n "${QUICK-}" ] && [ -f "$case/slow" ]; then
        skipped=$((skipped + 1))
        echo "SKIP $case: $(cat "$case/slow")"
        return
    fi
    mkdir -p "$here/home"
    lay "$case" "$here/work" in
    execute "$case" "$here"
    [ -z "$update" ] || accept "$case" "$here"
    lay "$case" "$here/want" in tree
    if [ "$(cat "$here/status")" = 77 ]; then
        skipped=$((skipped + 1))
        echo "SKIP $case: $(cat "$here/stderr")"
        return
    fi
    compare "$case" "$here" >"$here/differs"
    if [ ! -s "$here/differs" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $case"
        sed 's/^/  /' "$here/differs"
    fi
    chmod -R u+rwX "$here"
    rm -rf "$here"
}

# every START STEP CASE...: each STEP-th of the cases, from the START-th on.
every() {
    number=$1 step=$2
    shift 2
    for case; do
        case=${case%/}
        [ -f "$case/cmd" ] || case=$folder/$case
        if [ $((number % step)) -eq 0 ]; then
            run_case "$case"
        fi
        number=$((number + 1))
    done
    finish
}

if [ $# -eq 0 ]; then
    set -- "$folder"/*/
fi
every 0 2 "$@" >"$scratch/0" &
(every 1 2 "$@") >"$scratch/1"
wait $!
for half in 0 1; do
    sed '$d' "$scratch/$half"
    add_counts "$scratch/$half"
done
finish
