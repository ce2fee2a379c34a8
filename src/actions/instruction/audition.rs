//! PRO-13: the day on which the commission hears the applicant is set, and told.

use chrono::NaiveDate;
use courriers::Courrier;
use regles::evenement::Fait;
use regles::geste;
use regles::representation::premier_jour;
use regles::texte::{self, Heure, heure_de};

use crate::actions::dossier::{entete, motif, objet, ouvrir, territoire};
use crate::actions::{Acte, ActionError, ActionResult, courriel, tracer};
use crate::db::audition::{self, AuditionStockee};
use crate::db::demande::{self, ChangementDemande};
use crate::db::{CpamScope, WriteTx};

/// When and where the person is heard.
#[derive(Debug, Clone)]
pub struct Convocation {
    /// The day.
    pub le: NaiveDate,
    /// The hour, where the caisse is.
    pub heure: String,
    /// An address, or a link.
    pub lieu: String,
    /// Whether she agreed to a day that is nearer than her notice.
    pub accord: bool,
}

/// Sets or moves the hearing, and writes to the person. The commission may hear somebody who did not ask.
///
/// # Errors
/// A wrong field, a day too near to which nobody agreed, a refusal in words, [`ActionError::Perime`], the refusal of the
/// database.
pub fn convoquer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
    version: i32,
    convocation: &Convocation,
) -> ActionResult<()> {
    let dossier = ouvrir(tx, scope, numero, version)?;
    let d = &dossier.demande;
    geste::convoquer(d.nature, d.etat, d.derogation_avis_cpd)?;
    let heure: Heure = convocation
        .heure
        .parse()
        .map_err(|phrase: String| ActionError::champ("heure", format!("{phrase}.")))?;
    let lieu = motif(
        "lieu",
        &convocation.lieu,
        "Indiquez le lieu, ou le lien de la réunion.",
    )?;
    let territoire = territoire(&dossier)?;
    let jour = acte.jour_a(territoire);
    let le = convocation.le;
    controler_le_jour(acte, jour, le, convocation.accord)?;
    let connue = d.audition.as_ref();
    let fixee = AuditionStockee {
        le: Some(le),
        heure: Some(heure.to_string()),
        lieu: Some(lieu.to_owned()),
        ..connue.cloned().unwrap_or_default()
    };
    audition::ecrire(tx, d.id, connue, &fixee)?;
    demande::modifier(tx, d.id, version, &ChangementDemande::default())?;
    let avant = connue.and_then(|a| a.le);
    tracer(
        tx,
        &acte.acteur,
        objet(&dossier),
        Fait::AuditionFixee {
            le,
            avant,
            accord: convocation.accord,
        },
    )?;
    let lettre = courriers::demande::Convocation {
        dossier: entete(&dossier),
        le,
        heure: heure.to_string(),
        heure_de: heure_de(territoire),
        lieu: lieu.to_owned(),
        ecrire_avant: le.pred_opt().filter(|veille| *veille >= jour),
        remplace: avant,
    }
    .lettre();
    courriel::deposer(
        tx,
        acte,
        &format!("convocation:{}:{version}", d.id),
        &dossier.courriel,
        &lettre,
    )
}

fn controler_le_jour(
    acte: &Acte,
    jour: NaiveDate,
    le: NaiveDate,
    accord: bool,
) -> ActionResult<()> {
    if le < jour {
        return Err(ActionError::champ("le", "Indiquez un jour à venir."));
    }
    let premier = premier_jour(&acte.reglement, jour)?;
    if le < premier && !accord {
        return Err(ActionError::champ(
            "le",
            format!(
                "La personne est prévenue à temps : à partir du {}. Pour un jour plus proche, demandez-lui son accord, puis cochez la case.",
                texte::date_longue(premier)
            ),
        ));
    }
    Ok(())
}
