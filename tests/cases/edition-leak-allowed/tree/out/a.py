raise NotImplementedError("Milestone rank")
