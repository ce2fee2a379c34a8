//! Accounts.

mod connexion;
