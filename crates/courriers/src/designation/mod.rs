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
