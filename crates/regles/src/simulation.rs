//! What the incentive contracts would give for a project: which may be signed, what each year pays and when, what is lost by
//! leaving early. Asks the rules of contracts (CTR-1 to CTR-11), and states none.

use chrono::NaiveDate;

use super::conclusion::Conclusion;
use super::contrat::{ResultatCalcul, TypeContrat};
use super::decimale::Decimale;
use super::echeance::{Delai, EcheanceError, fin_brute};
use super::eligibilite::{self, ConclusionEligibilite, FaitsEligibilite, ResultatEligibilite};
use super::montant::{Montant, MontantError};
use super::regle::{Constat, RegleError};
use super::reglement::Reglement;
use super::restitution::{self, FaitsRestitution, ValeursRestitution};
use super::versement::seuils::{self, Bareme};
use super::versement::{self, ConclusionVersement, FaitsVersement, activite};

/// The contracts open to a simulation: the former one pays no schedule.
const CONTRATS: [TypeContrat; 3] = [TypeContrat::Caccmk, TypeContrat::Caimk, TypeContrat::Cammk];

/// A project; `None` is unknown, and never counted against who asks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Projet {
    /// Who asks: every fact but the contract, which is each in turn.
    pub candidat: FaitsEligibilite,
    /// Acts expected the first year, the second one, and each later one.
    pub actes: [Option<i64>; 3],
    /// Share of the activity made in the zone, in per cent, every year.
    pub part_zone_pct: Option<Decimale>,
    /// Whether the ARS modulates the contracts there (CTR-10).
    pub modulation: Option<bool>,
}

impl Projet {
    /// The acts expected in a year of contract, 1 being the first.
    fn actes_de(&self, annee: i64) -> Option<i64> {
        match annee {
            1 => self.actes[0],
            2 => self.actes[1],
            _ => self.actes[2],
        }
    }
}

/// A year of a contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Annee {
    /// 1 for the first.
    pub rang: i64,
    /// First and last days whose acts count.
    pub periode: (NaiveDate, NaiveDate),
    /// Acts expected.
    pub actes: Option<i64>,
    /// What it pays.
    pub versement: ConclusionVersement,
    /// CTR-7: its steps.
    pub bareme: Option<Bareme>,
}

impl Annee {
    /// What the schedule holds for the year.
    pub fn possible(&self) -> Montant {
        self.versement.valeurs.theorique.unwrap_or(Montant::ZERO)
    }

    /// What it would pay with what is expected; unknown where a fact is.
    pub fn prevu(&self) -> Option<Montant> {
        self.versement.valeurs.du
    }

    /// What of its schedule it would not pay, or would take back.
    pub fn perdu(&self) -> Option<Montant> {
        let perdu = self.possible().moins(self.prevu()?);
        perdu.ok()
    }
}

/// What is repaid by who leaves two years after the signature.
#[derive(Debug, Clone, PartialEq)]
pub struct DepartAnticipe {
    /// The day.
    pub le: NaiveDate,
    /// What had been received.
    pub percu: Montant,
    /// CTR-11.
    pub restitution: Conclusion<ResultatCalcul, ValeursRestitution>,
}

/// What a contract would give.
#[derive(Debug, Clone, PartialEq)]
pub struct ContratSimule {
    /// Which.
    pub contrat: TypeContrat,
    /// Whether it may be signed.
    pub eligibilite: ConclusionEligibilite,
    /// The years that pay.
    pub annees: Vec<Annee>,
    /// Its schedule, all years together, modulated where the ARS is known to modulate it.
    pub possible: Montant,
    /// What it would pay with what is expected; unknown where a year is.
    pub prevu: Option<Montant>,
    /// First day after it.
    pub fin: NaiveDate,
    /// CTR-10: what the modulation of the ARS adds or would add; nothing for a contract that it does not touch.
    pub supplement: Montant,
    /// CTR-11.
    pub depart: DepartAnticipe,
}

impl ContratSimule {
    /// Whether no condition fails: it may be signed, or what is unknown decides.
    pub fn reste_possible(&self) -> bool {
        self.eligibilite.resultat != ResultatEligibilite::NonEligible
    }

    /// Whether it only answers another way of settling: every condition that fails is that one.
    pub fn repond_a_un_autre_projet(&self) -> bool {
        let mut echecs = self.eligibilite.explication.non_remplies().peekable();
        echecs.peek().is_some() && echecs.all(|e| e.fait == "mode")
    }

    /// The conditions that are unknown.
    pub fn inconnues(&self) -> impl Iterator<Item = &super::regle::Etape> {
        let etapes = self.eligibilite.explication.etapes().iter();
        etapes.filter(|e| e.constat == Constat::Inconnu)
    }
}

