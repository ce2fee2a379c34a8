//! Where a practitioner's things stand, in one sentence: what is expected, of whom, by when; what is expected of her first.

mod pieces;

use chrono::NaiveDate;
use regles::demande::EtatDemande;
use regles::depart::EtatDepart;
use regles::designation::EtatDesignation;
use regles::echeance::NatureEcheance;
use regles::grand_livre::EtatPlace;
use regles::reglement::Reglement;
use regles::texte;

use self::pieces::{a_completer, a_remplacer, preuve_refusee};
use super::accueil::{Lu, active_de, place_de};
use crate::db::designation::DesignationComplete;
use crate::db::echeance::EcheanceStockee;
use crate::web::erreur::WebError;
use crate::web::page::Lien;
use crate::web::ui::{Bandeau, Etat, Pastille};

/// The sentence, and the deadline it is about.
pub(super) struct Situation<'a> {
    /// The sentence, whose turn it is, by when.
    pub(super) bandeau: Bandeau,
    /// The deadline, to be shown with its computation.
    pub(super) echeance: Option<&'a EcheanceStockee>,
    /// Where to do what is expected of the reader.
    pub(super) lien: Option<Lien>,
}

/// What is expected of the reader first, then of others.
///
/// # Errors
/// The reference data of the documents do not read.
pub(super) fn situation<'a>(
    lu: &'a Lu,
    jour: NaiveDate,
    reglement: &Reglement,
) -> Result<Situation<'a>, WebError> {
    Ok(de_vous(lu, jour, reglement)?
        .or_else(|| des_autres(lu, jour))
        .or_else(|| a_contester(lu, jour))
        .or_else(|| installee(lu))
        .unwrap_or_else(|| Situation {
            bandeau: Bandeau::new(
                Pastille::new(Etat::Neutre, "Rien en cours"),
                "Aucune démarche n’est en cours. Déclarez une cessation, ou déposez une demande de conventionnement.",
            ),
            echeance: None,
            lien: None,
        }))
}

fn de_vous<'a>(
    lu: &'a Lu,
    jour: NaiveDate,
    reglement: &Reglement,
) -> Result<Option<Situation<'a>>, WebError> {
    if let Some((d, _)) = lu
        .demandes
        .iter()
        .find(|(d, _)| d.etat == EtatDemande::Incomplete)
    {
        let e = de_demande(lu, d.id, NatureEcheance::Pieces);
        let phrase = format!(
            "Des pièces manquent à votre demande {} : envoyez-les {}.",
            d.numero,
            avant(e, jour)
        );
        let lien = Lien::new("Envoyer les pièces", demande(&d.numero));
        return Ok(Some(a_vous(phrase, e, lien)));
    }
    if let Some(d) = lu
        .recues
        .iter()
        .find(|d| d.designation.etat == EtatDesignation::EnAttente)
    {
        let quand = d
            .place_limite
            .map_or_else(String::new, |limite| format!(" {}", avant_le(limite, jour)));
        let phrase = format!(
            "{} vous désigne comme successeur à {} : acceptez ou déclinez{quand}.",
            d.cedant.nom_complet(),
            d.commune
        );
        let lien = Lien::new("Voir la désignation", "#t-designations");
        return Ok(Some(a_vous(phrase, None, lien)));
    }
    if let Some((d, _)) = lu.demandes.iter().find(|(d, _)| {
        matches!(d.etat, EtatDemande::Accordee | EtatDemande::Refusee) && d.notifiee_le.is_none()
    }) {
        let phrase = format!(
            "La caisse a pris sa décision sur votre demande {} : ouvrez-la pour en prendre connaissance.",
            d.numero
        );
        let lien = Lien::new("Voir ma demande", demande(&d.numero));
        return Ok(Some(a_vous(phrase, None, lien)));
    }
    if let Some((objet, nature, url)) = a_remplacer(lu) {
        let phrase = format!(
            "Une pièce de {objet} est refusée ({}) : lisez pourquoi, et envoyez-en une autre.",
            texte::minuscule_initiale(nature.libelle())
        );
        return Ok(Some(a_vous(
            phrase,
            None,
            Lien::new("Remplacer la pièce", url),
        )));
    }
    for (d, commune) in &lu.demandes {
        let e = de_demande(lu, d.id, NatureEcheance::Installation);
        if d.etat == EtatDemande::Accordee && e.is_some() {
            let (phrase, mots) = if preuve_refusee(lu, d.id) {
                let phrase = format!(
                    "La preuve de votre installation à {commune} est refusée : lisez pourquoi, et envoyez-en une autre {}.",
                    avant(e, jour)
                );
                (phrase, "Envoyer une autre preuve")
            } else {
                let phrase = format!(
                    "Votre demande {} est accordée : installez-vous à {commune} {}.",
                    d.numero,
                    avant(e, jour)
                );
                (phrase, "Déclarer mon installation")
            };
            let lien = Lien::new(mots, demande(&d.numero));
            return Ok(Some(a_vous(phrase, e, lien)));
        }
    }
    for (c, commune) in &lu.departs {
        let place = place_de(lu, c);
        if let (Some(place), None) = (place, active_de(lu, place))
            && place.etat == EtatPlace::Ouverte
        {
            let e = de_place(lu, place.id);
            let phrase = format!(
                "Votre départ {de_commune} ouvre une place : désignez votre successeur {}.",
                avant(e, jour),
                de_commune = texte::de(commune)
            );
            let lien = Lien::new(
                "Désigner mon successeur",
                format!("/mes-departs/{}#t-successeur", c.id),
            );
            return Ok(Some(a_vous(phrase, e, lien)));
        }
    }
    if let Some(d) = succession_a_deposer(lu) {
        let e = lu.depot_attendu(d);
        let phrase = match e {
            Some(_) => format!(
                "La caisse vous a attribué la place {} : déposez votre demande de conventionnement {}.",
                texte::de(&d.commune),
                avant(e, jour)
            ),
            None => format!(
                "Vous avez accepté de succéder à {} : déposez votre demande de conventionnement.",
                d.cedant.nom_complet()
            ),
        };
        let lien = Lien::new("Déposer une demande", "/demandes/nouvelle");
        return Ok(Some(a_vous(phrase, e, lien)));
    }
    a_completer(lu, reglement)
}

