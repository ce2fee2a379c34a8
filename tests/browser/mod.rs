//! The pages as people meet them: in a real Chromium.

mod driver;
mod harness;
mod harness_itself;
mod interface;
