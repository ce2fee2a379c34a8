//! What is stored or computed, turned into what the interface draws: deadlines and explanations.

use chrono::NaiveDate;
use regles::contrat::TypeContrat;
use regles::conventionnement::{AvisCpd, ResultatConventionnement};
use regles::dates_fr;
use regles::demande::{EtatDemande, NatureDemande};
use regles::depart::Qualite;
use regles::derogation;
use regles::echeance::{EtatEcheance, NatureEcheance, Suspension};
use regles::eligibilite::{Exercice, Mode};
use regles::fondement;
use regles::motivation::separer;
use regles::piece::NaturePiece;
use regles::place::ResultatPlace;
use regles::reduction::Reduction;
use regles::regle::{Constat as Trouve, Etape, Explication};
use regles::texte;
use regles::zonage::Categorie;
use serde_json::Value;

use super::erreur::WebError;
use super::ui::{ConditionVue, Constat, EcheanceVue, EtapeVue, PourquoiVue, RegleVue};
use crate::db::echeance::EcheanceStockee;

/// A stored deadline, seen on `aujourd_hui`, with how it was computed (ECH-3).
///
/// # Errors
/// The stored suspensions or explanation do not read.
pub fn echeance(
    stockee: &EcheanceStockee,
    aujourd_hui: NaiveDate,
) -> Result<EcheanceVue, WebError> {
    let suspensions: Vec<Suspension> =
        serde_json::from_str(&stockee.suspensions).map_err(WebError::interne)?;
    let vue = EcheanceVue::new(
        stockee.nature.libelle(),
        stockee.depart,
        stockee.finale,
        aujourd_hui,
    );
    let vue = if stockee.etat == EtatEcheance::Satisfaite {
        vue.satisfaite()
    } else {
        vue
    };
    let mut vue = vue
        .etape(EtapeVue::new(
            "Point de départ",
            texte::date_fr(stockee.depart),
        ))
        .etape(
            EtapeVue::new("Délai", stockee.delai.clone())
                .source(regle(&stockee.regle, stockee.depart)?),
        )
        .etape(
            EtapeVue::new("Terme du délai", texte::date_longue(stockee.brute))
                .source(regle("ECH-1", stockee.depart)?),
        );
    for s in suspensions {
        let motif = s.motif.map_or_else(
            || "Suspension".to_owned(),
            |m| format!("Suspension : {}", texte::minuscule_initiale(&m)),
        );
        // The installation waits for its proof to be examined, the answer of the caisse for the documents.
        let source = match stockee.nature {
            NatureEcheance::Installation => "REG-9",
            _ => "PRO-3",
        };
        vue = vue.etape(
            EtapeVue::new(
                texte::insecables(&motif),
                format!(
                    "du {} au {} exclu",
                    texte::date_fr(s.du),
                    texte::date_fr(s.au)
                ),
            )
            .source(regle(source, s.du)?),
        );
    }
    if stockee.apres_suspensions != stockee.brute {
        vue = vue.etape(EtapeVue::new(
            "Terme après suspension",
            texte::date_longue(stockee.apres_suspensions),
        ));
    }
    if stockee.finale != stockee.apres_suspensions {
        vue = vue.etape(
            EtapeVue::new(
                "Jour chômé : report au premier jour ouvrable",
                texte::date_longue(stockee.finale),
            )
            .source(regle("ECH-2", stockee.depart)?),
        );
    }
    Ok(vue)
}

/// The running deadlines of an object, the nearest first.
///
/// # Errors
/// As [`echeance`].
pub fn echeances_en_cours(
    stockees: &[EcheanceStockee],
    aujourd_hui: NaiveDate,
) -> Result<Vec<EcheanceVue>, WebError> {
    let mut en_cours: Vec<&EcheanceStockee> = stockees
        .iter()
        .filter(|e| e.etat == EtatEcheance::EnCours)
        .collect();
    en_cours.sort_by_key(|e| (e.finale, e.id));
    en_cours
        .into_iter()
        .map(|e| echeance(e, aujourd_hui))
        .collect()
}

/// «50 % pendant 24 mois à partir du 1er mars 2026»: a reduction of activity (DER-4).
pub fn reduction(r: &Reduction) -> String {
    format!(
        "{} % pendant {} mois à partir du {}",
        r.baisse,
        r.duree_mois,
        texte::date_fr(r.debut)
    )
}

/// A rule of the rulebook, founded by what did on a day.
fn regle(code: &str, jour: NaiveDate) -> Result<RegleVue, WebError> {
    let fondement = fondement::de_la_regle(code, jour).map_err(WebError::interne)?;
    RegleVue::new(code, fondement).map_err(WebError::interne)
}

/// The panel «Pourquoi ?» of a result, as «la place est ouverte».
///
/// # Errors
/// The texts that found the rules do not read.
pub fn pourquoi(
    resultat: impl Into<String>,
    explication: &Explication,
) -> Result<PourquoiVue, WebError> {
    let conditions: Result<Vec<ConditionVue>, WebError> =
        explication.etapes().iter().map(condition).collect();
    Ok(PourquoiVue::new(resultat, conditions?))
}

