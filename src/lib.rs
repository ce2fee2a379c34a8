//! Relève: one departure, one arrival. Four floors: `web` → `actions` → `db` → `domain`.

pub mod domain;
