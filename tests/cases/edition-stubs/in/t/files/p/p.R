before
    # BEGIN SOLUTION rank
    the solution in p.R
    # END SOLUTION
after
