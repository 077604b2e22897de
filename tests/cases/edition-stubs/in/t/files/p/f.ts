before
    // BEGIN SOLUTION rank
    the solution in f.ts
    // END SOLUTION
after
