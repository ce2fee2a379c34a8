//! After the decision: its notification (PRO-8), the installation (REG-9), the end or the renewal of a reduction of
//! activity (DER-4).

use chrono::NaiveDate;

use super::objet::Dossier;
use crate::actions::reduction::{self, Suite};
use crate::actions::{ActionError, ActionResult, decision, installation};
use crate::db::WriteTx;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Geste, Ordre};
use crate::web::ui::Choix;
use regles::echeance::{Fin, NatureEcheance};

/// Recording that the decision was notified.
#[derive(Formulaire)]
pub struct Notification {
    #[champ(libelle = "Date de première présentation de la lettre recommandée")]
    date: NaiveDate,
}

impl Geste for Notification {
    type Objet = Dossier;
    const VERBE: &'static str = "notifier";
    const BOUTON: &'static str = "Enregistrer la notification";
    const INTRO: &'static [&'static str] = &[
        "Le délai d’installation et les délais de recours courent à compter de cette date (PRO-8). Si le demandeur ouvre la décision dans son espace, la notification s’enregistre d’elle-même, ce jour-là.",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        decision::notifier(tx, &o.acte, &o.scope, &o.cle, o.version, self.date)?;
        Ok("La notification est enregistrée.".to_owned())
    }
}

/// Recording that the person has settled.
#[derive(Formulaire)]
pub struct Installation {
    #[champ(libelle = "Début de l’installation")]
    date: NaiveDate,
}

impl Geste for Installation {
    type Objet = Dossier;
    const VERBE: &'static str = "installer";
    const BOUTON: &'static str = "Enregistrer l’installation";
    const INTRO: &'static [&'static str] = &[
        "La place de la succession est alors pourvue, et ne peut plus servir à personne d’autre (REG-2).",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        installation::installer(tx, &o.acte, &o.scope, &o.cle, o.version, self.date)?;
        Ok("L’installation est enregistrée.".to_owned())
    }
}

regles::text_enum! {
    /// What became of a reduction of activity.
    enum Constatee {
        /// It ended.
        Fin = "fin", "La fin";
        /// It goes on.
        Renouvellement = "renouvellement", "Le renouvellement";
    }
}

/// Recording the end, or the renewal, of a reduction of activity or of the commitment that goes with it.
#[derive(Formulaire)]
pub struct Reduction {
    #[champ(libelle = "De quoi s’agit-il ?", choix = cotes,
            manque = "Choisissez ce dont vous constatez la fin ou le renouvellement.")]
    cote: NatureEcheance,
    #[champ(libelle = "Ce que vous constatez", choix = constats, manque = "Choisissez la fin ou le renouvellement.")]
    suite: Constatee,
    #[champ(libelle = "Durée du renouvellement", unite = "mois", exigence = Si("à remplir pour un renouvellement"))]
    duree_mois: Option<u32>,
    #[champ(
        libelle = "Sur quoi vous vous fondez",
        zone = 3,
        aide = "Un courrier, un relevé d’activité, un avenant au contrat. La personne n’en reçoit pas le texte."
    )]
    motif: String,
}

fn cotes() -> Vec<Choix> {
    NatureEcheance::parmi(|f| f.fin == Fin::AConstater)
        .iter()
        .map(|n| Choix::new(n.as_str(), n.libelle()))
        .collect()
}

fn constats() -> Vec<Choix> {
    let aide = |c: &Constatee| match c {
        Constatee::Fin => "L’échéance ne court plus.",
        Constatee::Renouvellement => "Une nouvelle échéance court à partir de l’ancienne fin.",
    };
    Constatee::TOUS
        .iter()
        .map(|c| Choix::new(c.as_str(), c.libelle()).aide(aide(c)))
        .collect()
}

impl Geste for Reduction {
    type Objet = Dossier;
    const VERBE: &'static str = "reduction";
    const TITRE: &'static str = "Constater la fin d’une réduction d’activité";
    const BOUTON: &'static str = "Enregistrer ce constat";
    const INTRO: &'static [&'static str] = &[
        "Le conventionnement repose sur la réduction d’activité d’un confrère et sur l’engagement de qui l’a rejoint. Chacun a sa fin (DER-4).",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let suite = match (self.suite, self.duree_mois) {
            (Constatee::Fin, _) => Suite::Fin,
            (Constatee::Renouvellement, Some(mois)) => Suite::Renouvellement { mois },
            (Constatee::Renouvellement, None) => {
                return Err(ActionError::champ(
                    Self::DUREE_MOIS,
                    "Indiquez la durée du renouvellement, en mois.",
                ));
            }
        };
        let constat = reduction::Constat {
            nature: self.cote,
            suite,
            motif: &self.motif,
        };
        reduction::constater(tx, &o.acte, &o.scope, &o.cle, o.version, &constat)?;
        Ok("Le constat est enregistré.".to_owned())
    }
}
