before
    -- Milestone rank
after
