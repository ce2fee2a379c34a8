//! PRO-13: a written mandate: to verify, received or refused, begun or over; and the copies that the representative receives.

use chrono::NaiveDate;
use regles::texte;

use super::Dossier;
use crate::{Courrier, Lettre, Modele, Paragraphe};

/// To the agent in charge: a mandate is to be verified.
#[derive(Debug)]
pub struct MandatDonneAgent<'a> {
    pub numero: &'a str,
}

impl Courrier for MandatDonneAgent<'_> {
    fn lettre(&self) -> Lettre {
        let numero = self.numero;
        Lettre::new(
            Modele::MandatDonneAgent,
            format!("Demande {numero} : un mandat est à vérifier"),
        )
        .paragraphe("Un mandat écrit a été donné à une personne pour agir sur cette demande. Il ne vaut qu’une fois vérifié.")
        .action("Vérifier le mandat", format!("/dossiers/{numero}/mandat"))
    }
}

/// To the applicant: the mandate is received, or refused.
#[derive(Debug)]
pub struct MandatExamine<'a> {
    /// Whom it greets, the number, whom to call.
    pub dossier: Dossier,
    /// Who was named.
    pub representant: &'a str,
    /// Why it is refused; none when it is received.
    pub raison: Option<&'a str>,
}

impl Courrier for MandatExamine<'_> {
    fn lettre(&self) -> Lettre {
        let qui = self.representant;
        let (sujet, phrase) = match self.raison {
            None => (
                "votre mandat est vérifié",
                format!(
                    "Le mandat que vous avez donné à {qui} est vérifié : cette personne peut agir pour vous dans ce dossier, et reçoit copie de ce que nous vous écrivons. Vous pouvez le retirer à tout moment."
                ),
            ),
            Some(raison) => (
                "votre mandat n’est pas retenu",
                format!(
                    "Le mandat que vous avez donné à {qui} ne peut pas être retenu : {}. Vous pouvez en donner un autre.",
                    raison.trim_end_matches('.')
                ),
            ),
        };
        self.dossier
            .lettre(
                Modele::MandatExamine,
                &format!("Dossier {} : {sujet}", self.dossier.numero),
            )
            .paragraphe(phrase)
            .action("Voir mon dossier", self.dossier.chemin())
    }
}

/// To the representative: the mandate runs, or is over.
#[derive(Debug)]
pub struct SortMandat<'a> {
    /// Who acts.
    pub representant: &'a str,
    /// For whom.
    pub kine: &'a str,
    /// Number of the request.
    pub numero: &'a str,
    /// Whom to call.
    pub contact: &'a [String],
    /// First day.
    pub du: NaiveDate,
    /// Last day.
    pub au: Option<NaiveDate>,
    /// Whether it runs.
    pub court: bool,
}

impl Courrier for SortMandat<'_> {
    fn lettre(&self) -> Lettre {
        let (kine, numero) = (self.kine, self.numero);
        let (sujet, phrase) = match self.court {
            true => (
                "vous pouvez agir",
                format!(
                    "La caisse a vérifié le mandat {} vous a donné : vous pouvez agir en son nom dans ce dossier, {}. Vous recevez copie de ce qui lui est écrit ; écrivez à la caisse en rappelant le numéro du dossier.",
                    texte::que(kine),
                    periode(self.du, self.au)
                ),
            ),
            false => (
                "votre mandat a pris fin",
                format!(
                    "{kine} a mis fin à votre mandat dans ce dossier. Vous ne recevrez plus de copies."
                ),
            ),
        };
        Lettre::new(Modele::SortMandat, format!("Dossier {numero} : {sujet}"))
            .a(self.representant)
            .paragraphe(phrase)
            .point("Dossier", numero)
            .contact(self.contact)
    }
}

/// «du 12 mars 2026 au 30 avril 2026 (inclus)», «à partir du 12 mars 2026».
pub fn periode(du: NaiveDate, au: Option<NaiveDate>) -> String {
    match au {
        None => format!("à partir du {}", texte::date_fr(du)),
        Some(au) => format!(
            "du {} au {} (inclus)",
            texte::date_fr(du),
            texte::date_fr(au)
        ),
    }
}

/// What was written to the applicant, copied to who acts for her: the same words, without what only she may open.
#[derive(Debug)]
pub struct Copie<'a> {
    /// What was written.
    pub lettre: &'a Lettre,
    /// Who acts.
    pub representant: &'a str,
    /// For whom.
    pub kine: &'a str,
}

impl Courrier for Copie<'_> {
    fn lettre(&self) -> Lettre {
        let mut copie = self.lettre.clone();
        copie.modele = Modele::CopieRepresentant;
        copie.action = None;
        let kine = self.kine;
        copie.salutation = self.representant.to_owned();
        copie.paragraphes.insert(
            0,
            Paragraphe {
                texte: texte::insecables(&format!(
                    "{kine} vous a donné mandat dans ce dossier. Voici copie de ce que nous lui écrivons."
                )),
                liste: Vec::new(),
            },
        );
        copie
    }
}
