//! The command line of Relève.

fn main() {}
