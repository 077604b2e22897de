before
    /** BEGIN SOLUTION rank **/
    the solution in r.c
    /** END SOLUTION **/
after
