//! The director attributes; or the call is closed without attribution.

use crate::actions::ActionResult;
use crate::actions::appel::{self, Instruction};
use crate::db::WriteTx;
use crate::web::erreur::WebError;
use crate::web::kit::formulaire::{Champs, Formulaire};
use crate::web::kit::geste::{Geste, Ordre, Presentation};
use crate::web::ui::Choix;
use crate::web::visite::Visite;
use regles::appel::EtatCandidature;

/// Attributing the place to one of the applicants.
#[derive(Formulaire)]
pub struct Attribution {
    #[champ(
        libelle = "À qui attribuer la place ?",
        radios,
        manque = "Choisissez la candidature retenue."
    )]
    candidature: i64,
    #[champ(libelle = "Motifs", zone = 4, exigence = Facultatif,
            aide = "Demandés quand le choix s’écarte d’un des classements, ou départage des ex æquo.")]
    motif: String,
}

/// The applicants that may be chosen, with their two ranks.
fn candidats(lue: &Instruction) -> Vec<Choix> {
    let classement = lue.classement();
    let notes = classement.notes.iter();
    notes
        .filter_map(|note| {
            let c = lue.candidatures.iter().find(|c| {
                c.candidature.id == note.candidat && c.candidature.etat == EtatCandidature::Deposee
            })?;
            let calcule = match (note.rang, note.points) {
                (Some(rang), Some(points)) => format!("rang calculé {rang}, {points} points"),
                _ => "non classée".to_owned(),
            };
            let cpd = c.candidature.rang_cpd.map_or_else(
                || "sans rang de la commission".to_owned(),
                |r| format!("rang {r} de la commission"),
            );
            let choix = Choix::new(note.candidat.to_string(), c.nom_complet());
            Some(choix.aide(format!("{calcule}, {cpd}")))
        })
        .collect()
}

impl Geste for Attribution {
    type Objet = Instruction;
    const VERBE: &'static str = "attribuer";
    const BOUTON: &'static str = "Attribuer la place";
    const INTRO: &'static [&'static str] = &[
        "La personne retenue devient le successeur désigné : elle dépose ensuite sa demande de conventionnement. Nous écrivons aux autres candidats. Cela ne se défait pas.",
    ];

    async fn presenter(
        visite: &Visite,
        lue: &Instruction,
        champs: Champs,
    ) -> Result<Presentation, WebError> {
        let qui = visite.qui()?;
        let champs = champs.regler(Self::CANDIDATURE, |c| c.choix(candidats(lue)));
        Ok(Self::presentation(champs).intro(format!(
            "Signature : {}, {}.",
            qui.nom_complet(),
            qui.qualite.as_deref().unwrap_or("qualité à renseigner")
        )))
    }

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<i64>) -> ActionResult<String> {
        let attribution = appel::Attribution {
            appel: (o.cle, o.version),
            candidature_id: self.candidature,
            qualite: o.qui.qualite.as_deref().unwrap_or_default(),
            motif: &self.motif,
        };
        appel::attribuer(tx, &o.acte, &o.scope, &attribution)?;
        Ok("La place est attribuée. Nous écrivons à chaque personne.".to_owned())
    }
}

/// Closing a call without attributing the place.
#[derive(Formulaire)]
pub struct Cloture {
    #[champ(libelle = "Motif", zone = 4)]
    motif: String,
}

impl Geste for Cloture {
    type Objet = Instruction;
    const VERBE: &'static str = "clore";
    const TITRE: &'static str = "Clore l’appel sans attribuer";
    const BOUTON: &'static str = "Clore l’appel";
    const INTRO: &'static [&'static str] = &[
        "Les candidats en lice lisent le motif. La place reste à attribuer : vous pourrez ouvrir un nouvel appel.",
    ];
    const DANGER: bool = true;

    fn faire(self, tx: &mut WriteTx<'_>, o: &Ordre<i64>) -> ActionResult<String> {
        appel::sans_suite(tx, &o.acte, &o.scope, (o.cle, o.version), &self.motif)?;
        Ok("L’appel est clos.".to_owned())
    }
}
