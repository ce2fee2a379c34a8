//! PRO-13: the written mandate of a file, as the caisse receives it, and what the representative does.

use chrono::NaiveDate;
use courriers::demande::periode;
use regles::representation::{EtatMandat, EvenementMandat, peut_agir};

use super::dossier::fichier;
use super::objet::{Dossier, adresse};
use crate::actions::representant;
use crate::actions::{ActionError, ActionResult};
use crate::db::WriteTx;
use crate::db::demande::Demande;
use crate::db::piece;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Geste, Ordre, Presentation};
use crate::web::ui::{Choix, Message};
use crate::web::visite::Visite;

/// Receiving a mandate, or refusing it.
#[derive(Formulaire)]
pub struct ExamenMandat {
    #[champ(libelle = "Le mandat", choix = verdicts, manque = "Dites si le mandat est régulier.")]
    verdict: EvenementMandat,
    #[champ(
        libelle = "Pourquoi il ne convient pas",
        zone = 3,
        exigence = Si("à remplir pour un refus"),
        aide = "La personne le lira."
    )]
    raison: Option<String>,
}

fn verdicts() -> Vec<Choix> {
    [EvenementMandat::Verifier, EvenementMandat::Refuser]
        .map(|v| Choix::new(v.as_str(), v.libelle()))
        .into()
}

impl Geste for ExamenMandat {
    type Objet = Dossier;
    const VERBE: &'static str = "mandat";
    const TITRE: &'static str = "Vérifier le mandat";
    const BOUTON: &'static str = "Enregistrer";
    const INTRO: &'static [&'static str] = &[
        "Le mandat est écrit, signé par la personne qui demande, et dit qui agit pour elle. Une fois vérifié, son représentant peut agir jusqu’au dernier jour, et reçoit copie de ce que nous écrivons.",
    ];

    async fn presenter(
        visite: &Visite,
        dossier: &Dossier,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let presentation = Self::presentation(champs);
        let Some(r) = &dossier.complet.demande.representant else {
            return Ok(presentation);
        };
        let (scope, id) = (visite.qui()?.scope(), r.piece_id);
        let mandat = visite
            .read(move |conn| piece::lire(conn, &scope, id))
            .await?;
        Ok(presentation
            .intro(format!(
                "{} ({}), {}.",
                r.nom,
                r.courriel,
                periode(r.du, r.au)
            ))
            .fichiers(vec![fichier(&mandat)]))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        if self.verdict == EvenementMandat::Revoquer {
            return Err(ActionError::champ(
                Self::VERDICT,
                "Dites si le mandat est régulier.",
            ));
        }
        let dit = (self.verdict, self.raison.as_deref().unwrap_or_default());
        let etat = representant::examiner(tx, &o.acte, &o.scope, &o.cle, o.version, dit)?;
        Ok(match etat {
            EtatMandat::Verifie => {
                "Le mandat est vérifié. Nous l’écrivons à la personne et à son représentant."
            }
            _ => "Le mandat est refusé. Nous l’écrivons à la personne.",
        }
        .to_owned())
    }
}

/// Recording what the representative did.
#[derive(Formulaire)]
pub struct ActeRecu {
    #[champ(libelle = "Reçu le", manque = "Indiquez le jour où l’acte a été reçu.")]
    le: NaiveDate,
    #[champ(
        libelle = "Ce que la personne a demandé ou envoyé",
        zone = 4,
        longueur = 2000,
        aide = "La personne représentée le lira dans l’historique de son dossier."
    )]
    texte: String,
}

impl Geste for ActeRecu {
    type Objet = Dossier;
    const VERBE: &'static str = "acte-recu";
    const TITRE: &'static str = "Enregistrer un acte du représentant";
    const BOUTON: &'static str = "Enregistrer cet acte";
    const INTRO: &'static [&'static str] = &[
        "Ce que fait un représentant pendant son mandat vaut comme si la personne l’avait fait elle-même.",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let dit = (self.le, self.texte.as_str());
        representant::noter_acte(tx, &o.acte, &o.scope, &o.cle, o.version, dit)?;
        Ok("L’acte est enregistré dans l’historique.".to_owned())
    }
}

/// Who may act for the applicant, in a sentence; none when nobody does.
pub(super) fn dite(d: &Demande, jour: NaiveDate) -> Option<String> {
    let r = d.representant.as_ref()?;
    let etat = match (r.etat, peut_agir(Some(r.mandat()), jour)) {
        (EtatMandat::Verifie, true) => "peut agir",
        (EtatMandat::Verifie, false) => "ne peut pas agir aujourd’hui",
        _ => "mandat à vérifier",
    };
    Some(format!(
        "{} ({}), {} : {etat}",
        r.nom,
        r.courriel,
        periode(r.du, r.au)
    ))
}

/// A mandate waits to be verified.
pub(super) fn message(d: &Demande, agit: bool) -> Option<Message> {
    let r = d.representant.as_ref()?;
    if r.etat != EtatMandat::Propose {
        return None;
    }
    let message = Message::attention(format!(
        "La personne a donné mandat à {} : il ne vaut qu’une fois vérifié.",
        r.nom
    ));
    Some(match agit {
        true => message.lien("Vérifier le mandat", adresse(&d.numero, "mandat")),
        false => message,
    })
}
