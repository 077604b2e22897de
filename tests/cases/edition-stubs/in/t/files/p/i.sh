before
    # BEGIN SOLUTION rank
    the solution in i.sh
    # END SOLUTION
after
