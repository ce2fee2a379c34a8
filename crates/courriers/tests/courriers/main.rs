//! What the letters say and look like. No database.

mod exemples;
mod lettre;
mod registre;
