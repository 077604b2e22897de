case $1 in
setup | start) exit 0 ;;
test) sh do.sh one && sh do.sh two ;;
fail) exit 1 ;;
odd) exit 127 ;;
slow) sleep 100 ;;
one)
    # BEGIN SOLUTION one
    exit 0
    # END SOLUTION
    # STUB: exit 1
    ;;
two)
    # BEGIN SOLUTION two
    exit 0
    # END SOLUTION
    # STUB: exit 1
    ;;
esac
