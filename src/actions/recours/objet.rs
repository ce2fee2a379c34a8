//! What may be contested of a case, by whom, and by when.

use chrono::NaiveDate;
use regles::appel::EtatAppel;
use regles::calendrier::Territoire;
use regles::contestation::{
    Contestee, Depart, FaitsDemande, de_l_appel, de_la_demande, dernier_jour, du_depart,
};
use regles::decision::EtatDecision;
use regles::dossier::{NatureDossier, nature_du_numero};
use regles::fuseau::jour_local;

use crate::actions::{Acte, ActionResult};
use crate::db::depart::Service;
use crate::db::{
    AnyConn, CpamScope, DbError, appel, candidature, decision, demande, depart, dossier, place,
};

/// What may be contested of a case.
#[derive(Debug, Clone)]
pub struct AContester {
    /// The case.
    pub dossier_id: i64,
    /// Its number.
    pub numero: String,
    /// What it is about.
    pub nature: NatureDossier,
    /// The place it is about, if it is about one.
    pub place_id: Option<i64>,
    /// Who may contest it; none of a call, until a candidate says who they are.
    pub kine_id: Option<i64>,
    /// First name and name of that person.
    pub personne: String,
    /// What is to be contested; none where nothing holds anything against this person.
    pub contestee: Option<Contestee>,
    /// The day from which one counts: of the notification, or of the refusal born of silence.
    pub le: Option<NaiveDate>,
    /// Last day to contest; none where no delay runs.
    pub terme: Option<NaiveDate>,
    /// The decision, when it is one.
    pub decision_id: Option<i64>,
    /// The CPAM.
    pub service: Service,
    /// Its commune.
    pub commune: String,
}

impl AContester {
    /// The territory whose holidays and midnight count.
    ///
    /// # Errors
    /// A stored value that names none.
    pub fn territoire(&self) -> Result<Territoire, DbError> {
        self.service.territoire()
    }

    /// Whether an appeal posted on a day keeps the delay; none where no delay runs.
    pub fn a_temps(&self, le: NaiveDate) -> Option<bool> {
        self.terme.map(|terme| le <= terme)
    }
}

/// What may be contested of a case, as this person sees it. A call shows to anybody: only who applied has something to
/// contest there.
///
/// # Errors
/// [`DbError::Introuvable`] out of scope, of an appeal, or of a call that this person did not apply to.
pub fn contestable(
    conn: &mut AnyConn,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
) -> ActionResult<AContester> {
    match nature_du_numero(numero) {
        NatureDossier::Demande => de_demande(conn, acte, scope, numero),
        NatureDossier::Depart => de_depart(conn, scope, numero),
        NatureDossier::Appel => d_un_appel(conn, scope, numero),
        NatureDossier::Recours => Err(DbError::Introuvable.into()),
    }
}

fn de_demande(
    conn: &mut AnyConn,
    acte: &Acte,
    scope: &CpamScope,
    numero: &str,
) -> ActionResult<AContester> {
    let lu = demande::complete(conn, scope, numero)?;
    let d = &lu.demande;
    let prise = decision::active(conn, d.id)?.filter(|p| p.etat == EtatDecision::Decidee);
    let silence = d.silence();
    let contestee = de_la_demande(FaitsDemande {
        etat: d.etat,
        notifiee: d.notifiee_le.is_some(),
        sous_condition: d.reserve.au.is_some(),
        silence: silence.map(|s| s.effet),
    });
    let territoire = lu.service.territoire()?;
    let depart = match (contestee, silence) {
        (Some(Contestee::SilenceRejet), Some(ne)) => Depart::Ne {
            le: ne.recue_le.unwrap_or(ne.le),
            // The receipt of every request says what silence is worth, and how to contest it.
            accuse: jour_local(d.deposee_le, territoire) <= acte.jour(),
        },
        (Some(Contestee::Refus | Contestee::Condition), _) => match d.notifiee_le {
            Some(le) => Depart::Notifie(le),
            None => Depart::NonNotifie,
        },
        // What lapses or is closed is written by e-mail, which notifies nothing.
        _ => Depart::NonNotifie,
    };
    let (le, terme) = match contestee {
        None => (None, None),
        Some(contestee) => (
            jour_du(depart),
            dernier_jour(&acte.reglement, contestee, depart, territoire)?,
        ),
    };
    Ok(AContester {
        dossier_id: d.id,
        numero: d.numero.clone(),
        nature: NatureDossier::Demande,
        place_id: d.place_id,
        kine_id: Some(d.kine_id),
        personne: lu.kine.nom_complet(),
        contestee,
        le,
        terme,
        decision_id: prise.map(|p| p.id),
        commune: lu.commune.clone(),
        service: lu.service,
    })
}

fn jour_du(depart: Depart) -> Option<NaiveDate> {
    match depart {
        Depart::Notifie(le) | Depart::Ne { le, .. } => Some(le),
        Depart::NonNotifie => None,
    }
}

fn de_depart(conn: &mut AnyConn, scope: &CpamScope, numero: &str) -> ActionResult<AContester> {
    let tronc = dossier::lire(conn, scope, numero)?;
    let lu = depart::complete(conn, scope, tronc.id)?;
    let place = place::de_depart(conn, tronc.id)?;
    Ok(AContester {
        dossier_id: tronc.id,
        numero: tronc.numero,
        nature: NatureDossier::Depart,
        place_id: place.as_ref().map(|p| p.id),
        kine_id: Some(lu.kine.id),
        personne: lu.kine.nom_complet(),
        contestee: du_depart(lu.depart.etat, place.map(|p| p.etat)),
        // Neither a rejection nor a lapse is notified: no delay runs (CSS R142-1-A, III).
        le: None,
        terme: None,
        decision_id: None,
        commune: lu.commune.clone(),
        service: lu.service,
    })
}

fn d_un_appel(conn: &mut AnyConn, scope: &CpamScope, numero: &str) -> ActionResult<AContester> {
    // A call is public: it is the application that is this person's.
    let vu = match scope {
        CpamScope::Kine(_) => &CpamScope::National,
        autre => autre,
    };
    let tronc = dossier::lire(conn, vu, numero)?;
    let lu = appel::complet(conn, vu, tronc.id)?;
    let candidature = match scope {
        CpamScope::Kine(id) => {
            Some(candidature::de_kine(conn, tronc.id, *id)?.ok_or(DbError::Introuvable)?)
        }
        _ => None,
    };
    let contestee = match &candidature {
        Some(c) => de_l_appel(lu.appel.etat, c.candidature.etat),
        None => (lu.appel.etat == EtatAppel::Attribue).then_some(Contestee::PlaceAttribuee),
    };
    Ok(AContester {
        dossier_id: tronc.id,
        numero: tronc.numero,
        nature: NatureDossier::Appel,
        place_id: Some(lu.appel.place_id),
        kine_id: candidature.as_ref().map(|c| c.candidature.kine_id),
        personne: candidature.map_or_else(String::new, |c| c.nom_complet()),
        contestee,
        le: None,
        terme: None,
        decision_id: None,
        commune: lu.commune.clone(),
        service: lu.service,
    })
}
