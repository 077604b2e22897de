# Building and counting tests, for the scripts beside this one, which source it.
# shellcheck shell=sh

passed=0 failed=0 skipped=0

# Adds what the last line of the file $1 counts, but for make's own; false where it counts nothing.
add_counts() {
    counts=$(grep -av '^make: \*\*\*' "$1" | tail -n 1 | sed -nE \
        's/^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$/\1 \2 0\4/p')
    [ -n "$counts" ] || return 1
    # shellcheck disable=SC2086
    set -- $counts
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

# Makes targets; parts that run at once wait for each other here.
build() {
    mkdir -p build/tests
    flock build/tests/make.lock make -s --no-print-directory -j2 "$@" >"build/tests/make-$1.log" 2>&1 || {
        cat "build/tests/make-$1.log"
        return 1
    }
}

# counted NAME LOG COMMAND...: runs what counts its tests, and shows what it says unless all is well.
counted() {
    name=$1 log=$2 before=$failed
    shift 2
    "$@" >"$log" 2>&1
    status=$?
    if ! add_counts "$log"; then
        failed=$((failed + 1))
        echo "FAIL $name: exit status $status, and its last line counts no tests"
    elif [ "$status" -ne 0 ] && [ "$failed" -eq "$before" ]; then
        failed=$((failed + 1))
        echo "FAIL $name: exit status $status, although it counts no failure"
    elif [ "$failed" -gt "$before" ]; then
        echo "FAIL $name"
    elif ! grep -q '^SKIP' "$log"; then
        return
    fi
    sed "s|^|  |" "$log"
}

# The last line, and the exit status: there were tests, and none failed.
finish() {
    if [ "$skipped" -gt 0 ]; then
        echo "$passed passed, $failed failed, $skipped skipped"
    else
        echo "$passed passed, $failed failed"
    fi
    [ "$failed" -eq 0 ] && [ $((passed + skipped)) -gt 0 ]
}
