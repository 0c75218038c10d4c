//! What crosses the line, and how fast.

fn main() {}
