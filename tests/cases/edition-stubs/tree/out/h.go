before
    panic("Milestone rank")
after
