rutter::scope! {}

fn main() {}
