//! The components of the interface: small structs that handlers fill and that know how to draw themselves.
//!
//! Each derives its own template in `templates/ui/`, and is written in a page as `{{ composant }}`.

mod apercu;
mod champ;
mod chronologie;
mod commune;
mod depot;
mod echeance;
mod etat;
mod fichiers;
mod filtre;
mod graphique;
mod icone;
mod livre;
mod messages;
mod pieces;
mod pourquoi;
mod regle;
mod reponse;

pub use apercu::ApercuVue;
pub use champ::{Champ, Choix, Controle, Exigence, Taille};
pub use chronologie::{ChronologieVue, EvenementVue, JourVue};
pub use commune::CommuneVue;
pub use depot::{DepotVue, PieceDeposee};
pub use echeance::{EcheanceVue, EtapeVue};
pub use etat::{Bandeau, Etat, Pastille};
pub use fichiers::FichierVue;
pub use filtre::FiltreVue;
pub use graphique::{Graphique, Serie};
pub use icone::Icone;
pub use livre::{CoteVue, LigneLivre, LivreVue, Trait};
pub use messages::{Confirmation, ErreurResume, Message, Suite, Ton, Vide};
pub use pieces::{DocumentVue, EnvoiVue, LignePieceVue, ListePiecesVue};
pub use pourquoi::{ConditionVue, Constat, PourquoiVue};
pub use regle::RegleVue;

/// Lets a template be written inside another without being escaped a second time.
macro_rules! composant {
    ($($nom:ty),+) => { $(impl askama::filters::HtmlSafe for $nom {})+ };
}
pub(crate) use composant;
