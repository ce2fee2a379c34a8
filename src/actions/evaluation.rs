//! What the rules say of a departure or of a request, from the facts that are stored. Reads, never writes.

mod appuis;

use chrono::NaiveDate;
use regles::calendrier::Territoire;
use regles::conventionnement::{
    self, ConclusionConventionnement, DerogationInvoquee, FaitsConventionnement, Succession,
};
use regles::demande::NatureDemande;
use regles::derogation::{FaitsMotif, Suivi, conditions};
use regles::designation::EtatDesignation;
use regles::grand_livre::EtatPlace;
use regles::partage::{CERTIFIE, Donnee, voit};
use regles::place::{ConclusionPlace, FaitsPlace, ResultatPlace, evaluer};
use regles::reduction::FaitsReduction;
use regles::regle::{Explication, RegleError};
use regles::reglement::Reglement;
use regles::texte;
use regles::zonage::Categorie;
use serde::{Deserialize, Serialize};

pub use appuis::{Appuis, PlaceVisee};

use super::{ActionError, ActionResult};
use crate::clock::jour_a_paris;
use crate::db::demande::{Conditions, Demande};
use crate::db::depart::Depart;
use crate::db::zonage::{ZoneError, ZoneTrouvee};
use crate::db::{AnyConn, DbError};

/// The facts of an evaluation as they are stored with a decision: enough to replay it (EXP-2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FaitsEvaluation {
    /// Day of the evaluation.
    pub date: NaiveDate,
    /// Facts of the request.
    pub conventionnement: FaitsConventionnement,
    /// Facts of the place of a succession.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<FaitsPlace>,
    /// The ground of a derogation (DER-2): shown to who decides, it does not change the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motif: Option<FaitsMotif>,
}

/// The facts of a place as they are stored with its explanation: enough to replay it (EXP-2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceEvaluee {
    /// Day of the evaluation.
    pub date: NaiveDate,
    /// What was known.
    pub place: FaitsPlace,
    /// What the rules answered.
    pub resultat: ResultatPlace,
}

/// What the rules say of a request on a day.
#[derive(Debug, Clone)]
pub struct EvaluationDemande {
    /// What was known.
    pub faits: FaitsEvaluation,
    /// The zone on the day that counts (ZON-10), or why there is none.
    pub zone: Result<ZoneTrouvee, String>,
    /// What the place of a succession is worth.
    pub place: Option<ConclusionPlace>,
    /// The answer.
    pub conclusion: ConclusionConventionnement,
    /// The steps about the place, then those about the request.
    pub explication: Explication,
}

impl EvaluationDemande {
    /// Category of the zone on the day that counts.
    pub fn categorie(&self) -> Option<Categorie> {
        self.zone.as_ref().ok().map(|z| z.categorie)
    }
}

/// What the rules answer to facts: nothing else is looked at, so that the same facts under the same parameters
/// always give the same answer (EXP-2).
#[derive(Debug, Clone, PartialEq)]
pub struct Application {
    /// What the place of a succession is worth.
    pub place: Option<ConclusionPlace>,
    /// The answer.
    pub conclusion: ConclusionConventionnement,
    /// The conditions of the ground of a derogation (DER-2): they do not change the answer.
    pub motif: Option<Explication>,
}

impl Application {
    /// The steps about the place, then those about the request, then those about the ground of a derogation.
    pub fn explication(&self) -> Explication {
        let mut explication = Explication::default();
        if let Some(place) = &self.place {
            explication.suivre(&place.explication);
        }
        explication.suivre(&self.conclusion.explication);
        if let Some(motif) = &self.motif {
            explication.suivre(motif);
        }
        explication
    }
}

/// Applies the rules to facts: the place first, whose state is then a fact of the request.
///
/// # Errors
/// An impossible fact, or no parameter in force.
pub fn appliquer(
    reglement: &Reglement,
    faits: &FaitsEvaluation,
) -> Result<Application, RegleError> {
    let mut demande = faits.conventionnement.clone();
    let place = match &faits.place {
        None => None,
        Some(place) => {
            let conclusion = evaluer(reglement, Some(faits.date), place)?;
            demande.succession = Some(Succession {
                place: Some(conclusion.resultat),
            });
            Some(conclusion)
        }
    };
    Ok(Application {
        place,
        conclusion: conventionnement::evaluer(reglement, Some(faits.date), &demande)?,
        motif: faits
            .motif
            .as_ref()
            .map(|motif| conditions(reglement, faits.date, motif))
            .transpose()?,
    })
}

