def b():
    # BEGIN SOLUTION two
    return 8888 * 13
    # END SOLUTION
