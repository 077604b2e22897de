before
    // BEGIN SOLUTION rank
    the solution in e.js
    // END SOLUTION
after
