//! The blocks of a file: what the rules say, the facts, the documents, the decision, the timeline.

use chrono::NaiveDate;
use regles::conventionnement::{AvisCpd, ResultatConventionnement};
use regles::demande::NatureDemande;
use regles::derogation;
use regles::generales::alerte_avant_effet;
use regles::generales::nommees;
use regles::manque::{self, Lecteur};
use regles::reglement::Reglement;
use regles::texte;

use super::super::audition;
use super::super::identite;
use super::super::mandat;
use super::{Lecture, pastille_resultat};
use crate::clock::jour_a_paris;
use crate::db::demande::DemandeComplete;
use crate::web::demande::Conditions;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::Formulaire;
use crate::web::ui::{Message, Pastille, PourquoiVue};
use crate::web::vues;

/// A fact with its label.
pub struct Fait {
    /// What it is.
    pub libelle: String,
    /// What was said.
    pub valeur: String,
    /// A page that says more.
    pub url: Option<String>,
}

impl Fait {
    /// A fact that leads nowhere.
    pub fn new(libelle: impl Into<String>, valeur: impl Into<String>) -> Self {
        Fait {
            libelle: libelle.into(),
            valeur: valeur.into(),
            url: None,
        }
    }
}

type Evaluation = (&'static str, Option<(Pastille, String, PourquoiVue)>);

/// What the rules say today, with what lacks; or, once decided, what they said that day, as it was stored (EXP-2).
///
/// # Errors
/// A stored explanation that does not read, or no parameter in force.
pub fn evaluation(reglement: &Reglement, lecture: &Lecture) -> Result<Evaluation, WebError> {
    if let Some(evaluation) = &lecture.evaluation {
        let resultat = evaluation.conclusion.resultat;
        let mut phrase = match &evaluation.zone {
            Ok(zone) => format!(
                "Zone {} ({}), {} aujourd’hui.",
                texte::de(&zone.bassin_nom),
                zone.bassin,
                zone.categorie
            ),
            Err(raison) => format!("La zone ne peut pas être établie : {raison}."),
        };
        for manque in manque::de_la_demande(
            reglement,
            evaluation.faits.date,
            &evaluation.faits.conventionnement,
            &evaluation.conclusion,
            Lecteur::Agent,
        )
        .map_err(WebError::interne)?
        {
            phrase.push(' ');
            phrase.push_str(&manque);
        }
        let pourquoi =
            vues::pourquoi_de_la_demande(resultat.libelle(), resultat, &evaluation.explication)?;
        return Ok((
            "Ce que disent les règles aujourd’hui",
            Some((pastille_resultat(resultat), phrase, pourquoi)),
        ));
    }
    let Some((decision, _, _)) = &lecture.decision else {
        return Ok(("", None));
    };
    let resultat: ResultatConventionnement =
        decision.resultat.parse().map_err(WebError::interne)?;
    let explication = serde_json::from_str(&decision.explication).map_err(WebError::interne)?;
    let pourquoi = vues::pourquoi_de_la_demande(resultat.libelle(), resultat, &explication)?;
    let jour = decision.decidee_le.unwrap_or(decision.proposee_le);
    Ok((
        "Ce que disaient les règles le jour de la décision",
        Some((
            pastille_resultat(resultat),
            format!(
                "Évaluation du {}, zone {}, conservée sans changement.",
                texte::date_fr(jour_a_paris(jour)),
                decision.categorie
            ),
            pourquoi,
        )),
    ))
}

/// What has to be known before acting.
pub fn messages(lecture: &Lecture) -> Vec<Message> {
    let d = &lecture.dossier.demande;
    let mut messages = super::zone::messages(lecture);
    let non_lus = lecture.messages.non_lus;
    if non_lus > 0 {
        messages.insert(
            0,
            Message::attention(format!(
                "{} non lu{} {}.",
                texte::pluriel(non_lus, "message", "messages"),
                texte::marque(non_lus),
                texte::de(lecture.dossier.kine.nom_complet())
            ))
            .lien("Lire et répondre", lecture.messages.url.clone()),
        );
    }
    let effet = d.effet(lecture.decision.as_ref().and_then(|(p, _, _)| p.effet));
    if let Some(alerte) = effet.and_then(|effet| alerte_avant_effet(d.premier_acte, effet)) {
        messages.push(Message::attention(alerte));
    }
    if let Some((place, _)) = &lecture.depart
        && place.etat.prise()
        && !d.etat.consomme()
        && d.etat.en_cours()
    {
        messages.push(Message::erreur(
                "La place de cette succession est déjà attribuée à une autre demande : un départ n’ouvre qu’une arrivée.",
            ));
    }
    messages
}

/// The address of the account; else what a paper says, where nothing is sent by itself (PRO-13).
fn courriel(dossier: &DemandeComplete) -> String {
    match (&dossier.courriel, &dossier.courriel_papier) {
        (Some(courriel), _) => courriel.clone(),
        (None, Some(dit)) => {
            format!("{dit} (écrit sur la demande ; la personne n’a pas de compte)")
        }
        (None, None) => "la personne n’a pas de compte".to_owned(),
    }
}

/// What the applicant said.
///
/// # Errors
/// A stored value that does not read.
pub fn faits(lecture: &Lecture, jour: NaiveDate) -> Result<Vec<Fait>, WebError> {
    let dossier = &lecture.dossier;
    let d = &dossier.demande;
    let mut faits = vec![
        Fait::new("Nature", d.nature.libelle()),
        Fait::new("RPPS", dossier.kine.rpps.clone()),
        Fait::new("Courriel", courriel(dossier)),
        Fait::new(
            "Identité",
            match &lecture.identite {
                Some(verifiee) => identite::phrase(verifiee),
                None => "Non vérifiée".to_owned(),
            },
        ),
    ];
    if let Some(telephone) = &dossier.kine.telephone {
        faits.push(Fait::new("Téléphone", telephone.clone()));
    }
    faits.push(Fait {
        libelle: "Lieu d’exercice".to_owned(),
        valeur: format!("{}, {}", d.adresse, dossier.commune),
        url: Some(format!("/zones/{}", d.insee)),
    });
    faits.push(Fait {
        libelle: "Zone".to_owned(),
        valeur: format!(
            "{} ({}), {} au dépôt",
            dossier.bassin, d.bassin_code, d.categorie_depot
        ),
        url: Some(format!("/grand-livre/{}", d.bassin_code)),
    });
    faits.extend(super::zone::faits(lecture));
    if let Some(dite) = mandat::dite(d, jour) {
        faits.push(Fait::new("Représentant", dite));
    }
    if d.nature == NatureDemande::Derogation {
        derogation(lecture, &mut faits);
    }
    let dites = Conditions::from(&d.conditions).dits().into_iter();
    faits.extend(dites.map(|(libelle, valeur)| Fait::new(libelle, valeur)));
    faits.push(match dossier.sur_papier {
        true => Fait::new(
            "Reçue sur papier le",
            texte::date_fr(jour_a_paris(d.deposee_le)),
        ),
        false => Fait::new("Dépôt", texte::datetime_fr(d.deposee_le)),
    });
    if let Some(le) = d.complete_le {
        faits.push(Fait::new("Dossier complet", texte::date_fr(le)));
    }
    let signe = lecture.decision.as_ref().and_then(|(p, _, _)| p.effet);
    let attendues = d.pieces_attendues()?;
    if !attendues.is_empty() {
        let dite = format!("à la réception de : {}", nommees(&attendues));
        faits.push(Fait::new("Date d’effet de l’accord", dite));
    }
    if let Some(effet) = d.effet(signe) {
        faits.push(Fait::new("Date d’effet de l’accord", texte::date_fr(effet)));
    }
    if let Some(le) = d.premier_acte {
        faits.push(Fait::new("Premier acte facturé", texte::date_fr(le)));
    }
    Ok(faits)
}

/// How a fact that nobody gave is said.
const NON_RENSEIGNE: &str = "non renseigné";

/// What was left empty takes one sentence, not a line each.
pub fn tus(faits: Vec<Fait>) -> (Vec<Fait>, Option<String>) {
    let (vides, dits): (Vec<Fait>, Vec<Fait>) =
        faits.into_iter().partition(|f| f.valeur == NON_RENSEIGNE);
    let noms: Vec<String> = vides
        .iter()
        .map(|f| texte::minuscule_initiale(&f.libelle))
        .collect();
    let phrase = (!noms.is_empty()).then(|| format!("Non renseigné : {}.", noms.join(", ")));
    (dits, phrase)
}

fn derogation(lecture: &Lecture, faits: &mut Vec<Fait>) {
    let d = &lecture.dossier.demande;
    let famille = d.derogation_famille.as_deref().unwrap_or_default();
    faits.push(Fait::new(
        "Dérogation",
        match &lecture.motif {
            Some(m) => format!(
                "{} : {}",
                derogation::famille(famille),
                texte::minuscule_initiale(&m.libelle)
            ),
            None => derogation::famille(famille).to_owned(),
        },
    ));
    if let Some(r) = &lecture.reduction {
        faits.push(Fait::new("Confrère établi (RPPS)", r.rpps.clone()));
        faits.push(Fait::new("Réduction d’activité", vues::reduction(r)));
    }
    if let Some(expose) = &d.derogation_expose {
        faits.push(Fait::new("Exposé", expose.clone()));
    }
    let avis = d
        .derogation_avis_cpd
        .map_or("pas encore rendu", AvisCpd::libelle);
    faits.push(Fait::new("Avis de la commission", avis));
    if let Some(dite) = audition::dite(d) {
        faits.push(Fait::new("Audition", dite));
    }
}

/// The departure that opens the place of a succession.
pub fn depart(lecture: &Lecture) -> Vec<Fait> {
    let Some((place, depart)) = &lecture.depart else {
        return Vec::new();
    };
    let c = &depart.depart;
    // REG-18: the departure is of the caisse of the place left, which alone opens it.
    let (valeur, url) = match c.caisse_code == lecture.dossier.demande.caisse_code {
        true => (
            depart.kine.nom_complet(),
            Some(format!("/departs/{}", c.id)),
        ),
        false => (
            format!("{} ({})", depart.kine.nom_complet(), depart.service.nom),
            None,
        ),
    };
    let mut faits = vec![
        Fait {
            libelle: "Cédant".to_owned(),
            valeur,
            url,
        },
        Fait::new(
            "Cessation",
            format!("{}, {}", texte::date_fr(c.date_cessation), depart.commune),
        ),
        Fait::new("Place", place.etat.libelle()),
    ];
    if let Some(limite) = place.limite_designation {
        faits.push(Fait::new(
            "Désignation possible au plus tard le",
            texte::date_fr(limite),
        ));
    }
    faits
}
