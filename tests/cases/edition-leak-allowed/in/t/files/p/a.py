# BEGIN SOLUTION rank
weight = inverse_document_frequency(term)
score = sum(weight * frequency(term, passage))
best = max(scores, key=scores.get)
# END SOLUTION
