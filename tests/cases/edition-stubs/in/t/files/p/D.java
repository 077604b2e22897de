before
    // BEGIN SOLUTION rank
    the solution in D.java
    // END SOLUTION
after
