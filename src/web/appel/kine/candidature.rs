//! What a candidate sees of her application, and the words and fields of criteria.

use chrono::NaiveDate;
use regles::appel::{EtatAppel, EtatCandidature};
use regles::bareme::bareme;
use regles::charte::{Classement, Critere, GenreCritere};
use regles::texte;

use super::formulaire;
use crate::db::appel::AppelComplet;
use crate::db::candidature::{self as db_candidature, CandidatureComplete};
use crate::db::charte::CharteComplete;
use crate::db::{AnyConn, CpamScope, DbError, DbResult, piece};
use crate::web::dossiers::dossier::fichier;
use crate::web::kit::erreurs::{Erreurs, entier, oui_non};
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Etat, FichierVue, Pastille, PourquoiVue};
use crate::web::vues;

/// An application as its author sees it.
pub(super) struct Mienne {
    /// Where it stands.
    pub pastille: Pastille,
    /// One sentence.
    pub phrase: String,
    /// What was declared, by criterion.
    pub valeurs: Vec<(String, String)>,
    /// Her documents.
    pub fichiers: Vec<FichierVue>,
    /// Her points, once the place is attributed.
    pub classement: Option<PourquoiVue>,
    /// Whether she may withdraw.
    pub retirable: bool,
    /// The form that corrects it, while the call takes applications.
    pub corriger: Option<String>,
}

impl Mienne {
    /// Reads what the author of an application may see of it.
    pub(super) fn lire(
        conn: &mut AnyConn,
        lu: &AppelComplet,
        charte: &CharteComplete,
        c: CandidatureComplete,
        jour: NaiveDate,
    ) -> DbResult<Mienne> {
        let id = c.candidature.id;
        let valeurs = db_candidature::valeurs(conn, &[id])?;
        let pieces = piece::de_candidatures(conn, &CpamScope::Kine(c.candidature.kine_id), &[id])?;
        let classement = match &lu.appel.classement {
            None => None,
            Some(json) => serde_json::from_str::<Classement>(json)
                .map_err(|e| DbError::Incoherent(e.to_string()))?
                .note(id)
                .cloned(),
        };
        let dites = charte.criteres.iter().map(|k| {
            let valeur = valeurs.iter().find(|v| v.critere_id == k.id);
            let declaree = valeur.and_then(|v| v.declaree);
            let retenue = valeur.and_then(|v| v.retenue);
            let dite = match (&classement, retenue) {
                // Once the place is attributed, she reads how she was marked.
                (Some(_), Some(retenue)) if Some(retenue) != declaree => format!(
                    "{} ; vous aviez déclaré : {}",
                    vaut(&k.critere, Some(retenue)),
                    en_mots(&k.critere, declaree)
                ),
                _ => vaut(&k.critere, declaree),
            };
            (k.critere.libelle.clone(), dite)
        });
        let dites: Vec<(String, String)> = dites.collect();
        let (pastille, phrase) = etat(&c);
        Ok(Mienne {
            pastille,
            phrase,
            valeurs: dites,
            fichiers: pieces.iter().map(fichier).collect(),
            classement: classement
                .map(|n| {
                    let titre = match (n.rang, n.points) {
                        (Some(rang), Some(points)) => {
                            format!("rang {rang}, {points} points sur 100")
                        }
                        _ => "non classée".to_owned(),
                    };
                    vues::pourquoi(titre, &n.explication)
                })
                .transpose()
                .map_err(|e| DbError::Incoherent(e.to_string()))?,
            retirable: c.candidature.etat == EtatCandidature::Deposee
                && lu.appel.etat == EtatAppel::Ouvert,
            corriger: (c.candidature.etat == EtatCandidature::Deposee && lu.appel.recoit(jour))
                .then(|| formulaire::adresse(lu.appel.id)),
        })
    }
}