/// What an applicant says of the general conditions, as facts for a zone; nothing invoked yet.
pub fn faits_dits(categorie: Option<Categorie>, dites: &Conditions) -> FaitsConventionnement {
    FaitsConventionnement {
        categorie,
        deja_conventionne_zone: dites.deja_conventionne_zone,
        succession: None,
        derogation: None,
        entree_formation: dites.entree_formation,
        heures_etablissement: dites.heures_etablissement.map(i64::from),
        heures_clinicat: dites.heures_clinicat.map(i64::from),
        engagement_zone: dites.engagement_zone,
        actes_zone_sous_dotee: dites.actes_zone_sous_dotee.map(i64::from),
    }
}

/// The facts of a departure that opened no place yet.
pub fn faits_du_depart(depart: &Depart, territoire: Territoire) -> FaitsPlace {
    FaitsPlace {
        categorie: Some(depart.categorie),
        cessation: Some(depart.date_cessation),
        actes_12_mois: depart.actes_12_mois.map(i64::from),
        avis_cpd_sous_seuil: None,
        successeur_designe: Some(false),
        successeur_accepte: Some(false),
        pourvue: Some(false),
        charte: None,
        territoire,
        cedant_par_derogation: depart.par_derogation,
        categorie_a_la_cessation: depart.categorie_cessation,
    }
}

/// What a departure opens on `date` (REG-3), with where its facts come from.
///
/// # Errors
/// An impossible fact, or no parameter in force.
pub fn evaluer_depart(
    reglement: &Reglement,
    faits: &FaitsPlace,
    depart: &Depart,
    date: NaiveDate,
) -> ActionResult<ConclusionPlace> {
    let mut conclusion = evaluer(reglement, Some(date), faits)?;
    situer_depart(&mut conclusion.explication, depart);
    if faits.charte.is_some() {
        conclusion
            .explication
            .situer("charte", regles::charte::ORIGINE);
    }
    Ok(conclusion)
}

fn situer_depart(explication: &mut Explication, depart: &Depart) {
    let declaree = format!(
        "déclaration du {}",
        texte::date_fr(jour_a_paris(depart.declaree_le))
    );
    let confirmee = match depart.traitee_le {
        Some(le) => format!(
            "{declaree}, confirmée le {}",
            texte::date_fr(jour_a_paris(le))
        ),
        None => declaree,
    };
    for fait in ["cessation", "actes_12_mois", "cedant_par_derogation"] {
        explication.situer(fait, &confirmee);
    }
    explication.situer("categorie", "zone quittée, au jour de la déclaration");
    explication.situer(
        "categorie_a_la_cessation",
        "zone quittée, au jour de la cessation",
    );
}

/// The facts of a place for one applicant: a designation counts when it names them and the place is in
/// the zone where they want to practise (REG-1, REG-8).
///
/// # Errors
/// A stored value that does not read.
fn faits_de_la_place(demande: &Demande, visee: &PlaceVisee) -> ActionResult<FaitsPlace> {
    let place = &visee.place;
    let designation = visee.designation.as_ref().filter(|d| {
        d.kine_id == Some(demande.kine_id)
            && place.bassin_code == demande.bassin_code
            && !matches!(
                place.etat,
                EtatPlace::Caduque | EtatPlace::Annulee | EtatPlace::SansObjet
            )
    });
    let territoire = &visee.depart.service.territoire;
    let territoire = territoire.parse().map_err(|_| {
        DbError::Incoherent(format!(
            "organisme {} : territoire {territoire}",
            place.caisse_code
        ))
    })?;
    let avis = place
        .avis_cpd
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(DbError::Incoherent)?;
    Ok(FaitsPlace {
        avis_cpd_sous_seuil: avis,
        successeur_designe: Some(designation.is_some()),
        successeur_accepte: Some(designation.is_some_and(|d| d.etat == EtatDesignation::Acceptee)),
        pourvue: Some(place.etat.prise() && !demande.etat.consomme()),
        ..faits_du_depart(&visee.depart.depart, territoire)
    })
}

/// What the rules say of a request on `date` (REG-10, ALT, REG-1, DER, ZON-10): reads what it rests on, then see [`conclure`].
///
/// # Errors
/// As [`conclure`], and the refusal of the database.
pub fn evaluer_demande(
    conn: &mut AnyConn,
    reglement: &Reglement,
    demande: &Demande,
    date: NaiveDate,
) -> ActionResult<EvaluationDemande> {
    conclure(reglement, demande, &Appuis::lire(conn, demande)?, date)
}

