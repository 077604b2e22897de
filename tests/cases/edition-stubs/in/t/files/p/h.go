before
    // BEGIN SOLUTION rank
    the solution in h.go
    // END SOLUTION
after
