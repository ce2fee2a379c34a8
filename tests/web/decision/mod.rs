//! REG-1, REG-2, REG-9, PRO-5 to PRO-8, EXP-2: proposing, deciding, notifying, installing.

mod proposition;
mod signature;
mod suites;