/// What the rules say of a request on `date` (ALT, REG-1, REG-10, DER, ZON-10).
///
/// # Errors
/// An impossible fact, no parameter in force. A zone that cannot be told is not an error: the answer says what
/// is missing.
pub fn conclure(
    reglement: &Reglement,
    demande: &Demande,
    appuis: &Appuis,
    date: NaiveDate,
) -> ActionResult<EvaluationDemande> {
    let reference = match reglement.texte("zonage.date_de_reference", date)? {
        "dossier_complet" => demande.complete_le.unwrap_or(date),
        _ => date,
    };
    let zone = match appuis.zone.categorie(reglement, reference) {
        Ok(zone) => Ok(zone),
        Err(ZoneError::Db(erreur)) => return Err(erreur.into()),
        Err(autre) => Err(autre.to_string()),
    };
    let visee = appuis.succession.as_ref();
    let categorie = zone.as_ref().ok().map(|z| z.categorie);
    let mut faits = FaitsEvaluation {
        date,
        conventionnement: FaitsConventionnement {
            derogation: derogation(demande)?,
            ..faits_dits(categorie, &demande.conditions)
        },
        place: visee.map(|v| faits_de_la_place(demande, v)).transpose()?,
        motif: faits_du_motif(demande, appuis),
    };
    let mut application = appliquer(reglement, &faits)?;
    if let (Some(place), Some(visee)) = (&mut application.place, visee) {
        faits.conventionnement.succession = Some(Succession {
            place: Some(place.resultat),
        });
        situer_depart(&mut place.explication, &visee.depart.depart);
        // REG-18: that it counts is enough for the caisse that decides.
        let (lectrice, certifie) = (&demande.caisse_code, &visee.place.caisse_code);
        if !voit(lectrice, certifie, true, Donnee::Actes) {
            place.explication.situer("actes_12_mois", CERTIFIE);
        }
    }
    situer_demande(&mut application.conclusion.explication, demande, &zone);
    Ok(EvaluationDemande {
        faits,
        zone,
        explication: application.explication(),
        place: application.place,
        conclusion: application.conclusion,
    })
}

/// DER-2, DER-4: what is known of the ground that a derogation invokes.
fn faits_du_motif(demande: &Demande, appuis: &Appuis) -> Option<FaitsMotif> {
    let code = demande
        .derogation_motif
        .as_ref()
        .filter(|_| demande.nature == NatureDemande::Derogation)?;
    let trouve = appuis.motif.as_ref();
    let reduction = match trouve.and_then(|m| m.suivi) {
        Some(Suivi::Reduction) => {
            let declaree = appuis.reduction.as_ref();
            Some(FaitsReduction::de(declaree, &appuis.rpps))
        }
        None => None,
    };
    Some(FaitsMotif {
        code: code.clone(),
        libelle: trouve.map(|m| m.libelle.clone()),
        source: trouve.map(|m| m.source.clone()),
        statut: trouve.map(|m| m.statut),
        du: trouve.map(|m| m.du),
        au: trouve.and_then(|m| m.au),
        depot: jour_a_paris(demande.deposee_le),
        reduction,
    })
}

fn derogation(demande: &Demande) -> ActionResult<Option<DerogationInvoquee>> {
    if demande.nature != NatureDemande::Derogation {
        return Ok(None);
    }
    let lire = |e: String| ActionError::Db(DbError::Incoherent(e));
    Ok(Some(DerogationInvoquee {
        famille: demande
            .derogation_famille
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(lire)?,
        motif: demande.derogation_motif.clone(),
        avis_cpd: demande.derogation_avis_cpd,
    }))
}

fn situer_demande(
    explication: &mut Explication,
    demande: &Demande,
    zone: &Result<ZoneTrouvee, String>,
) {
    if let Ok(zone) = zone {
        explication.situer("categorie", &format!("arrêté {}", zone.arrete));
    }
    let deposee = format!(
        "demande déposée le {}",
        texte::date_fr(jour_a_paris(demande.deposee_le))
    );
    for fait in [
        "deja_conventionne_zone",
        "entree_formation",
        "heures_etablissement",
        "heures_clinicat",
        "engagement_zone",
        "actes_zone_sous_dotee",
        "derogation",
        "derogation.famille",
    ] {
        explication.situer(fait, &deposee);
    }
    explication.situer("derogation.avis_cpd", "avis de la commission");
}
