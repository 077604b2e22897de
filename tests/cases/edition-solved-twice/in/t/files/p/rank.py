def rank(passages):
    """Order passages."""
    # BEGIN SOLUTION rank
    scores = [score(passage) for passage in passages]
    best = sorted(range(len(scores)), key=lambda i: -scores[i])
    return best
    # END SOLUTION
    # STUB: raise NotImplementedError("Milestone rank: see docs/milestones.md")


def gate(score):
    # BEGIN SOLUTION gate
    threshold = calibrated_threshold()
    return score > threshold
    # END SOLUTION


# BEGIN HIDDEN
def expected_answer():
    return "the answer that graders compare with"
# END HIDDEN
