//! `/departs/{id}/ayants-droit`: REG-7, the CPAM entitles the heirs or the representative, on proof.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use regles::cessation::Qualite;
use regles::piece::NaturePiece;
use regles::texte;

use crate::actions::ayant_droit::{self, AHabiliter};
use crate::db::ayant_droit as stockes;
use crate::db::cessation;
use crate::web::espace::erreurs::Erreurs;
use crate::web::espace::fichiers;
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::{Champ, Choix, ErreurResume, Message};
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "departs/ayants_droit.html")]
struct AyantsDroitPage {
    page: Page,
    actif: Option<Message>,
    chemin: String,
    champs: Vec<Champ>,
}

/// `GET /departs/{id}/ayants-droit`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page(visite: Visite, id: Path<i64>) -> Reponse {
    let (saisie, erreurs) = (Saisie::default(), Erreurs::default());
    montrer(&visite, id.into_inner(), &saisie, &erreurs, StatusCode::OK).await
}

async fn montrer(
    visite: &Visite,
    id: i64,
    saisie: &Saisie,
    erreurs: &Erreurs,
    statut: StatusCode,
) -> Reponse {
    let scope = visite.qui()?.scope();
    let (c, actif) = visite
        .read(move |conn| {
            let c = cessation::complete(conn, &scope, id)?;
            Ok::<_, crate::db::DbError>((c, stockes::actif(conn, id)?))
        })
        .await?;
    let champs = vec![
        Champ::radios(
            "qualite",
            "Qui désigne ?",
            Qualite::TOUS
                .iter()
                .map(|q| Choix::new(q.as_str(), q.libelle()))
                .collect(),
        )
        .valeur(saisie.texte("qualite"))
        .erreur(erreurs.de("qualite")),
        Champ::texte("nom", "Prénom et nom")
            .valeur(saisie.texte("nom"))
            .erreur(erreurs.de("nom")),
        Champ::email("courriel", "Adresse électronique")
            .autocomplete("off")
            .aide("Cette personne y reçoit un lien secret ; elle n’a pas de compte à créer.")
            .valeur(saisie.texte("courriel"))
            .erreur(erreurs.de("courriel")),
        Champ::texte("telephone", "Téléphone")
            .facultatif()
            .valeur(saisie.texte("telephone"))
            .erreur(erreurs.de("telephone")),
        fichiers::champ(
            visite,
            "preuve",
            "Preuve",
            "Acte de décès et attestation du notaire, ou jugement de protection.",
            fichiers::presents(saisie, &["preuve"]),
            erreurs,
        ),
    ];
    let mut page = visite
        .page("Ayants droit et représentant")
        .chapeau(format!(
            "Si {} est décédé ou empêché, ses ayants droit ou son représentant désignent le successeur, sur justificatif (REG-7).",
            c.kine.nom_complet()
        ))
        .ariane("Départs", "/departs")
        .ariane(
            format!("Départ {}", texte::de(c.kine.nom_complet())),
            format!("/departs/{id}"),
        )
        .rubrique("/departs");
    if let Some(phrase) = erreurs.de("") {
        page = page.erreur(ErreurResume::generale(phrase));
    }
    let vue = AyantsDroitPage {
        page: page.erreurs_de(&champs),
        actif: actif.map(|a| {
            Message::information(format!(
                "{} ({}) est habilité depuis le {}, à l’adresse {}. Habiliter quelqu’un d’autre lui retire son lien.",
                a.nom,
                texte::minuscule_initiale(a.qualite.libelle()),
                texte::datetime_fr(a.habilite_le),
                a.courriel
            ))
        }),
        chemin: format!("/departs/{id}/ayants-droit"),
        champs,
    };
    visite.rendre_avec(&vue, statut)
}

/// `POST /departs/{id}/ayants-droit`
///
/// # Errors
/// Out of scope; the database or the document store does not answer.
pub async fn habiliter(visite: Visite, id: Path<i64>, saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let scope = visite.qui()?.scope();
    let lecture = scope.clone();
    visite
        .read(move |conn| cessation::lire(conn, &lecture, id))
        .await?;
    let mut erreurs = Erreurs::default();
    let qualite: Option<Qualite> = saisie.texte("qualite").parse().ok();
    if qualite.is_none() {
        erreurs.noter("qualite", "Choisissez à quel titre cette personne désigne.");
    }
    fichiers::verifier(&visite, &saisie, "preuve", &mut erreurs);
    let a_corriger = StatusCode::UNPROCESSABLE_ENTITY;
    let (Some(qualite), false) = (qualite, erreurs.presentes()) else {
        return montrer(&visite, id, &saisie, &erreurs, a_corriger).await;
    };
    let a = AHabiliter {
        nom: saisie.texte("nom").to_owned(),
        qualite,
        courriel: saisie.texte("courriel").to_owned(),
        telephone: saisie.option("telephone").map(str::to_owned),
        preuves: fichiers::garder(&visite, &saisie, "preuve", NaturePiece::QualiteAyantDroit)
            .await?,
    };
    let acte = visite.acte()?;
    match visite
        .write(move |tx| ayant_droit::habiliter(tx, &acte, &scope, id, &a))
        .await
    {
        Ok(()) => visite.rediriger_avec(
            &format!("/departs/{id}/ayants-droit"),
            "Cette personne est habilitée. Nous lui avons envoyé son lien.",
        ),
        Err(error) => {
            erreurs.prendre(error)?;
            montrer(&visite, id, &saisie, &erreurs, a_corriger).await
        }
    }
}

/// `POST /departs/{id}/ayants-droit/retirer`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn retirer(visite: Visite, id: Path<i64>, _saisie: Saisie) -> Reponse {
    let id = id.into_inner();
    let (scope, acte) = (visite.qui()?.scope(), visite.acte()?);
    visite
        .write(move |tx| ayant_droit::retirer(tx, &acte, &scope, id))
        .await?;
    visite.rediriger_avec(
        &format!("/departs/{id}/ayants-droit"),
        "Le lien est retiré : il n’ouvre plus rien.",
    )
}
