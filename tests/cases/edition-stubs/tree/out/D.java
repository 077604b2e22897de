before
    throw new UnsupportedOperationException("Milestone rank");
after
