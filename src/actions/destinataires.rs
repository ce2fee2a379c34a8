//! PRO-6: where an appeal is sent, from what is known of the caisse and of where the person lives.

use regles::recours::{Destinataires, Tribunal, Voie};

use crate::db::depart::Service;
use crate::db::destinataire::Ressort;

/// Where an appeal against this caisse is sent under a route; `ressort`: the court of where the person lives.
pub fn destinataires(voie: Voie, service: &Service, ressort: Option<Ressort>) -> Destinataires {
    let tribunal = match voie {
        Voie::SecuriteSociale => ressort.and_then(|r| r.ville.zip(r.adresse)),
        Voie::Administrative => service.ta_ville.clone().zip(service.ta_adresse.clone()),
    };
    Destinataires {
        cra: service.cra_adresse.clone(),
        tribunal: tribunal.map(|(ville, adresse)| Tribunal { ville, adresse }),
    }
}
