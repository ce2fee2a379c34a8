//! `/dossiers/{numero}/silence`: what silence gave birth to, the reasons or the attestation that were asked for (PRO-7).

use chrono::NaiveDate;
use regles::silence::EffetSilence;

use super::objet::Dossier;
use crate::actions::{ActionResult, silence};
use crate::db::WriteTx;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Geste, Ordre, Presentation};
use crate::web::visite::Visite;

/// What the caisse answers.
#[derive(Formulaire)]
pub struct Reponse {
    #[champ(
        libelle = "Les raisons du refus",
        zone = 8,
        exigence = Requis,
        manque = "Donnez les raisons : le texte appliqué, et les faits de ce dossier.",
        aide = "Le texte appliqué, puis les faits de ce dossier : la personne lira ces mots."
    )]
    motifs: Option<String>,
    #[champ(libelle = "Remises le", exigence = Si("à remplir si la personne n’a pas accepté de recevoir ses documents dans son espace"), aide = "Le jour où la lettre recommandée lui a été remise.")]
    remise: Option<NaiveDate>,
}

impl Geste for Reponse {
    type Objet = Dossier;
    const VERBE: &'static str = "silence";
    const TITRE: &'static str = "Donner les raisons du refus";
    const BOUTON: &'static str = "Donner ces raisons";
    const INTRO: &'static [&'static str] = &[
        "La personne a demandé les raisons du refus né de notre silence. Celles que vous donnez sont celles du jour de ce refus : aucune raison nouvelle. Le délai pour contester recommence le jour où elle les reçoit.",
    ];

    async fn presenter(
        _: &Visite,
        dossier: &Dossier,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let acceptee = dossier
            .complet
            .demande
            .silence()
            .is_some_and(|s| s.effet == EffetSilence::Acceptation);
        Ok(match acceptee {
            false => Self::presentation(champs),
            true => Presentation::new(
                "Délivrer l’attestation",
                "Délivrer l’attestation",
                Champs::default(),
            )
            .intro("La demande est acceptée depuis la fin du délai de réponse : l’attestation le dit, sans condition. La personne la lit dans son espace."),
        })
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        let reponse = silence::Reponse {
            motifs: self.motifs.unwrap_or_default(),
            qualite: o.qui.qualite.clone().unwrap_or_default(),
            remise: self.remise,
        };
        let effet = silence::repondre(tx, &o.acte, &o.scope, &o.cle, o.version, &reponse)?;
        Ok(match effet {
            EffetSilence::Rejet => "Les raisons sont données.",
            EffetSilence::Acceptation => "L’attestation est délivrée.",
        }
        .to_owned())
    }
}
