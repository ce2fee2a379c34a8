//! The shapes that pages share: a form from a typed struct, the page of an act, the page that asks before something
//! that cannot be undone, and what was done meanwhile.

pub mod commune;
pub(in crate::web) mod confirmation;
pub mod entre_temps;
pub mod erreurs;
pub(in crate::web) mod essai;
pub mod formulaire;
pub(in crate::web) mod geste;
pub mod lecture;
