def rank(passages):
    """Order passages."""
    scores = [score(passage) for passage in passages]
    best = sorted(range(len(scores)), key=lambda i: -scores[i])
    return best


def gate(score):
    threshold = calibrated_threshold()
    return score > threshold


