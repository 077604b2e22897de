before
    /// BEGIN SOLUTION rank
    the solution in s.rs
    /// END SOLUTION
after
