//! PRO-13: the hearing of the applicant by the commission, as the caisse sees it and sets it.

use chrono::NaiveDate;

use super::objet::{Dossier, adresse};
use crate::actions::ActionResult;
use crate::actions::instruction;
use crate::db::WriteTx;
use crate::db::audition::AuditionStockee;
use crate::db::demande::Demande;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Geste, Ordre, Presentation};
use crate::web::saisie::Saisie;
use crate::web::ui::Message;
use crate::web::visite::Visite;
use regles::{geste, texte};

/// When and where the person is heard.
#[derive(Formulaire)]
pub struct Convocation {
    #[champ(libelle = "Jour de l’audition", manque = "Indiquez le jour.")]
    le: NaiveDate,
    #[champ(
        libelle = "Heure",
        aide = "Celle de la caisse, par exemple 14 h 30.",
        manque = "Indiquez l’heure.",
        longueur = 10
    )]
    heure: String,
    #[champ(
        libelle = "Lieu, ou lien de la réunion",
        taille = Long,
        manque = "Indiquez le lieu, ou le lien de la réunion.",
        longueur = 300
    )]
    lieu: String,
    #[champ(libelle = "La personne a accepté un jour plus proche", case)]
    accord: bool,
}

impl Geste for Convocation {
    type Objet = Dossier;
    const VERBE: &'static str = "convoquer";
    const TITRE: &'static str = "Fixer une audition";
    const BOUTON: &'static str = "Fixer ce rendez-vous";
    const INTRO: &'static [&'static str] = &[
        "La commission entend la personne qui le demande, avec qui elle choisit. Nous lui écrivons le jour, l’heure et le lieu. Le délai de l’avis ne change pas.",
    ];

    async fn initial(_: &Visite, dossier: &Dossier) -> Result<Saisie, WebError> {
        let connue = dossier.complet.demande.audition.as_ref();
        Ok(match connue.and_then(|a| a.le.zip(Some(a))) {
            None => Saisie::default(),
            Some((le, a)) => Convocation {
                le,
                heure: a.heure.clone().unwrap_or_default(),
                lieu: a.lieu.clone().unwrap_or_default(),
                accord: false,
            }
            .ecrire(),
        })
    }

    async fn presenter(
        _: &Visite,
        dossier: &Dossier,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let presentation = Self::presentation(champs);
        Ok(match dite(&dossier.complet.demande) {
            Some(phrase) => presentation.intro(phrase),
            None => presentation.intro(
                "La personne n’a pas demandé à être entendue : la commission peut souhaiter l’entendre.",
            ),
        })
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let convocation = instruction::Convocation {
            le: self.le,
            heure: self.heure,
            lieu: self.lieu,
            accord: self.accord,
        };
        instruction::convoquer(tx, &o.acte, &o.scope, &o.cle, o.version, &convocation)?;
        Ok("Le rendez-vous est fixé. Nous le lui écrivons.".to_owned())
    }
}

/// What is known of a hearing, in a sentence; none while nobody wants one.
pub(super) fn dite(d: &Demande) -> Option<String> {
    let a = d.audition.as_ref()?;
    let demandee = match (a.demandee_le, &a.assistance) {
        (None, _) => "La commission souhaite entendre la personne".to_owned(),
        (Some(le), None) => format!(
            "La personne a demandé à être entendue le {}",
            texte::date_fr(le)
        ),
        (Some(le), Some(avec)) => format!(
            "La personne a demandé à être entendue le {}, assistée par {avec}",
            texte::date_fr(le)
        ),
    };
    let suite = match (issue(a), rendez_vous(a)) {
        (Some(issue), _) => format!(" ; {issue}."),
        (None, Some(quand)) => format!(" ; rendez-vous le {quand}."),
        (None, None) => ". Le rendez-vous n’est pas fixé.".to_owned(),
    };
    Some(format!("{demandee}{suite}"))
}

/// What became of it, once the opinion says so.
fn issue(a: &AuditionStockee) -> Option<String> {
    Some(match (a.entendue?, &a.raison) {
        (true, _) => "elle a été entendue".to_owned(),
        (false, None) => "elle n’a pas été entendue".to_owned(),
        (false, Some(raison)) => format!(
            "elle n’a pas été entendue : {}",
            raison.trim_end_matches('.')
        ),
    })
}

/// «jeudi 12 mars 2026 à 14 h 30, 3 rue de la Paix».
pub(in crate::web) fn rendez_vous(a: &AuditionStockee) -> Option<String> {
    let (le, heure, lieu) = (a.le?, a.heure.as_ref()?, a.lieu.as_ref()?);
    Some(format!("{} à {heure}, {lieu}", texte::date_longue(le)))
}

/// Who asked to be heard waits for a day.
pub(super) fn message(d: &Demande, agit: bool) -> Option<Message> {
    let a = d.audition.as_ref()?;
    geste::convoquer(d.nature, d.etat, d.derogation_avis_cpd).ok()?;
    if a.demandee_le.is_none() || a.le.is_some() {
        return None;
    }
    let message = Message::attention(
        "La personne demande à être entendue par la commission : elle doit l’être avant l’avis.",
    );
    Some(match agit {
        true => message.lien("Fixer une audition", adresse(&d.numero, "convoquer")),
        false => message,
    })
}
