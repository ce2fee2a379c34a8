//! The pages as people meet them: in a real Chromium.

mod charte;
mod caisse;
mod driver;
mod harness;
mod harness_itself;
mod inspection;
mod interface;
mod parcours;
