//! PRO-13: asking to be heard by the commission, and what is known of it.

use regles::{geste, texte};

use super::objet::MaDemande;
use crate::actions::ActionResult;
use crate::actions::demande::audition;
use crate::db::WriteTx;
use crate::db::demande::Demande;
use crate::web::dossiers::audition::rendez_vous;
use crate::web::kit::formulaire::Formulaire;
use crate::web::kit::geste::{Geste, Ordre};

/// Asking.
#[derive(Formulaire)]
pub struct Audition {
    #[champ(
        libelle = "La personne qui vous assistera",
        aide = "Son prénom et son nom, si vous venez avec quelqu’un. Vous pourrez changer d’avis.",
        taille = Long,
        longueur = 200
    )]
    assistance: Option<String>,
}

impl Geste for Audition {
    type Objet = MaDemande;
    const VERBE: &'static str = "audition";
    const TITRE: &'static str = "Demander une audition par la commission";
    const BOUTON: &'static str = "Demander une audition";
    const INTRO: &'static [&'static str] = &[
        "La commission paritaire départementale donne un avis sur votre demande avant la décision. Elle entend toute personne qui le demande, avec qui elle choisit. La caisse vous écrit le jour, l’heure et le lieu.",
    ];

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<String>) -> ActionResult<String> {
        audition::demander(
            tx,
            &o.acte,
            &o.scope,
            &o.cle,
            o.version,
            self.assistance.as_deref(),
        )?;
        Ok("C’est demandé : la caisse vous écrit le jour, l’heure et le lieu.".to_owned())
    }
}

/// What the page of a request says of a hearing.
pub(super) struct AuditionVue {
    /// A paragraph each.
    pub(super) paragraphes: Vec<String>,
    /// Whether it may be asked for.
    pub(super) demander: bool,
}

/// None where the commission hears nobody.
pub(super) fn audition_vue(d: &Demande) -> Option<AuditionVue> {
    let demandee = d.audition.as_ref().and_then(|a| a.demandee_le);
    let peut =
        geste::demander_audition(d.nature, d.etat, d.derogation_avis_cpd, demandee.is_some())
            .is_ok();
    let mut paragraphes = Vec::new();
    if let Some(a) = &d.audition {
        if let Some(le) = demandee {
            let avec = a.assistance.as_ref().map_or_else(String::new, |qui| {
                format!(", avec l’assistance {}", texte::de(qui))
            });
            paragraphes.push(format!(
                "Vous avez demandé une audition le {}{avec}.",
                texte::date_fr(le)
            ));
        }
        paragraphes.push(match (a.entendue, rendez_vous(a)) {
            (Some(true), _) => "Votre audition a eu lieu avant l’avis de la commission.".to_owned(),
            (Some(false), _) => match &a.raison {
                None => "La commission a donné son avis sans audition.".to_owned(),
                Some(raison) => format!(
                    "La commission a donné son avis sans audition : {}.",
                    raison.trim_end_matches('.')
                ),
            },
            (None, Some(quand)) => format!("La commission vous entendra le {quand}."),
            (None, None) => "La caisse vous écrira le jour, l’heure et le lieu.".to_owned(),
        });
    } else if peut {
        paragraphes.push(
            "La commission paritaire départementale donne un avis avant la décision. Elle vous entend si vous le demandez, avec qui vous choisissez.".to_owned(),
        );
    }
    (!paragraphes.is_empty()).then_some(AuditionVue {
        paragraphes,
        demander: peut,
    })
}
