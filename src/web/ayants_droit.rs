//! `/ayants-droit/{jeton}`: REG-7, who is entitled designates by a secret link, without an account.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDate;
use regles::depart::{Qualite, tenue_du_cabinet};
use regles::texte;

use crate::actions::designation::{self, ARetirer, empechement};
use crate::actions::{Acte, ActionError, ayant_droit};
use crate::db::designation as stockees;
use crate::db::place;
use crate::web::depart::kine::successeur::Successeur;
use crate::web::depart::kine::{annulation, resume};
use crate::web::erreur::WebError;
use crate::web::espace::vues;
use crate::web::filters;
use crate::web::kit::erreurs::Erreurs;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{ErreurResume, Pastille};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "ayants_droit/page.html")]
struct AyantDroitPage {
    page: Page,
    faits: Vec<(&'static str, String)>,
    designations: Vec<(String, Pastille)>,
    /// REG-19: who keeps the cabinet after a death.
    cabinet: Option<String>,
    empechement: Option<String>,
    /// Where the designation that counts is taken back.
    annuler: Option<String>,
    champs: Champs,
    bouton: &'static str,
    contact: Vec<String>,
}

/// `GET /ayants-droit/{jeton}`
///
/// # Errors
/// The link opens nothing, or the database does not answer.
pub async fn page(visite: Visite, jeton: Path<String>) -> Reponse {
    montrer(
        &visite,
        &jeton,
        &Saisie::default(),
        &Erreurs::default(),
        StatusCode::OK,
    )
    .await
}

fn acte(visite: &Visite, a: &crate::db::ayant_droit::AyantDroit) -> Acte {
    Acte {
        acteur: ayant_droit::acteur(a, visite.maintenant()),
        reglement: visite.etat.reglement(),
        url_publique: visite.etat.config.url_publique.clone(),
    }
}

async fn montrer(
    visite: &Visite,
    jeton: &str,
    saisie: &Saisie,
    erreurs: &Erreurs,
    statut: StatusCode,
) -> Reponse {
    let secret = jeton.to_owned();
    let (a, c, place, designations) = visite
        .read(move |conn| {
            let (a, c) = ayant_droit::ouvrir(conn, &secret)?;
            let place = place::de_depart(conn, c.depart.id)?;
            let designations = match &place {
                Some(p) => stockees::de_place(conn, p.id)?,
                None => Vec::new(),
            };
            Ok::<_, crate::db::DbError>((a, c, place, designations))
        })
        .await?;
    let jour = visite.aujourd_hui();
    let empechement = empechement(&acte(visite, &a), &c, place.as_ref()).map_err(WebError::from)?;
    let active = designations
        .iter()
        .map(|s| &s.designation)
        .find(|d| d.etat.est_active());
    let (champs, bouton) = Successeur::demander(active, saisie, erreurs);
    let mut faits = vec![
        ("Au nom de", c.kine.nom_complet()),
        ("Lieu", format!("{}, {}", c.depart.adresse, c.commune)),
        (
            match a.qualite {
                Qualite::Heritier => "Date du décès",
                Qualite::Representant => "Cessation",
            },
            texte::date_fr(c.depart.date_cessation),
        ),
        (
            "Vous",
            format!(
                "{} ({})",
                a.nom,
                texte::minuscule_initiale(a.qualite.libelle())
            ),
        ),
    ];
    if let Some(limite) = place.as_ref().and_then(|p| p.limite_designation) {
        faits.push((
            "À désigner au plus tard le",
            format!(
                "{} ({})",
                texte::date_fr(limite),
                texte::dans((limite - jour).num_days())
            ),
        ));
    }
    let mut page = visite
        .page("Désigner un successeur")
        .chapeau(format!(
            "Vous désignez, au nom {}, le confrère qui reprendra sa place à {}. Cette personne devra accepter.",
            texte::de(c.kine.nom_complet()),
            c.commune))
        .erreurs_de(&champs);
    let cabinet = match a.qualite {
        Qualite::Heritier => Some(cabinet_tenu(visite, c.depart.date_cessation)?),
        Qualite::Representant => None,
    };
    if let Some(phrase) = erreurs.de("") {
        page = page.erreur(ErreurResume::generale(phrase));
    }
    let vue = AyantDroitPage {
        page,
        cabinet,
        faits,
        designations: designations
            .iter()
            .rev()
            .map(|s| {
                let d = &s.designation;
                (
                    format!(
                        "{}, désignation le {} par {}",
                        s.nom(),
                        texte::datetime_fr(d.cree_le),
                        s.auteur
                    ),
                    vues::etat_designation(d.etat),
                )
            })
            .collect(),
        annuler: (active.is_some() && empechement.is_none())
            .then(|| format!("/ayants-droit/{jeton}/annuler")),
        empechement,
        bouton,
        champs,
        contact: c.service.lignes(),
    };
    visite.rendre_avec(&vue, statut)
}

/// REG-19: what the colleague allowed by the Ordre to keep the cabinet is, and is not.
fn cabinet_tenu(visite: &Visite, deces: NaiveDate) -> Result<String, WebError> {
    let (fin, renouvelee) =
        tenue_du_cabinet(&visite.etat.reglement(), deces).map_err(WebError::interne)?;
    let renouvelee = renouvelee.map_or_else(String::new, |fin| {
        format!(", ou {} après un renouvellement", texte::au_plus_tard(fin))
    });
    Ok(format!(
        "Le confrère que l’Ordre autorise à tenir le cabinet, {}{renouvelee} (code de la santé publique, article \
         R4321-132), n’est pas un successeur : il n’a pas à être désigné pour cela, et ne prend pas la place.",
        texte::au_plus_tard(fin)
    ))
}

/// `POST /ayants-droit/{jeton}`
///
/// # Errors
/// The link opens nothing, or the database does not answer.
pub async fn designer(visite: Visite, jeton: Path<String>, saisie: Saisie) -> Reponse {
    visite.etat.limites.connexion.compter(&visite.adresse_ip)?;
    let a_corriger = StatusCode::UNPROCESSABLE_ENTITY;
    let lu = match Successeur::lire(&saisie) {
        Ok(lu) => lu,
        Err(erreurs) => return montrer(&visite, &jeton, &saisie, &erreurs, a_corriger).await,
    };
    if saisie.coche("_corriger") {
        return montrer(
            &visite,
            &jeton,
            &saisie,
            &Erreurs::default(),
            StatusCode::OK,
        )
        .await;
    }
    let secret = jeton.to_string();
    let (a, c) = visite
        .read(move |conn| ayant_droit::ouvrir(conn, &secret))
        .await?;
    let acte = acte(&visite, &a);
    let a_designer = lu.designer(c.kine.id, c.depart.id, Some(a));
    if !saisie.coche("confirmer")
        && let Some(page) =
            resume::demander(&visite, &acte, &a_designer, visite.chemin.clone()).await?
    {
        return Ok(page);
    }
    let mut erreurs = Erreurs::default();
    match visite
        .write(move |tx| designation::designer(tx, &acte, &a_designer))
        .await
    {
        Ok(_) => visite.rediriger_avec(
            &visite.chemin,
            "Votre désignation est enregistrée. Nous avons écrit à la personne désignée.",
        ),
        Err(ActionError::Perime) => {
            erreurs.noter("", Successeur::CHANGEE);
            montrer(&visite, &jeton, &saisie, &erreurs, StatusCode::CONFLICT).await
        }
        Err(error) => {
            erreurs.prendre(error)?;
            montrer(&visite, &jeton, &saisie, &erreurs, a_corriger).await
        }
    }
}

/// `GET /ayants-droit/{jeton}/annuler`
///
/// # Errors
/// The link opens nothing, or nobody is designated.
pub async fn confirmer_annulation(visite: Visite, jeton: Path<String>) -> Reponse {
    let (acte, a) = a_retirer(&visite, &jeton).await?;
    annulation::demander(&visite, acte, a, format!("/ayants-droit/{jeton}")).await
}

/// `POST /ayants-droit/{jeton}/annuler`
///
/// # Errors
/// The link opens nothing, or the designation changed meanwhile.
pub async fn annuler(visite: Visite, jeton: Path<String>, saisie: Saisie) -> Reponse {
    visite.etat.limites.connexion.compter(&visite.adresse_ip)?;
    let (acte, a) = a_retirer(&visite, &jeton).await?;
    annulation::retirer(&visite, acte, a, &saisie).await?;
    visite.rediriger_avec(&format!("/ayants-droit/{jeton}"), annulation::FAITE)
}

async fn a_retirer(visite: &Visite, jeton: &str) -> Result<(Acte, ARetirer), WebError> {
    let secret = jeton.to_owned();
    let (a, c) = visite
        .read(move |conn| ayant_droit::ouvrir(conn, &secret))
        .await?;
    let acte = acte(visite, &a);
    Ok((
        acte,
        ARetirer {
            kine_id: c.kine.id,
            depart_id: c.depart.id,
            ayant_droit: Some(a),
        },
    ))
}
