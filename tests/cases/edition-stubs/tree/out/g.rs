before
    todo!("Milestone rank");
after
