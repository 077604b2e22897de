before
    // BEGIN SOLUTION rank
    the solution in c.cpp
    // END SOLUTION
after
