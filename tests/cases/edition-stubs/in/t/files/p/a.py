before
    # BEGIN SOLUTION rank
    the solution in a.py
    # END SOLUTION
after
