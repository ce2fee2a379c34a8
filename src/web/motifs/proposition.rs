//! Proposing a ground, or the end of one: it counts once another person approves.

use actix_web::web;
use regles::dates_fr;
use regles::derogation::{Motif, Suivi, famille};
use regles::regle::Statut;

use super::{Formulaire, montrer, page};
use crate::actions::motif::{self, Ajout};
use crate::actions::{ActionError, ActionResult};
use crate::db::DbError;
use crate::web::espace::erreurs::cle;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, Taille};
use crate::web::visite::{Reponse, Visite};

const STATUTS: [Statut; 4] = [Statut::S, Statut::E, Statut::L, Statut::D];

fn date(saisie: &Saisie, champ: &'static str) -> ActionResult<chrono::NaiveDate> {
    dates_fr::lire(saisie.texte(champ)).map_err(|e| ActionError::champ(champ, e.to_string()))
}

fn formulaire_ajout(visite: &Visite, saisie: &Saisie) -> Formulaire {
    let familles = ["A", "B", "C"]
        .into_iter()
        .map(|f| Choix::new(f, format!("{f}, {}", famille(f).to_lowercase())))
        .collect();
    let statuts = STATUTS
        .iter()
        .map(|s| Choix::new(s.as_str(), format!("{}, {}", s.as_str(), s.libelle())))
        .collect();
    let texte = |nom: &str, libelle: &str| {
        Champ::texte(nom, libelle)
            .taille(Taille::Long)
            .valeur(saisie.texte(nom))
    };
    Formulaire {
        page: page(visite, "Proposer un motif de dérogation"),
        intro: vec![
            "Le motif pourra être invoqué à partir de sa date, une fois approuvé par une autre personne. Un code ne sert qu’une fois.".to_owned(),
        ],
        champs: vec![
            Champ::cache("cle", cle(saisie)),
            Champ::radios("famille", "Famille (DER-1)", familles).valeur(saisie.texte("famille")),
            Champ::texte("code", "Code")
                .aide("La lettre de la famille, un tiret, des capitales : par exemple B-GERIATRIE.")
                .valeur(saisie.texte("code")),
            texte("libelle", "Libellé").aide("Ce que la personne lira en choisissant son motif."),
            texte("pieces", "Pièces à joindre"),
            texte("precision", "Ce que la personne doit préciser").facultatif(),
            Champ::case("suivi", "Suivi par une réduction d’activité (DER-4)")
                .aide("Le conventionnement accordé est suivi : deux échéances, leur fin, leur renouvellement.")
                .valeur(saisie.texte("suivi")),
            texte("source", "Source").aide("Texte, instruction ou décision, avec sa date."),
            Champ::radios("statut", "Statut de la source", statuts).valeur(saisie.texte("statut")),
            Champ::date("du", "Premier jour").valeur(saisie.texte("du")),
            Champ::zone("raison", "Pourquoi l’ajouter", 3)
                .aide("Pour la personne qui approuve. Gardé dans l’historique.")
                .valeur(saisie.texte("raison")),
        ],
        url: "/motifs/nouveau".to_owned(),
        bouton: "Proposer ce motif",
        danger: false,
    }
}

/// `GET /motifs/nouveau`
///
/// # Errors
/// The page cannot be rendered.
pub async fn page_nouveau(visite: Visite) -> Reponse {
    let formulaire = formulaire_ajout(&visite, &Saisie::default());
    montrer(&visite, formulaire, None)
}

