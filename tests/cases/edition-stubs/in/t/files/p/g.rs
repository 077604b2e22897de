before
    // BEGIN SOLUTION rank
    the solution in g.rs
    // END SOLUTION
after
