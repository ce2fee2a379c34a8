//! Letters about an appeal (PRO-9): its receipt, without which the delay of the court does not run; the answer of the
//! commission de recours amiable, which is a document; what its silence and an annulment are worth.

mod accuse;
mod depose_agent;
mod notifie;
mod place_rendue;
mod reponse;
mod rouvert;
mod silence;

pub use accuse::RecoursAccuse;
pub use depose_agent::RecoursDeposeAgent;
pub use notifie::ReponseNotifiee;
pub use place_rendue::PlaceRendue;
pub use reponse::CraDecision;
pub use rouvert::DossierRouvert;
pub use silence::RecoursRejeteParSilence;

use regles::recours::{Tribunal, Voie};
use regles::texte;

/// Who answers, and the court that comes next, as a letter names them.
#[derive(Debug, Clone)]
pub struct Organes {
    /// The route.
    pub voie: Voie,
    /// The court, when it is known: the one of where the person lives.
    pub tribunal: Option<Tribunal>,
}

impl Organes {
    /// «La commission de recours amiable», to begin a sentence.
    pub fn premier(&self) -> &'static str {
        match self.voie {
            Voie::SecuriteSociale => "La commission de recours amiable",
            Voie::Administrative => "La direction de la caisse",
        }
    }

    /// «le pôle social du tribunal judiciaire de Marseille, 6 rue Joseph-Autran, 13006 Marseille».
    pub fn tribunal(&self) -> String {
        let quoi = match self.voie {
            Voie::SecuriteSociale => "le pôle social du tribunal judiciaire",
            Voie::Administrative => "le tribunal administratif",
        };
        match (&self.tribunal, self.voie) {
            (Some(t), _) => format!("{quoi} {}, {}", texte::de(&t.ville), t.adresse),
            (None, Voie::SecuriteSociale) => format!("{quoi} dont dépend votre domicile"),
            (None, Voie::Administrative) => quoi.to_owned(),
        }
    }
}