fn lire_ajout(saisie: &Saisie) -> ActionResult<Ajout> {
    let statut = STATUTS
        .into_iter()
        .find(|s| s.as_str() == saisie.texte("statut"))
        .ok_or_else(|| ActionError::champ("statut", "Choisissez le statut de la source."));
    let famille = saisie.texte("famille").to_owned();
    if famille.is_empty() {
        return Err(ActionError::champ(
            "famille",
            "Choisissez la famille du motif (DER-1).",
        ));
    }
    Ok(Ajout {
        motif: Motif {
            code: saisie.texte("code").to_owned(),
            famille,
            libelle: saisie.texte("libelle").to_owned(),
            pieces: saisie.texte("pieces").to_owned(),
            precision: saisie.option("precision").map(str::to_owned),
            suivi: saisie.coche("suivi").then_some(Suivi::Reduction),
            statut: statut?,
            du: date(saisie, "du")?,
            au: None,
            source: saisie.texte("source").to_owned(),
        },
        raison: saisie.texte("raison").to_owned(),
    })
}

/// `POST /motifs/nouveau`
///
/// # Errors
/// The database does not answer.
pub async fn nouveau(visite: Visite, saisie: Saisie) -> Reponse {
    let acte = visite.acte()?;
    let cle = cle(&saisie);
    let resultat = match lire_ajout(&saisie) {
        Ok(ajout) => {
            visite
                .write(move |tx| motif::proposer_ajout(tx, &acte, &ajout, &cle))
                .await
        }
        Err(erreur) => Err(erreur),
    };
    repondre(&visite, resultat, |v| formulaire_ajout(v, &saisie))
}

fn repondre(
    visite: &Visite,
    resultat: ActionResult<i64>,
    formulaire: impl FnOnce(&Visite) -> Formulaire,
) -> Reponse {
    match resultat {
        Ok(_) => visite.rediriger_avec(
            "/motifs",
            "La proposition est enregistrée : une autre personne l’approuve.",
        ),
        Err(erreur) => montrer(visite, formulaire(visite), Some(erreur)),
    }
}

fn formulaire_fin(visite: &Visite, m: &Motif, saisie: &Saisie) -> Formulaire {
    Formulaire {
        page: page(visite, format!("Mettre fin au motif {}", m.code)),
        intro: vec![
            format!("{}.", m.libelle),
            "Après cette date, aucune demande ne peut plus l’invoquer. Celles qui l’ont invoqué le gardent. Une autre personne approuve.".to_owned(),
        ],
        champs: vec![
            Champ::cache("cle", cle(saisie)),
            Champ::date("au", "Dernier jour").valeur(saisie.texte("au")),
            Champ::zone("raison", "Pourquoi y mettre fin", 3)
                .aide("Pour la personne qui approuve. Gardé dans l’historique.")
                .valeur(saisie.texte("raison")),
        ],
        url: format!("/motifs/{}/fermer", m.code),
        bouton: "Proposer la fin de ce motif",
        danger: true,
    }
}

async fn connu(visite: &Visite, code: String) -> Result<Motif, crate::web::erreur::WebError> {
    visite
        .read(move |conn| {
            motif::par_code(conn, &code)?.ok_or(ActionError::Db(DbError::Introuvable))
        })
        .await
}

/// `GET /motifs/{code}/fermer`
///
/// # Errors
/// An unknown ground, or the database does not answer.
pub async fn page_fermer(visite: Visite, code: web::Path<String>) -> Reponse {
    let m = connu(&visite, code.into_inner()).await?;
    let formulaire = formulaire_fin(&visite, &m, &Saisie::default());
    montrer(&visite, formulaire, None)
}

/// `POST /motifs/{code}/fermer`
///
/// # Errors
/// An unknown ground, or the database does not answer.
pub async fn fermer(visite: Visite, code: web::Path<String>, saisie: Saisie) -> Reponse {
    let m = connu(&visite, code.into_inner()).await?;
    let acte = visite.acte()?;
    let (code, cle) = (m.code.clone(), cle(&saisie));
    let raison = saisie.texte("raison").to_owned();
    let resultat = match date(&saisie, "au") {
        Ok(au) => {
            visite
                .write(move |tx| motif::proposer_fin(tx, &acte, &code, au, &raison, &cle))
                .await
        }
        Err(erreur) => Err(erreur),
    };
    repondre(&visite, resultat, |v| formulaire_fin(v, &m, &saisie))
}
