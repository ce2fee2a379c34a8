//! What was acknowledged stays, and what is wrong is seen.

mod verification;
