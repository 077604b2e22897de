def a():
    # BEGIN SOLUTION one
    return 4711 * 12
    # END SOLUTION
