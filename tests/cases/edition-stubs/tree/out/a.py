before
    raise NotImplementedError("Milestone rank")
after
