//! Drafts that nobody takes up again: their author is told, then they are removed, with their documents.
//!
//! A draft is nobody's act: it leaves no line in the timeline. The delays are parameters of ours (D).

use chrono::{Days, Months, NaiveDate, NaiveDateTime};
use courriers::Courrier;
use regles::reglement::Reglement;

use super::{Acte, ActionError, ActionResult, courriel};
use crate::db::brouillon::{self, Brouillon, Formulaire};
use crate::db::{DbError, WriteTx, compte};

/// Before which instants a draft was left alone for too long, on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delais {
    /// A draft last written before it is removed.
    pub effacer: NaiveDateTime,
    /// A draft last written before it is announced.
    pub prevenir: NaiveDateTime,
    /// An interrupted sending last written before it is removed.
    pub effacer_envoi: NaiveDateTime,
    rappel: Days,
    mois: Months,
}

impl Delais {
    /// The delays in force on that day.
    ///
    /// # Errors
    /// No parameter in force, or a day out of the calendar.
    pub fn au(reglement: &Reglement, jour: NaiveDate) -> ActionResult<Delais> {
        let mois = Months::new(reglement.nombre("brouillon.conservation", jour)?);
        let envoi = Days::new(
            reglement
                .nombre("brouillon.conservation_envoi", jour)?
                .into(),
        );
        let rappel = Days::new(reglement.nombre("brouillon.rappel", jour)?.into());
        let hors = || ActionError::Regle("a day out of the calendar".to_owned());
        let minuit = |jour: NaiveDate| jour.and_time(chrono::NaiveTime::MIN);
        let effacer = jour.checked_sub_months(mois).ok_or_else(hors)?;
        Ok(Delais {
            effacer: minuit(effacer),
            prevenir: minuit(effacer.checked_add_days(rappel).ok_or_else(hors)?),
            effacer_envoi: minuit(jour.checked_sub_days(envoi).ok_or_else(hors)?),
            rappel,
            mois,
        })
    }

    /// The first day on which a draft may be removed: its whole delay, and time enough to answer the mail.
    fn effacement(self, b: &Brouillon, jour: NaiveDate) -> Option<NaiveDate> {
        let terme = crate::clock::jour_a_paris(b.modifie_le)
            .checked_add_months(self.mois)?
            .checked_add_days(Days::new(1))?;
        Some(terme.max(jour.checked_add_days(self.rappel)?))
    }
}

/// Tells the author that a draft will be removed, once for each time it was written.
///
/// # Errors
/// It was told already ([`super::rappel::deja_fait`]), the refusal of the database.
pub fn prevenir_si_la(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    delais: Delais,
    b: &Brouillon,
) -> ActionResult<bool> {
    if !brouillon::inchange(tx, b.id, b.modifie_le)? {
        return Ok(false);
    }
    let (Some(compte), Some(jour)) = (
        compte::par_id(tx, b.compte_id)?,
        delais.effacement(b, acte.jour()),
    ) else {
        return Ok(false);
    };
    let lettre = courriers::compte::BrouillonDelaisse {
        formulaire: b.formulaire.libelle(),
        jusqu_au: jour,
        ecrit_le: b.modifie_le,
    }
    .lettre();
    courriel::deposer(
        tx,
        acte,
        &format!(
            "brouillon_delaisse:{}:{}",
            b.id,
            b.modifie_le.and_utc().timestamp()
        ),
        &compte.courriel,
        &lettre,
    )?;
    Ok(true)
}

/// Removes a draft left alone since before `avant`, and returns the keys of its documents, to be removed from the store
/// after the transaction. A draft taken up meanwhile stays, and so does one whose author was not told in time.
pub fn effacer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    delais: Delais,
    b: &Brouillon,
) -> ActionResult<Option<Vec<String>>> {
    let avant = match b.formulaire {
        Formulaire::Envoi => delais.effacer_envoi,
        _ => delais.effacer,
    };
    if b.formulaire != Formulaire::Envoi {
        let cle = format!(
            "brouillon_delaisse:{}:{}",
            b.id,
            b.modifie_le.and_utc().timestamp()
        );
        let limite = acte.jour().checked_sub_days(delais.rappel);
        let annonce = crate::db::tache::deposee_le(tx, &cle)?.map(crate::clock::jour_a_paris);
        match (annonce, limite) {
            (Some(annonce), Some(limite)) if annonce <= limite => {}
            _ => return Ok(None),
        }
    }
    let cles = match brouillon::pieces(tx, b.id) {
        Ok(pieces) => pieces.into_iter().map(|p| p.cle).collect(),
        Err(DbError::Introuvable) => return Ok(None),
        Err(erreur) => return Err(erreur.into()),
    };
    Ok(brouillon::effacer_delaisse(tx, b.id, avant)?.then_some(cles))
}