/// Something is expected of the reader, and where she does it.
fn a_vous<'a>(phrase: String, echeance: Option<&'a EcheanceStockee>, lien: Lien) -> Situation<'a> {
    let bandeau = Bandeau::new(Pastille::new(Etat::AFaire, "À vous"), phrase);
    Situation {
        bandeau: qui(bandeau, "Vous", echeance),
        echeance,
        lien: Some(lien),
    }
}

fn demande(numero: &str) -> String {
    format!("/demandes/{numero}")
}

fn des_autres(lu: &Lu, jour: NaiveDate) -> Option<Situation<'_>> {
    let attend = |phrase: String| Bandeau::new(Pastille::new(Etat::EnCours, "En cours"), phrase);
    if let Some((d, commune)) = lu
        .demandes
        .iter()
        .find(|(d, _)| d.etat == EtatDemande::Accordee)
    {
        // REG-9: the delay no longer runs once the installation is declared in time.
        let phrase = format!(
            "Vous n’avez rien à faire : la caisse vérifie la preuve de votre installation à {commune} (demande {}).",
            d.numero
        );
        return Some(Situation {
            bandeau: qui(attend(phrase), "La caisse", None),
            echeance: None,
            lien: None,
        });
    }
    if let Some((d, _)) = lu.demandes.iter().find(|(d, _)| d.etat.en_cours()) {
        let e = de_demande(lu, d.id, NatureEcheance::DecisionImplicite);
        let quand = e.map_or_else(String::new, |e| {
            format!(
                " Elle a jusqu’au {} ({}) pour répondre.",
                texte::date_fr(e.finale),
                texte::dans((e.finale - jour).num_days())
            )
        });
        let phrase = format!(
            "Vous n’avez rien à faire : la caisse étudie votre demande {}.{quand}",
            d.numero
        );
        return Some(Situation {
            bandeau: qui(attend(phrase), "La caisse", e),
            echeance: e,
            lien: None,
        });
    }
    if let Some((_, commune)) = lu
        .departs
        .iter()
        .find(|(c, _)| c.etat == EtatDepart::Declaree)
    {
        let phrase = format!(
            "Vous n’avez rien à faire : la caisse vérifie votre départ {de_commune}.",
            de_commune = texte::de(commune)
        );
        return Some(Situation {
            bandeau: qui(attend(phrase), "La caisse", None),
            echeance: None,
            lien: None,
        });
    }
    let (c, commune) = lu.departs.iter().find(|(c, _)| {
        place_de(lu, c).is_some_and(|p| matches!(p.etat, EtatPlace::Ouverte | EtatPlace::Reservee))
    })?;
    let place = place_de(lu, c);
    let e = place.and_then(|p| de_place(lu, p.id));
    let tour = match active_de(lu, place).map(|d| d.etat) {
        Some(EtatDesignation::EnAttente) => "Le confrère que vous désignez",
        _ => "Votre successeur et la caisse",
    };
    let phrase = format!("Vous n’avez rien à faire : votre succession à {commune} suit son cours.");
    Some(Situation {
        bandeau: qui(attend(phrase), tour, e),
        echeance: e,
        lien: None,
    })
}

