before
    abort(); /* Milestone rank */
after
