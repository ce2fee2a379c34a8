//! PRO-6, PRO-9: the routes of appeal against an unfavourable decision, in one place for every text that names them.

pub use super::contestation::{
    Degre, EffetPlace, Issue, Recours, Voie, a_temps, effet_sur_la_place, silence_de_la_cra, terme,
    voie,
};

use chrono::NaiveDate;

use super::echeance::Delai;
use super::reglement::{Reglement, ReglementError};

text_enum! {
    /// What the person contests.
    pub enum Conteste {
        /// A decision notified to them: the delay runs from the notification.
        Decision = "decision", "cette décision";
        /// A refusal born of silence: the delay runs from the day it was born.
        Silence = "silence", "ce refus";
    }
}

/// A court, as a letter names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tribunal {
    /// Its town.
    pub ville: String,
    /// Its address.
    pub adresse: String,
}

/// Where an appeal is sent. Without the datum the text says it in general, and no refusal may be notified: [`manquants`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Destinataires {
    /// Address of the secretariat of the commission de recours amiable.
    pub cra: Option<String>,
    /// The court of where the person lives; under the administrative route, the tribunal administratif.
    pub tribunal: Option<Tribunal>,
}

/// What lacks before a refusal may be notified under a route, in words.
pub fn manquants(voie: Voie, destinataires: &Destinataires) -> Vec<&'static str> {
    let cra = voie == Voie::SecuriteSociale && destinataires.cra.is_none();
    let tribunal = destinataires.tribunal.is_none();
    [
        (
            cra,
            "l’adresse de la commission de recours amiable de la caisse",
        ),
        (
            tribunal && voie == Voie::SecuriteSociale,
            "le tribunal judiciaire du domicile de la personne",
        ),
        (
            tribunal && voie == Voie::Administrative,
            "le tribunal administratif compétent",
        ),
    ]
    .into_iter()
    .filter(|(manque, _)| *manque)
    .map(|(_, mots)| mots)
    .collect()
}

/// The routes of appeal, one sentence or group of sentences an item, the legal references last. They never print a
/// day: the delay runs from a notification that they do not know.
///
/// # Errors
/// No parameter in force that day.
pub fn textes(
    reglement: &Reglement,
    jour: NaiveDate,
    conteste: Conteste,
    destinataires: &Destinataires,
) -> Result<Vec<String>, ReglementError> {
    let delai = Delai::Mois(reglement.nombre("recours.delai", jour)?);
    match voie(reglement, jour)? {
        Voie::SecuriteSociale => securite_sociale(reglement, jour, conteste, destinataires, delai),
        Voie::Administrative => Ok(administrative(conteste, destinataires, delai)),
    }
}

fn depart(conteste: Conteste) -> &'static str {
    match conteste {
        Conteste::Decision => "à compter du jour où cette décision vous est notifiée",
        Conteste::Silence => "à compter du jour où votre demande est considérée comme refusée",
    }
}

fn securite_sociale(
    reglement: &Reglement,
    jour: NaiveDate,
    conteste: Conteste,
    destinataires: &Destinataires,
    delai: Delai,
) -> Result<Vec<String>, ReglementError> {
    let reponse = Delai::Mois(reglement.nombre("cra.delai_reponse", jour)?);
    let adresse = match &destinataires.cra {
        Some(adresse) => format!("Écrivez à : {adresse}."),
        None => "Écrivez à la commission de recours amiable de la caisse.".to_owned(),
    };
    let tribunal = match &destinataires.tribunal {
        Some(t) => format!(
            "pôle social du tribunal judiciaire {}, {}",
            super::texte::de(&t.ville),
            t.adresse
        ),
        None => "pôle social du tribunal judiciaire dont dépend votre domicile".to_owned(),
    };
    let sans_avocat = if reglement.oui("recours.mention_sans_avocat", jour)? {
        " Vous pouvez vous défendre sans avocat."
    } else {
        ""
    };
    let objet = conteste.libelle();
    Ok(vec![
        format!(
            "D’abord, obligatoirement, la commission de recours amiable. Vous avez {delai} {}. Passé ce délai, votre \
             recours sera rejeté sans être examiné. {adresse} Dites pourquoi vous contestez {objet} ; joignez-y une copie \
             et vos justificatifs. La commission se prononcera d’après les règles et les faits du jour de sa décision.",
            depart(conteste)
        ),
        format!(
            "Ensuite, le tribunal. Si la commission rejette votre recours, vous aurez {delai} à compter de la notification \
             de sa réponse pour saisir le {tribunal}. Si elle n’a pas répondu {reponse} après avoir reçu votre recours, \
             c’est un rejet : vous aurez {delai} à compter de ce jour. Votre requête est remise au greffe, ou envoyée en \
             recommandé avec avis de réception, avec la copie de {objet} et de votre recours.{sans_avocat}"
        ),
        "Une demande de réexamen adressée à la direction ne prolonge pas ces délais.".to_owned(),
        "Code de la sécurité sociale, articles L142-4, R142-1, R142-1-A, R142-10, R142-10-1 ; code des relations entre le \
         public et l’administration, articles L412-3 à L412-5."
            .to_owned(),
    ])
}

fn administrative(conteste: Conteste, destinataires: &Destinataires, delai: Delai) -> Vec<String> {
    let tribunal = match &destinataires.tribunal {
        Some(t) => format!(
            "tribunal administratif {}, {}",
            super::texte::de(&t.ville),
            t.adresse
        ),
        None => "tribunal administratif".to_owned(),
    };
    let depart = depart(conteste);
    vec![
        format!(
            "Un recours gracieux, adressé au directeur de la caisse dans les {delai} {depart} : il conserve le délai pour saisir le tribunal."
        ),
        format!(
            "Un recours contentieux devant le {tribunal} dans les {delai} {depart}, ou du rejet de votre recours gracieux. Le tribunal peut être saisi par l’application Télérecours citoyens."
        ),
        "Code de justice administrative, articles R421-1 et R421-5.".to_owned(),
    ]
}
