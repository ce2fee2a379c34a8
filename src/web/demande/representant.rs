//! PRO-13: the applicant names who acts for her, and takes it back.

use actix_web::web::Path;
use chrono::NaiveDate;
use courriers::demande::periode;
use regles::geste;
use regles::piece::NaturePiece;
use regles::representation::EtatMandat;

use super::objet::MaDemande;
use crate::actions::ActionResult;
use crate::actions::representant::{self, ANommer};
use crate::db::WriteTx;
use crate::db::demande::Demande;
use crate::web::espace::fichiers;
use crate::web::kit::essai::Essai;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Geste, Objet, Ordre, Presentation, montrer};
use crate::web::saisie::Saisie;
use crate::web::visite::{Reponse, Visite};

/// Who acts, and how long.
#[derive(Formulaire)]
struct Mandat {
    #[champ(
        libelle = "Prénom et nom de la personne",
        taille = Long,
        longueur = 200,
        manque = "Indiquez le prénom et le nom."
    )]
    nom: String,
    #[champ(
        libelle = "Son adresse électronique",
        courriel,
        autocomplete = "off",
        aide = "Elle y recevra copie de ce que la caisse vous écrit."
    )]
    courriel: String,
    #[champ(
        libelle = "Premier jour du mandat",
        manque = "Indiquez le premier jour."
    )]
    du: NaiveDate,
    #[champ(
        libelle = "Dernier jour du mandat",
        exigence = Facultatif,
        aide = "Sans dernier jour, le mandat vaut jusqu’à ce que vous le retiriez."
    )]
    au: Option<NaiveDate>,
}

const MANDAT: &str = "mandat";

/// `GET /demandes/{numero}/representant`
///
/// # Errors
/// The request is not this person's, or the database does not answer.
pub async fn page_representant(visite: Visite, numero: Path<String>) -> Reponse {
    montrer_mandat(&visite, &numero, Essai::default()).await
}

async fn montrer_mandat(visite: &Visite, numero: &String, essai: Essai<'_>) -> Reponse {
    let objet = MaDemande::ouvrir(visite, numero).await?;
    let vide = Saisie::default();
    let saisie = essai.saisie.unwrap_or(&vide);
    let champs = Mandat::champs(saisie, &essai.erreurs).avec(fichiers::champ(
        visite,
        MANDAT,
        "Mandat écrit",
        "Signé par vous, il dit qui agit pour vous et pour quoi.",
        fichiers::presents(saisie, &[MANDAT]),
        &essai.erreurs,
    ));
    let presentation = Presentation::new("Donner mandat à une personne", "Donner mandat", champs)
        .intro("Cette personne pourra agir pour vous dans ce dossier : écrire à la caisse, envoyer des documents, demander une audition et vous y représenter. Elle recevra copie de ce que la caisse vous écrit.")
        .intro("Le mandat vaut une fois vérifié par la caisse. Vous pouvez le retirer à tout moment.");
    let url = MaDemande::url(numero, "representant");
    montrer(visite, objet.entete(visite), &url, presentation, essai).await
}

/// `POST /demandes/{numero}/representant`
///
/// # Errors
/// The request is not this person's; the database or the document store does not answer.
pub async fn nommer_representant(visite: Visite, numero: Path<String>, saisie: Saisie) -> Reponse {
    let numero = numero.into_inner();
    MaDemande::ouvrir(&visite, &numero).await?;
    let lu = Mandat::lire(&saisie);
    let mut erreurs = lu.as_ref().err().cloned().unwrap_or_default();
    fichiers::verifier(&visite, &saisie, MANDAT, &mut erreurs);
    let mut essai = Essai {
        saisie: Some(&saisie),
        erreurs,
        ..Essai::default()
    };
    let (Ok(lu), false) = (lu, essai.erreurs.presentes()) else {
        return montrer_mandat(&visite, &numero, essai).await;
    };
    let a = ANommer {
        nom: lu.nom,
        courriel: lu.courriel,
        du: lu.du,
        au: lu.au,
        mandat: fichiers::garder(&visite, &saisie, MANDAT, NaturePiece::MandatEcrit).await?,
    };
    let o = Ordre::de(&visite, numero.clone(), &saisie)?;
    let fait = visite
        .write(move |tx| representant::nommer(tx, &o.acte, &o.scope, &o.cle, o.version, &a))
        .await;
    match fait {
        Ok(()) => visite.rediriger_avec(
            &MaDemande::adresse(&numero),
            "Votre mandat est enregistré : la caisse le vérifie, puis vous écrit.",
        ),
        Err(refus) => {
            essai.refus = Some(refus);
            montrer_mandat(&visite, &numero, essai).await
        }
    }
}

/// Taking it back.
#[derive(Formulaire)]
pub struct Revocation;

impl Geste for Revocation {
    type Objet = MaDemande;
    const VERBE: &'static str = "revoquer";
    const TITRE: &'static str = "Retirer le mandat";
    const BOUTON: &'static str = "Retirer le mandat";
    const INTRO: &'static [&'static str] = &[
        "La personne que vous avez nommée n’agit plus pour vous dans ce dossier et ne reçoit plus de copies. Ce qu’elle a fait jusqu’ici reste fait. Vous pourrez donner un autre mandat.",
    ];
    const DANGER: bool = true;

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        representant::revoquer(tx, &o.acte, &o.scope, &o.cle, o.version)?;
        Ok("Le mandat est retiré.".to_owned())
    }
}

/// What the page of a request says of who may act.
pub(super) struct RepresentantVue {
    /// In a sentence.
    pub(super) phrase: String,
    /// Whether somebody may be named.
    pub(super) nommer: bool,
    /// Whether the mandate may be taken back.
    pub(super) revoquer: bool,
}

/// None once nobody has to act any more.
pub(super) fn representant_vue(d: &Demande) -> Option<RepresentantVue> {
    let connu = d.representant.as_ref();
    let etat = connu.map(|r| r.etat);
    let nommer = geste::nommer_representant(d.etat, etat).is_ok();
    let phrase = match connu {
        None if nommer => {
            "Une personne de votre choix peut agir pour vous dans ce dossier, avec un mandat écrit."
                .to_owned()
        }
        None => return None,
        Some(r) => {
            let periode = periode(r.du, r.au);
            match r.etat {
                EtatMandat::Verifie => {
                    format!("{} peut agir pour vous, {periode}.", r.nom)
                }
                _ => format!(
                    "Vous avez donné mandat à {}, {periode} : la caisse vérifie ce mandat.",
                    r.nom
                ),
            }
        }
    };
    Some(RepresentantVue {
        phrase,
        nommer,
        revoquer: geste::revoquer_mandat(etat).is_ok(),
    })
}
