import answer
assert answer.answer() == 35
