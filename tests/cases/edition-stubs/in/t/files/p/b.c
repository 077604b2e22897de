before
    // BEGIN SOLUTION rank
    the solution in b.c
    // END SOLUTION
after
