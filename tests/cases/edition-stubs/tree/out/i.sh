before
    echo "Milestone rank" >&2; exit 1
after
