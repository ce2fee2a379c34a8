//! `/parametres`: every dated parameter of the rules, its history, and the new values that two national
//! administrators agree on.

mod apercu;
mod champs;
mod exporter;
mod fiche;
mod liste;
mod proposer;
mod proposition;

pub use exporter::exporter;
pub use fiche::page as fiche;
pub use liste::liste;
pub use proposer::{envoyer, formulaire};
pub use proposition::{approuver, page as proposition, rejeter, retirer};

use regles::droits::Role;
use regles::parametre::{EtatValeur, Parametre};
use regles::regle::Statut;
use regles::texte;

use super::ui::{Etat, Pastille};
use super::visite::Visite;

/// The address of a parameter.
fn adresse(cle: &str) -> String {
    format!("/parametres/{cle}")
}

/// The address of a proposal.
fn adresse_proposition(id: i64) -> String {
    format!("/parametres/propositions/{id}")
}

/// Whether the visitor may propose and examine.
fn administre(visite: &Visite) -> bool {
    visite
        .identite
        .as_ref()
        .is_some_and(|i| i.role == Role::AdministrateurNational)
}

/// Whether the visitor may read proposals, which show files of every CPAM.
fn lit_les_propositions(visite: &Visite) -> bool {
    visite
        .identite
        .as_ref()
        .is_some_and(|i| matches!(i.role, Role::AdministrateurNational | Role::Auditeur))
}

/// The value in words.
fn valeur(p: &Parametre) -> String {
    texte::valeur(&p.valeur, p.unite)
}

/// The status in words: a [D] is a national parameter.
fn statut(statut: Statut) -> String {
    texte::insecables(&format!("{} ({})", statut.libelle(), statut.as_str()))
}

fn pastille(etat: EtatValeur) -> Pastille {
    let ton = match etat {
        EtatValeur::Proposee => Etat::AFaire,
        EtatValeur::Approuvee => Etat::Fait,
        EtatValeur::Rejetee | EtatValeur::Retiree => Etat::Neutre,
    };
    Pastille::new(ton, texte::majuscule_initiale(etat.libelle()))
}
