//! What people do.