/// The panel of a request: the conditions that carry the answer, then those of the ways that were not taken (EXP-5).
///
/// # Errors
/// As [`pourquoi`].
pub fn pourquoi_de_la_demande(
    titre: impl Into<String>,
    resultat: ResultatConventionnement,
    explication: &Explication,
) -> Result<PourquoiVue, WebError> {
    let (retenues, autres) = separer(resultat, explication);
    let vues = |etapes: Vec<&Etape>| etapes.into_iter().map(condition).collect::<Result<_, _>>();
    Ok(PourquoiVue::new(titre, vues(retenues)?).autres(vues(autres)?))
}

/// The same, from the JSON stored with a place or a decision (EXP-2).
///
/// # Errors
/// The stored explanation does not read.
pub fn pourquoi_stocke(
    resultat: impl Into<String>,
    explication: &str,
) -> Result<PourquoiVue, WebError> {
    let explication: Explication = serde_json::from_str(explication).map_err(WebError::interne)?;
    pourquoi(resultat, &explication)
}

fn condition(etape: &Etape) -> Result<ConditionVue, WebError> {
    let constat = match etape.constat {
        Trouve::Rempli => Constat::Rempli,
        Trouve::NonRempli => Constat::NonRempli,
        Trouve::Inconnu => Constat::Inconnu,
    };
    // Where the product read the rule stays in the trace; a text founds the rule since the day it is in force.
    let fondement = fondement::de(etape, etape.en_vigueur_depuis).map_err(WebError::interne)?;
    let fondement = texte::majuscule_initiale(&fondement);
    let mut vue = ConditionVue::new(
        constat,
        etape.libelle.clone(),
        RegleVue::new(&etape.regle, fondement).map_err(WebError::interne)?,
        format!(
            "en vigueur depuis le {}",
            texte::date_fr(etape.en_vigueur_depuis)
        ),
    );
    // REG-18: what another caisse certifies is said so, without its value.
    if etape.certifiee() {
        vue.fait = Some(format!("Fait {}", regles::partage::CERTIFIE));
        return Ok(vue);
    }
    vue.fait = fait(etape);
    vue.origine = etape.origine.clone();
    Ok(vue)
}

fn fait(etape: &Etape) -> Option<String> {
    // A year is not written as an amount: «2023», not «2 023».
    let lu = match (&etape.valeur, etape.fait.as_ref()) {
        (Value::Number(n), "entree_formation") => n.to_string(),
        (Value::String(code), "derogation.famille") => {
            texte::minuscule_initiale(derogation::famille(code))
        }
        // Where the words of a ground are not at hand, the condition says enough.
        (Value::String(code), "derogation.motif") => match derogation::motif(code) {
            Ok(Some(motif)) => texte::minuscule_initiale(&motif.libelle),
            Ok(None) | Err(_) => return None,
        },
        (autre, _) => valeur(autre)?,
    };
    Some(format!("Fait retenu : {lu}"))
}

/// The words of a stored code; what is no code of ours comes back as it is.
pub fn mot(code: &str) -> String {
    let categorie = code.parse().map(Categorie::libelle);
    let resultat = || code.parse().map(ResultatConventionnement::libelle);
    let place = || code.parse().map(ResultatPlace::libelle);
    let nature = || code.parse().map(NatureDemande::libelle);
    let mode = || {
        code.parse()
            .map(regles::decision::ModeNotification::libelle)
    };
    let libelle = categorie
        .or_else(|_| resultat())
        .or_else(|_| place())
        .or_else(|_| nature())
        .or_else(|_| mode())
        .or_else(|_| code.parse().map(AvisCpd::libelle))
        .or_else(|_| code.parse().map(EtatDemande::libelle))
        .or_else(|_| code.parse().map(Qualite::libelle))
        .or_else(|_| code.parse().map(NaturePiece::libelle))
        .or_else(|_| code.parse().map(Mode::libelle))
        .or_else(|_| code.parse().map(Exercice::libelle));
    if let Ok(contrat) = code.parse::<TypeContrat>() {
        return contrat.libelle().to_owned();
    }
    match libelle {
        Ok(libelle) => texte::minuscule_initiale(libelle),
        Err(_) if code.contains(' ') => code.to_owned(),
        Err(_) => code.replace('_', " "),
    }
}

/// A fact in French; none when it is unknown.
fn valeur(valeur: &Value) -> Option<String> {
    Some(match valeur {
        Value::Null => return None,
        Value::Bool(true) => "oui".to_owned(),
        Value::Bool(false) => "non".to_owned(),
        Value::Number(n) => n.as_i64().map_or_else(|| n.to_string(), texte::nombre),
        Value::String(t) => match dates_fr::lire_iso(t) {
            Ok(date) => texte::date_fr(date),
            Err(_) => mot(t),
        },
        Value::Array(liste) => {
            let lues: Vec<String> = liste.iter().filter_map(self::valeur).collect();
            if lues.is_empty() {
                return None;
            }
            lues.join(", ")
        }
        Value::Object(champs) => champs
            .iter()
            .filter_map(|(nom, v)| Some(format!("{} {}", nom.replace('_', " "), self::valeur(v)?)))
            .collect::<Vec<_>>()
            .join(", "),
    })
}