/// Every contract under the parameters of `signature`; the first that may be signed and gives most comes first.
///
/// # Errors
/// An impossible fact, or no parameter in force at the signature (`champ` is `signature`).
pub fn simuler(
    reglement: &Reglement,
    projet: &Projet,
    signature: NaiveDate,
) -> Result<Vec<ContratSimule>, RegleError> {
    let mut simules = Vec::with_capacity(CONTRATS.len());
    for contrat in CONTRATS {
        simules.push(simule(reglement, projet, signature, contrat)?);
    }
    simules.sort_by_key(|s| {
        let rang = match s.eligibilite.resultat {
            ResultatEligibilite::Eligible => 0,
            ResultatEligibilite::Incomplet => 1,
            ResultatEligibilite::NonEligible => 2,
        };
        (rang, -s.possible.en_centimes())
    });
    Ok(simules)
}

fn simule(
    reglement: &Reglement,
    projet: &Projet,
    signature: NaiveDate,
    contrat: TypeContrat,
) -> Result<ContratSimule, RegleError> {
    let hors = |e: MontantError| RegleError::fait("actes", e.to_string());
    let eligibilite = eligibilite::evaluer(
        reglement,
        &FaitsEligibilite {
            contrat: Some(contrat),
            signature: Some(signature),
            ..projet.candidat.clone()
        },
    )?;
    let duree = reglement
        .nombre(&contrat.cle("duree"), signature)
        .map_err(|e| RegleError::fait("signature", e.to_string()))?;
    let module = projet.modulation == Some(true);
    let (mut annees, mut possible) = (Vec::new(), Montant::ZERO);
    let (mut prevu, mut nu, mut modulee) = (Some(Montant::ZERO), Montant::ZERO, Montant::ZERO);
    for rang in 1..=i64::from(duree).min(5) {
        let annee = annee(reglement, projet, signature, contrat, rang, module)?;
        if annee.possible() == Montant::ZERO {
            continue;
        }
        for (somme, modulation) in [(&mut nu, false), (&mut modulee, true)] {
            let autre = versement::evaluer(
                reglement,
                &faits(projet, signature, contrat, rang, modulation),
            )?;
            *somme = somme
                .plus(autre.valeurs.theorique.unwrap_or(Montant::ZERO))
                .map_err(hors)?;
        }
        possible = possible.plus(annee.possible()).map_err(hors)?;
        prevu = match (prevu, annee.prevu()) {
            (Some(somme), Some(du)) => Some(somme.plus(du).map_err(hors)?),
            _ => None,
        };
        annees.push(annee);
    }
    let loin = || RegleError::fait("signature", EcheanceError::HorsCalendrier.to_string());
    let fin = fin_brute(signature, Delai::Annees(duree)).ok_or_else(loin)?;
    let depart = depart(reglement, signature, fin, &annees)?;
    Ok(ContratSimule {
        contrat,
        eligibilite,
        annees,
        possible,
        prevu,
        fin,
        supplement: modulee.moins(nu).map_err(hors)?,
        depart,
    })
}

fn faits(
    projet: &Projet,
    signature: NaiveDate,
    contrat: TypeContrat,
    rang: i64,
    modulation: bool,
) -> FaitsVersement {
    FaitsVersement {
        contrat: Some(contrat),
        signature: Some(signature),
        annee: Some(rang),
        actes: projet.actes_de(rang),
        part_zone_pct: projet.part_zone_pct,
        modulation,
        regime: None,
    }
}

fn annee(
    reglement: &Reglement,
    projet: &Projet,
    signature: NaiveDate,
    contrat: TypeContrat,
    rang: i64,
    modulation: bool,
) -> Result<Annee, RegleError> {
    Ok(Annee {
        rang,
        periode: activite::periode(reglement, signature, rang)?,
        actes: projet
            .actes_de(rang)
            .filter(|_| contrat.a_plancher_d_actes()),
        versement: versement::evaluer(
            reglement,
            &faits(projet, signature, contrat, rang, modulation),
        )?,
        bareme: seuils::bareme(
            reglement,
            contrat,
            signature,
            rang,
            modulation,
            &projet.actes.iter().copied().flatten().collect::<Vec<_>>(),
        )?,
    })
}

/// CTR-11: leaving on the second anniversary, after what the schedule paid by then.
fn depart(
    reglement: &Reglement,
    signature: NaiveDate,
    fin: NaiveDate,
    annees: &[Annee],
) -> Result<DepartAnticipe, RegleError> {
    let loin = || RegleError::fait("signature", EcheanceError::HorsCalendrier.to_string());
    let le = fin_brute(signature, Delai::Annees(2)).ok_or_else(loin)?;
    let mut percu = Montant::ZERO;
    for annee in annees {
        let payee = annee.versement.valeurs.payable_avant;
        if payee.is_none_or(|jour| jour <= le) {
            percu = percu
                .plus(annee.prevu().unwrap_or(annee.possible()))
                .map_err(|e| RegleError::fait("actes", e.to_string()))?;
        }
    }
    let restitution = restitution::evaluer(
        reglement,
        Some(signature),
        &FaitsRestitution {
            debut: Some(signature),
            fin: Some(fin),
            resiliation: Some(le),
            percu: Some(percu),
        },
    )?;
    Ok(DepartAnticipe {
        le,
        percu,
        restitution,
    })
}
