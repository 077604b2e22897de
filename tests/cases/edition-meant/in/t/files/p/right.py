# SOLUTIONS are discussed later
# Hidden files are skipped, the solution file is not
# begin with the solution
# END of solutions
WORDS = [
    "BEGIN SOLUTION",
    'END HIDDEN',
]
