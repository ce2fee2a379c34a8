//! The shapes that pages share: a form from a typed struct, a step of one that has a draft, the page of an act, the page that asks before something
//! that cannot be undone, what was done meanwhile, and a list from columns declared once.

pub mod commune;
pub(in crate::web) mod confirmation;
pub mod entre_temps;
pub mod erreurs;
pub(in crate::web) mod essai;
pub(in crate::web) mod etape;
pub mod fichier;
pub mod formulaire;
pub(in crate::web) mod geste;
pub mod lecture;
pub mod liste;
pub mod requete;
pub mod tableau;
