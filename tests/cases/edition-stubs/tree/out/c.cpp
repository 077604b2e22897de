before
    std::abort(); // Milestone rank
after
