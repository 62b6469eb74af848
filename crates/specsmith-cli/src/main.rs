//! The `specsmith` command.

fn main() {}
