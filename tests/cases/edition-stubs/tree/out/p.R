before
    stop("Milestone rank")
after
