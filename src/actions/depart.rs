//! The CPAM answers a declared departure: confirms it (REG-3), rejects it, records the commission's opinion (REG-4).

mod avis;
pub mod deces;
pub mod declaration;
pub mod decompte;
mod fin;
mod pieces;
mod reevaluation;
mod regulation;
mod retrait;
mod zone;

pub use avis::noter_avis;
pub use fin::constater_fin;
pub(in crate::actions) use fin::finir;
pub(in crate::actions) use pieces::avancer;
pub use pieces::{examiner_piece, pieces_ouvertes};
pub(in crate::actions) use reevaluation::reevaluer;
pub use regulation::constater_sans_objet;
pub use retrait::{attribuee, retirer};
pub use zone::{categorie_le, sans_place};

use chrono::NaiveDate;
use courriers::Courrier;
use courriers::depart::Suite;
use regles::calendrier::Territoire;
use regles::depart::{EtatDepart, Evenement, transition};
use regles::echeance::NatureEcheance;
use regles::evenement::Fait;
use regles::geste;
use regles::grand_livre::EtatPlace;
use regles::liste_pieces::Manques;
use regles::passage::Passage;
use regles::place::{ConclusionPlace, FaitsPlace, ResultatPlace};

use super::evaluation::{PlaceEvaluee, evaluer_depart, faits_du_depart};
use super::instruction::utiles_passees;
use super::piece::liste;
use super::{Acte, ActionError, ActionResult, Objet, cedant, echeance, parametre, tracer};
use crate::db::depart::{self, ChangementDepart, DepartComplet};
use crate::db::dossier;
use crate::db::piece;
use crate::db::place::{self, NouvellePlace};
use crate::db::{CpamScope, DbError, WriteTx};

/// What the CPAM corrects of a declaration when it confirms it; none leaves the fact as declared.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    /// Acts of the twelve months before the cessation.
    pub actes_12_mois: Option<i32>,
    /// Day of the extract on which the caisse counted.
    pub extrait_le: Option<NaiveDate>,
    /// Day of the cessation.
    pub date_cessation: Option<NaiveDate>,
    /// REG-15: whether who leaves practised there by derogation.
    pub par_derogation: Option<bool>,
    /// PRO-3: why the agent goes on without a useful document that is missing or refused.
    pub sans: String,
}

/// The state that a place takes when the rules answer this; none when the departure opens no place (REG-10).
///
/// # Errors
/// A sentence when the rules cannot conclude.
pub fn etat_de_la_place(conclusion: &ConclusionPlace) -> ActionResult<Option<EtatPlace>> {
    match (conclusion.resultat, conclusion.resultat.etat()) {
        (ResultatPlace::HorsRegulation, _) => Ok(None),
        (ResultatPlace::Incomplet, _) => Err(ActionError::champ(
            "actes_12_mois",
            "Indiquez le nombre d’actes des douze mois précédant la cessation : sans lui, on ne peut pas \
             savoir si le départ ouvre une place.",
        )),
        (_, Some(etat)) => Ok(Some(etat)),
        (resultat, None) => Err(ActionError::Regle(format!(
            "un départ sans place ne peut pas être {resultat}"
        ))),
    }
}

