def rank(passages):
    """Order passages."""
    raise NotImplementedError("Milestone rank: see docs/milestones.md")


def gate(score):
    raise NotImplementedError("Milestone gate")


