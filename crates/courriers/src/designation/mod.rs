//! Letters about the designation of a successor: to the leaver, to the successor.

mod acceptee;
mod acceptee_copie;
mod annulee;
mod creee;
mod declinee;
mod declinee_copie;
mod envoyee;
mod remplacee;
mod renoncee;
mod renoncee_copie;
mod sans_objet;

pub use acceptee::DesignationAcceptee;
pub use acceptee_copie::DesignationAccepteeCopie;
pub use annulee::DesignationAnnulee;
pub use creee::DesignationCreee;
pub use declinee::DesignationDeclinee;
pub use declinee_copie::DesignationDeclineeCopie;
pub use envoyee::DesignationEnvoyee;
pub use remplacee::DesignationRemplacee;
pub use renoncee::DesignationRenoncee;
pub use renoncee_copie::DesignationRenonceeCopie;
pub use sans_objet::DesignationSansObjet;

use chrono::NaiveDate;
use regles::texte;

use crate::Lettre;

/// Who designates: the leaver, or who is entitled in their place (REG-7).
#[derive(Debug, Clone, Copy)]
pub struct Designant<'a> {
    /// Who leaves, or left.
    pub cedant: &'a str,
    /// Who is entitled in their place.
    pub ayant_droit: Option<&'a str>,
    /// The departure.
    pub depart_id: i64,
}

impl<'a> Designant<'a> {
    /// Greets who designates, and leads them to the departure: who is entitled has no account, and keeps a link.
    fn adresser(self, lettre: Lettre, bouton: &str) -> Lettre {
        let lettre = lettre.a(self.nom());
        match self.ayant_droit {
            Some(_) => lettre.paragraphe(
                "Pour désigner quelqu’un, corriger une adresse ou retirer une désignation, reprenez votre lien personnel.",
            ),
            None => lettre.action(bouton, format!("/mes-departs/{}", self.depart_id)),
        }
    }

    /// Who designates.
    pub fn nom(self) -> &'a str {
        self.ayant_droit.unwrap_or(self.cedant)
    }

    /// «vous succéder», «succéder à Claire Martin».
    fn succeder(self) -> String {
        match self.ayant_droit {
            Some(_) => format!("succéder à {}", self.cedant),
            None => "vous succéder".to_owned(),
        }
    }

    /// «la place ouverte par votre départ», «la place de Claire Martin».
    fn place(self) -> String {
        match self.ayant_droit {
            Some(_) => format!("la place {}", texte::de(self.cedant)),
            None => "la place ouverte par votre départ".to_owned(),
        }
    }
}

fn autre_personne(limite: Option<NaiveDate>) -> String {
    limite.map_or_else(
        || "Vous pouvez désigner une autre personne.".to_owned(),
        |l| {
            format!(
                "Vous pouvez désigner une autre personne au plus tard le {} (inclus).",
                texte::date_longue(l)
            )
        },
    )
}