/// Confirms a departure: the rules say what it opens, and the place is created with their explanation
/// (REG-2, REG-3). The delay to designate a successor begins (REG-5), the leaver is told why.
/// Confirming twice in a row does it once.
///
/// # Errors
/// [`ActionError::Perime`], a refusal in words, the refusal of the database.
pub fn confirmer(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    version: i32,
    corrections: &Corrections,
) -> ActionResult<Option<EtatPlace>> {
    dossier::verrouiller(tx, id)?;
    let mut depart = depart::complete(tx, scope, id)?;
    if deja_traite_par(&depart, acte, version, EtatDepart::Confirmee) {
        return Ok(place::de_depart(tx, id)?.map(|p| p.etat));
    }
    a_jour(&depart, version)?;
    let pieces = piece::de(tx, scope, id)?;
    let manques = Manques::de(&liste::lignes_du_depart(
        &acte.reglement,
        &depart.depart,
        &pieces,
        true,
    )?);
    let passage = geste::confirmer(depart.depart.etat, &manques)?;
    let passees = utiles_passees(&manques, &corrections.sans)?;
    let declares = depart.depart.actes_12_mois;
    corriger(&mut depart, corrections, acte)?;
    // REG-16: by the zonage known today, which an arrêté may have changed since the declaration.
    let c = &depart.depart;
    let categorie = categorie_le(tx, &acte.reglement, &c.insee, c.date_cessation)?;
    depart.depart.categorie_cessation = categorie;
    let decompte = decompte::retenu(acte, &depart.depart, declares, corrections.extrait_le)?;
    let territoire = territoire(&depart)?;
    let mut faits = faits_du_depart(&depart.depart, territoire);
    faits.successeur_designe = Some(false);
    faits.charte = fin::charte(tx, acte, &depart.depart.caisse_code)?;
    depart.depart.traitee_le = Some(acte.le());
    let conclusion = evaluer_depart(&acte.reglement, &faits, &depart.depart, acte.jour())?;
    let etat = etat_de_la_place(&conclusion)?;
    depart::modifier(
        tx,
        id,
        version,
        &ChangementDepart {
            etat: Some(passage),
            actes_12_mois: corrections.actes_12_mois.map(Some),
            date_cessation: corrections.date_cessation,
            par_derogation: corrections.par_derogation.map(Some),
            categorie_cessation: Some(categorie),
            traitee_le: Some(acte.le()),
            traitee_par: acte.acteur.id,
            ..ChangementDepart::default()
        },
    )?;
    if let Some(etat) = etat {
        let ouverte = Ouverte {
            faits: &faits,
            conclusion: &conclusion,
            territoire,
        };
        ouvrir_place(tx, acte, &depart, etat, &ouverte)?;
    }
    if let Some(passees) = passees {
        tracer(tx, &acte.acteur, objet(&depart), passees)?;
    }
    tracer(
        tx,
        &acte.acteur,
        objet(&depart),
        Fait::DepartConfirmee {
            resultat: conclusion.resultat,
            faits,
            actes_corriges: corrections.actes_12_mois,
            date_corrigee: corrections.date_cessation,
            derogation_corrigee: corrections.par_derogation,
            etat_place: etat,
            limite_designation: conclusion.valeurs.limite_designation,
            parametres: acte.reglement.version().to_owned(),
        },
    )?;
    decompte::tenir(tx, acte, &depart, declares, decompte, etat)?;
    if etat == Some(EtatPlace::AExaminer) {
        // REG-3: who leaves is told of the count, which says the rest.
        return Ok(etat);
    }
    let lettre = courriers::depart::DepartConfirmee {
        kine: &depart.kine.nom_complet(),
        contact: &depart.service.lignes(),
        commune: &depart.commune,
        date: depart.depart.date_cessation,
        deces: depart.depart.deces,
        suite: Suite {
            etat,
            conclusion: &conclusion,
        },
    }
    .lettre();
    cedant::ecrire(tx, acte, &format!("depart_confirmee:{id}"), &depart, lettre)?;
    Ok(etat)
}

/// What the rules said of a departure that is confirmed.
struct Ouverte<'a> {
    faits: &'a FaitsPlace,
    conclusion: &'a ConclusionPlace,
    territoire: Territoire,
}

/// What a place was evaluated from, as JSON (EXP-2).
fn evaluee(acte: &Acte, faits: &FaitsPlace, conclusion: &ConclusionPlace) -> ActionResult<String> {
    en_json(&PlaceEvaluee {
        date: acte.jour(),
        place: faits.clone(),
        resultat: conclusion.resultat,
    })
}

fn ouvrir_place(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    depart: &DepartComplet,
    etat: EtatPlace,
    ouverte: &Ouverte<'_>,
) -> ActionResult<()> {
    let &Ouverte {
        faits,
        conclusion,
        territoire,
    } = ouverte;
    let explication = en_json(&conclusion.explication)?;
    let version_reglement = parametre::conserver(tx, acte)?;
    let place_id = depart.depart.id;
    place::inserer(
        tx,
        &NouvellePlace {
            id: place_id,
            caisse_code: &depart.depart.caisse_code,
            bassin_code: &depart.depart.bassin_code,
            limite_designation: conclusion.valeurs.limite_designation,
            etat,
            explication: &explication,
            faits: &evaluee(acte, faits, conclusion)?,
            parametres: &version_reglement,
            version: 1,
            cree_le: acte.le(),
        },
    )?;
    if etat == EtatPlace::Ouverte {
        ouvrir_delai(tx, acte, depart, place_id, territoire)?;
    }
    Ok(())
}

