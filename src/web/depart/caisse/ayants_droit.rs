//! `/departs/{id}/ayants-droit`: REG-7, the CPAM entitles the heirs or the representative, on proof.

use actix_web::web::Path;
use askama::Template;
use regles::depart::Qualite;
use regles::piece::NaturePiece;
use regles::texte;

use crate::actions::ayant_droit::{self, AHabiliter};
use crate::db::ayant_droit as stockes;
use crate::db::depart;

use crate::web::dossiers::file::DEPARTS;
use crate::web::espace::fichiers;
use crate::web::kit::essai::Essai;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::page::Page;
use crate::web::saisie::Saisie;
use crate::web::ui::Message;
use crate::web::visite::{Reponse, Visite};

#[derive(Template)]
#[template(path = "depart/ayants_droit.html")]
struct AyantsDroitPage {
    page: Page,
    actif: Option<Message>,
    chemin: String,
    message: Option<Message>,
    champs: Champs,
}

/// Who designates in the place of who left (REG-7).
#[derive(Formulaire)]
struct Habilitation {
    #[champ(
        libelle = "Qui désigne ?",
        manque = "Choisissez à quel titre cette personne désigne."
    )]
    qualite: Qualite,
    #[champ(libelle = "Prénom et nom")]
    nom: String,
    #[champ(
        libelle = "Adresse électronique",
        courriel,
        autocomplete = "off",
        aide = "Cette personne y reçoit un lien secret ; elle n’a pas de compte à créer."
    )]
    courriel: String,
    #[champ(libelle = "Téléphone")]
    telephone: Option<String>,
}

/// `GET /departs/{id}/ayants-droit`
///
/// # Errors
/// Out of scope, or the database does not answer.
pub async fn page(visite: Visite, id: Path<i64>) -> Reponse {
    montrer(&visite, *id, Essai::default()).await
}

async fn montrer(visite: &Visite, id: i64, essai: Essai<'_>) -> Reponse {
    let dit = essai.dire("Ce départ")?;
    let vide = Saisie::default();
    let saisie = dit.saisie.unwrap_or(&vide);
    let scope = visite.qui()?.scope();
    let (c, actif) = visite
        .read(move |conn| {
            let c = depart::complete(conn, &scope, id)?;
            Ok::<_, crate::db::DbError>((c, stockes::actif(conn, id)?))
        })
        .await?;
    let champs = Habilitation::champs(saisie, &dit.erreurs).avec(fichiers::champ(
        visite,
        "preuve",
        "Preuve",
        "Acte de décès et attestation du notaire, ou jugement de protection.",
        fichiers::presents(saisie, &["preuve"]),
        &dit.erreurs,
    ));
    let page = visite
        .page("Ayants droit et représentant")
        .chapeau(format!(
            "En cas de décès ou d’empêchement {}, ses ayants droit ou son représentant désignent le successeur, sur justificatif.",
            texte::de(c.kine.nom_complet())
        ))
        .ariane("Départs", DEPARTS)
        .ariane(
            format!("Départ {}", texte::de(c.kine.nom_complet())),
            format!("/departs/{id}"),
        )
        .rubrique(DEPARTS);
    let vue = AyantsDroitPage {
        page: champs.resumer(page, &dit.erreurs),
        message: dit.message,
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
    visite.rendre_avec(&vue, dit.statut)
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
        .read(move |conn| depart::lire(conn, &lecture, id))
        .await?;
    let lue = Habilitation::lire(&saisie);
    let mut erreurs = lue.as_ref().err().cloned().unwrap_or_default();
    fichiers::verifier(&visite, &saisie, "preuve", &mut erreurs);
    let mut essai = Essai {
        saisie: Some(&saisie),
        erreurs,
        ..Essai::default()
    };
    let (Ok(lue), false) = (lue, essai.erreurs.presentes()) else {
        return montrer(&visite, id, essai).await;
    };
    let a = AHabiliter {
        nom: lue.nom,
        qualite: lue.qualite,
        courriel: lue.courriel,
        telephone: lue.telephone,
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
        Err(refus) => {
            essai.refus = Some(refus);
            montrer(&visite, id, essai).await
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
