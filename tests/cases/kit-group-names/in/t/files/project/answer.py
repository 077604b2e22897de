def answer():
    # BEGIN SOLUTION one
    return 6 * 7 - len("nothing")
    # END SOLUTION
