//! Evaluations of the incentive contracts: versement, stage, restitution, eligibilite_contrat.

use chrono::NaiveDate;

use super::actes::QUANTITE_MAX;
use super::lecture::{ErreurFait, Lecture};
use super::reponse::Conclue;
use crate::contrat::{ResultatCalcul, TypeContrat};
use crate::eligibilite::{self, ContratAnterieur, FaitsEligibilite, ResultatEligibilite};
use crate::montant::Montant;
use crate::reglement::Reglement;
use crate::restitution::{self, FaitsRestitution};
use crate::stage::{self, FaitsStage};
use crate::versement::{self, FaitsVersement};

/// The largest amount accepted, in cents: what a JSON number carries exactly everywhere.
const CENTIMES_MAX: i64 = 9_007_199_254_740_991;

/// CTR-6 to CTR-10.
pub(super) fn versement(
    reglement: &Reglement,
    mut lecture: Lecture<'_>,
) -> Result<Conclue, ErreurFait> {
    let faits = FaitsVersement {
        contrat: contrat(&mut lecture)?,
        signature: lecture.date("signature")?,
        annee: lecture.entier("annee", 1, 5)?,
        actes: lecture.entier("actes", 0, QUANTITE_MAX)?,
        part_zone_pct: lecture.decimale("part_zone_pct")?,
        modulation: lecture.booleen("modulation")?.unwrap_or(false),
        regime: lecture.code("regime")?,
    };
    lecture.fin()?;
    Conclue::de(
        versement::evaluer(reglement, &faits)?,
        ResultatCalcul::as_str,
    )
}

/// CTR-9.
pub(super) fn stage(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    mut lecture: Lecture<'_>,
) -> Result<Conclue, ErreurFait> {
    let faits = FaitsStage {
        mois: lecture.decimale("mois")?,
        quotite_pct: lecture.decimale("quotite_pct")?,
        regime: lecture.code("regime")?,
    };
    lecture.fin()?;
    Conclue::de(
        stage::evaluer(reglement, date, &faits)?,
        ResultatCalcul::as_str,
    )
}

/// CTR-11.
pub(super) fn restitution(
    reglement: &Reglement,
    date: Option<NaiveDate>,
    mut lecture: Lecture<'_>,
) -> Result<Conclue, ErreurFait> {
    let faits = FaitsRestitution {
        debut: lecture.date("debut")?,
        fin: lecture.date("fin")?,
        resiliation: lecture.date("resiliation")?,
        percu: lecture
            .entier("percu", 0, CENTIMES_MAX)?
            .map(Montant::centimes),
    };
    lecture.fin()?;
    Conclue::de(
        restitution::evaluer(reglement, date, &faits)?,
        ResultatCalcul::as_str,
    )
}

/// CTR-1 to CTR-4, under the parameters of the signature.
pub(super) fn eligibilite(
    reglement: &Reglement,
    mut lecture: Lecture<'_>,
) -> Result<Conclue, ErreurFait> {
    let contrats = match lecture.objets("contrats")? {
        None => None,
        Some(lus) => {
            let mut contrats = Vec::with_capacity(lus.len());
            for mut lu in lus {
                contrats.push(ContratAnterieur {
                    contrat: contrat(&mut lu)?,
                    debut: lu.date("debut")?,
                    fin: lu.date("fin")?,
                });
                lu.fin()?;
            }
            Some(contrats)
        }
    };
    let faits = FaitsEligibilite {
        contrat: contrat(&mut lecture)?,
        categorie: lecture.code("categorie")?,
        signature: lecture.date("signature")?,
        mode: lecture.code("mode")?,
        cessation_totale_titulaire: lecture.booleen("cessation_totale_titulaire")?,
        contrats,
        installation_le: lecture.date("installation_le")?,
        collaborateur_depuis: lecture.date("collaborateur_depuis")?,
        zonage_effet: lecture.date("zonage_effet")?,
        contrat_type_effet: lecture.date("contrat_type_effet")?,
        exercice: lecture.code("exercice")?,
        remplacant_regulier: lecture.booleen("remplacant_regulier")?,
        logiciel_dmp: lecture.booleen("logiciel_dmp")?,
        sesam_vitale: lecture.booleen("sesam_vitale")?,
        scor: lecture.booleen("scor")?,
        teletransmission_pct: lecture.decimale("teletransmission_pct")?,
        messagerie_securisee: lecture.booleen("messagerie_securisee")?,
    };
    lecture.fin()?;
    Conclue::de(
        eligibilite::evaluer(reglement, &faits)?,
        ResultatEligibilite::as_str,
    )
}

/// The code of a contract, in capitals as the texts write it or not.
fn contrat(lecture: &mut Lecture<'_>) -> Result<Option<TypeContrat>, ErreurFait> {
    lecture
        .code::<CodeContrat>("contrat")
        .map(|code| code.map(|CodeContrat(contrat)| contrat))
}

struct CodeContrat(TypeContrat);

impl std::str::FromStr for CodeContrat {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        code.to_ascii_lowercase().parse().map(CodeContrat)
    }
}