/// The last installation that the CPAM recorded, unless its practitioner ceased since.
fn installee(lu: &Lu) -> Option<Situation<'_>> {
    let (le, commune) = lu
        .demandes
        .iter()
        .filter(|(d, _)| d.etat == EtatDemande::Installee)
        .filter_map(|(d, commune)| d.installee_le.map(|le| (le, commune)))
        .max_by_key(|(le, _)| *le)?;
    let partie = lu
        .departs
        .iter()
        .any(|(c, _)| c.etat == EtatDepart::Confirmee && c.date_cessation >= le);
    if partie {
        return None;
    }
    let phrase = format!(
        "Votre installation à {commune} est enregistrée depuis le {} : rien n’est attendu de vous.",
        texte::date_fr(le)
    );
    Some(Situation {
        bandeau: Bandeau::new(Pastille::new(Etat::Fait, "Installé"), phrase),
        echeance: None,
        lien: None,
    })
}

/// PRO-6: a refusal that was notified, as long as it may be contested.
fn a_contester(lu: &Lu, jour: NaiveDate) -> Option<Situation<'_>> {
    let (d, _) = lu.demandes.iter().find(|(d, _)| {
        d.etat == EtatDemande::Refusee && d.notifiee_le.is_some() && d.prochaine_echeance >= jour
    })?;
    let phrase = format!(
        "Votre demande {} est refusée : vous pouvez contester cette décision {}.",
        d.numero,
        jusqu_au(d.prochaine_echeance, jour)
    );
    Some(Situation {
        bandeau: Bandeau::new(Pastille::new(Etat::Retard, "Refusée"), phrase)
            .detail("À qui d’agir", "Vous, si vous souhaitez contester")
            .detail("Au plus tard", texte::date_longue(d.prochaine_echeance)),
        echeance: None,
        lien: Some(Lien::new(
            "Lire la décision et les voies de recours",
            demande(&d.numero),
        )),
    })
}

/// Whose turn it is, and by when.
fn qui(bandeau: Bandeau, tour: &str, echeance: Option<&EcheanceStockee>) -> Bandeau {
    let bandeau = bandeau.detail("À qui d’agir", tour);
    match echeance {
        Some(e) => bandeau.detail("Au plus tard", texte::date_longue(e.finale)),
        None => bandeau,
    }
}

/// What is expected of who leaves, or of her successor: not the delay of the winner of a call.
fn de_place(lu: &Lu, id: i64) -> Option<&EcheanceStockee> {
    lu.echeances
        .iter()
        .find(|e| e.dossier_id == id && !e.nature.du_gagnant())
}

fn de_demande(lu: &Lu, id: i64, nature: NatureEcheance) -> Option<&EcheanceStockee> {
    lu.echeances
        .iter()
        .find(|e| e.dossier_id == id && e.nature == nature)
}

/// «avant le 12 mars 2026 (dans 9 jours)», or «sans tarder» when no deadline runs.
fn avant(echeance: Option<&EcheanceStockee>, jour: NaiveDate) -> String {
    echeance.map_or_else(|| "sans tarder".to_owned(), |e| avant_le(e.finale, jour))
}

/// «avant le 12 mars 2026 (dans 9 jours)».
fn avant_le(limite: NaiveDate, jour: NaiveDate) -> String {
    format!(
        "avant le {} ({})",
        texte::date_fr(limite),
        texte::dans((limite - jour).num_days())
    )
}

/// «jusqu’au 12 mars 2026 (dans 9 jours)».
fn jusqu_au(limite: NaiveDate, jour: NaiveDate) -> String {
    format!(
        "jusqu’au {} ({})",
        texte::date_fr(limite),
        texte::dans((limite - jour).num_days())
    )
}

fn succession_a_deposer(lu: &Lu) -> Option<&DesignationComplete> {
    lu.recues.iter().find(|d| {
        d.designation.etat == EtatDesignation::Acceptee
            && d.place_etat == EtatPlace::Ouverte
            && !lu.demandes.iter().any(|(demande, _)| {
                demande.place_id == Some(d.designation.place_id) && demande.etat.en_cours()
            })
    })
}
