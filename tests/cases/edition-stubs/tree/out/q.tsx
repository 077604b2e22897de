before
    throw new Error("Milestone rank");
after