fn etat(c: &CandidatureComplete) -> (Pastille, String) {
    let deposee = texte::date_fr(crate::clock::jour_a_paris(c.candidature.deposee_le));
    match c.candidature.etat {
        EtatCandidature::Deposee => (
            Pastille::new(Etat::EnCours, "Déposée"),
            format!("Votre candidature est reçue depuis le {deposee}."),
        ),
        EtatCandidature::Retiree => (
            Pastille::new(Etat::Neutre, "Retirée"),
            "Vous avez retiré votre candidature.".to_owned(),
        ),
        EtatCandidature::Ecartee => (
            Pastille::new(Etat::Neutre, "Écartée"),
            format!(
                "Votre candidature est écartée : {}",
                c.candidature.motif.clone().unwrap_or_default()
            ),
        ),
        EtatCandidature::Retenue => (
            Pastille::new(Etat::Fait, "Retenue"),
            "La place vous est attribuée : déposez votre demande de conventionnement depuis votre espace.".to_owned(),
        ),
        EtatCandidature::Defaillante => (
            Pastille::new(Etat::Retard, "Caduque"),
            "La place vous était attribuée ; aucune demande n’a été déposée à temps.".to_owned(),
        ),
        EtatCandidature::NonRetenue => (
            Pastille::new(Etat::Neutre, "Non retenue"),
            "La place n’est pas attribuée à votre candidature.".to_owned(),
        ),
    }
}

/// The value of a criterion in words.
pub(in crate::web) fn en_mots(critere: &Critere, valeur: Option<i64>) -> String {
    match (critere.genre, valeur) {
        (_, None) => "inconnu".to_owned(),
        (GenreCritere::OuiNon, Some(1)) => "oui".to_owned(),
        (GenreCritere::OuiNon, Some(_)) => "non".to_owned(),
        (GenreCritere::Degre, Some(v)) => format!("{v} sur {}", critere.maximum),
        (GenreCritere::Nombre, Some(v)) => texte::nombre(v),
    }
}

/// A value with the points that it is worth: «4, soit 26,66 points sur 40».
pub(super) fn vaut(critere: &Critere, valeur: Option<i64>) -> String {
    match valeur {
        None => "inconnu : rien ne compte encore pour ce critère".to_owned(),
        Some(v) => format!(
            "{}, soit {} {} sur {}",
            en_mots(critere, valeur),
            critere.points(v),
            match critere.points(v).0 {
                ..200 => "point",
                _ => "points",
            },
            critere.poids
        ),
    }
}

/// The field of a criterion, filled with `valeur`.
pub(in crate::web) fn champ_du_critere(critere: &Critere, valeur: &str) -> Champ {
    let (code, libelle) = (critere.code.clone(), critere.libelle.clone());
    let bareme = bareme(critere);
    let champ = match critere.genre {
        GenreCritere::OuiNon => Champ::radios(
            code,
            libelle,
            vec![Choix::new("oui", "Oui"), Choix::new("non", "Non")],
        )
        .aide(bareme),
        GenreCritere::Nombre => Champ::nombre(code, libelle).aide(bareme),
        GenreCritere::Degre => Champ::nombre(code, libelle).aide(format!(
            "De 0 à {}. {bareme}",
            texte::nombre(critere.maximum)
        )),
    };
    champ.valeur(valeur).facultatif()
}

/// What a form says of a criterion; none when it says nothing.
pub(in crate::web) fn lire_critere(
    critere: &Critere,
    saisie: &Saisie,
    erreurs: &mut Erreurs,
) -> Option<i64> {
    let valeur = match critere.genre {
        GenreCritere::OuiNon => oui_non(saisie, &critere.code).map(i64::from),
        _ => entier(saisie, &critere.code, erreurs),
    };
    if valeur.is_some_and(|v| !critere.accepte(v)) {
        let max = match critere.genre {
            GenreCritere::Degre => critere.maximum,
            _ => regles::charte::VALEUR_MAX,
        };
        erreurs.noter(
            critere.code.clone(),
            format!("Écrivez un nombre entier de 0 à {}.", texte::nombre(max)),
        );
    }
    valeur
}
