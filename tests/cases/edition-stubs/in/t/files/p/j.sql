before
    -- BEGIN SOLUTION rank
    the solution in j.sql
    -- END SOLUTION
after