fn ouvrir_delai(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    depart: &DepartComplet,
    place_id: i64,
    territoire: Territoire,
) -> ActionResult<()> {
    echeance::ouvrir(
        tx,
        acte,
        &echeance::Ouverture {
            caisse_code: &depart.depart.caisse_code,
            territoire,
            dossier_id: place_id,
            nature: NatureEcheance::DesignationSuccesseur,
            depart: depart.depart.date_cessation,
            delai: NatureEcheance::DesignationSuccesseur.delai(&acte.reglement, acte.jour())?,
            suspensions: &[],
        },
    )?;
    Ok(())
}

/// Rejects a declaration, with the reason that the leaver will read.
///
/// # Errors
/// [`ActionError::Perime`], a refusal in words, the refusal of the database.
pub fn rejeter(
    tx: &mut WriteTx<'_>,
    acte: &Acte,
    scope: &CpamScope,
    id: i64,
    version: i32,
    motif: &str,
) -> ActionResult<()> {
    if motif.trim().is_empty() {
        return Err(ActionError::champ(
            "motif",
            "Écrivez pourquoi la déclaration est rejetée : la personne le lira.",
        ));
    }
    dossier::verrouiller(tx, id)?;
    let depart = depart::complete(tx, scope, id)?;
    if deja_traite_par(&depart, acte, version, EtatDepart::Rejetee) {
        return Ok(());
    }
    let passage = a_traiter(&depart, version, Evenement::Rejeter)?;
    depart::modifier(
        tx,
        id,
        version,
        &ChangementDepart {
            etat: Some(passage),
            motif: Some(motif),
            traitee_le: Some(acte.le()),
            traitee_par: acte.acteur.id,
            ..ChangementDepart::default()
        },
    )?;
    tracer(
        tx,
        &acte.acteur,
        objet(&depart),
        Fait::DepartRejetee {
            motif: Some(motif.to_owned()),
        },
    )?;
    let lettre = courriers::depart::DepartRejetee {
        kine: &depart.kine.nom_complet(),
        contact: &depart.service.lignes(),
        motif,
    }
    .lettre();
    cedant::ecrire(tx, acte, &format!("depart_rejetee:{id}"), &depart, lettre)
}

fn deja_traite_par(depart: &DepartComplet, acte: &Acte, version: i32, etat: EtatDepart) -> bool {
    let c = &depart.depart;
    c.etat == etat && c.version == version + 1 && c.traitee_par == acte.acteur.id
}

fn a_traiter(
    depart: &DepartComplet,
    version: i32,
    evenement: Evenement,
) -> ActionResult<Passage<EtatDepart>> {
    a_jour(depart, version)?;
    Ok(transition(depart.depart.etat, evenement)?)
}

fn a_jour(depart: &DepartComplet, version: i32) -> ActionResult<()> {
    match depart.depart.version == version {
        true => Ok(()),
        false => Err(ActionError::Perime),
    }
}

fn corriger(
    depart: &mut DepartComplet,
    corrections: &Corrections,
    acte: &Acte,
) -> ActionResult<()> {
    if let Some(actes) = corrections.actes_12_mois {
        depart.depart.actes_12_mois = Some(actes);
    }
    if let Some(par_derogation) = corrections.par_derogation {
        depart.depart.par_derogation = Some(par_derogation);
    }
    if let Some(date) = corrections.date_cessation {
        let loin = (date - acte.jour()).num_days().abs() > 3653;
        if loin {
            return Err(ActionError::champ(
                "date_cessation",
                "Vérifiez la date de cessation : elle est à plus de dix ans d’aujourd’hui.",
            ));
        }
        depart.depart.date_cessation = date;
    }
    Ok(())
}

fn territoire(depart: &DepartComplet) -> ActionResult<Territoire> {
    depart.service.territoire.parse().map_err(|_| {
        DbError::Incoherent(format!("territoire {}", depart.service.territoire)).into()
    })
}

fn objet(depart: &DepartComplet) -> Objet<'_> {
    Objet::dossier(&depart.depart.caisse_code, depart.depart.id)
}

pub(super) fn en_json(valeur: &impl serde::Serialize) -> ActionResult<String> {
    serde_json::to_string(valeur).map_err(|e| ActionError::Regle(e.to_string()))
}
